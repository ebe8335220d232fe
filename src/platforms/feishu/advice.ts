import { MINUTE } from "#core/time.ts";
import type { FeishuErrorDetails } from "./errors.ts";

interface Advice {
  /** What happened and what to do, for administrators. */
  text: string;
  /** Trying again can help after so many milliseconds; 0: the longer it fails, the more seldom. */
  retry?: number;
  /** So many tries at most: what went wrong is not known. */
  tries?: number;
  /** It passes by itself; otherwise somebody has to mend it. */
  passing?: true;
  /** Nothing will reach this person or group: somebody else is to be told. */
  unreachable?: true;
}

const SOON = 2_000;
/** The platform is away: for how long, it cannot say. */
const BACKING_OFF = 0;
const MENDED = 5 * MINUTE;

/** Settings that an administrator can mend are tried again: a message that was decided must not be lost to a missing tick. */
const BY_CODE: Readonly<Record<number, Advice>> = {
  10003: { text: "飞书不认识这个应用：请核对 .env 里的 FEISHU_APP_ID。", retry: MENDED },
  10014: {
    text: "飞书应用的密钥不对：请到开放平台“凭证与基础信息”页核对，改好 .env 里的 FEISHU_APP_SECRET 后重启。",
    retry: MENDED,
  },
  230001: { text: "飞书不接受这条消息的格式。" },
  230002: { text: "机器人不在这个群里：请在群设置里重新添加机器人。", unreachable: true },
  230006: { text: "应用没有启用机器人能力：请到开放平台“添加应用能力”启用机器人，并发布新版本。", retry: MENDED },
  230011: { text: "要回复的消息已经撤回。" },
  230012: { text: "这条消息不是机器人发的，不能加急或更新。" },
  230013: {
    text: "此人不在应用的可用范围内：请到开放平台“版本管理与发布”把其部门加入可用范围，并发布新版本。",
    unreachable: true,
  },
  230018: { text: "群设置不允许机器人发言：请群主在群设置里放开。", retry: MENDED },
  230020: { text: "这个群或这个人的消息太密，稍后再发。", retry: 1_000, passing: true },
  230022: { text: "飞书内容审核没有通过这条消息：请登录网页查看该件，并改用其他方式告知。" },
  230023: { text: "此人未读的加急消息已满 200 条，飞书不再加急。" },
  230024: { text: "本单位的加急额度已用完：请飞书管理员在管理后台“费用中心 > 权益数据”查看并购买。" },
  230025: { text: "消息超过飞书的长度上限。" },
  230027: { text: "机器人没有向这里发消息的权限：请核对应用权限和群设置。", unreachable: true },
  230028: { text: "本单位的数据防泄漏策略拦下了这条消息：请登录网页查看该件，并请飞书管理员放行机器人。" },
  230029: { text: "此人已经离职：请更新通讯录。", unreachable: true },
  230031: { text: "消息已超过 14 天，飞书不允许再更新。" },
  230033: { text: "消息已超过 7 天，飞书不再提供已读情况。" },
  230034: { text: "飞书不认识收信人的编号：请用 /舆情 绑定 重新绑定。", unreachable: true },
  230035: { text: "机器人在这个群里被禁言：请群主解除禁言。", retry: MENDED },
  230049: { text: "同一条消息正在发送，稍后确认。", retry: SOON, passing: true },
  230053: { text: "此人屏蔽了机器人：请其在机器人会话里恢复接收。", unreachable: true },
  230054: { text: "这条消息是以文字发出的，不能更新。" },
  230099: { text: "飞书不接受这张卡片的内容。" },
  230110: { text: "消息已经删除，不能再更新。" },
  232009: { text: "这个群已经解散。", unreachable: true },
  99991400: { text: "发送太密，飞书要求稍等。", retry: SOON, passing: true },
  99991403: { text: "本单位这个月的飞书接口调用次数已用完：请联系飞书管理员升级版本，或等下月。", retry: 10 * MINUTE },
  99991663: { text: "飞书的访问凭证失效，正在重新获取。", retry: SOON, passing: true },
};

/** What a failure means and what is to be done. */
export function adviceFor(error: FeishuErrorDetails): Advice {
  const { code, status, network, scopes } = error;
  if (network !== undefined) return { text: networkAdvice(network), retry: BACKING_OFF, passing: true };
  if (code === 99991672) {
    const names = scopes?.length ? scopes.join(" 或 ") : "所需权限";
    return { text: `应用缺少权限 ${names}：请到开放平台“权限管理”开通，并发布新版本。`, retry: MENDED };
  }
  if (code !== undefined && BY_CODE[code]) return BY_CODE[code];
  if (status === 429) return { text: "发送太密，飞书要求稍等。", retry: SOON, passing: true };
  if (status !== undefined && status >= 500)
    return { text: `飞书暂时不可用（HTTP ${status}），稍后再试。`, retry: BACKING_OFF, passing: true };
  if (code === undefined) {
    return {
      text: "收到的不是飞书的回答，可能被网关或登录页拦截：请检查服务器能否直接访问 FEISHU_DOMAIN。",
      retry: BACKING_OFF,
      passing: true,
    };
  }
  return { text: "飞书拒绝了请求：请按代码在开放平台文档里查原因。", retry: BACKING_OFF, passing: true, tries: 8 };
}

function networkAdvice(network: string): string {
  if (["ECONNABORTED", "ETIMEDOUT", "ERR_CANCELED"].includes(network)) return "飞书没有及时回答，稍后再试。";
  if (["ENOTFOUND", "EAI_AGAIN"].includes(network)) return "找不到飞书的服务器：请检查网络、域名解析和 FEISHU_DOMAIN。";
  if (/CERT|SELF_SIGNED|TLS|SSL/.test(network)) return "飞书服务器的证书不被信任：请检查本机时间和单位网关的证书。";
  return "连不上飞书：请检查服务器的网络，稍后会自动再试。";
}
