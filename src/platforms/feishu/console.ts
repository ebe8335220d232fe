import { CALLBACKS, EVENTS, SCOPES } from "./scopes.ts";

/** Where things are in the console of the open platform, in its own words. */
export const PAGES = {
  bot: "添加应用能力",
  scopes: "权限管理",
  events: "事件与回调 > 事件配置",
  callbacks: "事件与回调 > 回调配置",
  release: "版本管理与发布",
} as const;

const FEISHU = "https://open.feishu.cn";

/** Every change of rights, events and callbacks takes effect with a new version only. */
export const RELEASE_AGAIN = `改完在“${PAGES.release}”发布新版本才生效`;

/** The console of one app. */
export const consoleOf = (domain: string, appId: string): string => `${domain}/app/${appId}`;

/** The page on which these scopes are granted, already ticked. */
export const scopesPage = (domain: string, appId: string, scopes: readonly string[]): string =>
  `${consoleOf(domain, appId)}/auth?q=${scopes.join(",")}&op_from=openapi&token_type=tenant`;

export interface StepsOptions {
  domain?: string | undefined;
  appId: string;
  /** The configuration names the platform already. */
  configured: boolean;
  /** The app was set up by scanning: its rights, events and callbacks are filled in. */
  scanned: boolean;
}

/** What remains to be done by hand after the credentials are stored, in this order. */
export function remainingSteps({ domain = FEISHU, appId, configured, scanned }: StepsOptions): string[] {
  const check = scanned ? "核对" : "添加";
  const granted = SCOPES.filter((s) => !s.sensitive);
  const sensitive = SCOPES.filter((s) => s.sensitive).map((s) => s.scope);
  return [
    ...(configured ? [] : ["在配置文件的 platforms 里加一行 feishu: {}，与 local 并列。"]),
    "运行 npm start 并让它一直开着：控制台只有看到机器人在线，才能保存下面的“长连接”。",
    `打开 ${consoleOf(domain, appId)}${scanned ? "" : `，在“${PAGES.bot}”添加机器人`}。`,
    scanned
      ? `“${PAGES.scopes}”：核对 ${granted.length} 项权限都已开通。`
      : `“${PAGES.scopes}”：开通 ${granted.length} 项权限，打开此页已全部勾选：${scopesPage(
          domain,
          appId,
          granted.map((s) => s.scope),
        )}`,
    `“${PAGES.scopes}”：另请管理员批准 ${sensitive.join("、")}(不能预置)。没有它也能用，只是群里每次都要 @机器人。`,
    `“${PAGES.events}”：订阅方式选“使用长连接接收事件”，保存；${check} ${EVENTS.length} 个事件(见 docs/feishu.md)。`,
    `“${PAGES.callbacks}”：订阅方式选“使用长连接接收回调”，保存；${check} ${CALLBACKS.map((c) => c.event).join("、")}(卡片回传交互)。`,
    `“${PAGES.release}”：可用范围选上通讯录里的全部人员，创建版本并发布；须管理员审核的等审核通过。`,
    "在飞书里把机器人加进值班群(群设置 > 群机器人 > 添加机器人)，群名与通讯录里的一致就自动认出。",
    "可选：“机器人”页的自定义菜单，动作选“推送事件”，事件 ID 填 report、mine、due、duty、help。",
    "加密策略(Encrypt Key)只在用请求地址(webhook)接收时要设，长连接不用。",
  ];
}
