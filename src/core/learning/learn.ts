import type { Actor } from "../case/authority.ts";
import { rolesOf } from "../case/authority.ts";
import { type Case, midNo } from "../case/case.ts";
import type { Office } from "../case/office.ts";
import { isNight, morningAfter } from "../escalation/night.ts";
import { lexiconAskCard } from "../message/lexicon-card.ts";
import type { Tx } from "../store.ts";
import type { Instant } from "../time.ts";
import { standing } from "./lexicon.ts";
import { topicText } from "./suggested-units.ts";
import { type TaughtCase, type WordToLearn, wordsToLearn } from "./word-to-learn.ts";

/** Corrections that are looked back on. */
const LOOKED_BACK = 100;
/** Candidates that are compared with other cases, and cases that each is compared with. */
const COMPARED = 5;
const OTHERS = 30;
/** Characters of a report in which its topic stands. */
const TOPIC = 160;

/**
 * Keeps in mind where 组织协调 sent a case although nothing had suggested that unit, in the transaction of the change itself.
 * When the same word went the same way often enough, the administrator is asked, once, whether to learn it; nothing is learned
 * by itself.
 */
export async function learnFrom(
  tx: Tx,
  c: Case,
  actor: Actor,
  { office, now }: { office: Office; now: Instant },
): Promise<void> {
  if (c.withheld || c.report.units.length > 0 || !rolesOf(actor, c, office, now).has("组织协调")) return;
  const unit = correctedTo(c, office);
  await tx.setCorrection(c.id, unit === undefined ? null : { unit, by: actor.name, at: now });
  if (unit === undefined) return;
  const found = await toAsk(tx, office);
  if (!found || found.unit !== unit) return;
  await tx.noteWord({ word: found.word, unit, step: "asked", by: actor.name, at: now });
  const card = lexiconAskCard({ ...found, cases: found.cases.map(midNo) }, office);
  const messages = office.roster.withRole("管理员").map((name) => ({
    key: `lexicon/${found.word}/${unit}/${name}`,
    lane: 2 as const,
    to: { kind: "user" as const, name },
    kind: "notice" as const,
    card,
    mentions: [],
  }));
  await tx.queue(messages, isNight(office.config, now) ? morningAfter(office.config, now) : now);
}

/** Id of the one unit that the case went to, when the topic had not suggested it; several at once teach nothing about a word. */
function correctedTo(c: Case, { roster }: Office): string | undefined {
  const units = c.parts.length > 0 ? c.parts.map((p) => p.unit) : (c.triage?.units ?? []);
  const one = units.length === 1 ? units[0] : (c.assignment?.lead ?? c.triage?.leadUnit ?? undefined);
  const id = one === undefined ? undefined : roster.unit(one)?.id;
  return c.suggested?.some((s) => s.unit === id) ? undefined : id;
}

/** The word to ask about now; none while the administrator has not answered for this unit. */
async function toAsk(tx: Tx, office: Office): Promise<WordToLearn | undefined> {
  const corrections = await tx.corrections(LOOKED_BACK);
  const entries = await tx.lexicon();
  const unit = corrections[0]?.unit;
  if (standing(entries).some((e) => e.unit === unit && e.step === "asked")) return undefined;
  const cases = await tx.casesById(corrections.map((k) => k.caseId));
  const taught = corrections.flatMap(({ caseId, unit: to }): TaughtCase[] => {
    const c = cases.get(caseId);
    return c ? [{ caseId, unit: to, topic: `${c.title}\n${topicText(c.report)}`.slice(0, TOPIC) }] : [];
  });
  for (const word of wordsToLearn(taught, entries, office.roster, office.config.params.learnAfter).slice(0, COMPARED))
    if (await isOwnWord(tx, word, office)) return word;
  return undefined;
}

/** A word that other units' cases use as much is no word of this unit. */
async function isOwnWord(tx: Tx, { word, unit }: WordToLearn, office: Office): Promise<boolean> {
  const cases = await tx.cases({ words: [word], limit: OTHERS });
  const sent = cases.filter((c) => c.parts.length > 0 || c.triage);
  const units = sent.map((c) => (c.parts.length > 0 ? c.parts.map((p) => p.unit) : (c.triage?.units ?? [])));
  const own = units.filter((names) => names.some((name) => office.roster.unit(name)?.id === unit));
  return own.length * 2 > units.length;
}
