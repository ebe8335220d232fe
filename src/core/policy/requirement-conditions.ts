import type { Level } from "#core/intake/types.ts";
import type { Condition } from "./condition.ts";
import { isMajor, rank } from "./rank.ts";
import type { RequirementFacts } from "./requirements.ts";

/** Holds, cannot hold, or depends on what only a person can judge: then the words of the question. */
export type Holds = "yes" | "no" | { ask: string };

/**
 * Does the condition of an obligation hold on this case? All fields must hold together. Who has to act (`actor`) is no
 * condition of the case; what concerns a period or a month is no matter of one case.
 */
export function holds(when: Condition, facts: RequirementFacts): Holds {
  return all(Object.entries(when).map(([field, value]) => FIELDS[field as keyof Condition](value as never, facts)));
}

/** No beats a question, a question beats yes; several questions are asked together. */
function all(parts: readonly Holds[]): Holds {
  if (parts.includes("no")) return "no";
  return asked(parts) ?? "yes";
}

function any(parts: readonly Holds[]): Holds {
  if (parts.includes("yes")) return "yes";
  return asked(parts) ?? "no";
}

function asked(parts: readonly Holds[]): Holds | undefined {
  const questions = [...new Set(parts.flatMap((p) => (typeof p === "string" ? [] : [p.ask])))];
  return questions.length > 0 ? { ask: questions.join(";") } : undefined;
}

const when = (condition: boolean): Holds => (condition ? "yes" : "no");
const ask = (question: string): Holds => ({ ask: question });
const askIf = (condition: boolean, question: string): Holds => (condition ? ask(question) : "no");

/** How each field of a condition reads the facts. A field that is added to conditions must be added here. */
const FIELDS: {
  [F in keyof Required<Condition>]: (value: NonNullable<Condition[F]>, facts: RequirementFacts) => Holds;
} = {
  default: () => "yes",
  eventLevel: (levels, facts) => levelHolds(levels, facts),
  opinionLevel: (levels, { opinionLevel }) => when(opinionLevel !== undefined && levels.includes(opinionLevel)),
  policyOwner: (owner, { policyOwner }) => when(policyOwner === owner),
  "places.count": (_, { places }) => when(places > 1),
  "units.count": (_, { units }) => when(units > 1),
  // Management decides who coordinates; nothing else is asked for on its account.
  "unit.management": () => "no",
  category: (category, { categories }) => when(categories.includes(category)),
  flag: (flags, facts) => any([flags].flat().map((flag) => FLAGS[flag]?.(facts) ?? ask(flag))),
  kind: (kinds, { matter }) => any([kinds].flat().map((kind) => when(KINDS[kind] === matter))),
  actor: () => "yes",
  source: (sources, { matter }) => askIf(matter === "repost", `来源是否为${[sources].flat().join("、")}`),
  topic: (topics, facts) => (major(facts) ? "yes" : ask(`是否属于${[topics].flat().join("、")}`)),
  eventKind: (kind, facts) => askIf(isEmergency(facts), `是否属于${kind}`),
  opinion: (_, facts) => when(major(facts)),
  effect: (effect) => ask(`是否造成${effect}`),
  owner: () => "no",
  period: () => "no",
  deadline: () => "no",
  month: () => "no",
  "places.level": () => "no",
  // A conference falls due with an event of level I/II, before one has been held.
  "response.form": (forms, facts) =>
    any([
      when([forms].flat().some((form) => facts.forms.includes(form))),
      [forms].flat().includes("新闻发布会") ? levelHolds(["I", "II"], facts) : "no",
    ]),
  "draft.mentionsOtherOrgs": (_, { otherOrgs }) =>
    otherOrgs === undefined ? ask("回应稿是否涉及其他机关") : when(otherOrgs),
};

/** 突发事件等级: null stands for 无 and 待定. A level not yet decided is asked about where the facts suggest an emergency. */
function levelHolds(levels: readonly (Level | null)[], facts: RequirementFacts): Holds {
  const { eventLevel, triaged } = facts;
  const decided = eventLevel === undefined || eventLevel === "none" || eventLevel === "pending" ? null : eventLevel;
  if (levels.includes(decided)) return "yes";
  const open = triaged ? eventLevel === "pending" : isEmergency(facts);
  return askIf(open, `突发事件等级是否为${levels.filter((level) => level !== null).join("、")}`);
}

