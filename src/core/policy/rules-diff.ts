import { limitText } from "./limit.ts";
import { clocksOf } from "./pack.ts";
import type { Rule, RuleSet } from "./resolve.ts";

/** One obligation that two sets of rules do not share. */
export interface ObligationChange {
  id: string;
  change: "added" | "dropped" | "changed";
  docNo: string;
  article: string;
  quote: string;
  /** What is different, in a few Chinese words; empty for what is simply new or gone. */
  what: string;
}

/**
 * What two sets of rules ask for differently. Only what binds counts: a document that was advisory and is in force now is
 * added, one that has expired is dropped.
 */
export function diffRules(before: Pick<RuleSet, "rules">, after: Pick<RuleSet, "rules">): ObligationChange[] {
  const olds = binding(before);
  const news = binding(after);
  const added = [...news.values()].filter(({ id }) => !olds.has(id)).map((r) => told(r, "added", ""));
  const dropped = [...olds.values()].filter(({ id }) => !news.has(id)).map((r) => told(r, "dropped", ""));
  const changed = [...news.values()].flatMap((rule) => {
    const old = olds.get(rule.id);
    const what = old ? differences(old, rule) : "";
    return what === "" ? [] : [told(rule, "changed", what)];
  });
  return [...added, ...changed, ...dropped];
}

const binding = ({ rules }: Pick<RuleSet, "rules">): Map<string, Rule> =>
  new Map(rules.filter((rule) => rule.advisory === null).map((rule) => [rule.id, rule]));

const told = ({ id, cite }: Rule, change: ObligationChange["change"], what: string): ObligationChange => ({
  id,
  change,
  docNo: cite.docNo,
  article: cite.article,
  quote: cite.quote,
  what,
});

/** "时限 48小时 → 24小时;条件" */
function differences(old: Rule, now: Rule): string {
  const limits = (rule: Rule): string => clocksOf(rule).map(limitText).join("、") || "无";
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  const { clock: oldClock, ...oldEffect } = old.effect;
  const { clock: newClock, ...newEffect } = now.effect;
  return [
    ...(same(oldClock, newClock)
      ? []
      : [limits(old) === limits(now) ? "起算或性质" : `时限 ${limits(old)} → ${limits(now)}`]),
    ...(same(old.when, now.when) ? [] : ["适用条件"]),
    ...(same(oldEffect, newEffect) ? [] : ["要求"]),
    ...(old.key === now.key ? [] : ["事项"]),
    ...(old.cite.docNo === now.cite.docNo && old.cite.article === now.cite.article ? [] : ["文号或条款"]),
    ...(old.cite.quote === now.cite.quote ? [] : ["原文"]),
  ].join(";");
}
