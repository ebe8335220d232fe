import type { AxiosInstance } from "axios";
import { z } from "zod";
import { Token } from "./answers.ts";
import { endpointProblem, type Problem } from "./connection-problem.ts";
import { feishuError, refusal } from "./errors.ts";
import { createHttp } from "./http.ts";
import type { FeishuOptions } from "./options.ts";

const Answer = z.object({ data: z.unknown(), headers: z.object({ date: z.unknown() }) });

/** Shorter than what doctor allows a check. */
const TIMEOUT_MS = 8_000;

/** Questions to the open platform that only a check asks. Its failures are those of the API: codes and no texts. */
export class Probe {
  readonly #http: AxiosInstance = createHttp({ timeoutMs: TIMEOUT_MS });
  readonly #options: FeishuOptions;

  constructor(options: FeishuOptions) {
    this.#options = options;
  }

  /**
   * Tries the credentials.
   * @returns the platform's time by its own clock, to the second; undefined when it does not tell
   * @throws FeishuError
   */
  async signIn(): Promise<number | undefined> {
    const { appId: app_id, appSecret: app_secret } = this.#options;
    const answer = await this.#post("/open-apis/auth/v3/tenant_access_token/internal", { app_id, app_secret });
    if (!Token.safeParse(answer.body).success) throw refusal(answer.body);
    const at = typeof answer.date === "string" ? Date.parse(answer.date) : Number.NaN;
    return Number.isNaN(at) ? undefined : at;
  }

  /**
   * Asks where a long connection would go, and opens none: it would take events away from the bot.
   * @returns why there is none to be had; undefined when there is
   * @throws FeishuError
   */
  async endpoint(): Promise<Problem | undefined> {
    const { appId: AppID, appSecret: AppSecret } = this.#options;
    return endpointProblem((await this.#post("/callback/ws/endpoint", { AppID, AppSecret })).body);
  }

  async #post(path: string, data: object): Promise<{ body: unknown; date: unknown }> {
    const url = `${this.#options.domain}${path}`;
    const asked = this.#http.request({ method: "POST", url, data });
    const answer = Answer.parse(
      await asked.catch((error: unknown) => {
        throw feishuError(error);
      }),
    );
    return { body: answer.data, date: answer.headers.date };
  }
}
