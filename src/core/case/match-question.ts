import type { Question } from "#core/intake/query.ts";
import type { Wanted } from "#core/intake/query-words.ts";
import { fromIso } from "#core/iso.ts";
import { type Day, dayOf, type Instant } from "#core/time.ts";
import { type Actor, unitsFor } from "./authority.ts";
import { type Case, type CaseClock, hasTaken } from "./case.ts";
import type { Office } from "./office.ts";
import { namedUnits } from "./responders.ts";
import { isOpen } from "./states.ts";

export interface Asker {
  actor: Actor;
  office: Office;
  now: Instant;
}

/** The cases that a question is about, those that fit its words best; nothing asked for fits all. */
export function matching(cases: readonly Case[], q: Question, asker: Asker): Case[] {
  const scored = cases
    .filter((c) => fits(c, q, asker))
    .map((c) => ({ c, score: topicScore(c, q.topics) }))
    .filter(({ score }) => score > 0);
  const best = Math.max(0, ...scored.map((s) => s.score));
  return scored.filter((s) => s.score >= Math.min(best, 1)).map((s) => s.c);
}

function fits(c: Case, q: Question, { actor, office, now }: Asker): boolean {
  if (q.days && !isOnDays(c, q.days, q.wanted)) return false;
  if (q.unit) {
    const unit = office.roster.unit(q.unit)?.name ?? q.unit;
    if (!namedUnits(c, office).includes(unit) && !c.report.units.includes(q.unit)) return false;
  }
  if (q.place && !textOf(c).includes(q.place) && !c.report.places.some((p) => p.text.includes(q.place ?? "")))
    return false;
  if (q.mine === "reported" && c.reporter !== actor.name) return false;
  if (q.mine === "concerned" && !concerns(c, actor, office)) return false;
  return q.wanted === null || STATES[q.wanted](c, now);
}

/** I reported it, or my unit is named in it. */
function concerns(c: Case, actor: Actor, office: Office): boolean {
  if (c.reporter === actor.name || unitsFor(actor, c, office).length > 0) return true;
  const unit = actor.known ? office.roster.unitOf(actor.name)?.name : undefined;
  return unit !== undefined && namedUnits(c, office).includes(unit);
}

/** With 到期 the day is that of a limit; else the day of receipt, of the matter, or of its first post. */
function isOnDays(c: Case, { from, to }: { from: Day; to: Day }, wanted: Wanted | null): boolean {
  const within = (at: Instant | null | undefined): boolean =>
    at !== null && at !== undefined && dayOf(at) >= from && dayOf(at) <= to;
  if (wanted === "due") return limits(c).some((k) => within(k.dueAt));
  const times = [c.report.occurredAt?.value, c.report.surfacedAt?.value].map((t) => (t ? fromIso(t) : undefined));
  return [c.receivedAt, ...times].some(within);
}

/** Limits that run: law and superiors, internal targets aside. */
const limits = (c: Case): CaseClock[] =>
  c.clocks.filter((k) => k.stoppedAt === undefined && k.dueAt !== null && k.kind !== "soft" && k.kind !== "advisory");

const STATES: Record<Wanted, (c: Case, now: Instant) => boolean> = {
  unsigned: (c) => isOpen(c.state) && c.parts.some((p) => !hasTaken(c, p)),
  unanswered: (c) => isOpen(c.state) && c.responses.length === 0,
  overdue: (c, now) => isOpen(c.state) && limits(c).some((k) => (k.dueAt ?? now) < now),
  due: (c) => isOpen(c.state) && limits(c).length > 0,
  untriaged: (c) => isOpen(c.state) && c.triage === undefined,
  unassigned: (c) => isOpen(c.state) && c.parts.length === 0,
  unconfirmed: (c) => isOpen(c.state) && c.proposals.length > 0,
  closed: (c) => !isOpen(c.state),
  open: (c) => isOpen(c.state),
};

const textOf = (c: Case): string => `${c.title}\n${c.report.summary}\n${c.report.units.join("\n")}`;

/** 1 when every word stands in the case; less when only a part of a word does (县城停水 in 幸福里小区停水); 0 when one does not. */
function topicScore(c: Case, topics: readonly string[]): number {
  const text = textOf(c);
  let score = 1;
  for (const topic of topics) {
    const share = longestShared(topic, text) / topic.length;
    if (share < 0.5) return 0;
    score = Math.min(score, share);
  }
  return score;
}

function longestShared(word: string, text: string): number {
  for (let length = word.length; length >= 2; length--)
    for (let at = 0; at + length <= word.length; at++) if (text.includes(word.slice(at, at + length))) return length;
  return 0;
}
