import { missingGates } from "#core/case/actions/respond.ts";
import { type Case, type CaseClock, hasTaken, type Proposal, runningClocks } from "#core/case/case.ts";
import { awaitsSentence } from "#core/case/evidence.ts";
import type { Office } from "#core/case/office.ts";
import { isSuggestedMajor } from "#core/case/rank.ts";
import { isOpen, STATES } from "#core/case/states.ts";
import { offlineMatterOf } from "#core/intake/refusals.ts";
import { fromIso } from "#core/iso.ts";
import type { Citation } from "#core/policy/types.ts";
import { formatMoment, formatSpan, type Instant } from "#core/time.ts";
import { type Button, type Card, fitting, type Line } from "./card.ts";
import { casualtiesText } from "./casualties.ts";
import { evidenceDetails, evidenceLine, SENTENCE_LINE } from "./evidence.ts";
import { formFor } from "./forms.ts";
import { CATEGORY_NAMES, CLOCK_NAMES, FIELD_NAMES, LEVEL_NAMES, START_NAMES } from "./names.ts";
import { leadButtons, mergeLines, similarButtons, similarLines } from "./similar.ts";
import { suggestedBecause, suggestionLine } from "./suggestion.ts";
import { shownClocks, toneOf } from "./tone.ts";

/** The card of a case: posted as the receipt of its report and edited in place with every change. */
export function caseCard(c: Case, office: Office, now: Instant): Card {
  const lines: Line[] = [
    { kind: "text", text: c.title, emphasis: "strong" },
    ...responsibleLines(c, office),
    ...offlineLine(c),
    ...limitLines(c, now),
    ...startLine(c, now),
    ...progressLines(c, now),
    ...evidenceLine(c),
    ...mergeLines(c, now),
    ...openQuestions(c),
    ...similarLines(c),
  ];
  const [first, second, ...others] = buttonsFor(c, office);
  const next = [first, second].filter((b) => b !== undefined);
  const basis = basisText(c);
  return fitting({
    title: `【${headline(c)}】${c.id}`,
    tone: toneOf(c, now),
    lines,
    ...(basis ? { basis } : {}),
    details: detailLines(c, office, now),
    buttons: [...next, ...similarButtons(c), ...others, ...leadButtons(c)],
  });
}

const headline = (c: Case): string => (c.version <= 2 && c.state === "reported" ? "已受理" : STATES[c.state].zh);

function responsibleLines(c: Case, office: Office): Line[] {
  const r = c.responsibility;
  if (c.withheld) return [{ kind: "text", text: "内容不在群内办理，请按保密要求线下处置。计时照常。" }];
  const brief = (name: string): string => office.roster.unit(name)?.aliases[0] ?? name;
  const named = r.firstResponsible.map(brief).join("、");
  const because = suggestedBecause(c, office);
  const sure = c.triage
    ? ""
    : r.by === "analogy"
      ? "(类推，请组织协调确定)"
      : `(${because ? `${because}，` : ""}待研判确认)`;
  const coordinators = r.coordinator.map((n) => n.replace("党委宣传部门", "委宣传部")).map(brief);
  return [
    { kind: "field", label: "第一责任主体", value: named ? `${named}${sure}` : "待核，请补充涉事单位" },
    ...suggestionLine(c, office),
    ...(coordinators.length > 0
      ? [
          {
            kind: "field" as const,
            label: "组织协调",
            value: [coordinators[0], coordinators.slice(1).join("、")].filter(Boolean).join("会同"),
          },
        ]
      : []),
    ...(c.triage?.decidedBy
      ? [{ kind: "field" as const, label: "领导决定", value: `${c.triage.decidedBy}：${c.triage.reason ?? ""}` }]
      : []),
    ...(r.localResponders.length > 0
      ? [{ kind: "field" as const, label: "属地回应", value: r.localResponders.join("、") }]
      : []),
  ];
}

/** 民族宗教, 涉军, 涉外: the clock runs here, the content does not go on here. */
function offlineLine(c: Case): Line[] {
  const matter = c.withheld || !isOpen(c.state) ? null : offlineMatterOf(`${c.title}\n${c.report.summary}`);
  return matter ? [{ kind: "text", text: `${matter}事项：内容请走线下渠道，不在群内讨论。计时照常。` }] : [];
}

function limitLines(c: Case, now: Instant): Line[] {
  const clocks = shownClocks(c);
  const heading = isSuggestedMajor(c) ? `时限(${majorText(c)})` : "时限";
  const lines = clocks.flatMap((k) => limitLine(k, now));
  return lines.length > 0 ? [{ kind: "text", text: heading, emphasis: "quiet" }, ...lines] : [];
}

