/** The words around a time, which say whose time it is. */

import { SINGLE_SURNAMES } from "../pii/names.ts";
import { SINCE_WORDS } from "./mention.ts";

export type TimeField = "occurredAt" | "surfacedAt" | "detectedAt";
/** `aside`: a time of something else (the fire was out, the topic rose, a message was forwarded), not kept. */
export type Role = TimeField | "snapshot" | "deadline" | "planned" | "aside";

const SURFACED =
  /^发的|^推的$|^推了[一条篇]|^[^，。]{0,12}(?:号|官微|媒体|博主|》|”)推的|开(?:播(?!仪式)|直播)|(?:网[友民]|有人|博主|在(?:[^，。]{0,4}群|抖音|快手|微博|小红书|知乎|贴吧|头条|B站|视频号|朋友圈|论坛)[里上]?)发的|^发[于在]|发帖|发文|发稿|刊文|发布(?!了?(?:权威|情况|辟谣|澄清|官方|警情|处置|调查)*(?:通报|公告|说明|声明|信息澄清|信息|澄清|辟谣|回应|结果|续报))|发视频|发笔记|发长文|发文章|发图|发了|发微博|发抖音|发快手|发小红书|发朋友圈|发声|发推|发出|发到|首发|曝光|曝出|曝料|爆料|上传|传到|传上|传出|传开|热传|流传|转发|推送|刊发|刊登|报道|播出|贴出|晒出|晒|吐槽|留言|投诉称|反映称|拨打|致电|来信|网传|推文|出现(?:一|多|大量|相关)?.{0,4}(?:视频|帖|文章|信息|话题)|在(?:抖音|快手|微博|小红书|知乎|贴吧|头条|B站|论坛|网上|群里?|评论区|朋友圈)上?(?:说|称|讲|反映|爆|问|喊|骂)|(?:群里?|论坛|贴吧|评论区|网上|平台)[^，。]{0,4}(?:号召|召集|发起|串联|鼓动|扬言|喊人)|[又都正]?在(?:转(?![运移送院弯])|疯?传)|刷屏/;
const DETECTED =
  /接到|接报|接警|接群众|接网|接[^，。]{0,8}(?:反映|报告|来电|电话|举报|投诉|转)|监测到|监测发现|巡查发现|巡网|我[们办局中心委][^，。]{0,10}(?:发现|看到)|(?:网信办|值班|工作人员).{0,4}(?:发现|看到)|^(?:在[^，。]{1,8})?(?:发现|看到)|收到|刷到|获悉|看到|关注到|(?:系统|平台)[^，。]{0,6}(?:预警|提示|报警)|^预警/;
/** 家长发现食堂发霉 is the event, not our detection. */
const PUBLIC_SUBJECT = /(?:网友|网民|家长|村民|居民|学生|群众|市民|游客|业主|顾客|消费者|家属|有人|路人)[^，。]{0,14}$/;
/** 有群众来电，讲…: the public tells us, and that is when we knew. */
const CALLED =
  /^(?:接到?)?(?:有|一名?|一位|[几多]名|[几多]位)?(?:热心)?(?:群众|市民|居民|村民|家长|业主|网[友民]|百姓|老百姓|人)(?:打?来电话?|打(?:进)?电话(?:来|进来|到(?:我|值班)[^，。]{0,4})|来访|上门反映)(?![人量数件])/;
/** The matter spreads, or the emergency services act: neither the event nor its first post. */
const ASIDE =
  /^爆(?!炸|燃|了?一?声)|开始爆|被[^，。]{0,8}转|爆了(?!一?声)|火了|发酵|上了?热搜|冲上|登上|登顶|翻出|翻炒|扑灭|控制住|得到控制|送医|送往|到场|赶到|赶赴|到达|恢复|处置完|救出|已通报|发布[^，。]{0,6}(?:通报|公告|声明|说明|澄清|辟谣|回应|续报)|回应|约谈|召开|开会|结束|^[^，。]{0,6}(?:通报|刑拘|拘留|抓获|立案|辟谣|澄清|声明)/;
