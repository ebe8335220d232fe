import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import Database from "better-sqlite3";
import { afterEach, expect, test } from "vitest";
import { verifyFile } from "#src/store/inspect.ts";
import { BotProcess, DUTY_GROUP, installation, Window } from "../support/bot-process.ts";

const KILLS = 10;
const SENDERS = 4;
/** Longest time that the bot lives in one round, milliseconds. */
const LIFE = 500;
/** Another seed gives other instants: CRASH_SEED=7 npx vitest run tests/e2e/crash.test.ts */
const SEED = Number(process.env["CRASH_SEED"] ?? 20_261_120);
/** Reminders made due while the bot is dead. */
const DUE = 5;

const office = installation();
const database = join(office.data, "huiying.db");
const history = join(office.data, "local-chat.db");
let bot: BotProcess | undefined;

afterEach(async () => {
  await bot?.kill();
  rmSync(office.folder, { recursive: true, force: true });
});

/** Reports to be posted, each under a key of its own, and posted again under the same key until it is answered. */
class Reports {
  readonly answered = new Map<string, string>();
  readonly #again: string[] = [];
  #made = 0;

  get made(): number {
    return this.#made;
  }

  get open(): number {
    return this.#again.length;
  }

  /** Posts until the bot dies, or `enough` says so. */
  async post(url: string, enough: () => boolean): Promise<void> {
    const window = new Window(url, "王晓梅");
    while (!enough()) {
      const clientKey = this.#again.shift() ?? `report-${String(++this.#made).padStart(6, "0")}`;
      const text = `/舆情 上报 昨天下午城关镇菜市场积水,网民第${clientKey.slice(-6)}次反映,抖音播放3.2万`;
      try {
        const { id } = await window.say(DUTY_GROUP, text, { clientKey });
        this.answered.set(clientKey, id);
      } catch {
        this.#again.push(clientKey);
        return;
      }
    }
  }
}

/** A repeatable random number in [0, 1). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

function read<T>(file: string, sql: string): T[] {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare<[], T>(sql).all();
  } finally {
    db.close();
  }
}

/** Makes waiting reminders of different cases due a second ago. @returns their ids */
function makeDue(): number[] {
  const db = new Database(database);
  const ids = db
    .prepare<[number], number>(
      "SELECT min(id) FROM reminders WHERE state = 'waiting' AND who = '' GROUP BY case_id ORDER BY case_id LIMIT ?",
    )
    .pluck()
    .all(DUE);
  db.prepare(`UPDATE reminders SET due_at = ? WHERE id IN (${ids.join()})`).run(Date.now() - 1_000);
  db.close();
  return ids;
}

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !holds(); i++) await pause(50);
  expect(holds()).toBe(true);
}

test("killed at any instant it loses nothing, numbers without holes, and sends nothing twice", {
  timeout: 90_000,
}, async () => {
  const reports = new Reports();
  const random = seeded(SEED);
  let due: number[] = [];
  for (let round = 0; round < KILLS; round++) {
    bot = new BotProcess(office);
    const isStarting = round % 4 === 3;
    if (isStarting) await pause(150 + random() * LIFE);
    else {
      const url = await bot.ready();
      const posting = Array.from({ length: SENDERS }, () => reports.post(url, () => false));
      await pause(random() * LIFE);
      await bot.kill();
      await Promise.all(posting);
    }
    await bot.kill();
    if (round === KILLS - 2) due = makeDue();
  }
  bot = new BotProcess(office);
  const url = await bot.ready();
  const goal = reports.made + 5;
  await reports.post(url, () => reports.made >= goal && reports.open === 0);
  const queued = "SELECT id FROM outbox WHERE state = 'queued'";
  await until(() => read(database, queued).length === 0);
  expect(await bot.stop()).toBe(0);

  expect(due).toHaveLength(DUE);
  expect(reports.answered.size).toBe(reports.made);
  const cases = read<{ id: string; day: string; no: number }>(
    database,
    "SELECT id, day, no FROM cases ORDER BY day, no",
  );
  const inbox = new Map(
    read<{ id: string; case_id: string }>(database, "SELECT id, case_id FROM inbox").map((r) => [r.id, r.case_id]),
  );
  const numbered = [...reports.answered.values()].map((messageId) => inbox.get(messageId));
  expect(new Set(numbered).size).toBe(reports.made);
  expect(new Set(numbered)).toEqual(new Set(cases.map((c) => c.id)));
  for (const [, ofDay] of Map.groupBy(cases, (c) => c.day))
    expect(ofDay.map((c) => c.no)).toEqual(ofDay.map((_, i) => i + 1));

  expect((await verifyFile(database)).broken).toBeUndefined();

  const sent = read<{ key: string; message_id: string }>(
    database,
    "SELECT key, message_id FROM outbox WHERE kind <> 'update' AND state IN ('sent', 'delivered', 'read')",
  );
  const shown = read<{ delivery_key: string; id: string }>(
    history,
    "SELECT delivery_key, id FROM messages WHERE author IS NULL",
  );
  const byKey = new Map(shown.map((m) => [m.delivery_key, m.id]));
  expect(byKey.size).toBe(shown.length);
  expect(Object.fromEntries(sent.map((m) => [m.key, m.message_id]))).toEqual(Object.fromEntries(byKey));
  expect(sent.filter((m) => m.key.includes("/receipt@"))).toHaveLength(cases.length);
  expect(read(database, "SELECT id FROM outbox WHERE state = 'failed'")).toEqual([]);

  const fired = read<{ id: number; case_id: string; subject: string }>(
    database,
    `SELECT id, case_id, subject FROM reminders WHERE state = 'fired' AND id IN (${due.join()})`,
  );
  expect(fired).toHaveLength(DUE);
  for (const { case_id, subject } of fired)
    expect(
      read(
        database,
        `SELECT id FROM outbox WHERE case_id = '${case_id}' AND subject = '${subject}' AND state <> 'failed'`,
      ),
    ).not.toEqual([]);
  expect(existsSync(history)).toBe(true);
});