/** Why limits of a major emergency run before 研判: the level that the facts suggest, or that they ran before it was known. */
function majorText(c: Case): string {
  const level = c.report.eventLevelHint;
  if (level === null) return "伤亡待核，先按重大以上提醒";
  const suggested = `建议按突发事件${LEVEL_NAMES[level].slice(0, 2)}研判`;
  return level === "I" || level === "II" ? suggested : `${suggested}，研判前先按重大提醒`;
}

export function limitLine(k: CaseClock, now: Instant): Line[] {
  if (k.dueAt === null || k.start === null) return [];
  const notes = k.note.filter((n) => !n.startsWith("推定") || k.stoppedAt === undefined);
  const late =
    k.outcome === "late" && k.stoppedAt !== undefined ? [`超过时限 ${formatSpan(k.stoppedAt - k.dueAt)}`] : [];
  const note = [...notes, ...late].join("、");
  return [
    {
      kind: "limit",
      label: CLOCK_NAMES[k.key],
      startAt: Math.min(k.start, now),
      dueAt: k.dueAt,
      ...(k.stoppedAt === undefined ? {} : { stoppedAt: k.stoppedAt }),
      ...(note ? { note } : {}),
      ...(k.latestDueAt === undefined ? {} : { latestDueAt: k.latestDueAt }),
      ...(k.kind === "soft" ? { soft: true as const } : {}),
    },
  ];
}

/** "起算 11月20日(周五)08:30(事发)· 发现 09:00 · 已用 30分" */
function startLine(c: Case, now: Instant): Line[] {
  const clock = shownClocks(c)[0];
  if (!clock || clock.start === null || clock.startFrom === null || !isOpen(c.state)) return [];
  const parts = [`起算 ${formatMoment(clock.start, now)}(${START_NAMES[clock.startFrom]})`];
  const detected = fromIso(c.report.detectedAt.value);
  if (clock.startFrom === "occurredAt" && detected !== undefined)
    parts.push(`发现 ${formatMoment(detected, now).slice(-5)}`);
  const surfaced = c.report.surfacedAt ? fromIso(c.report.surfacedAt.value) : undefined;
  if (surfaced !== undefined) parts.push(`首发已 ${formatSpan(now - surfaced)}`);
  parts.push(`已用 ${formatSpan(now - clock.start)}`);
  return [{ kind: "text", text: parts.join(" · "), emphasis: "quiet" }];
}

function progressLines(c: Case, now: Instant): Line[] {
  const lines: Line[] = [];
  if (c.triage)
    lines.push({
      kind: "text",
      text: `突发 ${LEVEL_NAMES[c.triage.eventLevel]} · 舆情 ${LEVEL_NAMES[c.triage.opinionLevel ?? "none"]} · ${c.triage.categories.map((k) => CATEGORY_NAMES[k]).join("、")}`,
    });
  for (const p of c.parts) {
    const who = p.returned
      ? `${p.returned.by} ${formatMoment(p.returned.at, now)} 退回`
      : p.acknowledged
        ? `${p.acknowledged.by} ${formatMoment(p.acknowledged.at, now)} 签收`
        : "待签收";
    lines.push({ kind: "field", label: c.assignment?.lead === p.unit ? "牵头" : "承办", value: `${p.unit} ${who}` });
  }
  for (const r of c.responses.slice(-3))
    lines.push({
      kind: "field",
      label: r.form,
      value: `${formatMoment(r.publishedAt, now)} ${r.link ?? r.docNo ?? r.proof ?? ""}${r.unconfirmed ? "(发布时间待第二人确认)" : ""}`,
    });
  if (c.closing)
    lines.push({ kind: "field", label: STATES[c.state].zh, value: `${c.closing.tag}：${c.closing.result}` });
  return lines;
}

function openQuestions(c: Case): Line[] {
  if (!isOpen(c.state)) return [];
  const gates = missingGates(c);
  const asked = c.proposals.map((p) => proposalText(p));
  return [
    ...(awaitsSentence(c) ? [SENTENCE_LINE] : c.triage || c.withheld ? [] : missingLine(c)),
    ...(gates.length > 0 ? [{ kind: "text" as const, text: `待补登记：${gates.join("、")}` }] : []),
    ...asked.map((text): Line => ({ kind: "text", text })),
  ];
}

/** Exactly what is missing or unsure, in one line. */
export function missingLine(c: Case): Line[] {
  const missing = c.report.missing.map((f) => FIELD_NAMES[f] ?? f);
  const unsure = c.report.needsConfirm
    .filter((f) => !c.report.missing.includes(f))
    .map((f) => `${FIELD_NAMES[f] ?? f}(请核实)`);
  const all = [...missing, ...unsure];
  return all.length > 0 ? [{ kind: "text", text: `还缺：${all.join("、")}` }] : [];
}