const EVENT =
  /发生|(?:管|管道|管网|阀门?|锅炉|轮胎|气罐)[^，。]{0,3}爆|起火|着火|爆炸|爆燃|爆了?一?声|巨响|坍塌|塌陷|垮塌|坠|相撞|碰撞|追尾|侧翻|落水|溺|持刀|砍|打架|斗殴|殴打|有[^，。]{0,4}(?:人|名|个|学生)打|泄漏|死亡|受伤|停水|停电|断水|聚集|拥挤|踩踏|倒塌|滑坡|被困|困[了住在]|卡住|失联/;
/** Who posts, and with what: 网友在抖音 before the verb adds nothing that could have happened by itself. */
const POSTER =
  /^(?:(?:多名|有|一|某|个别|部分|多位|一名|一位|有名|几名|大量|不少|本地|当地)*(?:网友|网民|网名|家属|家长|博主|自媒体|账号|用户|大V|市民|村民|居民|群众|学生|游客|业主|当事人|人|媒体|记者|“[^”]{1,20}”|@\S{1,20})[^，。]{0,24}|[^，。]{0,12})$/;
/** Speech to text has no commas: 后来, and 了 before the next who, part the event from what followed. */
const CLAUSE_END =
  /[，,。；;！!？?\n]|后来|然后|随后|之后|结果|(?<=了)(?=有[人个一几多网]|里面|大家|网友|他们|其他|业主群|家长群|群里)/;

/** Between a label and its time: 发布时间：, 发生于, 事发时间是. */
const AS_LABEL = " ?(?:时间|日期)? ?(?:[：:=]|是|为)? ?[于在]? ?$";
const label = (words: string): RegExp => new RegExp(`(?:${words})${AS_LABEL}`);
/** What stands directly before a time and names it; the first that fits counts. */
const LABELS: readonly (readonly [words: RegExp, role: Role])[] = [
  [label("截[至止]到?(?:目前)?[（(]?|统计|数据"), "snapshot"],
  [/(?:务必|务请|须|请|最迟|最晚|不晚于|时限[：:]?)(?:于|在)? ?$/, "deadline"],
  [label("事发|发生|事情|案发"), "occurredAt"],
  [
    label("发布|上传|首发|发帖|发|刊发|曝光|(?:来信|来电|留言|投诉|反映)时间|最早(?:出现|流传|传播|见|发布|传出)"),
    "surfacedAt",
  ],
  [label("发现|监测|报警|接警|接报|预警"), "detectedAt"],
];
/** What stands directly behind a time and names it. */
const TAILS: readonly (readonly [words: RegExp, role: Role])[] = [
  [/^(?:之|以)?(?:前(?![往后台方])|内 ?(?=反馈|报|回复|答复|办结|完成|整改|处理|解决|落实))/, "deadline"],
  [/^的?(?:数据|统计|截图)/, "snapshot"],
  // 本月以来共受理37件: the time over which somebody counts.
  [
    /^(?:(?:以来|至今|起)[^，。]{0,2}|(?=累计|共))(?:累计|共计?|已|总共)*(?:受理|收到|接到|接报|接收|发现|处理)/,
    "aside",
  ],
  [/^[^，。]{0,2}(?:失踪|走失|失联|出生|签订|签约|签|购买|买|建成|竣工|开业|入职|投用|开工)的/, "aside"],
];
const DEMAND = /要求|请|务必|须|限|最迟|最晚|不晚于|反馈|报送|上报|回复|答复|办结|书面|核实/;
/** 要求当日反馈: asked before the time, to be answered behind it. */
const ASKS = /要求|请|务必|须/;
/** 承诺月底前通水, 县政府拟今天18点前回应: whoever is answerable names the time himself; nobody sets him a limit. */
const PROMISES = /承诺|保证|表示|答应|[回宣声]?称|预计|计划|拟|有望|争取|力争|准备|打算/;
const ANSWERS = /^(?:反馈|报送|上报|回复|答复|办结|书面)/;
const PLANNED_BEFORE =
  /号召|计划|拟于?|约定|准备|打算|将于?|扬言|预计|相约|约好|说好|组织.{0,6}(?:去|到|前往)|组织$|定于|原定|要去|听说$/;
