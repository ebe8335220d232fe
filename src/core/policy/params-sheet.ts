import { type OfficeConfig, OfficeConfigSchema } from "#core/config.ts";
import { limitText } from "./limit.ts";
import { clocksOf } from "./pack.ts";
import type { RuleSet } from "./resolve.ts";

/** One value that the documents leave to the office, as the head of the office signs it. */
export interface ParamRow {
  /** Path in the office configuration, "params.triage.urgent". */
  path: string;
  name: string;
  default: string;
  present: string;
  unit: string;
  /** Where it acts. */
  acts: string;
  /** Why it is the office's to set. */
  basis: string;
  /** How it is labelled wherever it shows. */
  label: "推定" | "内部目标";
}

type Described = Omit<ParamRow, "path" | "default" | "present">;

const OWN = "文件未规定,由本单位确定";

const target = (name: string, unit: string, acts: string, basis = OWN): Described => ({
  name,
  unit,
  acts,
  basis,
  label: "内部目标",
});
const assumed = (name: string, unit: string, acts: string, basis = OWN): Described => ({
  name,
  unit,
  acts,
  basis,
  label: "推定",
});
const CHANNELS = "none 不加急、app 应用内、sms 短信、phone 电话";
const urgent = (rank: string): Described =>
  assumed(
    `加急方式(${rank}级)`,
    CHANNELS,
    "依次为到期前最后三分之一、到期、逾期后的提醒；内部目标和重复提醒最多应用内",
  );

const CONTINUOUS = "国办发〔2016〕61号 三只写“持续发布”,未写间隔";
const HOURS = "文件未写工作日几时截止,比照民法典第二百零三条";

/** What each ⚙ value of the configuration is; every value must be described here. */
const DESCRIBED: Readonly<Record<string, Described>> = {
  deadlineTime: assumed("工作日时限截止时刻", "时刻", "建议、投诉、转载时限,以及上级按日要求的时限", HOURS),
  workingHours: assumed("工作时间", "时段", "Ⅳ级签收时限", "以本单位作息时间为准"),
  quietHours: assumed("夜间时段", "时段", "Ⅲ、Ⅳ级夜间只提醒值班员和承办人,时限照走"),
  digests: assumed("日报时刻", "时刻", "每日舆情日报"),
  "params.triage.urgent": target("研判时限(疑似Ⅰ、Ⅱ级)", "分钟", "收报起,研判前提醒"),
  "params.triage.normal": target("研判时限(其他)", "分钟", "收报起,研判前提醒"),
  "params.sign.I": target("签收时限(Ⅰ级)", "分钟", "转办起,签收前提醒"),
  "params.sign.II": target("签收时限(Ⅱ级)", "分钟", "转办起,签收前提醒"),
  "params.sign.III": target("签收时限(Ⅲ级)", "分钟", "转办起,签收前提醒"),
  "params.sign.IV": target("签收时限(Ⅳ级)", "分钟工作时间", "转办起,签收前提醒"),
  "params.reportUp": target(
    "紧急报送时限",
    "分钟",
    "Ⅰ、Ⅱ级、有伤亡或上级要求时,自发现起",
    "突发事件应对法第十七条只写“立即”",
  ),
  "params.continuous.I": target("持续发布间隔(Ⅰ级)", "小时", "首次回应后", CONTINUOUS),
  "params.continuous.II": target("持续发布间隔(Ⅱ级)", "小时", "首次回应后", CONTINUOUS),
  "params.continuous.III": target("持续发布间隔(Ⅲ级)", "小时", "首次回应后", CONTINUOUS),
  "params.oldMatterHours": assumed("旧事重提界限", "小时", "事发早于发现超过此数的,时限自发现起算", "文件未写起算点"),
  "params.duplicateHours": assumed("疑似重复的比对范围", "小时", "同地相似的上报提示是否并案;同一链接不限时间"),
  "params.tellPublicity": assumed(
    "重大案件告知宣传、网信",
    "是否",
    "Ⅰ、Ⅱ级和重大敏感案件",
    "国办发〔2016〕61号 三要求联动,未写范围",
  ),
  "params.floodMinutes": assumed("同案同群消息合并", "分钟", "签收、到期及Ⅰ、Ⅱ级不受限"),
  "params.lateAfterMinutes": assumed("迟到提醒合并界限", "分钟", "停机后补发提醒、补收消息"),
  "params.unclearMinutes": assumed("是否报送的等候时间", "分钟", "无人答复即编号"),
  "params.urgent.alarm": assumed(
    "加急方式(疑似Ⅰ、Ⅱ级首次告知)",
    CHANNELS,
    "值班领导、值班员、组织协调首次得知疑似重大情况",
  ),
  "params.urgent.I": urgent("Ⅰ"),
  "params.urgent.II": urgent("Ⅱ"),
  "params.urgent.III": urgent("Ⅲ"),
  "params.urgent.IV": urgent("Ⅳ"),
  "params.auditMinutes": assumed("自检间隔", "分钟", "检查未结案件的时限和提醒"),
  "params.keepAttachments": assumed(
    "保存附件原件",
    "是否",
    "默认只记名称、大小和校验值;开启后原件存入数据目录 attachments",
    "个人信息保护法第六条:限于最小范围",
  ),
  "params.learnAfter": assumed(
    "改派后建议入词库的次数",
    "次",
    "同一词语连续改派同一单位达到次数,请管理员决定是否加入职责词",
  ),
};

