import { BotError } from "#core/errors.ts";

type Log = (...lines: unknown[]) => void;

/** What the SDK expects of a logger. */
export interface SdkLogger {
  error: Log;
  warn: Log;
  info: Log;
  debug: Log;
  trace: Log;
}

const SAME_AGAIN = 10 * 60_000;
const LONGEST = 300;

const nothing: Log = () => {};

/** For the API client: each of its failures is thrown to the caller anyway, and its own lines show secrets and messages. */
export const silentLogger: SdkLogger = {
  error: nothing,
  warn: nothing,
  info: nothing,
  debug: nothing,
  trace: nothing,
};

/**
 * For the long connection: hands its errors on. The SDK logs whole requests and events; so objects are left out altogether,
 * and from texts goes everything that could be a secret or part of a message.
 * @param secrets never shown, wherever they stand
 */
export function reportingLogger(
  report: (error: unknown, doing: string) => void,
  secrets: readonly string[],
): SdkLogger {
  const reported = new Map<string, number>();
  const error: Log = (...lines) => {
    const text = redact(lines.flat().map(textOf).filter(Boolean).join(" "), secrets);
    // Failures of handlers are reported where they happen.
    if (!text || text.includes("invoke event failed")) return;
    const now = performance.now();
    // An outage repeats the same line at each attempt.
    if (now - (reported.get(text) ?? -SAME_AGAIN) < SAME_AGAIN) return;
    if (reported.size > 100) reported.clear();
    reported.set(text, now);
    report(new BotError("platform", text), "飞书长连接");
  };
  return { ...silentLogger, error };
}

function textOf(line: unknown): string {
  if (typeof line === "string") return line;
  return line instanceof Error ? line.message : "";
}

/** Takes secrets, tokens, parameters of addresses and quoted pieces (the JSON parser quotes what it could not read) out of a text. */
export function redact(text: string, secrets: readonly string[]): string {
  let result = text;
  for (const secret of secrets) if (secret) result = result.replaceAll(secret, "***");
  return result
    .replace(/".*"/gs, '"…"')
    .replace(/\?\S*=\S*/g, "?…")
    .replace(/\b(Bearer\s+)\S+/gi, "$1***")
    .replace(/(?<![A-Za-z0-9])[a-z]-[\w.~+/=-]{8,}/g, "***")
    .slice(0, LONGEST);
}