/** What the words of the packs mean for a case. A flag that is not listed is asked about in its own words. */
const FLAGS: Readonly<Record<string, (facts: RequirementFacts) => Holds>> = {
  // Never by keyword alone (criticism is no rumour): a person judges, a second one confirms.
  "serious-rumour": ({ rumour }) => askIf(rumour, "是否属于严重危害社会秩序和国家利益的造谣传谣(批评不是依据)"),
  "false-or-incomplete-info": ({ rumour }) => when(rumour),
  "not-own-duty": ({ notOwnDuty }) => (notOwnDuty === undefined ? ask("是否不属本级或本单位职责") : when(notOwnDuty)),
  "emergency-personal-data": (facts) => when(isEmergency(facts)),
  "before-publish": () => "yes",
  "work-secret": ({ withheld }) => when(withheld),
  重大敏感: (facts) => when(isGrave(facts)),
  重大政务舆情: (facts) => when(major(facts)),
  重要舆情: (facts) => (major(facts) ? "yes" : ask("是否属于重要舆情")),
  "major-event-or-important-opinion": urgentUpward,
  重大突发事件和重要舆情: (facts) => when(major(facts)),
  有人员伤亡: ({ harmed }) => when(harmed),
  上级要求: ({ superiorRequired, matter }) => when(superiorRequired || matter === "superior"),
  突发事件: (facts) => when(isEmergency(facts)),
  "potential-major-impact": (facts) => askIf(isEmergency(facts), "是否可能造成重大社会影响,需要预警和防范"),
  无法办理: ({ matter }) => askIf(matter === "suggestion" || matter === "complaint", "是否无法办理"),
  "重大会议/活动/突发应急事件": (facts) => when(isEmergency(facts)),
  相对集中的意见不予采纳: ({ matter }) => askIf(matter === "suggestion", "是否属于相对集中的意见而不予采纳"),
  全局指导意义且需广泛知晓: ({ matter }) => askIf(matter === "repost", "是否对全局有指导意义、需广泛知晓"),
  国办转办: ({ superiorRequired, matter }) =>
    askIf(superiorRequired || matter === "superior", "是否由国务院办公厅转来、省政府办公厅转办"),
  群众关注度高: (facts) => askIf(major(facts), "是否群众关注度高、负面影响大"),
  负面影响大: (facts) => askIf(major(facts), "是否群众关注度高、负面影响大"),
  // Consequences are never proposed while every limit was met.
  "消极/不作为且整改不到位": ({ overdue }) => askIf(overdue, "是否消极、不作为且整改不到位"),
  处置不得力: ({ overdue }) => askIf(overdue, "是否处置不得力、回应不妥当或报告不及时"),
  回应不妥当: ({ overdue }) => askIf(overdue, "是否处置不得力、回应不妥当或报告不及时"),
  报告不及时: ({ overdue }) => askIf(overdue, "是否处置不得力、回应不妥当或报告不及时"),
  重要信息不发布: ({ overdue }) => askIf(overdue, "是否重要信息不发布、重大政策不解读或热点回应不及时"),
  重大政策不解读: ({ overdue }) => askIf(overdue, "是否重要信息不发布、重大政策不解读或热点回应不及时"),
  热点回应不及时: ({ overdue }) => askIf(overdue, "是否重要信息不发布、重大政策不解读或热点回应不及时"),
  // Before a decision is issued there is no case yet.
  涉及群众切身利益的重大决策出台前: () => "no",
};

const KINDS: Readonly<Record<string, RequirementFacts["matter"]>> = {
  有价值的意见建议: "suggestion",
  咨询投诉: "complaint",
  反映问题: "complaint",
};

/** 突发事件, as far as it is known: decided at 研判, before that as the report suggests. */
export function isEmergency(facts: RequirementFacts): boolean {
  const { eventLevel, triaged } = facts;
  if (triaged && eventLevel !== undefined && eventLevel !== "pending") return eventLevel !== "none";
  return facts.emergency || isMajor(facts.suggestedLevel);
}

/** Rank I/II or 重大敏感: 会商 is asked for, 宣传 and 网信 are told. */
export const isGrave = (facts: RequirementFacts): boolean => facts.sensitive || major(facts);

const major = (facts: RequirementFacts): boolean => isMajor(rank(facts.eventLevel, facts.opinionLevel));

/** The cases in which the office reports upward at once: as for the clock report.up. */
function urgentUpward(facts: RequirementFacts): Holds {
  const suggested = !facts.triaged && isMajor(facts.suggestedLevel);
  return when(major(facts) || suggested || facts.harmed || facts.superiorRequired || facts.matter === "superior");
}
