import type { Gazetteer } from "./gazetteer.ts";
import { pushUnique, type Span } from "./words.ts";

export interface UnitMention extends Span {
  name: string;
  /** Written with @: the unit is addressed. */
  addressed: boolean;
  /** A school or hospital that may be the place rather than the party. */
  institution: boolean;
  /** 县第一小学门口: named as the place where it happened. */
  scene: boolean;
}

const SCENE = /^(?:校?门口|[前后]门|大门|门前|附近|旁边?|周边|对面|路段|路口)/;

/** Departments by the stem of their name, as they are called at every level. */
const STEMS =
  "教育体育|教育|教体|公安|民政|司法|财政|发展改革|经信|经济和信息化|供销|国防动员|人防|海事|园林绿化|市政|环卫|广电|人社|人力资源和社会保障|人力资源社会保障|自然资源和规划|自然资源|资规|规划|生态环境|环保|住房和城乡建设|住房城乡建设|住建|城乡建设|城市管理|城管|综合执法|综合行政执法|交通运输|交通|交运|水务|水利|农业农村|农业|商务|文化和旅游|文化广电|文旅|文广旅|文广|卫生健康|卫健|退役军人事务|退役军人|应急管理|应急|审计|市场监督管理|市场监管|市监|统计|医疗保障|医保|信访|林业|体育|税务|气象|供电|邮政|烟草|行政审批|发展和改革|发改|工业和信息化|工信|科技|民族宗教|民宗|乡村振兴|机关事务|大数据|住房保障|房管|园林|路政|国资|金融|粮食|残联|团|妇联";
const DEPARTMENT = `(?:${STEMS})(?:局分局|分局|局|委员会|委|办公室|执法大队|执法支队)`;
/** Known by their kind alone, as 交警 is. */
const SERVICE =
  "公安分局|生态环境分局|派出所|交警大队|交警支队|交警中队|巡特警大队|消防救援大队|消防救援支队|消防救援站|消防大队|街道办事处|街道办|综合执法大队|路政大队";
/** Only with a place or a level before them; 镇政府 after the name of a township. */
const ORGANISATION = `${SERVICE}|镇人民政府|镇政府|乡人民政府|乡政府|(?<=[镇乡])(?:人民)?政府(?![门大]|广场)|管委会|村委会|居委会|人民法院|法院|人民检察院|检察院|人武部|武装部|融媒体中心|政务服务中心|行政服务中心|不动产登记中心|公积金中心|殡仪馆|殡葬服务中心|客运站|汽车站|管理处|管理所|供水公司|自来水公司|燃气公司|供热公司|热力公司|公交公司|水务集团|城投集团|城投公司|物业公司|供电公司`;
/** 城关派出所 at the head of a clause: the name of the place without its 镇. */
const NAMED_SERVICE =
  "(?<![\\u4e00-\\u9fa5])(?!目前|当前|随后|当地|辖区|属地|本地|现场|通知|联系|涉及|经|由|请|与|和|及|向|被|让|找|去|到|在|已|据|给|对|是|民警|镇|乡|省|市|县|区)[\\u4e00-\\u9fa5]{2,4}?(?:派出所|街道办事处|街道办|交警中队)";
/** 县公安局城关派出所, 县公安局交警大队: one unit. */
const BRANCH = "(?:(?![已在到派出赴去和及与对将由了是就、])[\\u4e00-\\u9fa5]){2,4}?(?:派出所|大队|支队|中队)";
/** Kinds of institution; only a named one is a unit (青岩县第二中学, not 东岭区初中). */
const INSTITUTION = "卫生院|医院|小学|中学|高中|学校|幼儿园|敬老院|福利院|养老院|学院";
const OWN_NAME =
  "(?:第[一二三四五六七八九十]{1,2}|[^\\s，,。；;：:！!？?、“”\"'（）()【】|一某多几各所家有个全名的在是与和及]{2,6}?)";
const ORDINAL = "第?[一二三四五六七八九十][中小](?![心型时区伙段部孩吃店车块点儿女男]|学(?!生))";
/** 交警 and 城管 are commonly written without 大队 or 局. */
const SHORT = "交警|城管";
const LEVEL = "[省市县区镇乡]";

/** Copied to, forwarded from: named as a channel, not as a party. */
const CHANNEL = /(?:抄送|抄报|转自|来自|转发自|摘自|主送)[^，。；;\n]{0,40}$/;

/** 青岩县水务局、青岩县供水公司 · 南湾区水务局/柳溪水务集团 · 县教育局 县第二中学 */
const FIELD_SEPARATOR =
  /[、,，/;；\n]|\s(?=\S{2,})|以及|(?<=[局委办院校司团队所部馆站处会府心园])[和及与](?=[\u4e00-\u9fa5]{3})/;

const cachedPatterns = new WeakMap<Gazetteer, RegExp>();

