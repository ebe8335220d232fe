import { intake } from "#core/intake/intake.ts";
import { qingyan, type Sample } from "./support.ts";

/** A sample written by somebody who does not know the parser; members beside `expected` bound what it leaves open. */
export interface Written extends Sample {
  /** Values that a list must hold, whatever else it holds. */
  atLeast?: Record<string, string[]>;
  /** Raw personal data that may occur nowhere in the result. */
  absent?: string[];
}

export interface Misread {
  sample: string;
  field: string;
  got: unknown;
  expected: unknown;
}

export interface FieldScore {
  field: string;
  compared: number;
  right: number;
}

/** What of the samples is read as their author expects, field by field. */
export function score(samples: readonly Written[]): { fields: FieldScore[]; misread: Misread[] } {
  const fields = new Map<string, FieldScore>();
  const misread: Misread[] = [];
  for (const sample of samples) {
    const { parsed } = intake(sample, qingyan);
    const got = parsed as unknown as Record<string, unknown>;
    const count = (field: string, isRight: boolean, expected: unknown): void => {
      const entry = fields.get(field) ?? { field, compared: 0, right: 0 };
      entry.compared++;
      if (isRight) entry.right++;
      else misread.push({ sample: sample.id, field, got: got[field] ?? null, expected });
      fields.set(field, entry);
    };
    for (const [field, expected] of Object.entries(sample.expected)) {
      if (field === "reply") continue;
      if (field === "summaryContains")
        count(
          "summary",
          (expected as string[]).every((passage) => String(got["summary"]).includes(passage)),
          expected,
        );
      else count(field, agrees(got[field], expected), expected);
    }
    for (const [field, members] of Object.entries(sample.atLeast ?? {}))
      count(
        field,
        members.every((m) => (got[field] as unknown[] | undefined)?.includes(m)),
        members,
      );
    for (const raw of sample.absent ?? []) count("personal data", !JSON.stringify(got).includes(raw), raw);
  }
  return { fields: [...fields.values()].sort((a, b) => a.field.localeCompare(b.field)), misread };
}

/** Objects may hold more than is expected of them; lists hold the same, in any order. */
function agrees(got: unknown, expected: unknown): boolean {
  if (Array.isArray(expected)) {
    if (!Array.isArray(got) || got.length !== expected.length) return false;
    const left = [...got];
    return expected.every((e) => {
      const at = left.findIndex((g) => agrees(g, e));
      if (at === -1) return false;
      left.splice(at, 1);
      return true;
    });
  }
  if (expected !== null && typeof expected === "object") {
    if (got === null || typeof got !== "object") return false;
    const members = Object.entries(expected);
    if (members.length === 0) return Object.keys(got).length === 0;
    return members.every(([key, value]) => agrees((got as Record<string, unknown>)[key], value));
  }
  return got === expected;
}
