import { wholeNumber } from "./numbers.ts";
import type { Casualties, Level } from "./types.ts";

const N = "(?<n>\\d{1,5}|[一二两三四五六七八九十百]{1,4})";
const PEOPLE =
  "(?:名|个|位)?(?:余|多)?(?:人|学生|孩子|儿童|工人|村民|乘客|游客|老人|群众|小孩|居民|员工|消防员|男子|女子|市民|师生|幼儿|患者|同学|小学生|中学生)?";
const VERB_GAP = "(?:当场|不幸|因?经?抢救无效|已|均|已经|先后|不同程度|被确认|确认|出现|都|被)*";
const DEAD = "死亡|遇难|身亡|丧生|去世|溺亡|坠亡|猝死|离世|死";
const SEVERE = "重伤|伤势严重|伤势较重|病危|危重";
const INJURED =
  "受伤|轻伤|负伤|打伤|殴伤|刺伤|捅伤|挤伤|压伤|擦伤|烧伤|烫伤|砍伤|咬伤|砸伤|摔伤|撞伤|轻微伤|骨折|中毒|送医|就医|住院|入院|不适|呕吐|腹泻|伤";
const MISSING = "失联|失踪|下落不明";

type Kind = "dead" | "severe" | "injured" | "missing";
const KINDS: readonly (readonly [Kind, string])[] = [
  ["dead", DEAD],
  ["severe", SEVERE],
  ["missing", MISSING],
  ["injured", INJURED],
];

/** 12人死亡, 3名学生受伤 */
const COUNT_FIRST = new Map(
  KINDS.map(([kind, verbs]) => [kind, new RegExp(`${N}${PEOPLE}${VERB_GAP}(?<verb>${verbs})`, "g")]),
);
/** 死亡12人, 重伤4人, 死亡人数升至3人. A verb that closes a count (2死4伤, 3人死亡5人受伤) does not open the next one. */
const COUNTED = `[\\d一二两三四五六七八九十百]${PEOPLE}${VERB_GAP}`;
const RISEN = "(?:人数|人员)?(?:已|现)?(?:升至|增至|上升到|上升至|增加到|达到|达|为|有|共|约)?";
const VERB_FIRST = new Map(
  KINDS.map(([kind, verbs]) => {
    const verb = verbs.replace(/\|死$/, "|(?<![致生])死").replace(/\|伤$/, "|(?<![重轻])伤");
    const end = "(?:人|例|学生|孩子|(?=[，,。；;、！!\\n]|$|死|伤|重|轻|失))";
    return [
      kind,
      new RegExp(`(?<!${COUNTED})(?<verb>${verb})(?:了|者|亡|的)?${RISEN}${N}(?:余|多)?(?:名|个|位)?${end}`, "g"),
    ];
  }),
);
/** 3死5伤, and 死3伤5 */
const PAIRS: readonly RegExp[] = [
  /(?<dead>\d{1,4}|[一二两三四五六七八九十]{1,3})人?死[亡、，,]?(?<injured>\d{1,4}|[一二两三四五六七八九十]{1,3})人?伤/g,
  /(?<![\d一二两三四五六七八九十百人])死亡?(?<dead>\d{1,4})人?[、，,]?伤(?<injured>\d{1,4})/g,
];
/** 司机轻伤, 一名老人身亡: one person, not counted by the sender. */
const ONE_PERSON =
  "司机|驾驶员|老人|男子|女子|学生|孩子|男童|女童|儿童|小孩|婴儿|孕妇|产妇|患者|工人|村民|乘客|行人|骑手|保安|民警|消防员|教师|老师|护士|医生|居民|当事人|伤者|业主|游客|妇女|员工|男生|女生|环卫工|外卖员|顾客";
const SINGLE = new Map(
  KINDS.map(([kind, verbs]) => [
    kind,
    new RegExp(
      `(?:${ONE_PERSON})(?:[\\u4e00-\\u9fa5]?某{1,2})?(?:被[^，,。；;\\n]{1,8}?)?${VERB_GAP}(?<verb>${verbs
        .split("|")
        .filter((v) => !/^(?:死|伤|送医|就医|住院|入院|不适|呕吐|腹泻)$/.test(v))
        .join("|")})`,
      "g",
    ),
  ]),
);

const NO_REPORT =
  /(?:没听说|未听说|没有听说|暂无|尚无|暂未|尚未|暂时没有|目前没有|没有?接到|未接到|未收到|还没有?)(?:接到|收到|发现|有|造成|出现)?(?:人员|任何)?(?:的)?(?:伤亡|受伤|死亡)(?:情况|报告|消息)?/;
const NONE =
  /(?:没有|无|未造成|未发生|未出现|没造成|不存在)(?:任何|造成)?(?:人员|学生|人|孩子|师生|群众|乘客|工人|员工|幼儿|老人)?(?:的)?(?:伤亡|受伤|死亡)|(?:人员|学生|师生|乘客)(?:均|都)?(?:安全|平安|无恙|未受伤|没有受伤)/;
const UNKNOWN =
  /(?:伤亡|受伤|死亡|死伤|被困)(?:人员|情况|人数|数字)?(?:具体)?(?:人数)?(?:暂|尚|目前|还)?(?:不详|不明|不清楚?|未知|待核实?|待查|正在核实|正在统计|核实中|没有确认|未确定)|(?:多|数|几|若干)(?:名|个|位)?(?:人|学生|孩子|乘客|群众|游客|工人)(?:被)?(?:不同程度)?(?:受伤|轻伤|送医|死亡|伤亡)|有人(?:受伤|死亡|员伤亡)|有人员伤亡|伤亡惨重/;