const PROPOSAL_NAMES: Record<Proposal["kind"], string> = {
  falseAlarm: "按误报处理",
  fileOnly: "仅备案",
  noResponse: "不回应",
  lateEvidence: "补登发布时间",
  return: "退回",
  retime: "更正时间",
  actingTriage: "代研判",
  actingAssign: "代转办",
};

export const proposalName = ({ kind }: Proposal): string => PROPOSAL_NAMES[kind];

/** Acting for 组织协调 is a fact to be confirmed by them; everything else is proposed and waits for a second person. */
export const proposalText = (p: Proposal): string =>
  p.kind === "actingTriage" || p.kind === "actingAssign"
    ? `待组织协调确认：${p.by}${PROPOSAL_NAMES[p.kind]}`
    : `待第二人确认：${p.by}提出${PROPOSAL_NAMES[p.kind]}(${p.reason})`;

/** Documents and articles of the shown limits and of the responsibility, each once, shortest form. */
function basisText(c: Case): string {
  const cites = shownClocks(c)
    .map((k) => k.cite)
    .filter((cite): cite is Citation => cite !== null);
  const texts = [
    ...new Set(
      cites.map((cite) => `${cite.docNo}${cite.article.length <= 12 ? cite.article : `(${cite.article.slice(0, 4)})`}`),
    ),
  ];
  return texts.length > 0 ? `依据 ${texts.join("、")}` : "";
}

function detailLines(c: Case, office: Office, now: Instant): Line[] {
  const { report } = c;
  const lines: Line[] = [];
  const add = (label: string, value: string | null | undefined): void => {
    if (value) lines.push({ kind: "field", label, value });
  };
  add("报告", c.withheld ? "" : report.summary.slice(0, 500));
  add("来源", [report.platforms.join("、"), report.account].filter(Boolean).join(" "));
  add("链接", report.urls.slice(0, 5).join(" ") + (report.urls.length > 5 ? ` 等${report.urls.length}条` : ""));
  add("涉事地", report.places.map((p) => p.text).join("、"));
  add("伤亡", casualtiesText(report.casualties));
  add("报告人", [report.reporter?.unit, report.reporter?.name].filter(Boolean).join(" "));
  for (const k of runningClocks(c)) if (k.kind === "soft" || k.kind === "advisory") lines.push(...limitLine(k, now));
  for (const k of shownClocks(c))
    if (k.cite) add(CLOCK_NAMES[k.key], `${k.cite.docNo} ${k.cite.article}：“${k.cite.quote}”`);
  for (const text of c.responsibility.human) add("请研判", text);
  const leaders = c.responsibility.leader;
  for (const l of leaders === null ? [] : Array.isArray(leaders) ? leaders : [leaders])
    add(l.post, `${l.of}${l.role ? `(${l.role})` : ""}`);
  lines.push(...evidenceDetails(c, now));
  add("收报", `${formatMoment(c.receivedAt, now)} ${c.reporter}`);
  add("组织协调", office.roster.withRole("组织协调").join("、"));
  return lines;
}

/** The actions that the state allows, the next one first. Who may press is checked at the press. */
function actionsFor(c: Case): string[] {
  if (!isOpen(c.state)) return [];
  const confirm = c.proposals.length > 0 ? ["确认"] : [];
  const up = c.clocks.some((k) => k.key === "report.up" && k.stoppedAt === undefined) ? ["报送"] : [];
  if (!c.triage) return ["研判", "补充", ...up, ...confirm, "误报", "仅备案"];
  if (c.parts.length === 0) return ["转办", "补充", ...up, ...confirm, "误报"];
  if (c.state === "returned") return ["转办", "补充", ...up, ...confirm];
  if (c.parts.some((p) => !hasTaken(c, p))) return ["签收", "退回", "回应", "转办", ...up, ...confirm];
  if (c.state === "responded") return ["回应", "办结", "补充", ...up, ...confirm];
  return ["回应", "补充", "退回", ...up, ...confirm];
}

export function buttonsFor(c: Case, office: Office, actions = actionsFor(c)): Button[] {
  return actions.map((action, i) => button(action, c, office, i === 0));
}

export function button(action: string, c: Case, office: Office, primary = false, label = action): Button {
  const form = formFor(action, c, office);
  return {
    action,
    label,
    ...(primary ? { style: "primary" as const } : action === "误报" ? { style: "danger" as const } : {}),
    values: { 编号: c.id, 版本: String(c.version) },
    ...(form ? { form } : {}),
  };
}
