import type { Casualties, Flag, PiiHit } from "./types.ts";

export interface FlagFacts {
  text: string;
  casualties: Casualties | null;
  /** Number of jurisdictions concerned. */
  jurisdictions: number;
  superiorRequired: boolean;
  pii: readonly PiiHit[];
}

/** Violence, crowds, disasters: an emergency whatever the number of victims. A fire that is out is judged by its victims. */
const EMERGENCY =
  /持刀|砍人|砍伤|行凶|捅伤|劫持|纵火|爆炸|爆燃|踩踏|拥挤|坠崖|坠河|沉船|翻船|矿难|透水|冒顶|地震|洪水|山洪|洪灾|泥石流|滑坡|塌方|坍塌|垮塌|塌了|[压砸埋][到住了]{1,2}[^，。]{0,3}人|决堤|溃坝|泄漏|危化品|食物中毒|集体中毒|疫情暴发|暴雨|转移群众|侧翻|落水|溺水|(?<!商|公司|企业|老板|机构|平台|负责人)失联|失踪|被困|[有没]人?(?:还)?没(?:有)?(?:跑|逃|救|走)?出来/;
/** Violence against people, as far as words tell: 社会安全事件, for which no statute sets levels. */
const VIOLENCE =
  /持刀|持械|砍人|砍伤|砍死|行凶|捅伤|捅死|捅人|劫持|绑架|挟持|纵火|枪击|枪声|驾车(?:冲撞|撞人)|冲撞人群|报复社会|恐怖袭击/;
const DENIED =
  /谣言|造谣|辟谣|谣传|不实|不属实|假消息|假视频|假的|误传|移花接木|张冠李戴|摆拍|(?:系|为|是)?(?:P图|AI(?:生成|合成|造假|换脸))|无中生有|子虚乌有|编造|虚假(?:信息|消息|视频|内容)|没有的事|不是真的|并非(?:我|本)/;
/** 是否属实待核 denies nothing. */
const UNDECIDED = /是否(?:属实|为?谣言|不实)|不实与否|真的假的|是真是假/g;
const MINOR =
  /小学|幼儿园|小孩|小朋友|宝宝|(?<!大)学生|孩子|儿童|未成年|男童|女童|婴儿|婴幼儿|幼儿|娃|初中生|高中生|少年|少女|男孩|女孩|校园霸凌|校园欺凌|中小学/;
const GATHERING =
  /聚集|聚在一起|聚众|喊人|集会|游行|堵路|堵门|堵住|围堵|拉横幅|静坐|上访|集访|号召|串联|扬言.{0,6}(?:上访|聚集|堵|闹|跳|报复|同归)|讨说法|讨要说法|罢工|集体停运|停运讨薪|罢课|罢运|停运抗议|相约(?:去|到)|集体(?:维权|抗议|去|到)|组织(?:去|到|前往)|抗议/;
const NO_GATHERING = /(?:未|没有|无|尚未|暂未)(?:出现|发生|发现|形成|造成)?(?:人员|群众)?(?:聚集|集会|上访|围堵)/g;
const HEALTH =
  /新冠|甲流|感染|疫情|疫苗|传染|病例|确诊|孕妇|产妇|胎儿|患者|病人|食物中毒|中毒|腹泻|呕吐|发烧|发热|流感|诺如|急诊|手术|医疗事故|医疗纠纷|误诊|抢救|病房|住院|精神病|抑郁|血铅|尘肺|艾滋|肝炎|结核|医闹|输液|接种/;
const SENSITIVE = /身份证|病历|艾滋|精神病史|性侵|强奸|猥亵|隐私|个人信息(?:泄露|外泄)|裸照|不雅视频|开盒/;
const OLD =
  /旧(?:视频|闻|帖|图|照|片|事|新闻|内容)|老(?:视频|照片|新闻|图)|往年|陈年|炒冷饭|冷饭|(?:去年|前年|多年前|几年前|数年前|两年前|三年前|20(?:0\d|1\d|2\d)年).{0,8}(?:的)?(?:视频|旧|画面|图片|影像|拍摄|外地|照片)|早期视频|以前的(?:视频|画面|照片)|历史(?:视频|画面)|外地(?:的)?(?:视频|画面)|非近期/;
