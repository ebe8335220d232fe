import { type CasualtyKind, countsIn } from "./casualty-counts.ts";
import type { Casualties, Level } from "./types.ts";

const SOMEONE = "(?:人员|学生|人|孩子|师生|群众|居民|村民|乘客|游客|工人|员工|幼儿|老人)";
const NO_REPORT = new RegExp(
  "(?:没听说|未听说|没有听说|暂无|尚无|暂未|尚未|暂时没有|暂时没|目前没有|没有?接到|未接到|未收到|未接报|还没有?|未发现|没发现)" +
    `(?:接到|收到|发现|听说|有|造成|出现)?(?:任何)?${SOMEONE}?(?:的)?(?:伤亡|受伤|死亡)(?:情况|报告|消息)?` +
    // 有无伤亡暂无报告
    "|伤亡(?:情况)?(?:目前|暂时|现)?(?:暂无|尚无|暂未|尚未|还没有?|没有|未)(?:接到|收到)?(?:任何)?(?:报告|接报|上报|消息|通报)",
);
const NONE = new RegExp(
  "(?<![有是否])(?:没有|没|无|未造成|未发生|未出现|未有|未导致|没造成|不存在|不涉及|零|(?<!\\d)0)(?:造成|出现)?(?:任何)?" +
    `${SOMEONE}?(?:的)?(?:伤亡|受伤|死亡)(?!情况|人数)|${SOMEONE}(?:均|都|全部)?(?:安全|平安|无恙|没事|无碍|未受伤|没有受伤|没受伤)`,
);
const UNKNOWN = new RegExp(
  "(?:伤亡|受伤|死亡|死伤|被困|伤者)(?:人员)?(?:情况|人数|数字)?(?:具体)?(?:人数)?(?:暂时?|尚|目前|还|仍)?(?:不详|不明|不清楚?|不知道?|未知|待核[实查]?|待查|待统计|待确认|正在核实|正在统计|正在了解|核实中|统计中|了解中|没有确认|未确定|不确定|无法确认)" +
    "|(?:有没有|有无|是否有?|有没)(?:造成)?(?:人员?)?(?:伤亡|受伤|死亡|伤)(?:情况)?(?:暂时?|尚|目前|还|仍)?(?:不详|不明|不清楚?|不知道?|未知|待核[实查]?|待确认|正在核实)" +
    `|(?<![没\\d十百])(?:多|数|几|若干|部分|不少|许多|大量)(?:名|个|位)?[\\u4e00-\\u9fa5]{0,3}?${SOMEONE}(?:被)?(?:不同程度|出现)?(?:受伤|轻伤|送医|死亡|伤亡|呕吐|腹泻|发烧|不适)` +
    "|(?<!没|没有|是否)有人(?:受了?伤|死亡|员伤亡)|(?<!没|没有|是否)有人员?伤亡|伤亡惨重|(?:死|伤)了?(?:好几|好些|不少|多)(?:个|名|位|人)",
);
/** What a casualties field may say instead of numbers. */
const STATED_NONE = /^(?:无|没有|零|0|没|未造成)(?:人)?[。！]?$/;
const STATED_NO_REPORT = /^(?:暂无|尚无|未接报|暂未接报|未发现|暂未发现|没听说)(?:报告)?[。！]?$/;
const STATED_UNKNOWN = /^(?:不详|不明|未知|不清楚?|待核[实查]?|待查|核实中|正在核实|统计中|了解中|待确认)[。！]?$/;

/** Words that tell someone's claim. */
const CLAIM =
  /有说|传言|网传|谣传|据传|盛传|有人说|有人称|谣言|说是|传说|(?<!没|未|没有)听说|疯传|误传|流传|都在?传|在传|传(?:出|着|有)?(?:说|称)|号称|据说/;
const DENIAL =
  /不实|谣言|(?<!真的)假的|假消息|假新闻|不属实|不是真的|没有的事|误传|辟谣|并非|并无|否认|系?编造|子虚乌有|与事实不符/;
