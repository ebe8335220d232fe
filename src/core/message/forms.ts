import { type Case, CLOSING_TAGS, GATES, RESPONSE_FORMS } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import { suggestedEventLevel } from "#core/case/rank.ts";
import { namedUnits } from "#core/case/responders.ts";
import type { EventLevel } from "#core/policy/types.ts";
import { formatStamp } from "#core/time.ts";
import type { Form, FormField } from "./card.ts";
import { CATEGORY_NAMES, MATTER_NAMES } from "./names.ts";
import { suggestionText } from "./suggestion.ts";

/** As the form and the command line write them. */
const EVENT_LEVELS: Record<EventLevel, string> = {
  I: "I",
  II: "II",
  III: "III",
  IV: "IV",
  none: "无",
  pending: "待定",
};
const YES_NO = ["是", "否"];
const join = (names: readonly string[]): string => names.join("、");

/** The form behind a button, filled in with what is known: a press on 提交 then needs no typing in the ordinary case. */
export function formFor(action: string, c: Case, office: Office): Form | undefined {
  const fields = FORMS[action]?.(c, office);
  return fields
    ? { title: `${action} ${c.title}`, fields, submit: action === "催办" ? "发送" : `提交${action}` }
    : undefined;
}

const units = (c: Case, office: Office, label: string): FormField => ({
  name: "单位",
  label,
  type: "multiselect",
  options: [
    ...new Set([
      ...namedUnits(c, office),
      ...office.roster.units.filter((u) => u.role === undefined).map((u) => u.name),
    ]),
  ],
  value: join(namedUnits(c, office)),
  required: true,
});

const text = (name: string, label: string, extra: Partial<FormField> = {}): FormField => ({
  name,
  label,
  type: "text",
  ...extra,
});
const long = (name: string, label: string, extra: Partial<FormField> = {}): FormField => ({
  name,
  label,
  type: "longtext",
  ...extra,
});
const choice = (
  name: string,
  label: string,
  options: readonly string[],
  value: string,
  extra: Partial<FormField> = {},
): FormField => ({
  name,
  label,
  type: "select",
  options: [...options],
  value,
  ...extra,
});

