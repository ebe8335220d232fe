import type { Case, CaseClock } from "#core/case/case.ts";
import { isOpen } from "#core/case/states.ts";
import type { Instant } from "#core/time.ts";
import type { Tone } from "./card.ts";

/** Clocks that people look at first: limits of law and of superiors; internal targets only remind. */
export const shownClocks = (c: Case): CaseClock[] =>
  c.clocks
    .filter((k) => k.dueAt !== null && k.kind !== "soft" && k.kind !== "advisory" && k.outcome !== "ended")
    .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0));

/** The colour of a case: by the share of time left on its tightest open clock. */
export function toneOf(c: Case, now: Instant): Tone {
  if (!isOpen(c.state)) return "grey";
  const open = shownClocks(c).filter((k) => k.stoppedAt === undefined);
  if (open.length === 0) return c.state === "responded" || c.state === "evaluating" ? "turquoise" : "blue";
  return toneOfLeft(Math.min(...open.map((k) => left(k, now))));
}

/** Share of a clock's time that is left, 0 … 1; negative when over. */
export function left(k: CaseClock, now: Instant): number {
  if (k.dueAt === null || k.start === null || k.dueAt <= k.start) return 0;
  return (k.dueAt - now) / (k.dueAt - k.start);
}

export function toneOfLeft(share: number): Tone {
  if (share > 0.5) return "blue";
  if (share > 0.25) return "yellow";
  return share > 0.1 ? "orange" : "red";
}
