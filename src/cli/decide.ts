import { lateness } from "#core/clocks/lateness.ts";
import { planClocks } from "#core/clocks/plan.ts";
import type { OfficeConfig } from "#core/config.ts";
import { BotError } from "#core/errors.ts";
import type { Pack } from "#core/policy/pack.ts";
import { type RuleSet, resolveRules } from "#core/policy/resolve.ts";
import { decideResponsibility } from "#core/policy/responsibility.ts";
import type { ClockFacts, Lateness, PlannedClock, Responsibility } from "#core/policy/types.ts";
import { dayOf, type Instant, toIso } from "#core/time.ts";
import type { DecideFacts } from "./decide-facts.ts";
import { clockFacts, namesIn, responsibilityFacts } from "./decide-readings.ts";
import { decisionText, notesOf } from "./decide-text.ts";
import { type InputObject, readObjects } from "./json-input.ts";
import { readFacts } from "./read-facts.ts";

export interface DecideContext {
  packs: readonly Pack[];
  config: OfficeConfig;
  /** Names of places by GB/T 2260 code; facts may add to them. */
  jurisdictions: Readonly<Record<string, string>>;
  /** Its day's rules count when the facts name no time; the text counts what is left from it. */
  now: Instant;
}

export interface DecideOptions {
  /** Pack ids that replace the office's list. */
  rules?: readonly string[];
  json: boolean;
}

/** A clock as the command line shows it: instants in +08:00, labels joined by "、". */
export type ShownClock = Omit<
  PlannedClock,
  "start" | "dueAt" | "note" | "latestDueAt" | "surfacedDueAt" | "overSince"
> & {
  start: string | null;
  dueAt: string | null;
  note: string;
};

export interface Decision extends Responsibility {
  lateness: Lateness;
  clocks: ShownClock[];
}

/**
 * `huiying decide`: facts → first responsible body, coordination, limits and questions for a person.
 * @param input one JSON object, or JSON Lines; each the facts themselves or an object with them as `facts`
 * @returns lines of output: with `json` one JSON object for each object of the input
 * @throws BotError bad-input, naming line and field of everything that is wrong
 */
export function decide(input: string, options: DecideOptions, context: DecideContext): string[] {
  const read = readObjects(input).map((object) => readQuestion(object, options, context));
  const wrong = read.flatMap((question) => ("wrong" in question ? [question.wrong] : []));
  if (wrong.length > 0) throw new BotError("bad-input", wrong.join("\n"));
  const questions = read.filter((question) => "facts" in question);
  return questions.flatMap(({ facts, rules }, index) => {
    const { decision, clocks } = decideOne(facts, rules, context);
    if (options.json) return [JSON.stringify(decision)];
    const text = decisionText(decision, clocks, rules, facts.respondedAt ? undefined : context.now);
    return [...(index > 0 ? [""] : []), ...text];
  });
}

type Question = { facts: DecideFacts; rules: RuleSet };

/** The facts, and the rules that answer: those named for this question, wherever they come from, else the office's. */
function readQuestion(
  object: InputObject,
  options: DecideOptions,
  context: DecideContext,
): Question | { wrong: string } {
  const { packs, config, now } = context;
  const read = readFacts(object, config.jurisdiction);
  if ("wrong" in read) return read;
  const { facts } = read;
  const named = facts.packs ?? options.rules;
  const unknown = (named ?? []).filter((id) => !packs.some((pack) => pack.id === id));
  if (unknown.length > 0)
    return {
      wrong: `第 ${object.line} 行:没有规则包 ${unknown.join("、")};现有 ${packs.map((pack) => pack.id).join("、")}`,
    };
  const times = clockFacts(facts);
  const known = times.receivedAt ?? times.detectedAt?.at ?? times.occurredAt?.at ?? times.sourcePublishedAt;
  const rules = resolveRules(packs, {
    use: [...(named ?? config.packs), ...(facts.orgRegime ? [facts.orgRegime] : [])],
    jurisdiction: responsibilityFacts(facts, config.jurisdiction).home,
    on: dayOf(known ?? now),
    ignoreScope: named !== undefined,
  });
  return { facts, rules };
}

function decideOne(
  facts: DecideFacts,
  rules: RuleSet,
  { config, jurisdictions }: DecideContext,
): { decision: Decision; clocks: PlannedClock[] } {
  const times = clockFacts(facts);
  const clocks = planClocks(times, rules, config).filter((c) => c.key !== "triage" || !isTriaged(times));
  const responsibility = decideResponsibility(responsibilityFacts(facts, config.jurisdiction), {
    jurisdictions: { ...jurisdictions, ...namesIn(facts) },
    rules,
  });
  const decision = {
    ...responsibility,
    human: [...responsibility.human, ...questionsOfTime(facts, times, clocks)],
    lateness: lateness(times, clocks),
    clocks: clocks.map(shown),
  };
  return { decision, clocks };
}

const isTriaged = (facts: ClockFacts): boolean => facts.triaged || facts.opinionLevel !== undefined;

function shown(clock: PlannedClock): ShownClock {
  const { key, start, startFrom, dueAt, kind, rule, cite, also } = clock;
  return {
    key,
    start: start === null ? null : toIso(start),
    startFrom,
    dueAt: dueAt === null ? null : toIso(dueAt),
    kind,
    rule,
    cite,
    also,
    note: notesOf(clock).join("、"),
  };
}

/** Facts that say when, or ask about a limit: without any of them only the responsibility is asked. */
const TIMES = [
  "occurredAt",
  "surfacedAt",
  "detectedAt",
  "receivedAt",
  "sourcePublishedAt",
  "requestedDueAt",
  "matter",
] as const;

function questionsOfTime(facts: DecideFacts, times: ClockFacts, clocks: readonly PlannedClock[]): string[] {
  if (TIMES.every((field) => facts[field] === undefined || facts[field] === null)) return [];
  const startless = new Set(clocks.filter((c) => c.start === null && c.kind !== "soft").map((c) => c.key));
  return [
    ...(startless.has("release.authoritative") || startless.has("press.conference")
      ? ["起算时间不明:请补充发生时间或发现时间"]
      : startless.has("response.first")
        ? ["起算时间不明:请补充发现时间或收报时间"]
        : []),
    ...(startless.has("reply.suggestion") || startless.has("reply.complaint") ? ["起算时间不明:请补充收到时间"] : []),
    ...(startless.has("repost.hard") || startless.has("repost.soft") ? ["起算时间不明:请补充来源发布时间"] : []),
    ...(facts.matter === "superior" && times.requestedDueAt === undefined ? ["请补充上级要求的时限"] : []),
    ...(clocks.some((c) => c.latestDueAt !== undefined) ? ["请核实时间:目前只知时段,按时段起点推定"] : []),
  ];
}
