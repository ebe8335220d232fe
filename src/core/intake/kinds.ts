import type { Refuse } from "./types.ts";

/** What a message asks for, before it is read as a report. */
export type Intent = "report" | "update" | "query" | "not-report" | Refuse["reason"];

export interface IntentFacts {
  text: string;
  /** The message answers a case card or another message. */
  isReply: boolean;
  /** Signs of a report that the parser found: links, labels, figures, casualties, places, platforms. */
  evidence: number;
}

const ASK =
  /帮我|帮忙|帮着|麻烦|能不能|能否|可不可以|可否|请(?:你|机器人|帮|把|让|协调)|给我|查一下|查查|查下|搜一下|找一下|看看能|你能|想知道|把这|赶紧|快点?(?:把|让)/;
const PERSON =
  /发帖人|发帖的人|博主|楼主|网友|网民|号主|账号主人|作者|这个?人|那个?人|这人|那人|他|她|谁发的|当事人|爆料人|拍视频的|评论的人|带头的|举报人|投诉人/;
const IDENTITY =
  /是谁|叫什么|姓名|真名|真实身份|身份证|住哪|住址|家庭(?:住址|情况|成员)|手机号?|电话|哪个单位|工作单位|在哪上班|以前(?:还)?发过|历史发帖|发过(?:啥|什么)|底细|背景|社会关系|人肉|画像|定位|IP|户籍/;
const RANKING =
  /(?:列|拉|建|搞|整理|做)(?:一个|个|一份|份)?.{0,6}(?:重点人|黑名单|名单).{0,12}(?:网友|网民|发帖|评论|上访|带头)|(?:网友|网民|发帖人?|上访(?:的|人员)|评论的?人).{0,10}(?:重点人|黑名单|打分|评分|排名|画像)|带头的?人?.{0,8}(?:名单|重点人)/;
const TAKEDOWN =
  /删(?:帖|除|掉|了|稿|评|视频)|删(?=$|[吗吧？?。，])|下架|屏蔽|封号|封禁|压(?:下|热搜|一压|一下热)|撤(?:热搜|稿|下)|降(?:热度|热搜)|控评|水军|刷(?:好评|评论|屏)|沉(?:帖|下去)|不让.{0,6}(?:看到|发)|限流/;
const PUBLIC_SAYS =
  /网友(?:称|说|质疑|反映|要求|发帖)|网民(?:称|反映|质疑|要求)|质疑|被(?:删|人肉|封|屏蔽|下架|限流)|遭(?:人肉|删|封)|疑似?.{0,4}删|称.{0,10}(?:删|人肉)|评论区.{0,8}(?:人肉|删)|已(?:删|下架|屏蔽)|自行删除|要求平台/;

/** Words and signs of which acknowledgements and greetings consist. */
const COURTESY =
  /收到|已?收悉|好的?|好滴|可以|没问题|嗯+|哦+|噢|明白|知道了?|了解|已阅|已读|谢谢|感谢|多谢|辛苦了?|不客气|okk?|okay|1|赞|同意|稍等|在吗?|您|你好|早上好|早安?|晚安|晚上好|新年好|大家|各位|领导|主任|局长|老师|马上(?:办|核实|处理|落实|去)?|正在(?:核实|处理|办理)|立即(?:核实|处理|落实)|照办|遵照执行|哈+|呵+|周知|已转|[行了啦的哈呢吧收\s，,。.！!~、?？]|\p{Extended_Pictographic}|\[[^\]\n]{1,4}\]/giu;
const QUESTION =
  /几点|什么时候|何时|多久|多长时间|到期|进展|办到哪|到哪(?:一步|了)|谁(?:在|来|负责|办|牵头|值班|签收)|哪个(?:单位|部门|科室)(?:负责|在办|牵头|办)|怎么样了|办完(?:了)?(?:没|吗)|办结(?:了)?(?:没|吗)|签收(?:了)?(?:没|吗)|回应(?:了)?(?:没|吗)|发布(?:了)?(?:没|吗)|逾期(?:了)?(?:没|吗)|还剩|有几件|多少件|哪些(?:件|案|舆情)|状态|时限是|编号(?:是)?多少/;
