import { caseNumberIn } from "./case-numbers.ts";
import { isOfficeBusiness } from "./talk.ts";
import type { Update } from "./types.ts";

const PAUSE = "(?:[】\\]）)]|\\s*(?:[:：,，、。\\s!！]|$))";
const NTH = "(?:第?[一二三四五六七八九十\\d]{1,3}|之[一二三四五六七八九十])?";
const NOUNS = `(?:更正|订正|勘误|改正|补充|补报|续报${NTH}|后续|终报|撤回|撤销|纠正|(?:误报){1,2}|更新|最新(?:情况|进展|消息)?)`;

/** 更正：… · 【续报二】… · 补充一下… · 刚才那条说错了，… */
const HEAD = new RegExp(
  `^\\s*(?:[【\\[（(]?${NOUNS}(?:说明|报告|情况|信息|启事)?(?:\\s?(?:YQ-)?[\\dA-Z-]{10,}|\\s?#\\d+)?${PAUSE}` +
    "|(?:再|我|我来|现)?(?:更正|订正|补充|纠正|勘误|改正|更新)(?:一下|下|[一二两三几]点|个情况|一个(?:情况|信息)|说明)" +
    "|(?:再|我)?补(?:一下|一句|一点|个情况)[：:，,、]" +
    // 刚才天价停车费那个，热搜已经掉到第31了
    "|(?:刚才|刚刚|上面|前面|之前|早上|上午|下午|昨天)(?:报的|说的|发的)?[^，。\\n]{1,16}那[个条件事][，,][^。\\n]{0,12}(?:热搜|播放|阅读|评论|转发|点赞|浏览|热度|伤者|死者|明火)" +
    "|(?:刚才|上面|前面|之前|刚刚|刚|方才|上一条|前一条)(?:我)?(?:那条|那个|这条|这个|报的|发的|说的|写的|报|发|说|写)?[^。]{0,12}?(?:错|不对|有误|误|不是|撤|应该|更正|有出入|作废|不算)" +
    "|(?:我)?(?:说|写|打|报|发|看|听)(?:错|反|漏|重)了|(?:不好意思|抱歉|对不起)[，,]?(?:我)?(?:刚才)?(?:说|写|打|报|发|看)(?:错|反|漏)了)",
);

/** Does the text begin as an addition, a correction or a withdrawal? */
export const beginsLikeUpdate = (text: string): boolean => HEAD.test(text);

/** 补报 is also said of a matter that is reported late, and 最新 or 补充 of one that nobody reported yet. */
const LATE = /^\s*[【[（(]?(?:补报|补充|最新|更新)/;
/** Words that go on from something known. */
const GOES_ON =
  /新增|又有|再次|[升增涨降][至到]|恢复|刚才|那[条件个起]|这[条件个起]|该[条件起]|上述|此前|前述|已报|报过|#\d/;

/** Does an update's head stand before a matter that is told from its beginning? Whether all of it is told is for the caller. */
export const mayBeginAfresh = (text: string): boolean =>
  LATE.test(text) && !GOES_ON.test(text) && caseNumberIn(text) === null && updateActionOf(text) === "supplement";

const WITHDRAWAL =
  /^\s*[【[]?(?:撤回|撤销|误报)[】\]]?(?!率)(?:\s|[:：，,。!！]|$)|(?:这|那|该|此|上|前)(?:一)?[条件个起](?:舆情|信息|案件|报告)?(?:是|属于|系|算|确认(?:是|为)?)误报|(?:是|属于|系|经核实(?:为|是|系)?|确认(?:为|是|系)?)误报(?!率|的可能)|(?:这|那|该|此|上|前)(?:一)?[条件个起](?:舆情|信息)?[^，。]{0,4}(?:撤回|撤销|作废|撤了|不算)|(?:^|[，,。；;\s])(?:请)?(?:撤回|撤销)(?:了)?(?:吧|这条|那条|上一条|上报|报送)|不用(?:再)?(?:办|处理|上报|报)了|(?:^|[，,。；;\s])作废|发错群?了|报错了|不是(?:我们?|我县|我区|本地|本县|咱们?)(?:县|区|市|镇|这里|这边|这儿|辖区)?(?:的|里)?|(?:是|系|为)外地(?:的)?(?:视频|内容|舆情|事)?|虚惊一场|查无此事|按误报(?!率)|^误报了?(?:误报了?)?(?=[，,。！!吧]|$)|(?:^|[，,。；;：:！!\s])(?:这|那|视频|画面|图片?|现场|内容|其实|原来|应该|都|经?核实|查明|确认|了)*(?:是|系|属于?|为)(?:[^，,。；;？?不]{0,8}演练(?!方案|脚本)|(?:外[省地县市区]|别的?[省地县市区])[^，,。；;？?不]{0,4}的(?=[，,。；;！!\s吧]|$))|不是(?:我们?|咱们?)这(?:里|边|儿)?的?(?=[，,。；;！!\s（(]|$)/;
/** 撤了吧, 先撤掉这条: said of the case that is answered; 家属已劝返，撤了 says that people left. */
const TAKING_BACK =
  /(?<=^|[，,。；;！!\s])(?:那|就|先|快|赶紧|可以|建议)*撤(?:(?:了|掉|下来|回来?|销)?(?:它|这条|本条|本案)?[吧呗吗么]|(?:掉|回|销|了?(?:它|这条|本条|本案))|(?<=^[那就先快可以]{0,4}撤)了?)(?=[，,。；;！!?？\s]|$)/g;
const NO_WITHDRAWAL =
  /(?:不|并非|是不是|是否|算不算|没有?)(?:是|属于|算)?误报|误报(?:吗|吧|么|呢)?\s*[?？]|不(?:能|要|得)(?:撤|作废)/;
const CORRECTION =
  /更正|订正|勘误|纠正|改正|(?:说|写|打|报|听|看|发)(?:错|反)|有误|有出入|应为|应该(?:是|为)|应是|应当是|改为|改成|更正为|不是[^，,。]{1,20}[，,]?(?:而是|应该是|是)|不是[^，,。]{1,20}[。!！]?$/;

/** The text without the clauses that take back what it answers. */
export const withoutTakingBack = (text: string): string => text.replace(TAKING_BACK, "");

/** Does an answer take back the case that it answers? A question whether to do so does not. */
export const asksWithdrawal = (text: string): boolean =>
  !/(?:[?？]|[吗么])\s*$/.test(text) && (takesBack(text) || updateActionOf(text) === "propose-false-alarm");

const takesBack = (text: string): boolean => withoutTakingBack(text) !== text;

/** What an update wants: withdraw the case, put something right, or add to it. */
export function updateActionOf(text: string): Update["action"] {
  const onlyCorrects = /更正|订正|勘误|应为|改为/.test(text) && !/^\s*[【[]?(?:撤回|撤销|误报)/.test(text);
  if ((WITHDRAWAL.test(text) || takesBack(text)) && !NO_WITHDRAWAL.test(text) && !onlyCorrects)
    return "propose-false-alarm";
  return CORRECTION.test(text) ? "correct" : "supplement";
}

/**
 * Said into a group, addressed to nobody and answering nothing: is this about a reported matter rather than about a meeting?
 * @param stated fields that the text states
 */
export function isAboutCase(text: string, stated: readonly string[]): boolean {
  if (!beginsLikeUpdate(text)) return false;
  if (caseNumberIn(text) !== null) return true;
  if (isOfficeBusiness(text)) return false;
  return /舆情|上报|报的|那条|这条|上一条|误报|续报|伤|亡/.test(text) || stated.length > 0;
}
