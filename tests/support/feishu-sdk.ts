import * as lark from "@larksuiteoapi/node-sdk";
import axios, { type AxiosResponse, isAxiosError } from "axios";
import type { FeishuServer } from "./feishu-server/server.ts";

const silent = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {}, trace: () => {} };

/** The real client of the SDK, with a cache of its own and no proxy. */
export function sdkClient(server: FeishuServer, appSecret = server.appSecret, timeout = 4_000) {
  const http = axios.create({ timeout, proxy: false, maxRedirects: 0 });
  http.interceptors.response.use((response: AxiosResponse & { config: { $return_headers?: boolean } }) =>
    response.config.$return_headers ? { data: response.data, headers: response.headers } : response.data,
  );
  const cache = new lark.DefaultCache();
  const { appId, domain } = server;
  const httpInstance = http as unknown as lark.HttpInstance;
  return { client: new lark.Client({ appId, appSecret, domain, cache, httpInstance, logger: silent }), cache, http };
}

type Handler = (data: Record<string, unknown>) => unknown;

export const sdkDispatcher = (handlers: Record<string, Handler>, encryptKey?: string): lark.EventDispatcher =>
  new lark.EventDispatcher({ logger: silent, ...(encryptKey === undefined ? {} : { encryptKey }) }).register(
    handlers as never,
  );

/** The real long connection of the SDK; resolves when it is there. */
export async function sdkConnection(
  server: FeishuServer,
  handlers: Record<string, Handler>,
  more: Partial<ConstructorParameters<typeof lark.WSClient>[0]> = {},
): Promise<lark.WSClient> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const { appId, appSecret, domain } = server;
  const connection = new lark.WSClient({
    appId,
    appSecret,
    domain,
    logger: silent,
    onReady: resolve,
    onError: reject,
    ...more,
  });
  await connection.start({ eventDispatcher: sdkDispatcher(handlers) });
  await promise;
  return connection;
}

/** Code of Feishu in the failure of a call: the SDK rejects with an error of axios. 0 when the call succeeds. */
export async function codeOf(call: Promise<{ code?: number | undefined }>): Promise<number | string> {
  try {
    return (await call).code ?? 0;
  } catch (error) {
    if (!isAxiosError(error)) throw error;
    return error.response?.data?.code ?? error.code ?? "unknown";
  }
}

/** The inner code of a refused card, out of the sentence around it. */
export async function cardCodeOf(call: Promise<unknown>): Promise<number> {
  try {
    await call;
    return 0;
  } catch (error) {
    if (!isAxiosError(error) || error.response?.data?.code !== 230099) throw error;
    return Number(/ErrCode: (\d+)/.exec(error.response.data.msg)?.[1]);
  }
}
