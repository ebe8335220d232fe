import { join } from "node:path";
import Database from "better-sqlite3";

/** Reminders that one transaction takes, as the engine does. */
const BATCH = 500;

/** What a message of the bot roughly holds: so large a card, so many columns that are looked up. */
const CARD = JSON.stringify({
  title: "【还剩 1小时00分】",
  lines: Array.from({ length: 8 }, () => "一行六十个字".repeat(6)),
});

/** The least that durable work costs on this machine: bare better-sqlite3 with WAL and a flush at every commit. */
export interface Floor {
  /** Plans this many reminders for one instant. */
  add(count: number, dueAt: number): void;
  /** Takes what is due, at most one batch: claimed, message queued and done in one transaction. Returns how many. */
  fire(now: number): number;
  /** Two rows in one commit. */
  commit(): void;
  close(): void;
}

export function openFloor(folder: string): Floor {
  const db = new Database(join(folder, "floor.db"));
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.exec(`
    create table reminders (id integer primary key, due_at integer, state text, payload text);
    create index waiting on reminders (due_at) where state = 'waiting';
    create table outbox (id integer primary key, key text unique, card text, state text);
    create table inbox (id integer primary key, text text);
  `);
  const insert = db.prepare("insert into reminders (due_at, state, payload) values (?, 'waiting', ?)");
  const due = db.prepare<[number, number], { id: number }>(
    "select id, payload from reminders where state = 'waiting' and due_at <= ? order by due_at limit ?",
  );
  const done = db.prepare("update reminders set state = 'fired' where id = ?");
  const queue = db.prepare("insert into outbox (key, card, state) values (?, ?, 'queued')");
  const receive = db.prepare("insert into inbox (text) values (?)");
  let commits = 0;
  return {
    add: db.transaction((count: number, dueAt: number) => {
      for (let i = 0; i < count; i++) insert.run(dueAt, "提醒".repeat(40));
    }),
    fire: db.transaction((now: number) => {
      const rows = due.all(now, BATCH);
      for (const { id } of rows) {
        queue.run(`r${id}`, CARD);
        done.run(id);
      }
      return rows.length;
    }),
    commit: db.transaction(() => {
      receive.run("舆情上报".repeat(40));
      queue.run(`c${++commits}`, CARD);
    }),
    close: () => db.close(),
  };
}