function patternOf(gazetteer: Gazetteer): RegExp {
  const known = cachedPatterns.get(gazetteer);
  if (known) return known;
  const place = `(?:${gazetteer.placePattern || "(?!)"})`;
  const pattern = new RegExp(
    `(?<at>@)?(?:(?<known>${gazetteer.unitPattern || "(?!)"})(?!分局|${BRANCH})` +
      `|(?<department>(?:${place}|${LEVEL}|[我本](?=[县区市])){0,3}(?:${DEPARTMENT})(?:${BRANCH})?)` +
      `|(?<organisation>(?:${place}|${LEVEL}){1,3}(?:${ORGANISATION}|${OWN_NAME}(?:有限责任公司|有限公司|集团|公司))|${SERVICE}|${NAMED_SERVICE})` +
      `|(?<institution>(?:${place}|${LEVEL}){1,3}(?:第[一二三四五六七八九十])?(?:(?:人民|中医|中心|中西医结合|妇幼保健|妇女儿童|儿童|肿瘤|精神病|骨科|口腔)医院|中医院|妇幼保健院|疾控中心|${ORDINAL}|(?<=[镇乡])(?:中心)?卫生院|${OWN_NAME}(?:${INSTITUTION})))` +
      `|(?<short>${SHORT}))`,
    "g",
  );
  cachedPatterns.set(gazetteer, pattern);
  return pattern;
}

/** A unit field: 青岩县水务局、青岩县供水公司. */
export function unitsOfField(value: string): string[] {
  const names: string[] = [];
  for (const piece of value.split(FIELD_SEPARATOR)) {
    const name = piece
      .replace(/[（(].*?[）)]/g, "")
      .replace(/等$|^(?:由|待)/g, "")
      .trim();
    if (name.length >= 2 && !/^(?:待核|待定|不详|未知|无|暂无|核实中)/.test(name)) pushUnique(names, name);
  }
  return names;
}

/**
 * Units named in running text. Left out: coordinating offices, the publicity department and other channels, units above
 * the city (省应急厅), and units inside a longer word.
 */
export function findUnits(text: string, gazetteer: Gazetteer): UnitMention[] {
  const found: UnitMention[] = [];
  for (const m of text.matchAll(patternOf(gazetteer))) {
    const { at, known, department, organisation, institution, short } = m.groups ?? {};
    const raw = known ?? department ?? organisation ?? institution ?? short ?? "";
    const before = text.slice(Math.max(0, m.index - 4), m.index);
    const from = m.index + (at ? 1 : 0);
    const name = raw.replace(/^[我本](?=[县区市])/, "");
    if (known === undefined && (/^(?:省|国家)/.test(name) || /(?:省|国家|自治区|中央)$/.test(before))) continue;
    if (known && gazetteer.unitRoles.get(known)) continue;
    if (CHANNEL.test(text.slice(Math.max(0, m.index - 48), m.index))) continue;
    if (known && gazetteer.places.has(known)) continue;
    if (short && /[\u4e00-\u9fa5]/.test(before.at(-1) ?? "") && !/[和与及、，。在]$/.test(before)) continue;
    found.push({
      name,
      addressed: at !== undefined,
      institution: institution !== undefined,
      scene: institution !== undefined && SCENE.test(text.slice(m.index + m[0].length, m.index + m[0].length + 3)),
      from: from + raw.length - name.length,
      to: m.index + m[0].length,
    });
  }
  return found;
}

/**
 * Ids of the units that the roster knows, in order. A name without its place (住建局) means the unit of the report's own
 * jurisdictions, never the office of the same name elsewhere.
 * @param around names of the jurisdictions that the report or its sender belongs to
 */
export function unitIdsOf(names: readonly string[], gazetteer: Gazetteer, around: readonly string[]): string[] {
  const ids: string[] = [];
  for (const name of names) {
    const full = around.flatMap((j) => [`${j}${name}`, `${j}${name.replace(/^[县区市]/, "")}`]);
    const id = [name, ...full]
      .map((n) => gazetteer.unitIds.get(n))
      .find(
        (x) =>
          x !== undefined &&
          (around.length === 0 ||
            around.includes(gazetteer.unitPlaces.get(x) ?? "") ||
            gazetteer.unitFullNames.has(name)),
      );
    if (id) pushUnique(ids, id);
  }
  return ids;
}

export interface Suggestion {
  unitId: string;
  name: string;
  /** Duties words found in the text, in the order of the roster: the reason that is shown. */
  words: string[];
  /** Characters of those words: two words say more than one, and 食品安全 says more than 食堂. */
  score: number;
}

/**
 * Units whose duties words occur, highest score first, equal ones in the order of the roster: a suggestion, never a
 * decision. For the card: 建议：县水务局（停水、管网）.
 * @param around names of the jurisdictions that the report or its sender belongs to; none: all units are considered
 */
export function suggestUnits(text: string, gazetteer: Gazetteer, around: readonly string[]): Suggestion[] {
  const byUnit = new Map<string, string[]>();
  for (const [word, ids] of gazetteer.duties) {
    if (!text.includes(word)) continue;
    for (const id of ids.filter((x) => around.length === 0 || around.includes(gazetteer.unitPlaces.get(x) ?? "")))
      byUnit.set(id, [...(byUnit.get(id) ?? []), word]);
  }
  const order = [...gazetteer.unitPlaces.keys()];
  return [...byUnit]
    .map(([unitId, words]) => ({
      unitId,
      name: gazetteer.unitNames.get(unitId) ?? unitId,
      words,
      score: words.join("").length,
    }))
    .sort((a, b) => b.score - a.score || order.indexOf(a.unitId) - order.indexOf(b.unitId));
}