const FORMS: Record<string, (c: Case, office: Office) => FormField[]> = {
  研判: (c, office) => {
    const hints = c.report.category ?? c.report.categoryHint;
    return [
      choice(
        "事项",
        "事项类别",
        Object.values(MATTER_NAMES),
        MATTER_NAMES[c.report.flags.includes("superior-required") ? "superior" : "opinion"],
      ),
      {
        name: "类别",
        label: "五类重点回应(建议，请核定)",
        type: "multiselect",
        options: Object.values(CATEGORY_NAMES),
        value: join((hints.length > 0 ? hints : (["vital-interest"] as const)).map((k) => CATEGORY_NAMES[k])),
        required: true,
      },
      choice("突发", "突发事件等级", Object.values(EVENT_LEVELS), EVENT_LEVELS[suggestedEventLevel(c)]),
      choice("舆情", "舆情等级", ["I", "II", "III", "IV", "无"], c.report.level ?? c.report.eventLevelHint ?? "IV"),
      {
        ...units(c, office, "涉事单位"),
        ...(suggestionText(c, office) ? { hint: `建议 ${suggestionText(c, office)}，请核定` } : {}),
      },
      { name: "牵头", label: "牵头单位(多家时)", type: "select", options: ["", ...namedUnits(c, office)], value: "" },
      text("涉事地", "涉事地", { value: join(placeNames(c, office)) }),
      choice("政策", "涉及谁的重大政策", ["否", "国务院", "省", "市", "县"], "否"),
      choice("敏感", "重大敏感", YES_NO, "否"),
      choice("回应", "是否回应", YES_NO, "是"),
      {
        name: "时限",
        label: "上级要求时限(如有)",
        type: "datetime",
        value: c.requestedDueAt === undefined ? "" : formatStamp(c.requestedDueAt),
      },
      text("公众反应", "公众反应"),
      text("媒体介入", "媒体介入"),
      {
        name: "决定",
        label: "责任单位由领导决定的，选领导",
        type: "person",
        options: office.roster.file.leaders.map((l) => l.name),
        value: "",
      },
      long("理由", "理由(非重点、不回应或领导决定时必填)"),
    ];
  },
  转办: (c, office) => [
    units(c, office, "承办单位"),
    {
      name: "牵头",
      label: "牵头单位(多家时)",
      type: "select",
      options: ["", ...namedUnits(c, office)],
      value: c.triage?.leadUnit ?? "",
    },
    long("要求", "办理要求"),
  ],
  退回: (_c, office) => [
    long("理由", "退回理由", { required: true }),
    {
      name: "建议单位",
      label: "建议承办单位",
      type: "select",
      options: office.roster.units.map((u) => u.name),
      required: true,
    },
  ],
  回应: (c, office) => [
    choice("形式", "回应形式", RESPONSE_FORMS, formHint(c), { required: true }),
    text("链接", "发布链接", { hint: "链接、文号、凭证三者至少填一项" }),
    text("文号", "文号"),
    text("凭证", "其他凭证", { hint: "实录、影像，或答复编号" }),
    { name: "时间", label: "发布时间", type: "datetime", hint: "不填按现在" },
    text("渠道", "发布渠道"),
    ...(c.parts.length > 1
      ? [
          {
            name: "单位",
            label: "回应单位(联合回应可多选)",
            type: "multiselect" as const,
            options: c.parts.map((p) => p.unit),
            value: "",
          },
        ]
      : []),
    text("发布人", "发布人", { value: spokesperson(c, office) }),
    text("保密审查", "保密审查人", { hint: "未填列为待补，不影响登记" }),
    text("签发", "签发人"),
  ],
  补充: () => [
    long("内容", "补充内容", { hint: "例如：伤者3人，均为轻伤；发生时间 今早6点20" }),
    ...GATES.map((gate) => text(gate, `${gate}(登记人)`)),
  ],
  办结: () => [choice("标签", "效果评估", CLOSING_TAGS, "良好"), long("结果", "处置结果", { required: true })],
  误报: () => [long("理由", "理由和依据", { required: true, hint: "不实信息不是误报：须澄清，时限继续" })],
  仅备案: () => [long("理由", "理由", { required: true })],
  报送: () => [
    choice("对象", "报送对象", ["本级党委政府", "上级"], "本级党委政府"),
    long("建议", "信息发布、政策解读、舆情回应三项建议"),
  ],
  催办: () => [long("内容", "要求(可不填)")],
};

function placeNames(c: Case, office: Office): string[] {
  const codes = c.report.places.map((p) => p.code).filter((code) => code !== null);
  return [...new Set(codes.length > 0 ? codes : [office.roster.home])].map(
    (code) => office.roster.jurisdiction(code)?.name ?? code,
  );
}

/** The form of response that the tightest running limit asks for. */
function formHint(c: Case): string {
  const open = c.clocks.filter((k) => k.stoppedAt === undefined && k.kind !== "soft" && k.kind !== "advisory");
  if (open.some((k) => k.key === "release.authoritative")) return "权威信息";
  // A conference is only what was one: never guessed, because the word alone would stop its clock.
  if (open.some((k) => k.key === "press.conference")) return "";
  if (open.some((k) => k.key.startsWith("reply."))) return "答复";
  // One of several units has answered: the next one's answer is a first one too.
  if (open.some((k) => k.key === "response.first")) return "首次回应";
  return c.responses.length > 0 ? "持续发布" : "首次回应";
}

const spokesperson = (c: Case, office: Office): string => {
  const lead = c.assignment?.lead ?? c.parts[0]?.unit;
  return (lead && office.roster.unit(lead)?.head) || "";
};
