import { readFileSync } from "node:fs";
import { parse as parseYaml } from "yaml";
import { intake } from "#core/intake/intake.ts";
import type { Parsed, ParseInput, Report } from "#core/intake/types.ts";
import { rosterFrom } from "#core/roster/load.ts";
import type { Roster } from "#core/roster/roster.ts";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");

/** The roster of the fictional county of Qingyan. */
export const qingyan: Roster = rosterFrom(parseYaml(read("../../../examples/qingyan/roster.yaml")));

export interface Sample extends ParseInput {
  id: string;
  expected: Record<string, unknown>;
}

/** The reports of the fixture with the parse that each should give. */
export function fixtureSamples(): Sample[] {
  const file = JSON.parse(read("../../fixtures/reports.json")) as { reports: Sample[]; extras: Sample[] };
  return [...file.reports, ...file.extras];
}

export const SENDERS = {
  qingyan: { name: "周敏", unit: "青岩县政府办公室", jurisdiction: "990121" },
  baishui: { name: "陈静", unit: "白水县委宣传部", jurisdiction: "990122" },
  dongling: { name: "李志强", unit: "东岭区应急管理局", jurisdiction: "990102" },
  yunchuan: { name: "赵磊", unit: "云川市委网信办", jurisdiction: "990100" },
} as const;

/** Friday. */
export const RECEIVED = "2026-11-20T10:00:00+08:00";

export function take(text: string, input: Partial<ParseInput> = {}): Parsed {
  return intake({ text, receivedAt: RECEIVED, sender: SENDERS.qingyan, ...input }, qingyan).parsed;
}

export function takeReport(text: string, input: Partial<ParseInput> = {}): Report {
  const parsed = take(text, { asReport: true, ...input });
  if (parsed.kind !== "report") throw new Error(`not a report: ${parsed.kind}`);
  return parsed;
}

/** The expected fields that the parse does not have exactly; replies are worded freely. */
export function wrongFields(parsed: Parsed, expected: Record<string, unknown>): string[] {
  const got = parsed as unknown as Record<string, unknown>;
  return comparedFields(expected).filter((field) => {
    if (field !== "summaryContains") return canonical(got[field]) !== canonical(expected[field]);
    return (expected[field] as string[]).some((passage) => !String(got["summary"]).includes(passage));
  });
}

export function comparedFields(expected: Record<string, unknown>): string[] {
  return Object.keys(expected).filter((field) => field !== "reply");
}

/** JSON with sorted keys; a missing field and undefined are the same. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, v: unknown) =>
      v && typeof v === "object" && !Array.isArray(v)
        ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => a.localeCompare(b)))
        : v,
    ) ?? "undefined"
  );
}
