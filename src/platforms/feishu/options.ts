import { z } from "zod";
import { BotError } from "#core/errors.ts";
import { isAppId } from "./ids.ts";

const DEFAULT_DOMAIN = "https://open.feishu.cn";

/** A value of the environment; an empty one counts as not set, as in most `.env` files. */
const setting = z
  .string()
  .trim()
  .transform((text) => text || undefined)
  .optional();

const Environment = z.object({
  FEISHU_APP_ID: setting,
  FEISHU_APP_SECRET: setting,
  FEISHU_DOMAIN: setting,
  FEISHU_ENCRYPT_KEY: setting,
  FEISHU_VERIFICATION_TOKEN: setting,
});

const Configuration = z.strictObject({
  /** How events come in: over a connection that the bot opens, or by requests to a public address. */
  transport: z.enum(["connection", "webhook"]).default("connection"),
  /** Larger attachments are recorded by name only. The platform itself hands out up to 100 MB. */
  maxFileMB: z.number().positive().max(100).default(30),
});

export interface FeishuOptions extends z.infer<typeof Configuration> {
  appId: string;
  appSecret: string;
  /** Without a slash at the end. */
  domain: string;
  /** Only needed for webhooks. */
  encryptKey?: string;
  verificationToken?: string;
}

/**
 * Credentials from the environment and options from the configuration.
 * @throws BotError bad-config that says what to do
 */
export function readOptions(env: Readonly<Record<string, string | undefined>>, options: unknown): FeishuOptions {
  const configuration = Configuration.safeParse(options ?? {});
  if (!configuration.success) {
    throw new BotError("bad-config", `platforms.feishu 配置有误:\n${z.prettifyError(configuration.error)}`);
  }
  const given = Environment.parse(env);
  const appId = given.FEISHU_APP_ID;
  const appSecret = given.FEISHU_APP_SECRET;
  if (!appId || !appSecret) {
    throw new BotError(
      "bad-config",
      "还没有飞书应用的凭证，请先运行 huiying connect feishu，或在 .env 里写上 FEISHU_APP_ID 和 FEISHU_APP_SECRET。",
    );
  }
  if (!isAppId(appId)) {
    throw new BotError(
      "bad-config",
      "FEISHU_APP_ID 不对：应以 cli_ 开头，后面是 16 位数字或字母 a-f，请到开放平台“凭证与基础信息”页复制。",
    );
  }
  const { FEISHU_ENCRYPT_KEY: encryptKey, FEISHU_VERIFICATION_TOKEN: verificationToken } = given;
  if (configuration.data.transport === "webhook" && !(encryptKey && verificationToken)) {
    throw new BotError(
      "bad-config",
      "用回调地址接收事件时必须加密：请到开放平台“事件与回调 > 加密策略”设置 Encrypt Key，并把它和 Verification Token 写进 .env 的 FEISHU_ENCRYPT_KEY 和 FEISHU_VERIFICATION_TOKEN。",
    );
  }
  return {
    ...configuration.data,
    appId,
    appSecret,
    domain: readDomain(given.FEISHU_DOMAIN ?? DEFAULT_DOMAIN),
    ...(encryptKey ? { encryptKey } : {}),
    ...(verificationToken ? { verificationToken } : {}),
  };
}

/** The secret goes to this address, so that it must be encrypted on the way, except within the machine. */
function readDomain(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const loopback = url !== undefined && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  if (!url || !(url.protocol === "https:" || (url.protocol === "http:" && loopback)) || url.search || url.hash) {
    throw new BotError("bad-config", "FEISHU_DOMAIN 不对：应是以 https:// 开头的地址，例如 https://open.feishu.cn。");
  }
  return text.replace(/\/+$/, "");
}
