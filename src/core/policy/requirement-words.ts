import type { Effect } from "./effect.ts";
import { limitText } from "./limit.ts";
import { clocksOf } from "./pack.ts";
import type { Requirement, RequirementKind } from "./requirements.ts";
import type { Rule } from "./resolve.ts";

type Asked = Pick<Requirement, "kind" | "text">;

/** What an obligation asks for, in words; empty for one that only decides who is responsible or is periodic work. */
export function asksFor(rule: Rule): Asked[] {
  return WORDS.flatMap(([kind, words]) => {
    const text = words(rule.effect, rule);
    return text === undefined ? [] : [{ kind, text }];
  });
}

const list = (value: string | readonly string[]): string => [value].flat().join("、");
/** Words for a field that the obligation has; undefined where it has none. */
const of = <T>(value: T | undefined, words: (value: T) => string): string | undefined =>
  value === undefined ? undefined : words(value);

/** ":甲、乙", after a label if it has one; nothing without a value. */
const tail = (label: string, value: string | readonly string[] | undefined): string =>
  of(value, (v) => `${label}:${list(v)}`) ?? "";
const pair = ([what, how]: [string, string]): string => `${what}—${how}`;
const PARALLEL = "(与回应并行,不停任何时限)";

const WORDS: readonly (readonly [RequirementKind, (effect: Effect, rule: Rule) => string | undefined])[] = [
  ["require", (e) => of(e.mustRespond, () => "五类重点之一,须回应,不得仅备案")],
  ["require", (e) => of(e.leader, (leader) => `${leader}切实负起领导责任`)],
  ["require", (e) => of(e.firstResponsibleLeader, (post) => `${post}是第一责任人,亲自抓、负总责`)],
  ["require", (e) => of(e.directResponsibleLeader, (post) => `${post}是直接责任人,具体负责`)],
  ["require", reportTo],
  ["record", (e) => of(e.record, (what) => `${what}${tail("", e.to)}${e.parallelToResponse ? PARALLEL : ""}`)],
  ["record", (e) => of(e.attach, (parts) => `报送时附${list(parts)}`)],
  ["record", consultation],
  ["record", (e) => of(e.body, (body) => `召开${body}`)],
  [
    "record",
    (e) => of(e.document, (document) => `形成${document}${of(e.action, (a) => `,${a}${tail("", e.to)}`) ?? ""}`),
  ],
  ["record", (e) => of(e.criteria, (criteria) => `研判写明${list(criteria)}`)],
  ["record", (e) => of(e.map, (map) => `按反映内容对外公开:${Object.entries(map).map(pair).join(";")}`)],
  ["record", (e) => of(e.evaluateTags, (tags) => `评估时对照:${list(tags)}`)],
  ["record", (e) => of(e.tag, (tag) => `标记${tag}`)],
  ["require", (e) => of(e.task, (task) => task)],
  ["require", (e) => of(e.require, list)],
  ["require", (e) => of(e.forbid, (acts) => `不得${list(acts)}`)],
  ["require", (e) => of(e.onMajor, (text) => `遇重大情况${text}`)],
  ["require", (e) => of(e.schedule, () => "根据工作进展持续发布权威信息")],
  ["gate", (e) => of(e.gate, (gate) => (gate === "consistency.confirm" ? "各单位沟通协商,确保口径一致" : gate))],
  ["notify", (e) => of(e.notify, (bodies) => `告知${list(bodies)}${e.report ? `,报送${e.report}` : ""}`)],
  ["checklist", (e) => of(e.checklist, (items) => `稿件逐项核对:${items.join(";")}`)],
  ["evidence", (e) => of(e.evidence, (items) => `留存${list(items)}`)],
  ["propose", (e) => of(e.decideBy, () => `可提出${list(e.propose ?? [])},由人决定`)],
];

/** "会商记录写明事件性质、舆情走势…;召集:本级政府办公室、宣传部门;参加:涉事单位" */
function consultation({ recordFields, convener, participants }: Effect): string | undefined {
  return of(
    recordFields,
    (fields) => `会商记录写明${list(fields)}${tail(";召集", convener)}${tail(";参加", participants)}`,
  );
}

/** "向上一级人民政府报告(立即),必要时可越级上报": who reports to whom, and by when; periodic reports are no matter of a case. */
function reportTo({ to, report, document, note }: Effect, rule: Rule): string | undefined {
  const limits = clocksOf(rule).map(limitText);
  if (!rule.key.startsWith("report.") || report || document || (!to && limits.length === 0)) return undefined;
  const whom = to ? `向${list(to)}` : "";
  return `${list(rule.when.actor ?? [])}${whom}报告${limits.map((limit) => `(${limit})`).join("")}${note ? `,${note}` : ""}`;
}