/** Named as a whole: a table of its own, which the operations manual explains. */
const STAGES = "stages";

/** Settings that say who the office is; they are not ⚙ values. */
const IDENTITY = new Set(["name", "jurisdiction", "packs", "timezone"]);

/** Every ⚙ value with its default and its present value, in the order of the configuration. */
export function paramsSheet(config: OfficeConfig): ParamRow[] {
  const { name, jurisdiction, packs } = config;
  const defaults = new Map(leaves(OfficeConfigSchema.parse({ name, jurisdiction, packs })));
  const { stages, ...values } = config;
  const changed = Object.keys(stages);
  const ladder: ParamRow = {
    path: STAGES,
    default: "默认节点表",
    present: changed.length > 0 ? `改写了 ${changed.join("、")}` : "默认节点表",
    ...assumed("提醒节点", "节点表", "各时限到期前后何时提醒谁;改不了时限本身", "文件未规定提醒节点"),
  };
  return leaves(values)
    .filter(([path]) => !IDENTITY.has(path.split(".")[0] ?? ""))
    .map(([path, value]): ParamRow => {
      const described = DESCRIBED[path] ?? assumed(path, "", "");
      return { path, default: text(defaults.get(path)), present: text(value), ...described };
    })
    .concat(ladder);
}

/** A number that a pack puts in place of 第一时间 or 及时: not the document's own, and shown as 推定. */
export interface PresumedLimit {
  rule: string;
  docNo: string;
  article: string;
  /** "第一时间(内部按1小时)" */
  limit: string;
}

/** Every such number among the rules that bind the office. */
export function presumedLimits({ rules }: RuleSet): PresumedLimit[] {
  return rules.flatMap((rule) =>
    rule.advisory === null
      ? clocksOf(rule)
          .filter((clock) => clock.default !== undefined)
          .map((clock) => ({
            rule: rule.id,
            docNo: rule.cite.docNo,
            article: rule.cite.article,
            limit: limitText(clock),
          }))
      : [],
  );
}

/** Values by their path; a list is one value. */
function leaves(value: unknown, path = ""): [string, unknown][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === "" ? key : `${path}.${key}`));
}

function text(value: unknown): string {
  if (typeof value === "boolean") return value ? "是" : "否";
  return [value].flat().map(String).join("、");
}