const RULE = "(?:出台|印发|新出|政策|新规|规定|文件|部署|方案|办法|通告|公告|条例|调整)";
/** 省政府新出的…办法, 县教育局…方案: whose rule it is, by who made it. */
const madeBy = (level: string): string =>
  `${level}(?:里|政府|人民政府|委|[\\u4e00-\\u9fa5]{2,6}?(?:局|厅|委))[^，。；！？“”\\n]{0,8}?${RULE}`;
const POLICY_OWNER: readonly (readonly [Flag, RegExp])[] = [
  [
    "policy-owner:state-council",
    /国务院|国家(?:医保局|税务总局|发改委|卫健委|统一)|人社部|教育部|财政部|住建部|公安部|个税|个人所得税|延迟退休|全国统一|中央(?:政策|文件)|国家(?:政策|规定|新规|出台)/,
  ],
  [
    "policy-owner:province",
    new RegExp(
      `省(?:里|政府|医保局|医疗保障局|教育厅|人社厅|厅|住建厅|财政厅)?(?:的)?(?:统一)?(?:${RULE}|发布的)|${madeBy("省")}`,
    ),
  ],
  ["policy-owner:city", new RegExp(`${madeBy("市")}|全市统一`)],
  ["policy-owner:county", new RegExp(`${madeBy("[县区]")}|我县(?:出台|新规|政策)`)],
];
const MISREAD = /讲成|说成|传成|当成|曲解|网传|听说|误读|误解|谣传|据说|传言|以为|盛传|质疑|政策/;

/** The flags of a report, in alphabetical order; the vocabulary is fixed. */
export function readFlags({ text, casualties, jurisdictions, superiorRequired, pii }: FlagFacts): Flag[] {
  const flags: Flag[] = [];
  const denied = DENIED.test(text.replace(UNDECIDED, ""));
  const old = OLD.test(text);
  if (isEmergency(text, casualties, denied && old)) flags.push("emergency");
  if (GATHERING.test(text.replace(NO_GATHERING, ""))) flags.push("gathering-risk");
  if (HEALTH.test(text)) flags.push("health");
  if (MINOR.test(text)) flags.push("minor-context");
  if (jurisdictions > 1) flags.push("multi-place");
  if (old) flags.push("old-footage");
  const owner = denied || MISREAD.test(text) ? POLICY_OWNER.find(([, pattern]) => pattern.test(text))?.[0] : undefined;
  if (owner) flags.push(owner);
  if (denied) flags.push("rumour");
  if (pii.some((hit) => hit.type === "idcard" || hit.type === "bank" || hit.type === "address") || SENSITIVE.test(text))
    flags.push("sensitive-personal");
  if (superiorRequired) flags.push("superior-required");
  return flags;
}

/** A 社会安全事件: violence, or a crowd in an emergency. Its level is a person's to decide (突发事件应对法 第三条). */
export function isSocialSecurity({ flags, summary }: { flags: readonly Flag[]; summary: string }): boolean {
  return flags.includes("emergency") && (flags.includes("gathering-risk") || VIOLENCE.test(summary));
}

/** @param stale the words of the emergency are those of an old or foreign picture that the report denies */
function isEmergency(text: string, casualties: Casualties | null, stale: boolean): boolean {
  if (casualties) {
    const { dead, injured, severe, missing, status } = casualties;
    if ((dead ?? 0) > 0 || (severe ?? 0) > 0 || (missing ?? 0) > 0 || (injured ?? 0) >= 3 || status === "unknown")
      return true;
  }
  return !stale && EMERGENCY.test(text);
}
