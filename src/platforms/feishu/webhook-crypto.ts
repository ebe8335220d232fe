import { createDecipheriv, createHash, timingSafeEqual } from "node:crypto";

const IV_BYTES = 16;

/** Headers of a request that say who sent it. */
export interface Signature {
  /** Seconds. */
  timestamp: string;
  nonce: string;
  /** SHA-256, hex. */
  signature: string;
}

/** Does the signature belong to this body, byte by byte as it came? */
export function isSigned(raw: Uint8Array, { timestamp, nonce, signature }: Signature, key: string): boolean {
  const expected = createHash("sha256").update(timestamp).update(nonce).update(key).update(raw).digest("hex");
  return sameText(expected, signature);
}

/** AES-256-CBC; base64 of the initial vector and the text. @returns undefined when it was not encrypted with this key */
export function decrypt(encrypted: string, key: string): string | undefined {
  const bytes = Buffer.from(encrypted, "base64");
  try {
    const secret = createHash("sha256").update(key).digest();
    const decipher = createDecipheriv("aes-256-cbc", secret, bytes.subarray(0, IV_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES)), decipher.final()]).toString();
  } catch {
    return undefined;
  }
}

/** Compares in a time that does not depend on where the two differ. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