/** The sender goes on to say what is true instead. */
const CONTRADICTED = /实际(?:为|是|上)|其实|事实上/;
/** A clause that only denies the one before it: 3人死亡，经核实系谣言. */
const DENIES_ONLY =
  /^\s?(?:(?:现?已?经?(?:核实|查|查证|了解|核查|调查|证实)|后来?证实|官方|警方|均|都|全|纯|此说法?|该说法|这|上述|说法|消息|内容|系|属|为|是|被证实)\s?)*(?:不实|谣言|假的|假消息|不属实|不是真的|没有的事|误传|编造|子虚乌有|与事实不符|无中生有)(?:信息|消息|内容|的)?[”"』」）)]?$/;
/** Here the claim ends and the sender's own knowledge begins. */
const RESET =
  /实际|其实|事实|经核[实查]|经查|经了解|经调查|核实(?:为|后|到)|真实情况|确认|通报|公安|警方|民警|医院|消防|应急|目前|现场|现已|现有|现在/;
/** 一名女子从6楼坠下，当场死亡: the second clause speaks of the one person of the first. */
const ONE_PERSON = /(?:一|(?<!\d)1)[名位个][\u4e00-\u9fa5]{0,4}(?:[子人生童员工客民孩妇]|老汉|学生)/;
const DIED = /^\s?(?:后|随后|已|当场|不幸|因?伤势过重|经?(?:医院)?抢救无效){0,3}(?:死亡|身亡|遇难|去世|离世|溺亡)$/;
const CLAUSE = /[^，,；;。！!？?\n]+/g;
/** How far behind a claim its denial may stand, in characters. */
const DENIAL_REACH = 80;

/**
 * Casualties as stated. null is never zero: 没听说有伤亡 is unverified, 人数不详 is unknown; what is only claimed (网传死3人) is
 * never stored as a number, and a claim that is denied is not stored at all. null: the text says nothing of casualties.
 */
export function readCasualties(text: string): Casualties | null {
  const clauses = [...text.matchAll(CLAUSE)].map((m) => ({ text: m[0], from: m.index, to: m.index + m[0].length }));
  const counts = new Map<CasualtyKind, number>();
  let rumoured = false;
  let mild: string | undefined;
  let unknown: string | undefined;
  let subset = false;
  let claimed = false;
  clauses.forEach((clause, index) => {
    const before = clauses[index - 1];
    if (before && /[。！!？?\n]/.test(text.slice(before.to, clause.from))) claimed = false;
    if (CLAIM.test(clause.text)) claimed = true;
    else if (claimed && RESET.test(clause.text)) claimed = false;
    const vague = UNKNOWN.exec(clause.text)?.[0];
    if (vague !== undefined && !claimed) unknown ??= vague;
    const found = countsIn(clause.text);
    if (found.size === 0 && before && ONE_PERSON.test(before.text) && DIED.test(clause.text)) found.set("dead", 1);
    if (found.size === 0 && !(claimed && vague)) return;
    if (claimed) {
      const behind = text.slice(clause.to, clause.to + DENIAL_REACH);
      if (!DENIAL.test(clause.text + behind) && !CONTRADICTED.test(behind)) rumoured = true;
      return;
    }
    if (DENIAL.test(clause.text) || DENIES_ONLY.test(clauses[index + 1]?.text ?? "")) return;
    subset ||= /其中/.test(clause.text);
    for (const [kind, n] of found) counts.set(kind, Math.max(counts.get(kind) ?? 0, n));
    mild ??= /轻微?伤/.exec(clause.text)?.[0];
  });
  return conclude(text, counts, { rumoured, mild, unknown, subset });
}

/** The value of a casualties field (伤亡：无), where single words say it all. */
export function readStatedCasualties(value: string): Casualties | null {
  if (STATED_NONE.test(value)) return { status: "stated", dead: 0, injured: 0 };
  if (STATED_NO_REPORT.test(value)) return { status: "unverified", dead: null, injured: null };
  if (STATED_UNKNOWN.test(value)) return { status: "unknown", dead: null, injured: null };
  return readCasualties(value);
}

interface Remarks {
  rumoured: boolean;
  /** 轻伤, as written. */
  mild: string | undefined;
  /** 多人受伤, 人数不详, as written. */
  unknown: string | undefined;
  subset: boolean;
}

function conclude(
  text: string,
  counts: ReadonlyMap<CasualtyKind, number>,
  { rumoured, mild, unknown, subset }: Remarks,
): Casualties | null {
  const none = NONE.exec(text)?.[0];
  const noneDead = none !== undefined && /伤亡|死亡/.test(none) ? 0 : null;
  const noneInjured = none !== undefined && /伤|安全|平安|无恙|没事|无碍/.test(none) ? 0 : null;
  if (counts.size > 0) {
    const severe = counts.get("severe");
    const missing = counts.get("missing");
    const remark = unknown ?? (severe === undefined && !counts.has("dead") ? mild : undefined);
    return {
      status: "stated",
      dead: counts.get("dead") ?? (/死亡/.test(none ?? "") ? noneDead : null),
      injured: injuredOf(text, counts, subset),
      ...(severe === undefined ? {} : { severe }),
      ...(missing === undefined ? {} : { missing }),
      ...(remark === undefined ? {} : { note: remark }),
    };
  }
  if (NO_REPORT.test(text)) return { status: "unverified", dead: null, injured: null };
  if (unknown) return { status: "unknown", dead: null, injured: null, note: unknown };
  if (none) return { status: "stated", dead: noneDead, injured: noneInjured, note: none };
  return rumoured ? { status: "unverified", dead: null, injured: null } : null;
}

/** The injured include the severely injured: 19人受伤（其中重伤4人） is 19, 重伤2人，轻伤3人 is 5. */
function injuredOf(text: string, counts: ReadonlyMap<CasualtyKind, number>, subset: boolean): number | null {
  const severe = counts.get("severe");
  const injured = counts.get("injured");
  if (severe === undefined || injured === undefined) return injured ?? severe ?? null;
  return subset || /受伤|伤者|伤的/.test(text) ? Math.max(injured, severe) : injured + severe;
}

/**
 * 突发事件等级 that stated casualties and loss suggest, by 国务院令第493号 第三条 ("以上" includes the number). Missing persons
 * are not counted as dead. Without stated casualties there is no suggestion.
 * @param lossYuan direct economic loss in yuan, when stated
 */
export function eventLevelOf(casualties: Casualties | null, lossYuan: number | null): Level | null {
  const dead = casualties?.dead ?? 0;
  const severe = casualties?.severe ?? 0;
  const loss = lossYuan ?? 0;
  if (dead >= 30 || severe >= 100 || loss >= 100_000_000) return "I";
  if (dead >= 10 || severe >= 50 || loss >= 50_000_000) return "II";
  if (dead >= 3 || severe >= 10 || loss >= 10_000_000) return "III";
  return casualties?.status === "stated" && (dead > 0 || (casualties.injured ?? 0) > 0) ? "IV" : null;
}

/** 直接经济损失约1200万元 → 12000000 */
export function readLoss(text: string): number | null {
  const m = /(?:经济)?损失[^，。\d]{0,8}(\d+(?:\.\d+)?)\s?(亿|千万|百万|万)?(?:余|多)?元/.exec(text);
  if (!m) return null;
  const unit = { 亿: 100_000_000, 千万: 10_000_000, 百万: 1_000_000, 万: 10_000 }[m[2] ?? ""] ?? 1;
  return Number(m[1]) * unit;
}