/** Words that tell someone's claim, and words that deny it. */
const CLAIM =
  /有说|传言|网传|谣传|据传|盛传|有人说|有人称|谣言|说是|传说|听说|疯传|误传|流传|传(?:出|着|有)?(?:说|称)?|号称/;
const DENIAL =
  /不实|谣言|假的|假消息|不属实|不是真的|没有的事|误传|辟谣|并非|否认|系编造|子虚乌有|实际(?:为|是|上)|其实/;
const CLAUSE = /[^，,；;。！!？?\n]+/g;
/** How far behind a claim its denial may stand, in characters of the same sentence. */
const DENIAL_REACH = 60;

/**
 * Casualties as stated. null is never zero: 没听说有伤亡 is unverified, 人数不详 is unknown, and a rumour that the same
 * sentence denies is not counted at all. Returns null where the text says nothing of casualties.
 */
export function readCasualties(text: string): Casualties | null {
  const counts = new Map<Kind, number>();
  let rumoured = false;
  let mild: string | undefined;
  let subset = false;
  for (const m of text.matchAll(CLAUSE)) {
    const clause = m[0];
    const found = countsIn(clause);
    if (found.size === 0) continue;
    const end = m.index + clause.length;
    const following = /^[^。！!？?\n]*/.exec(text.slice(end, end + DENIAL_REACH))?.[0] ?? "";
    if (CLAIM.test(clause)) {
      if (!DENIAL.test(clause) && !DENIAL.test(following)) rumoured = true;
      continue;
    }
    if (DENIAL.test(clause)) continue;
    subset ||= /其中/.test(clause);
    for (const [kind, n] of found) counts.set(kind, Math.max(counts.get(kind) ?? 0, n));
    mild ??= /轻微?伤/.exec(clause)?.[0];
  }
  return conclude(text, counts, { rumoured, mild, subset });
}

interface Remarks {
  rumoured: boolean;
  /** 轻伤, as written. */
  mild: string | undefined;
  subset: boolean;
}

function conclude(
  text: string,
  counts: ReadonlyMap<Kind, number>,
  { rumoured, mild, subset }: Remarks,
): Casualties | null {
  const unknown = UNKNOWN.exec(text)?.[0];
  const none = NONE.exec(text)?.[0];
  if (counts.size > 0) {
    const severe = counts.get("severe");
    const missing = counts.get("missing");
    const remark = unknown ?? (severe === undefined && !counts.has("dead") ? mild : undefined);
    return {
      status: "stated",
      dead: counts.get("dead") ?? null,
      injured: injuredOf(text, counts, subset),
      ...(severe === undefined ? {} : { severe }),
      ...(missing === undefined ? {} : { missing }),
      ...(remark === undefined ? {} : { note: remark }),
    };
  }
  if (NO_REPORT.test(text)) return { status: "unverified", dead: null, injured: null };
  if (unknown) return { status: "unknown", dead: null, injured: null, note: unknown };
  if (none)
    return {
      status: "stated",
      dead: /伤亡|死亡/.test(none) ? 0 : null,
      injured: /伤/.test(none) || /安全|平安|无恙/.test(none) ? 0 : null,
      note: none,
    };
  return rumoured ? { status: "unverified", dead: null, injured: null } : null;
}

/** The injured include the severely injured: 19人受伤（其中重伤4人） is 19, 重伤2人，轻伤3人 is 5. */
function injuredOf(text: string, counts: ReadonlyMap<Kind, number>, subset: boolean): number | null {
  const severe = counts.get("severe");
  const injured = counts.get("injured");
  if (severe === undefined || injured === undefined) return injured ?? severe ?? null;
  return subset || /受伤|伤者/.test(text) ? Math.max(injured, severe) : injured + severe;
}

function countsIn(clause: string): Map<Kind, number> {
  const counts = new Map<Kind, number>();
  const put = (kind: Kind, n: number | undefined): void => {
    if (n !== undefined && n > 0) counts.set(kind, Math.max(counts.get(kind) ?? 0, n));
  };
  for (const pair of PAIRS)
    for (const m of clause.matchAll(pair)) {
      put("dead", wholeNumber(m.groups?.dead ?? ""));
      put("injured", wholeNumber(m.groups?.injured ?? ""));
    }
  for (const [kind] of KINDS) {
    for (const pattern of [COUNT_FIRST.get(kind), VERB_FIRST.get(kind)]) {
      for (const m of clause.matchAll(pattern as RegExp)) {
        const before = clause.slice(Math.max(0, m.index - 2), m.index);
        if (/[没无未]有?$/.test(before)) continue;
        // 死3伤5: the 3 belongs to the verb before it; in 4伤1失联 that verb has its number already.
        if (/(?<![\d一二两三四五六七八九十百人])[死伤]$/.test(before) && !/[人名个位例]/.test(m[0])) continue;
        put(kind, wholeNumber(m.groups?.n ?? ""));
      }
    }
    if (counts.has(kind)) continue;
    for (const m of clause.matchAll(SINGLE.get(kind) as RegExp)) {
      const before = clause.slice(Math.max(0, m.index - 4), m.index);
      if (!/[没无未多数几]有?(?:名|个|位)?$/.test(before)) put(kind, 1);
    }
  }
  return counts;
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
