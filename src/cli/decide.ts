import { lateness } from "#core/clocks/lateness.ts";
import { planClocks } from "#core/clocks/plan.ts";
import type { OfficeConfig } from "#core/config.ts";
import { BotError } from "#core/errors.ts";
import type { Pack } from "#core/policy/pack.ts";
import { type RuleSet, resolveRules } from "#core/policy/resolve.ts";
import { decideResponsibility } from "#core/policy/responsibility.ts";
import { check } from "#core/policy/schema-problems.ts";
import type { ClockFacts, Lateness, PlannedClock, Responsibility } from "#core/policy/types.ts";
import { type Day, dayOf, toIso } from "#core/time.ts";
import { clockFacts, DecideFacts, responsibilityFacts } from "./decide-facts.ts";
import { decisionText } from "./decide-text.ts";
import { type InputObject, readObjects } from "./json-input.ts";

export interface DecideContext {
  packs: readonly Pack[];
  config: OfficeConfig;
  /** Names of places by GB/T 2260 code; facts may add to them. */
  jurisdictions: Readonly<Record<string, string>>;
  /** The day whose rules count when the facts name no time. */
  today: Day;
}

export interface DecideOptions {
  /** Pack ids that replace the office's list. */
  rules?: readonly string[];
  json: boolean;
}

/** A clock as the command line shows it: instants in +08:00, labels joined by "、". */
export type ShownClock = Omit<PlannedClock, "start" | "dueAt" | "note" | "latestDueAt"> & {
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
 * @throws BotError bad-input, naming line and field
 */
export function decide(input: string, options: DecideOptions, context: DecideContext): string[] {
  return readObjects(input).flatMap((object, index) => {
    const facts = readFacts(object);
    const rules = rulesFor(facts, options, context, object.line);
    const decision = decideOne(facts, rules, context);
    if (options.json) return [JSON.stringify(decision)];
    return [...(index > 0 ? [""] : []), ...decisionText(decision, rules)];
  });
}

function readFacts({ value, line }: InputObject): DecideFacts {
  const nested = value.facts;
  const checked = check(DecideFacts, nested === undefined ? value : nested);
  if ("value" in checked) return checked.value;
  const reasons = checked.problems.map(({ path, reason }) =>
    path.length > 1 ? `${path.join(".")}:${reason}` : reason,
  );
  throw new BotError("bad-input", `第 ${line} 行的事实有 ${reasons.length} 处不对:${reasons.join(";")}`);
}

/** The rules that answer: those named for this question, wherever they come from, else the office's on the case's chain. */
function rulesFor(facts: DecideFacts, options: DecideOptions, context: DecideContext, line: number): RuleSet {
  const { packs, config } = context;
  const named = facts.packs ?? options.rules;
  const unknown = (named ?? []).filter((id) => !packs.some((pack) => pack.id === id));
  if (unknown.length > 0)
    throw new BotError(
      "bad-input",
      `第 ${line} 行:没有规则包 ${unknown.join("、")};现有 ${packs.map((pack) => pack.id).join("、")}`,
    );
  const times = clockFacts(facts);
  const known = times.receivedAt ?? times.detectedAt?.at ?? times.occurredAt?.at ?? times.sourcePublishedAt;
  return resolveRules(packs, {
    use: [...(named ?? config.packs), ...(facts.orgRegime ? [facts.orgRegime] : [])],
    jurisdiction: facts.home ?? config.jurisdiction,
    on: known === undefined ? context.today : dayOf(known),
    ignoreScope: named !== undefined,
  });
}

function decideOne(facts: DecideFacts, rules: RuleSet, { config, jurisdictions }: DecideContext): Decision {
  const times = clockFacts(facts);
  const clocks = planClocks(times, rules, config).filter((c) => c.key !== "triage" || !isTriaged(times));
  const responsibility = decideResponsibility(responsibilityFacts(facts, config.jurisdiction), {
    jurisdictions: { ...jurisdictions, ...facts.jurisdictions },
    rules,
  });
  return {
    ...responsibility,
    human: [...responsibility.human, ...questionsOfTime(facts, times, clocks)],
    lateness: lateness(times, clocks),
    clocks: clocks.map(shown),
  };
}

const isTriaged = (facts: ClockFacts): boolean => facts.triaged || facts.opinionLevel !== undefined;

function shown(clock: PlannedClock): ShownClock {
  const { key, start, startFrom, dueAt, kind, rule, cite, also, note } = clock;
  return {
    key,
    start: start === null ? null : toIso(start),
    startFrom,
    dueAt: dueAt === null ? null : toIso(dueAt),
    kind,
    rule,
    cite,
    also,
    note: note.join("、"),
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
