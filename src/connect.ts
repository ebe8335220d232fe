import { readFileSync } from "node:fs";
import { toString as drawQr } from "qrcode";
import type { Check } from "#core/check.ts";
import { BotError } from "#core/errors.ts";
import { checkPlatforms } from "./check-platforms.ts";
import { scanLines, stepLines, storedLines } from "./cli/connect.ts";
import { envFile, readEnv, writeEnv } from "./env-file.ts";
import { isAppId } from "./platforms/feishu/ids.ts";
import type { Registered } from "./platforms/feishu/register.ts";
import { databaseUrl } from "./runtime.ts";
import { loadSetup } from "./setup.ts";

export interface ConnectOptions {
  /** An app that exists: brought up to date, or with `manual` only taken over. */
  app?: string | undefined;
  /** The app was set up in the console: nothing is scanned. */
  manual: boolean;
  /** The credentials of another app may be overwritten. */
  replace: boolean;
  /** Host of the accounts service of a private deployment. */
  accountsDomain?: string | undefined;
  config?: string | undefined;
}

interface ConnectParts {
  /** Where the credentials go. */
  file: string;
  /** The environment in which the bot would start: its values win over the file's. */
  env: NodeJS.ProcessEnv;
  /** Width of the terminal, undefined when there is none. */
  columns: number | undefined;
  /** Reads the secret that was set up by hand. */
  secret: () => string;
  say: (lines: readonly string[]) => void;
  signal: AbortSignal;
}

const SECRET = /^[\w-]{8,128}$/;

/** `connect feishu` as a person runs it: Ctrl+C takes back what is not finished. @throws BotError */
export async function connectFromTerminal(options: ConnectOptions, say: ConnectParts["say"]): Promise<Check[]> {
  const cancel = new AbortController();
  process.once("SIGINT", () => cancel.abort());
  const { stdin, stdout, env } = process;
  const secret = (): string => {
    if (stdin.isTTY) say(["请粘贴 App Secret，按回车，再按 Ctrl+D："]);
    return readFileSync(0, "utf8");
  };
  // What a pipe or a file gives has no width, whatever the types say.
  const columns = stdout.isTTY ? stdout.columns : undefined;
  try {
    return await connectFeishu(options, { file: envFile(), env, columns, secret, say, signal: cancel.signal });
  } finally {
    // A request that nobody waits for any more must not keep the terminal.
    setTimeout(() => process.exit(), 1000).unref();
  }
}

/**
 * Gets the credentials of a Feishu app, stores them, says what remains to be done, and looks at how things stand.
 * @throws BotError with what to do; nothing was stored then
 */
async function connectFeishu(options: ConnectOptions, parts: ConnectParts): Promise<Check[]> {
  const { file, env, say } = parts;
  const { app, manual } = options;
  if (app !== undefined && !isAppId(app))
    throw new BotError("bad-input", `“${app}”不是 App ID：应是 cli_ 和 16 位字母数字，在控制台“凭证与基础信息”里。`);
  // Whatever is wrong should be found before an app is created.
  keepOthers(app, options, file);
  const setup = loadSetup(options.config);
  if (!manual && options.accountsDomain === undefined)
    keepToOneService(env["FEISHU_DOMAIN"] || readEnv(file)["FEISHU_DOMAIN"]);
  const { appId, appSecret, domain } = manual ? byHand(app, parts) : await byScan(options, parts);
  keepOthers(appId, options, file);
  const values = {
    FEISHU_APP_ID: appId,
    FEISHU_APP_SECRET: appSecret,
    ...(domain ? { FEISHU_DOMAIN: domain } : {}),
  };
  const before = readEnv(file);
  writeEnv(file, values);
  const overruled = Object.keys(values).filter((key) => env[key] && env[key] !== before[key]);
  say(storedLines({ appId, file, overruled }));
  Object.assign(env, values);
  const { remainingSteps } = await import("./platforms/feishu/console.ts");
  const configured = "feishu" in setup.platforms;
  say(stepLines(remainingSteps({ domain: env["FEISHU_DOMAIN"] || undefined, appId, configured, scanned: !manual })));
  return checkPlatforms(setup, { env, databaseUrl: databaseUrl(undefined, env), names: ["feishu"] });
}

/** @throws BotError refused when the file holds the credentials of another app */
function keepOthers(appId: string | undefined, { replace }: ConnectOptions, file: string): void {
  const stored = readEnv(file)["FEISHU_APP_ID"];
  if (stored && stored !== appId && !replace)
    throw new BotError(
      "refused",
      `${file} 里已有应用 ${stored}，没有改动。更新它请加 --app ${stored}；换成别的应用请加 --replace。`,
    );
}

/** @throws BotError refused when the secret of an app of the public service would go to another address */
function keepToOneService(domain: string | undefined): void {
  const host = domain && URL.canParse(domain) ? new URL(domain).hostname : undefined;
  if (host === undefined || /^(?:open\.(?:feishu\.cn|larksuite\.com)|localhost|127(?:\.\d{1,3}){3})$/.test(host))
    return;
  throw new BotError(
    "refused",
    `FEISHU_DOMAIN 是 ${domain}，扫码建的应用却在飞书公有云，密钥会发到不相干的地址。私有部署请加 --accounts-domain；用公有云请先删去 FEISHU_DOMAIN。`,
  );
}

function byHand(app: string | undefined, { secret }: ConnectParts): Registered {
  if (app === undefined)
    throw new BotError(
      "bad-input",
      "请写明应用，并从标准输入给出 App Secret，例如：npm run -s huiying -- connect feishu --manual --app cli_… < 密钥文件",
    );
  const appSecret = secret().trim();
  if (!SECRET.test(appSecret))
    throw new BotError(
      "bad-input",
      "标准输入里没有 App Secret：应只有一行，是控制台“凭证与基础信息”里的 App Secret，没有空格和引号。",
    );
  return { appId: app, appSecret };
}

async function byScan({ app, accountsDomain }: ConnectOptions, { columns, say, signal }: ConnectParts) {
  const { register } = await import("./platforms/feishu/register.ts");
  const found = await register({
    appId: app,
    accountsDomain,
    signal,
    onPage: ({ url, seconds }) => {
      // A lower error correction keeps the symbol small enough for a terminal.
      drawQr(url, { type: "terminal", small: true, errorCorrectionLevel: "L" }, (_, qr) =>
        say(scanLines({ url, qr, seconds, appId: app }, columns)),
      );
    },
    onSlower: () => say(["飞书要求放慢查询，请稍候……"]),
  });
  if (!isAppId(found.appId) || !SECRET.test(found.appSecret))
    throw new BotError("platform", "飞书给出的应用凭证格式不对，没有写入。请在控制台查看应用，改用 --manual。");
  return found;
}