const QUESTION_MARK = /[?？吗呢]\s*$|没有?\s*$|多少\s*$/;
/** A question about the public matter itself is not one to the bot. */
const ASKS_BOT =
  /(?:那|这|昨天|今天|上周|前天|上午|下午|刚才|早上)[^，。]{0,12}(?:件|条|个|起|舆情|案)|到期|进展|办到哪|签收|逾期|时限|还剩|我的|值班|编号|#\d|状态|办结|谁(?:在办|负责|牵头)|哪些(?:件|案|舆情)|有几件|多少件/;

const UPDATE_HEAD =
  /^\s*(?:【?(?:更正|订正|勘误|补充|补报|续报[一二三四五六七八九十\d]*|后续|终报|撤回|撤销|纠正|误报|更新|最新(?:情况|进展)?)(?:说明|报告|情况|信息)?】?\s*[:：,，、。\s]|(?:更正|订正|补充|纠正)(?:一下|下|一点)|(?:刚才|上面|前面|之前|刚刚)(?:那条|那个|那件|报的|发的|说的)[^。]{0,12}(?:错|不对|误|不是|撤|应该|更正|有出入))/;
const WITHDRAWAL =
  /撤回|撤销|误报|不用(?:办|管|处理)|作废|发错|报错了|不是(?:我们|我县|我区|本地|咱们)|外地(?:的)?(?:视频|内容|舆情)|重复(?:报|上报)|虚惊/;
const CORRECTION = /更正|订正|勘误|纠正|说错|写错|打错|有误|有出入|应为|应该是|应是|改为|不是.{1,20}(?:是|而是)/;

/** Two signs together make a report; one alone is chatter (今天食堂吃什么). */
const ENOUGH = 2;

/** Branches on the words of the message; a report that merely mentions 删帖 or 人肉 stays a report. */
export function intentOf({ text, isReply, evidence }: IntentFacts): Intent {
  if (evidence < 3 && !PUBLIC_SAYS.test(text)) {
    if (RANKING.test(text) || (PERSON.test(text) && IDENTITY.test(text) && ASK.test(text)))
      return "profiling-individual";
    if (TAKEDOWN.test(text) && (ASK.test(text) || text.length <= 12)) return "out-of-scope";
  }
  if (text.replace(COURTESY, "") === "") return "not-report";
  if (UPDATE_HEAD.test(text)) return "update";
  if (isQuestion(text, evidence)) return "query";
  if (isReply) return "update";
  return evidence >= ENOUGH ? "report" : "not-report";
}

function isQuestion(text: string, evidence: number): boolean {
  return (
    text.length <= 60 &&
    evidence < 4 &&
    QUESTION.test(text) &&
    ASKS_BOT.test(text) &&
    (QUESTION_MARK.test(text) || text.length <= 16)
  );
}

/** What an update wants: withdraw the case, put something right, or add to it. */
export function updateActionOf(text: string): "propose-false-alarm" | "correct" | "supplement" {
  if (WITHDRAWAL.test(text)) return "propose-false-alarm";
  return CORRECTION.test(text) ? "correct" : "supplement";
}

/** The number that an update names: YQ-990121-20261120-001, 20261120-001 or #1. */
export function caseNumberIn(text: string): string | null {
  return /[A-Z]{2,4}-\d{6}-\d{8}-\d{3,}|(?<!\d)\d{8}-\d{3,}(?!\d)|#\d{1,4}(?!\d)/.exec(text)?.[0] ?? null;
}

const REPLIES: Readonly<Record<Refuse["reason"], string>> = {
  "secret-marker": "该消息疑似带密级标志，机器人不接收、不存储、不转发，请立即撤回并报告本单位保密机构",
  "profiling-individual": "不提供对个人的身份查询或画像；涉嫌违法的按规定移交公安机关、网信部门",
  "out-of-scope": "机器人不办理删帖；可选：发布权威信息澄清/移交线索/依法向平台投诉（由法务人员办理）",
};

/** A refusal with the lawful alternative. Nothing of a message with a secrecy marking is stored. */
export function refusal(reason: Refuse["reason"]): Refuse {
  return { kind: "refuse", reason, store: reason !== "secret-marker", reply: REPLIES[reason] };
}
