import type { Case, CaseClock, Part } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import { isOpen, STATES } from "#core/case/states.ts";
import type { Asked } from "#core/intake/query-words.ts";
import { offlineMatterOf } from "#core/intake/refusals.ts";
import { formatMoment, formatRemaining, type Instant } from "#core/time.ts";
import type { Card, Line } from "./card.ts";
import { button } from "./case-card.ts";
import { CLOCK_NAMES } from "./names.ts";
import { shownClocks, toneOf } from "./tone.ts";

/** The answer to a question about one case: one sentence that says what was asked, then the way to the card. */
export function caseAnswer(c: Case, asked: readonly Asked[], office: Office, now: Instant): Card {
  const [first, ...others] = shownClocks(c).filter((k) => k.stoppedAt === undefined);
  const limit = first ? limitText(first, now) : isOpen(c.state) ? "没有在走的时限" : endText(c, now);
  const units = unitsText(c, office, now);
  const said: string[] = [];
  const say = (text: string): void => {
    if (text !== "" && !said.includes(text)) said.push(text);
  };
  for (const what of asked) {
    if (what === "due") say(limit);
    if (what === "responsible") say(responsibleText(c, office));
    if (what === "handler" || what === "signed" || what === "responded") say(units);
    // Before assignment what is missing says where it stands.
    if (what === "progress") say(isOpen(c.state) && c.parts.length === 0 ? units : `现为“${STATES[c.state].zh}”`);
  }
  say(limit);
  say(units);
  const offline = offlineMatterOf(`${c.title}${c.report.summary}`);
  const quiet = (text: string): Line => ({ kind: "text", text, emphasis: "quiet" });
  return {
    title: `${c.id} ${c.title}`,
    tone: toneOf(c, now),
    lines: [
      { kind: "text", text: `${said.join("；")}。`, emphasis: "strong" },
      ...others.map((k) => quiet(`另有 ${limitText(k, now)}`)),
      ...(asked.includes("basis") && first?.cite
        ? [quiet(`依据 ${first.cite.docNo} ${first.cite.article}：“${first.cite.quote}”`)]
        : []),
      ...(offline ? [quiet(`${offline}事项，内容请走线下渠道，这里只答时限和进度。`)] : []),
    ],
    buttons: [button("状态", c, office, true, "看卡片")],
  };
}

function limitText(k: CaseClock, now: Instant): string {
  const due = k.dueAt ?? now;
  const article = k.cite && k.cite.article.length > 12 ? k.cite.article.slice(0, 4) : (k.cite?.article ?? "");
  const basis = k.cite ? `（依据 ${k.cite.docNo} ${article}）` : "";
  const note = k.kind === "provisional" ? "（建议时限，待研判）" : "";
  return `${CLOCK_NAMES[k.key]} ${formatMoment(due, now)} 到期，${formatRemaining(due, now)}${note || basis}`;
}

const endText = (c: Case, now: Instant): string =>
  c.closing ? `已于 ${formatMoment(c.closing.at, now)} ${STATES[c.state].zh}` : `已是“${STATES[c.state].zh}”`;

function responsibleText(c: Case, office: Office): string {
  const names = c.responsibility.firstResponsible.map((n) => office.roster.unit(n)?.aliases[0] ?? n);
  if (names.length === 0) return "第一责任主体待核，请补充涉事单位";
  return `第一责任主体 ${names.join("、")}${c.triage ? "" : "（待研判确认）"}`;
}

function unitsText(c: Case, office: Office, now: Instant): string {
  if (c.parts.length === 0) return !isOpen(c.state) ? "" : c.triage ? "已研判，尚未转办" : "尚未研判";
  return c.parts.map((p) => partText(c, p, office, now)).join("，");
}

/** "县水务局 已签收（马超群），尚未回应" */
function partText(c: Case, p: Part, office: Office, now: Instant): string {
  const name = office.roster.unit(p.unit)?.aliases[0] ?? p.unit;
  const signed = p.returned ? "已退回" : p.acknowledged ? `已签收（${p.acknowledged.by}）` : "待签收";
  const answer = c.responses.find((r) => r.units.includes(p.unit));
  return `${name} ${signed}，${answer ? `${formatMoment(answer.publishedAt, now)} 已回应` : "尚未回应"}`;
}
