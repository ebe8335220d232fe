import { randomUUID } from "node:crypto";
import Database from "better-sqlite3";
import { BotError } from "#core/errors.ts";
import type { Instant } from "#core/time.ts";
import type { ChatId } from "./views.ts";

/** A stored message. Columns that hold JSON are text: `card`, `mentions`, `attachments`. */
export interface MessageRow {
  seq: number;
  id: string;
  rev: number;
  chat: ChatId;
  at: Instant;
  /** Null: the bot. */
  author: string | null;
  state: "shown" | "withheld" | "recalled";
  /** Screened text of a person, or title of the bot's card. Null when withheld or recalled. */
  text: string | null;
  card: string | null;
  kind: string | null;
  urgent: 0 | 1;
  mentions: string;
  attachments: string;
  reply_to: string | null;
  edited_at: Instant | null;
  client_key: string | null;
  /** The event of which the bot has not yet said that it is durable. */
  pending: "message" | "recall" | null;
}

export interface MarkRow {
  person: string;
  chat: ChatId;
  seq: number;
}

/** Fields of a new message; the log adds id, seq and rev. */
export type NewMessage = Pick<MessageRow, "chat" | "at" | "author" | "text" | "state"> &
  Partial<
    Pick<MessageRow, "card" | "kind" | "urgent" | "mentions" | "attachments" | "reply_to" | "client_key" | "pending">
  > & { delivery_key?: string };

const SCHEMA_VERSION = 1;
const SCHEMA = `
  CREATE TABLE log (id TEXT NOT NULL) STRICT;
  CREATE TABLE messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    chat TEXT NOT NULL,
    at INTEGER NOT NULL,
    author TEXT,
    state TEXT NOT NULL,
    text TEXT,
    card TEXT,
    kind TEXT,
    urgent INTEGER NOT NULL,
    mentions TEXT NOT NULL,
    attachments TEXT NOT NULL,
    reply_to TEXT,
    edited_at INTEGER,
    delivery_key TEXT UNIQUE,
    client_key TEXT UNIQUE,
    pending TEXT
  ) STRICT;
  CREATE INDEX messages_chat ON messages (chat, seq);
  CREATE INDEX messages_rev ON messages (rev);
  CREATE TABLE marks (
    person TEXT NOT NULL,
    chat TEXT NOT NULL,
    seq INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    PRIMARY KEY (person, chat)
  ) STRICT, WITHOUT ROWID;
`;

const chatsIn = "chat IN (SELECT value FROM json_each(?))";

/**
 * What a chat service remembers: messages and how far each person has read, in one SQLite file.
 * Every change takes the next `rev`, so "everything since rev n" is all that a window missed.
 */
export class ChatLog {
  readonly #db: Database.Database;
  #id: string;
  #rev: number;

  /**
   * @param file path, or ":memory:"
   * @throws BotError database when the file was written by another version
   */
  constructor(file: string) {
    this.#db = new Database(file);
    this.#db.pragma("journal_mode = WAL");
    this.#db.pragma("synchronous = FULL");
    // A recalled text shall not stay behind in free pages.
    this.#db.pragma("secure_delete = ON");
    const version = this.#db.pragma("user_version", { simple: true });
    if (version === 0) this.#create();
    else if (version !== SCHEMA_VERSION)
      throw new BotError("database", `${file} 是另一版本的聊天记录。请移走这个文件，再重新启动。`);
    this.#id = this.#db.prepare<[], string>("SELECT id FROM log").pluck().get() ?? "";
    this.#rev =
      this.#db
        .prepare<[], number>("SELECT max(rev) FROM (SELECT rev FROM messages UNION ALL SELECT rev FROM marks)")
        .pluck()
        .get() ?? 0;
  }

  /** Identifies this log: an id or rev of another one means nothing here. */
  get id(): string {
    return this.#id;
  }

  /** The rev of the latest change. */
  get rev(): number {
    return this.#rev;
  }

  /** Stores a message once per delivery key or client key; `fresh` is false for one that was there before. */
  add(message: NewMessage): { row: MessageRow; fresh: boolean } {
    const known = this.#db
      .prepare<[string | null, string | null], MessageRow>(
        "SELECT * FROM messages WHERE delivery_key = ? OR client_key = ?",
      )
      .get(message.delivery_key ?? null, message.client_key ?? null);
    if (known) return { row: known, fresh: false };
    const full = {
      card: null,
      kind: null,
      urgent: 0,
      mentions: "[]",
      attachments: "[]",
      reply_to: null,
      delivery_key: null,
      client_key: null,
      pending: null,
      ...message,
      id: randomUUID(),
      rev: this.#rev + 1,
    };
    const row = this.#db
      .prepare<[typeof full], MessageRow>(
        `INSERT INTO messages
           (id, rev, chat, at, author, state, text, card, kind, urgent, mentions, attachments, reply_to, delivery_key, client_key, pending)
         VALUES
           (:id, :rev, :chat, :at, :author, :state, :text, :card, :kind, :urgent, :mentions, :attachments, :reply_to, :delivery_key, :client_key, :pending)
         RETURNING *`,
      )
      .get(full) as MessageRow;
    this.#rev = row.rev;
    return { row, fresh: true };
  }

  byId(id: string): MessageRow | undefined {
    return this.#db.prepare<[string], MessageRow>("SELECT * FROM messages WHERE id = ?").get(id);
  }

