import * as lark from "@larksuiteoapi/node-sdk";
import type { AxiosInstance, AxiosResponse } from "axios";
import { z } from "zod";
import { Token } from "./answers.ts";
import { FeishuError, feishuError, isTokenRefused, refusal } from "./errors.ts";
import { createHttp, returningBodies } from "./http.ts";
import { silentLogger } from "./logger.ts";
import type { FeishuOptions } from "./options.ts";
import { TenantToken } from "./token.ts";

/** Carries the access token of one attempt. */
export type Credentials = ReturnType<typeof lark.withTenantToken>;

export interface Timeouts {
  /** Of a call, in milliseconds. */
  callMs: number;
  /** Of a download. */
  downloadMs: number;
}

const TIMEOUTS: Timeouts = { callMs: 8_000, downloadMs: 60_000 };

const Envelope = z.object({ code: z.literal(0), data: z.unknown().optional() });

/** Calls of the open platform: with a token, with an end, and with every refusal as an error. */
export class FeishuCalls {
  readonly client: lark.Client;
  readonly token: TenantToken;
  readonly #domain: string;
  readonly #downloads: AxiosInstance;

  constructor(options: FeishuOptions, timeouts: Timeouts = TIMEOUTS) {
    this.client = createClient(options, returningBodies(createHttp({ timeoutMs: timeouts.callMs })));
    this.#domain = options.domain;
    this.#downloads = createHttp({ timeoutMs: timeouts.downloadMs });
    this.token = new TenantToken(
      () => this.#fetchToken(options),
      () => performance.now(),
    );
  }

  /** The data of an answer. @throws FeishuError */
  async data<T>(shape: z.ZodType<T>, run: (as: Credentials) => Promise<unknown>): Promise<T> {
    return read(shape, (await this.answer(Envelope, run)).data ?? {});
  }

  /** A whole answer, for the calls that do not keep their result in `data`. @throws FeishuError */
  answer<T>(shape: z.ZodType<T>, run: (as: Credentials) => Promise<unknown>): Promise<T> {
    return this.run(async (token) => {
      const body = await run(lark.withTenantToken(token));
      if (!Envelope.safeParse(body).success) throw refusal(body, 200);
      return read(shape, body);
    });
  }

  /** Opens a download, whatever its status. */
  download(path: string, params: Record<string, string>, token: string): Promise<AxiosResponse<unknown>> {
    return this.#downloads.get(`${this.#domain}${path}`, {
      params,
      headers: { Authorization: `Bearer ${token}` },
      responseType: "stream",
      maxContentLength: -1,
      validateStatus: null,
    });
  }

  /** Runs with a token; with a new one for a second time when the platform does not take the first any more. */
  async run<T>(attempt: (token: string) => Promise<T>): Promise<T> {
    const token = await this.token.get();
    try {
      return await attempt(token);
    } catch (error) {
      const failure = feishuError(error);
      if (!isTokenRefused(failure)) throw failure;
      this.token.forget(token);
    }
    const fresh = await this.token.get();
    try {
      return await attempt(fresh);
    } catch (error) {
      throw feishuError(error);
    }
  }

  async #fetchToken({ appId, appSecret }: FeishuOptions): Promise<{ token: string; lifetime: number }> {
    try {
      const body = await this.client.auth.v3.tenantAccessToken.internal({
        data: { app_id: appId, app_secret: appSecret },
      });
      const { data } = Token.safeParse(body);
      if (!data) throw refusal(body, 200);
      return { token: data.tenant_access_token, lifetime: data.expire * 1000 };
    } catch (error) {
      throw feishuError(error);
    }
  }
}

/** With its own cache: the SDK's is shared by all clients of the process. The token is ours anyway. */
function createClient({ appId, appSecret, domain }: FeishuOptions, httpInstance: lark.HttpInstance): lark.Client {
  return new lark.Client({
    appId,
    appSecret,
    domain,
    httpInstance,
    cache: new lark.DefaultCache(),
    disableTokenCache: true,
    logger: silentLogger,
  });
}

function read<T>(shape: z.ZodType<T>, value: unknown): T {
  const { data, success } = shape.safeParse(value);
  if (!success) throw new FeishuError({ status: 200 });
  return data;
}