const PLANNED_AFTER = /^[^，。]{0,8}(?:号召|计划|拟|将|准备|打算|要去|要到|还要|要来)/;
/** —— 转自 县委网信办 12月22日 08:41 ——, or 王晓梅 11-20 09:41 on a line of its own: when a message was forwarded. */
const FORWARD_HEAD = new RegExp(
  `(?:^|\\n)(?:[\\s—\\-【[（(]*(?:转|转自|转发|转发自|来自)[：: ][^，。；\\n]*|(?!时间|全部|单位)[${SINGLE_SURNAMES}][\\u4e00-\\u9fa5]{1,2}(?:[（(][^）)\\n]{2,20}[）)])? ?[:：]? ?)$`,
);
const LINE_ENDS = /^[\s—\-】\]）):：]*(?:\n|$)/;

export interface RoleFound {
  role: Role;
  /** The sentence tells the event and its first post in one breath: the time may be either's. */
  shared?: boolean;
  /** A limit that somebody sets, also where it has passed; 昨天下班前有人闹事 sets none. */
  demanded?: boolean;
  /** Stands in a heading without a word that says which time it is. */
  unlabelled?: boolean;
}

/** Which time a mention is, by the words around it; `mayLieAhead: false` for a time that can only have passed. */
export function roleOf(before: string, after: string, mayLieAhead = true): RoleFound {
  if (LINE_ENDS.test(after) && FORWARD_HEAD.test(before)) return { role: "aside" };
  const said = before.slice(Math.max(0, before.search(/[^，,。；;！!？?\n]*$/)));
  const clause = firstClause(after);
  const stated = (role: Role): RoleFound => {
    if (role !== "deadline") return { role };
    if (PROMISES.test(said) && !ASKS.test(said)) return { role: "planned" };
    return { role, demanded: DEMAND.test(said + clause) };
  };
  const isOpen = (role: Role): boolean => mayLieAhead || role !== "deadline";
  const tail = TAILS.find(([words, role]) => isOpen(role) && words.test(after));
  if (tail) return stated(tail[1]);
  for (const [words, role] of LABELS) {
    if (!isOpen(role) || !words.test(said)) continue;
    if (role !== "detectedAt" || !PUBLIC_SUBJECT.test(said.replace(/发现.*$/, ""))) return stated(role);
  }
  if (mayLieAhead && ASKS.test(said) && ANSWERS.test(clause)) return stated("deadline");
  if (mayLieAhead && (PLANNED_BEFORE.test(said) || PLANNED_AFTER.test(clause))) return { role: "planned" };
  return roleInClause(said, clause);
}

/** Event, first post or detection, by what the clause says first. */
function roleInClause(said: string, clause: string): RoleFound {
  const surfaced = clause.search(SURFACED);
  const detected = clause.search(DETECTED);
  const event = clause.search(EVENT);
  if (CALLED.test(clause)) return { role: "detectedAt" };
  const isDetection = detected !== -1 && detected < 14 && !PUBLIC_SUBJECT.test(said + clause.slice(0, detected));
  if (isDetection && (event === -1 || detected < event)) return { role: "detectedAt" };
  if (surfaced !== -1) {
    const lead = clause.slice(0, surfaced);
    if (POSTER.test(lead) && !EVENT.test(lead)) return { role: "surfacedAt" };
    if (event === -1 || surfaced < event) return { role: "surfacedAt", shared: true };
  }
  if (event === -1 && ASIDE.test(clause)) return { role: "aside" };
  return { role: "occurredAt" };
}

/**
 * The words up to the first pause; a pause directly behind the time, or behind its 起 or 以来, does not count. 开始 ends what
 * was said before it: 工人聚集，9:20开始，有人发快手.
 */
function firstClause(after: string): string {
  const text = (/^ ?就?开始/.test(after) ? after : after.replace(SINCE_WORDS, "")).replace(/^[\s，,：:]+/, "");
  const end = text.search(CLAUSE_END);
  return end === -1 ? text : text.slice(0, end);
}
