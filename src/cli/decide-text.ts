import { fromIso } from "#core/iso.ts";
import { CLOCK_NAMES, START_NAMES } from "#core/message/names.ts";
import type { RuleSet } from "#core/policy/resolve.ts";
import type { Leader } from "#core/policy/types.ts";
import { formatMoment } from "#core/time.ts";
import type { Decision, ShownClock } from "./decide.ts";

const KINDS: Record<ShownClock["kind"], string> = {
  hard: "时限",
  provisional: "建议时限",
  soft: "目标",
  extendable: "时限(可延长一次)",
  advisory: "参考",
};

/** A decision for people to read: who, by when, on what basis, what is still to be asked. */
export function decisionText(decision: Decision, rules: RuleSet): string[] {
  const { firstResponsible, coordinator, localResponders, leadUnit, notify, basis, human, clocks } = decision;
  return [
    row("第一责任主体", firstResponsible) ?? "第一责任主体:待定",
    row("牵头部门", leadUnit ? [leadUnit] : []),
    row("组织协调", coordinator),
    row("属地回应", localResponders),
    row("领导责任", [decision.leader ?? []].flat().map(leaderText)),
    row("告知", notify),
    ...(clocks.length > 0 ? ["时限:", ...clocks.map((clock) => `  ${clockText(clock)}`)] : []),
    ...latenessText(decision),
    ...(decision.by === "analogy" ? ["依据:按类推,没有可引用的文件"] : []),
    ...(basis.length > 0 ? ["依据:", ...basis.map((id) => `  ${citation(id, rules)}`)] : []),
    ...(human.length > 0 ? ["请人确认:", ...human.map((question) => `  ${question}`)] : []),
  ].filter((line) => line !== undefined);
}

function row(name: string, values: readonly string[]): string | undefined {
  return values.length > 0 ? `${name}:${values.join("、")}` : undefined;
}

function leaderText({ of, post, role }: Leader): string {
  return `${of}${post}${role ? `(${role})` : ""}`;
}

function clockText(clock: ShownClock): string {
  const due = clock.dueAt === null ? "起算时间不明" : `截止 ${moment(clock.dueAt)}`;
  const start =
    clock.start !== null && clock.startFrom !== null
      ? `,起算 ${moment(clock.start)}(${START_NAMES[clock.startFrom]})`
      : "";
  const basis = clock.cite ? `${clock.cite.docNo} ${clock.cite.article}` : "";
  const details = [KINDS[clock.kind], basis, clock.note].filter((text) => text !== "").join(";");
  return `${CLOCK_NAMES[clock.key]}:${due}${start} [${details}]`;
}

function latenessText({ lateness }: Decision): string[] {
  const parts = [
    ["首发至发现", lateness.detection],
    ["发现至收报", lateness.reporting],
    ["超时限回应", lateness.response],
  ] as const;
  const known = parts.flatMap(([name, minutes]) => (minutes === null ? [] : [`${name} ${minutes}分`]));
  return known.length > 0 ? [`滞后:${known.join(",")}`] : [];
}

function citation(id: string, rules: RuleSet): string {
  const cite = rules.rules.find((rule) => rule.id === id)?.cite;
  return cite ? `${cite.docNo} ${cite.article}“${cite.quote}”(${id})` : id;
}

function moment(iso: string): string {
  const at = fromIso(iso);
  return at === undefined ? iso : formatMoment(at);
}
