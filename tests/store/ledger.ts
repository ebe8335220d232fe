import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { Case } from "#core/case/case.ts";
import { apply, type CaseEvent } from "#core/case/events.ts";
import type { Report } from "#core/intake/types.ts";
import type { Store } from "#core/store.ts";
import { atTime, type Day, MINUTE } from "#core/time.ts";
import { openStore } from "#src/runtime.ts";
import { ruleSetDigest } from "#src/store/chain.ts";

export const DAY_ONE: Day = "2026-11-20";
export const DAY_TWO: Day = "2026-11-21";
export const RULES = { on: DAY_ONE, rules: [{ id: "gb61.press24" }] };

export const numberOf = (day: Day, no: number): string =>
  `YQ-990121-${day.replaceAll("-", "")}-${String(no).padStart(3, "0")}`;

const folders: string[] = [];

/** A folder of one test's own; removed by `removeFolders`. */
export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "huiying-ledger-"));
  folders.push(made);
  return made;
}

/** To be called after all tests of a file. */
export function removeFolders(): void {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
}

/**
 * Writes a ledger through the real store: two cases on the first day with an anchor in the middle and one at its end, one case
 * on the second day, and three events each.
 * @returns the database file
 */
export async function ledger(in_: string = folder()): Promise<string> {
  const file = join(in_, "huiying.db");
  const store = await openStore(`sqlite:${file}`);
  await addCase(store, DAY_ONE, 1);
  await store.write((tx) => tx.anchor(DAY_ONE, atTime(DAY_ONE, "12:00")));
  await addCase(store, DAY_ONE, 2);
  await store.write((tx) => tx.anchor(DAY_ONE, atTime(DAY_ONE, "17:30")));
  await addCase(store, DAY_TWO, 1, ruleSetDigest(RULES));
  await store.write((tx) => tx.keepRuleSet(ruleSetDigest(RULES), JSON.stringify(RULES)));
  await store.close();
  return file;
}

/** What of a report the store looks at. */
const reportOf = (no: number): Report =>
  ({
    summary: `第${no}件`,
    account: null,
    platforms: [],
    urls: [],
    places: [],
    missing: [],
    units: [],
  }) as Partial<Report> as Report;

/**
 * A report that two people have seen: three events, the last two recorded as one change.
 * @param rules digest of the rule set that the case froze
 */
export async function addCase(store: Store, day: Day, no: number, rules?: string): Promise<Case> {
  const at = atTime(day, "09:00") + no * MINUTE;
  const id = numberOf(day, no);
  const [reported, seen] = [
    {
      type: "reported" as const,
      id,
      report: reportOf(no),
      title: `第${no}件`,
      receivedAt: at,
      origin: { kind: "group" as const, name: "值班群" },
      by: "王晓梅",
      at,
    },
    ["周敏", "张志远"].map((by): CaseEvent => ({ type: "seen", by, at: at + MINUTE })),
  ];
  const opened: Case = { ...apply(null, reported), ...(rules === undefined ? {} : { rules }) };
  await store.write((tx) => tx.saveCase(null, opened, [reported], ["青岩县公安局"], `message-${id}`));
  const after = seen.reduce<Case>((c, event) => apply(c, event), opened);
  await store.write((tx) => tx.saveCase(opened, after, seen, ["青岩县公安局"], `press-${id}`));
  return after;
}

/** Does to a database what nobody should: without foreign keys, and behind the program's back. */
export function tamper(file: string, ...statements: string[]): void {
  const db = new Database(file);
  db.pragma("foreign_keys = OFF");
  for (const sql of statements) db.exec(sql);
  db.close();
}
