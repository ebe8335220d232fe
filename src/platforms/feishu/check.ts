import { attention, type Check, ok, wrong } from "#core/check.ts";
import { BotError } from "#core/errors.ts";
import type { CheckContext } from "#core/ports.ts";
import { formatSpan, MINUTE } from "#core/time.ts";
import { FeishuApi } from "./api.ts";
import { checkGroups, checkPeople } from "./check-reach.ts";
import { checkScopes } from "./check-scopes.ts";
import { consoleOf, PAGES } from "./console.ts";
import { deliveryError } from "./errors.ts";
import { type FeishuOptions, readOptions } from "./options.ts";
import { Probe } from "./probe.ts";

/** How long one part may take. */
const LIMIT_MS = 10_000;

/** What doctor says of Feishu: each part on its own, so that one failure hides no other. */
export async function checkFeishu(context: CheckContext, limitMs = LIMIT_MS): Promise<Check[]> {
  const part = (name: string, look: () => Promise<Check[]>): Promise<Check[]> => bounded(name, look, limitMs);
  let options: FeishuOptions;
  try {
    options = readOptions(context.env, context.options);
  } catch (error) {
    if (!(error instanceof BotError)) throw error;
    return [wrong("飞书凭证", error.message, "照说明改正后再运行一次 doctor；没有凭证时机器人不会启动。")];
  }
  const probe = new Probe(options);
  const credentials = await part("飞书凭证", () => checkCredentials(options, probe, context));
  if (credentials[0]?.state !== "ok") return credentials;
  const api = FeishuApi.create(options);
  const rest = await Promise.all([
    part("飞书机器人", async () => [checkBot(await api.bot(), options)]),
    part("飞书权限", () => checkScopes(options, () => api.scopes())),
    part("飞书接收", () => checkTransport(options, probe)),
    part("飞书群", async () => checkGroups(context, await api.chats())),
    part("飞书人员", () => checkPeople(context, (mobiles) => api.openIdsByMobile(mobiles))),
  ]);
  return [...credentials, ...rest.flat()];
}

/** Runs one check to its end or its limit; a failure becomes its finding. */
async function bounded(name: string, look: () => Promise<Check[]>, limitMs: number): Promise<Check[]> {
  const limit = new Promise<Check[]>((resolve) => {
    const late = wrong(name, `${limitMs / 1000} 秒内没有结果`, "请检查到飞书的网络，再运行一次 doctor。");
    setTimeout(() => resolve([late]), limitMs).unref();
  });
  const looked = look().catch((error: unknown) => [failed(name, error)]);
  return Promise.race([looked, limit]);
}

const failed = (name: string, error: unknown): Check => advised(name, deliveryError(error).message);

/** An advice reads "what：what to do". */
function advised(name: string, advice: string): Check {
  const [, what, mend] = /^(.*?)：(.*)$/su.exec(advice) ?? [];
  return wrong(name, what ?? advice, mend ?? "请过几分钟再运行一次 doctor。");
}

async function checkCredentials({ appId }: FeishuOptions, probe: Probe, { clock }: CheckContext): Promise<Check[]> {
  const theirs = await probe.signIn();
  const good = ok("飞书凭证", `${appId} 能登录`);
  if (theirs === undefined) return [good];
  const off = Math.abs(clock.now() - theirs);
  if (off <= MINUTE) return [good, ok("飞书时钟", "本机与飞书相差不到一分钟")];
  return [
    good,
    attention(
      "飞书时钟",
      `本机与飞书相差 ${formatSpan(off)}`,
      "请校准系统时间(如开启 NTP)：时限按本机时间计算；相差 5 分钟以上时请求地址(webhook)收不到事件。",
    ),
  ];
}

function checkBot({ name, active }: { name: string; active: boolean }, { domain, appId }: FeishuOptions): Check {
  if (active) return ok("飞书机器人", `“${name}”已启用`);
  return wrong(
    "飞书机器人",
    `“${name}”没有启用`,
    `请在 ${consoleOf(domain, appId)} 的“${PAGES.bot}”添加机器人，并在“${PAGES.release}”发布版本；已停用的请管理员在管理后台启用。`,
  );
}

async function checkTransport({ transport }: FeishuOptions, probe: Probe): Promise<Check[]> {
  const name = "飞书接收";
  if (transport === "webhook")
    return [ok(name, `请求地址(webhook)，已设加密；“${PAGES.events}”和“${PAGES.callbacks}”都要填本机的公网地址`)];
  const problem = await probe.endpoint();
  if (problem) return [advised(name, problem.text)];
  return [ok(name, "能取得长连接地址(没有连上去，以免抢走运行中机器人的事件)")];
}
