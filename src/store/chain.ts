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
}

/**
 * The hash of one event: over its place, its author and the digest of its payload, not the payload itself, so that a payload
 * can be erased by law and the chain stays valid.
 */
export function linkHash(l: Link): string {
  return sha256([l.prev, l.caseId, l.seq, l.at, l.type, l.actor, l.digest].join("\n"));
}
