import { wholeNumber } from "./numbers.ts";

export type CasualtyKind = "dead" | "severe" | "injured" | "missing";

const DIGIT = "[\\d零一二两三四五六七八九十百]";
const N = "(?:近|约|超过?|至少)?(?<n>\\d{1,5}|[零一二两三四五六七八九十百]{1,4})";
/** What a number of people may be called: by a word, or by what its last character says (消防员, 外卖骑手, 环卫工). */
const PERSON =
  "人|男子|女子|子女|学生|男生|女生|小学生|中学生|师生|孩子|小孩|孩|娃娃|娃|儿童|幼儿|婴儿|男童|女童|老人|老汉|群众|村民|居民|市民|乘客|游客|顾客|旅客|工人|民工|农民工|患者|病人|同学|司机|驾驶员|老师|教师|保安|民警|交警|护士|医生|骑手|业主|妇女|孕妇|行人|伤员|伤者|[\\u4e00-\\u9fa5]{1,2}员";
const CLASSIFIER = "(?:余|多|来|几)?(?:名|个|位|例|口)?(?:余|多)?";
/** 外地游客, 小学在校学生: a word or two before the people, but no other number, place or time. */
const PEOPLE = `${CLASSIFIER}(?:(?:\\d{1,2}(?:多)?岁的?)?(?:(?![月天年岁时区村镇校家处起次辆只头的零一二两三四五六七八九十百死伤亡失遇])[\\u4e00-\\u9fa5]){0,4}?(?:${PERSON}))?(?:[（(][^）)]{1,8}[）)])?`;
/** What happened between the people and the harm: 坠楼, 因食物中毒, 已被确认. No word of helping, saying or denying. */
const BETWEEN =
  "(?:[当场不幸因经抢救无效已先后均都同程度被确认出现溺水落坠楼崖河跳触电摔倒跌滑车祸撞砸压烧烫食物一氧化碳煤气中毒窒息突发疾病晕昏迷受到遭至今仍有症状集体陆续接连腿手指腕脚踝肩肘腹胸腰面脸部背臂膝颈眼肢]|头部|严重|轻微){0,8}?";
const DEAD = "死亡|遇难|身亡|丧生|去世|溺亡|坠亡|猝死|离世|罹难|死";
const SEVERE = "重伤|伤势严重|伤势较重|病危|危重";
const INJURED =
  "受伤|受轻微?伤|受了?伤|轻伤|负伤|打伤|殴伤|刺伤|捅伤|挤伤|压伤|擦伤|烧伤|烫伤|砍伤|咬伤|砸伤|摔伤|撞伤|炸伤|灼伤|轻微伤|骨折|中毒|送医|就医|住院|入院|不适|呕吐|腹泻|发烧|发热|昏迷|伤(?![者员口情势亡])";
const MISSING = "失联|失踪|下落不明";
const KINDS: readonly (readonly [CasualtyKind, string])[] = [
  ["dead", DEAD],
  ["severe", SEVERE],
  ["missing", MISSING],
  ["injured", INJURED],
];

/** 12人死亡, 3名学生受伤, 20多名学生出现呕吐, 3名伤者 */
const COUNT_FIRST = new Map(
  KINDS.map(([kind, verbs]) => {
    const carriers = kind === "injured" ? "|伤者|伤员" : kind === "dead" ? "|死者|遇难者" : "";
    return [
      kind,
      new RegExp(
        `(?<!第|[\\d.:])${N}${PEOPLE}(?:(?<=[人子生童娃孩员工民客者师妇警汉）)])被[^，,。；;、\\n]{1,8}?)?${BETWEEN}(?<verb>${verbs}${carriers})`,
        "g",
      ),
    ];
  }),
);
/** 死亡12人, 重伤4人, 死亡人数升至3人. A verb that closes a count (2死4伤, 3人死亡5人受伤) does not open the next one. */
const COUNTED = `${DIGIT}${CLASSIFIER}(?:人|学生|孩子|员)?(?:当场|不幸|抢救无效|已|均|出现|都|被)*`;
const RISEN =
  "(?:人数|人员|总数)?(?:[由从]\\d{1,4}[人名]?)?(?:已|现)?(?:(?:上?升|增加?|上涨)[至到]|达到?|为|有|共|约|(?:还|仍然?|也)?是|系|仍为)?[:：]?(?:近|约)?";
