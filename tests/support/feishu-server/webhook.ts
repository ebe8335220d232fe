import { createCipheriv, hash, randomBytes } from "node:crypto";
import { type Json, newId, parseJson } from "./model.ts";

export interface WebhookOptions {
  /** Encrypts and signs; empty: neither. */
  encryptKey: string;
  /** Milliseconds. */
  now: number;
  /** Spoils the request after it was signed. */
  tamper?: "signature" | "body" | "timestamp";
}

export interface WebhookAnswer {
  /** HTTP status. */
  status: number;
  /** Parsed body, undefined when it is no JSON. */
  body: unknown;
}

const sha256 = (text: string): Buffer => hash("sha256", text, "buffer");

function encrypted(payload: Json, key: string): Json {
  const iv = randomBytes(16);
  const cipher = createCipheriv("aes-256-cbc", sha256(key), iv);
  const bytes = [iv, cipher.update(JSON.stringify(payload)), cipher.final()];
  return { encrypt: Buffer.concat(bytes).toString("base64") };
}

/** Posts one event to a URL, as the service does for an app with a public address. @throws on a broken connection */
export async function postEvent(url: string, payload: Json, options: WebhookOptions): Promise<WebhookAnswer> {
  const { encryptKey, now, tamper } = options;
  const body = JSON.stringify(encryptKey === "" ? payload : encrypted(payload, encryptKey));
  const timestamp = String(Math.floor(now / 1000));
  const nonce = newId.event();
  const signature = sha256(`${timestamp}${nonce}${encryptKey}${body}`).toString("hex");
  const signed = {
    "X-Lark-Request-Timestamp": tamper === "timestamp" ? String(Number(timestamp) - 3600) : timestamp,
    "X-Lark-Request-Nonce": nonce,
    "X-Lark-Signature": tamper === "signature" ? signature.replaceAll(/./g, "0") : signature,
  };
  const response = await fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { "Content-Type": "application/json; charset=utf-8", ...(encryptKey === "" ? {} : signed) },
    body: tamper === "body" ? body.replace(/.(?=["}]+$)/, "A") : body,
    signal: AbortSignal.timeout(3_000),
  });
  return { status: response.status, body: parseJson(await response.text()) };
}
