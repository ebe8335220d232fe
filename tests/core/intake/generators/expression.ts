import type fc from "fast-check";
import type { TimeValue } from "#core/intake/types.ts";
import { type Instant, toIso } from "#core/time.ts";

/** What a writer meant, and how the writer put it. */
export interface Expression {
  text: string;
  receivedAt: Instant;
  expected: Omit<TimeValue, "text">;
}

export const minute = (
  text: string,
  at: Instant,
  receivedAt: Instant,
  { approx = false, ambiguous = false } = {},
): Expression => ({
  text,
  receivedAt,
  expected: { value: toIso(at), precision: "minute", approx, ...(ambiguous ? { ambiguous: true as const } : {}) },
});

interface StretchOptions {
  precision?: "range" | "day";
  approx?: boolean;
  since?: boolean;
}

/** A range is loose unless both its ends were said; a day is not. */
export const stretch = (
  text: string,
  from: Instant,
  to: Instant,
  receivedAt: Instant,
  { precision = "range", approx = precision === "range", since = false }: StretchOptions = {},
): Expression => ({
  text,
  receivedAt,
  expected: {
    value: toIso(from),
    from: toIso(from),
    to: toIso(to),
    precision,
    approx,
    ...(since ? { since: true as const } : {}),
  },
});

/** Leaves out the draws that mean nothing (a time still to come, a day that does not exist). */
export const sensible = (draws: fc.Arbitrary<Expression | undefined>): fc.Arbitrary<Expression> =>
  draws.filter((e): e is Expression => e !== undefined);