const VERB_FIRST = new Map(
  KINDS.map(([kind, verbs]) => {
    const verb = verbs.replace(/\|死$/, "|(?<![致生])死").replace(/\|伤(?=\(\?!)/, "|(?<![重轻])伤|伤者|伤员");
    const end = `(?:人|例|学生|孩子|[名个位口](?:\\d{1,2}多?岁的?)?(?:${PERSON})|[名个位](?=[，,。；;、！!（()）\\n]|$)|(?=[，,。；;、！!（()）\\n]|$|死|伤|重|轻|失))`;
    return [
      kind,
      new RegExp(
        `(?<!${COUNTED})(?<verb>${verb.replace("(?![者员口情势亡])", "(?!亡)")})(?:了|者|亡|的)?${RISEN}(?<n>${DIGIT}{1,5})(?:余|多)?${end}`,
        "g",
      ),
    ];
  }),
);
/** 3死5伤, 一死两伤, 1死2重伤, and 死3伤5 */
const PAIRS: readonly RegExp[] = [
  /(?<dead>\d{1,4}|[零一二两三四五六七八九十]{1,3})人?死[亡、，,]?(?<injured>\d{1,4}|[零一二两三四五六七八九十]{1,3})人?伤/g,
  /(?<![\d一二两三四五六七八九十百人])死亡?(?<dead>\d{1,4})人?[、，,]?伤(?<injured>\d{1,4})/g,
];
/** 司机轻伤, 一名老人身亡: one person, not counted by the sender. */
const ONE =
  "司机|驾驶员|老人|老汉|男子|女子|学生|孩子|男童|女童|儿童|小孩|婴儿|孕妇|产妇|患者|工人|村民|乘客|行人|骑手|保安|民警|消防员|教师|老师|护士|医生|居民|当事人|业主|游客|妇女|员工|男生|女生|环卫工|外卖员|顾客|押运员|售票员|乘务员|快递员|安全员|管理员|工作人员|队员";
const SINGLE = new Map(
  KINDS.map(([kind, verbs]) => [
    kind,
    new RegExp(
      `(?:${ONE})(?:[\\u4e00-\\u9fa5]?某{1,2})?(?:被[^，,。；;\\n]{1,8}?)?${BETWEEN}(?<verb>${verbs
        .split("|")
        .filter((v) => !/^(?:死|伤|送医|就医|住院|入院|不适|呕吐|腹泻|发烧|发热|昏迷)/.test(v))
        .join("|")})(?!情况|人数|程度|原因|不[详明]|与否|未|一事)`,
      "g",
    ),
  ]),
);
/** Behind these nobody is counted: 没有3人死亡, 多名学生受伤, 是否有学生受伤. */
const NOT_COUNTED = /(?:[没无未]有?|是否有?)(?:任何)?$/;
const NOT_ONE = /(?:[没无未多数几]|是否|部分|一些|不少|许多|所有|全体|全部|各|有关|相关|若干)有?(?:名|个|位)?(?:的)?$/;
/** 死3伤5: the 3 belongs to the verb before it; in 4伤1失联 and 1重伤2轻伤 that verb has its number already. */
const OWNED = /(?<![\d零一二两三四五六七八九十百人][轻重]?)[死伤]$/;

/** One character of every verb above: most clauses hold none, and are passed over. */
const HARM = /[死亡伤难丧世逝罹危失下医院适吐泻热烧迷折毒]/;

/** The people that one clause counts, by what happened to them. Animals and vehicles are counted by other words. */
export function countsIn(clause: string): Map<CasualtyKind, number> {
  const counts = new Map<CasualtyKind, number>();
  if (!HARM.test(clause)) return counts;
  const put = (kind: CasualtyKind, written: string | undefined): void => {
    const n = wholeNumber(written ?? "");
    if (n !== undefined) counts.set(kind, Math.max(counts.get(kind) ?? 0, n));
  };
  for (const pair of PAIRS)
    for (const m of clause.matchAll(pair)) {
      put("dead", m.groups?.dead);
      put("injured", m.groups?.injured);
    }
  for (const [kind] of KINDS) {
    for (const pattern of [COUNT_FIRST.get(kind), VERB_FIRST.get(kind)])
      for (const m of clause.matchAll(pattern as RegExp)) {
        const before = clause.slice(Math.max(0, m.index - 4), m.index);
        if (NOT_COUNTED.test(before)) continue;
        if (OWNED.test(before) && !/[人名个位例]/.test(m[0])) continue;
        put(kind, m.groups?.n);
      }
    if (counts.has(kind)) continue;
    for (const m of clause.matchAll(SINGLE.get(kind) as RegExp)) {
      const before = clause.slice(Math.max(0, m.index - 5), m.index);
      if (!NOT_ONE.test(before)) counts.set(kind, 1);
    }
  }
  return counts;
}
