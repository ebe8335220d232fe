import { registerApp } from "@larksuiteoapi/node-sdk";
import { BotError } from "#core/errors.ts";
import { CALLBACKS, EVENTS, SCOPES } from "./scopes.ts";

/** The app that somebody confirmed by scanning. */
export interface Registered {
  appId: string;
  /** Never to be shown. */
  appSecret: string;
  /** Address of the open platform when it is not the usual one: the tenant is one of Lark. */
  domain?: string;
}

export interface RegisterOptions {
  /** An app that exists and is to get what it lacks; otherwise a new one is created. */
  appId?: string | undefined;
  /** Host of the accounts service, for private deployments. */
  accountsDomain?: string | undefined;
  signal: AbortSignal;
  /** The page to open or scan, and how long it can be used, in seconds. */
  onPage: (page: { url: string; seconds: number }) => void;
  /** The service asks to be asked less often. */
  onSlower: () => void;
}

/** How long to wait for the page; the SDK itself waits for ever. */
const PAGE_WITHIN_MS = 20_000;
const LARK = "https://open.larksuite.com";

/**
 * Creates or updates an app with what the bot needs, confirmed by a person who scans a code.
 * @throws BotError refused, platform with what to do instead
 */
export async function register(options: RegisterOptions): Promise<Registered> {
  const { appId, accountsDomain, onPage, onSlower } = options;
  const page = new AbortController();
  const signal = AbortSignal.any([options.signal, page.signal]);
  const late = setTimeout(() => page.abort(), PAGE_WITHIN_MS);
  try {
    const asked = registerApp({
      ...(accountsDomain ? { domain: accountsDomain, larkDomain: accountsDomain } : {}),
      // An existing app that somebody picks by mistake would lose its events to this bot.
      ...(appId ? { appId } : { createOnly: true }),
      appPreset: { name: "回应" },
      addons: WANTED,
      signal,
      onQRCodeReady: ({ url, expireIn }) => {
        clearTimeout(late);
        onPage({ url, seconds: expireIn });
      },
      onStatusChange: ({ status }) => {
        if (status === "slow_down") onSlower();
      },
    });
    // The SDK heeds the signal only once it has the page.
    const { client_id, client_secret, user_info } = await Promise.race([asked, aborted(signal)]);
    return {
      appId: client_id,
      appSecret: client_secret,
      ...(user_info?.tenant_brand === "lark" && !accountsDomain ? { domain: LARK } : {}),
    };
  } catch (error) {
    throw page.signal.aborted ? unreachable(accountsDomain, "超时", error) : failure(error, accountsDomain);
  } finally {
    clearTimeout(late);
  }
}

/** Nothing but what the bot uses: without `preset: false` the platform adds its own list of rights. */
const WANTED = {
  preset: false,
  scopes: { tenant: SCOPES.filter((s) => !s.sensitive).map((s) => s.scope) },
  events: { items: { tenant: EVENTS.map((e) => e.event) } },
  callbacks: { items: CALLBACKS.map((c) => c.event) },
};

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => reject({ code: "abort" });
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}

const BY_HAND = "也可以在控制台手工建好应用，再运行 npm run -s huiying -- connect feishu --manual。";

function failure(error: unknown, accountsDomain: string | undefined): BotError {
  const code = codeOf(error);
  switch (code) {
    case "abort":
      return new BotError("refused", "已取消，没有写入任何文件。");
    case "access_denied":
      return new BotError(
        "refused",
        `飞书里没有同意。请再运行一次，扫码后点确认；页面提示没有权限的，请单位的飞书管理员来扫。${BY_HAND}`,
      );
    case "expired_token":
      return new BotError("refused", `二维码已过期，没有人确认。请再运行一次，在有效期内扫码。${BY_HAND}`);
    case "ERR_INVALID_URL":
      return new BotError("platform", `${host(accountsDomain)} 没有给出二维码，可能不提供扫码创建。${BY_HAND}`);
    default:
      // What the service itself refuses comes with a description; anything else happened on the way.
      if (isRefusal(error))
        return new BotError("platform", `飞书没有创建应用(${code})。请过一会儿再运行一次。${BY_HAND}`);
      return unreachable(accountsDomain, code, error);
  }
}

function unreachable(accountsDomain: string | undefined, code: string, cause: unknown): BotError {
  return new BotError(
    "platform",
    `与 ${host(accountsDomain)} 联系不上(${code})。请检查网络和代理(HTTPS_PROXY)后再运行一次。${BY_HAND}`,
    { cause },
  );
}

const isRefusal = (error: unknown): boolean => typeof error === "object" && error !== null && "description" in error;

const host = (accountsDomain: string | undefined): string => accountsDomain ?? "accounts.feishu.cn";

/** A code of the service, of Node or of TLS; never the text of an error, which may hold what was sent. */
function codeOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^\w{1,60}$/.test(code) ? code : "原因不明";
}
