import { createHash } from "node:crypto";

/** SHA-256, hex. */
export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The link before the first event of a case. */
export const GENESIS = "0".repeat(64);

export interface Link {
  caseId: string;
  seq: number;
  at: number;
  type: string;
  actor: string;
  digest: string;
  prev: string;
  /** Inbox event that caused it. */
  cause: string | null;
  /** Digest of the case's row after this event; null where more events of the same change follow. */
  state: string | null;
}

/**
 * The hash of one event: over its place, its author, its cause, the digest of its payload and the digest of the row it led to;
 * not the payload itself, so that a payload can be erased by law and the chain stays valid.
 */
export function linkHash(l: Link): string {
  return sha256(JSON.stringify([l.prev, l.caseId, l.seq, l.at, l.type, l.actor, l.digest, l.cause, l.state]));
}

/** What a case looks like to lists and clocks; the chain vouches for it, so that an edited row is found. */
export interface SealedRow {
  id: string;
  day: string;
  no: number;
  state: string;
  open: number;
  title: string;
  version: number;
  received_at: number;
  closed_at: number | null;
  next_due_at: number | null;
  units: string;
  data: string;
}

/**
 * The digest of a case's row. Columns that a later migration adds are not part of it. A lawful erasure that reaches into the row
 * is an event like any other change: it seals the row anew.
 */
export function rowDigest(r: SealedRow): string {
  const numbers = [r.no, r.open, r.version, r.received_at, r.closed_at, r.next_due_at];
  // PostgreSQL hands out 64-bit numbers as text.
  const plain = numbers.map((n) => (n === null ? null : Number(n)));
  return sha256(JSON.stringify([r.id, r.day, r.state, r.title, r.units, r.data, ...plain]));
}

/** The digest by which a case names the rule set it froze: the same rules have the same digest on every day. */
export const ruleSetDigest = (rules: object): string => sha256(JSON.stringify({ ...rules, on: "" })).slice(0, 32);

/** Characters handed to the hash at once: a call for every head would cost more than the hashing. */
const CHUNK = 64 * 1024;

/** The hash over all chain heads, in order of case number: "number head" a line. */
export function headsHash(heads: Iterable<{ id: string; head: string }>): string {
  const hash = createHash("sha256");
  let text = "";
  let separator = "";
  for (const { id, head } of heads) {
    text += `${separator}${id} ${head}`;
    separator = "\n";
    if (text.length < CHUNK) continue;
    hash.update(text);
    text = "";
  }
  return hash.update(text).digest("hex");
}