  /** Replaces the card of a message of the bot; undefined when there is none with this id. */
  edit(id: string, card: string, text: string, at: Instant): MessageRow | undefined {
    return this.#change(
      "UPDATE messages SET card = ?, text = ?, edited_at = ?, rev = ? WHERE id = ? AND card IS NOT NULL",
      [card, text, at],
      id,
    );
  }

  /** Marks a message of the bot as urgent. */
  urge(id: string): MessageRow | undefined {
    return this.#change("UPDATE messages SET urgent = 1, rev = ? WHERE id = ? AND card IS NOT NULL", [], id);
  }

  /** Takes a person's message back: its content is removed, its place stays. */
  recall(id: string): MessageRow | undefined {
    const row = this.#change(
      `UPDATE messages SET state = 'recalled', text = NULL, attachments = '[]', pending = 'recall', rev = ?
       WHERE id = ? AND state <> 'recalled'`,
      [],
      id,
    );
    // Nor in the write-ahead log.
    if (row) this.#db.pragma("wal_checkpoint(TRUNCATE)");
    return row;
  }

  #change(sql: string, values: (string | number)[], id: string): MessageRow | undefined {
    const rev = this.#rev + 1;
    const row = this.#db.prepare<unknown[], MessageRow>(`${sql} RETURNING *`).get(...values, rev, id);
    if (row) this.#rev = rev;
    return row;
  }

  /** The newest messages of a chat before a seq, oldest first. */
  page(chat: ChatId, before: number, limit: number): MessageRow[] {
    return this.#db
      .prepare<[string, number, number], MessageRow>(
        "SELECT * FROM messages WHERE chat = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
      )
      .all(chat, before, limit)
      .reverse();
  }

  /** Messages of these chats that changed after a rev, in the order of change. */
  changedSince(chats: ChatId[], rev: number, limit: number): MessageRow[] {
    return this.#db
      .prepare<[string, number, number], MessageRow>(
        `SELECT * FROM messages WHERE ${chatsIn} AND rev > ? ORDER BY rev LIMIT ?`,
      )
      .all(JSON.stringify(chats), rev, limit);
  }

  /** Moves a read mark forward. Returns where it stood, or undefined when it already stood there or further. */
  mark(person: string, chat: ChatId, seq: number): { from: number } | undefined {
    const from = this.#markOf(person, chat);
    if (seq <= from) return undefined;
    this.#rev += 1;
    this.#db
      .prepare("INSERT OR REPLACE INTO marks (person, chat, seq, rev) VALUES (?, ?, ?, ?)")
      .run(person, chat, seq, this.#rev);
    return { from };
  }

  #markOf(person: string, chat: ChatId): number {
    return (
      this.#db
        .prepare<[string, string], number>("SELECT seq FROM marks WHERE person = ? AND chat = ?")
        .pluck()
        .get(person, chat) ?? 0
    );
  }

  marks(chat: ChatId): MarkRow[] {
    return this.#db.prepare<[string], MarkRow>("SELECT person, chat, seq FROM marks WHERE chat = ?").all(chat);
  }

  marksSince(chats: ChatId[], rev: number): MarkRow[] {
    return this.#db
      .prepare<[string, number], MarkRow>(`SELECT person, chat, seq FROM marks WHERE ${chatsIn} AND rev > ?`)
      .all(JSON.stringify(chats), rev);
  }

  /** Ids of the bot's messages of a chat after one seq up to another. */
  botMessages(chat: ChatId, after: number, upTo: number): string[] {
    return this.#db
      .prepare<[string, number, number], string>(
        "SELECT id FROM messages WHERE chat = ? AND author IS NULL AND seq > ? AND seq <= ? ORDER BY seq",
      )
      .pluck()
      .all(chat, after, upTo);
  }

  /** How many messages of others a person has not read, and whether one of them mentions this person. */
  unread(person: string, chat: ChatId): { count: number; mentioned: boolean } {
    const row = this.#db
      .prepare<[string, string, number, string], { count: number; mentioned: number | null }>(
        `SELECT count(*) AS count, max(EXISTS (SELECT 1 FROM json_each(mentions) WHERE value = ?)) AS mentioned
         FROM messages WHERE chat = ? AND seq > ? AND author IS NOT ? AND state <> 'recalled'`,
      )
      .get(person, chat, this.#markOf(person, chat), person);
    return { count: row?.count ?? 0, mentioned: row?.mentioned === 1 };
  }

  /** Messages whose event has not been handled: the process ended in between. */
  pending(): MessageRow[] {
    return this.#db.prepare<[], MessageRow>("SELECT * FROM messages WHERE pending IS NOT NULL ORDER BY seq").all();
  }

  settle(id: string, what: "message" | "recall"): void {
    this.#db.prepare("UPDATE messages SET pending = NULL WHERE id = ? AND pending = ?").run(id, what);
  }

  /** Forgets everything and becomes another log. */
  clear(): void {
    this.#db.exec("DROP TABLE log; DROP TABLE messages; DROP TABLE marks;");
    this.#create();
    this.#id = this.#db.prepare<[], string>("SELECT id FROM log").pluck().get() ?? "";
    this.#rev = 0;
  }

  #create(): void {
    this.#db.transaction(() => {
      this.#db.exec(SCHEMA);
      this.#db.prepare("INSERT INTO log (id) VALUES (?)").run(randomUUID().slice(0, 8));
      this.#db.pragma(`user_version = ${SCHEMA_VERSION}`);
    })();
  }

  close(): void {
    this.#db.close();
  }
}
