import { z } from "zod";
import { BotError } from "#core/errors.ts";
import { type Instant, MINUTE } from "#core/time.ts";
import type { FeishuOptions } from "./options.ts";
import { decrypt, isSigned, sameText } from "./webhook-crypto.ts";

const LONGEST_BODY = 1024 * 1024;
const FRESH = 5 * MINUTE;

interface WebhookDeps {
  options: FeishuOptions;
  /** The decrypted body, as it would come over the long connection; the answer goes back to the platform. */
  handle: (body: unknown) => Promise<unknown>;
  now: () => Instant;
}

const Encrypted = z.object({ encrypt: z.string().min(1) });
const Challenge = z.object({ type: z.literal("url_verification"), challenge: z.string(), token: z.string() });
const Event = z.object({ header: z.object({ app_id: z.string(), token: z.string() }) });

/**
 * Receives events at an address that anybody can reach. The SDK's own check is not used: it takes old requests, never looks at
 * the verification token, and answers 200 to what it refuses. Whatever is wrong gets the same answer.
 * @throws BotError bad-config without the keys
 */
export function webhookRoute({ options, handle, now }: WebhookDeps): (request: Request) => Promise<Response> {
  const { appId, encryptKey, verificationToken } = options;
  if (!encryptKey || !verificationToken) {
    throw new BotError("bad-config", "用回调地址接收事件需要 FEISHU_ENCRYPT_KEY 和 FEISHU_VERIFICATION_TOKEN。");
  }

  const read = (raw: Uint8Array): unknown => {
    const outer = Encrypted.safeParse(json(new TextDecoder().decode(raw))).data;
    // Plain text is refused: only what is encrypted shows that the sender knows the key.
    return outer && json(decrypt(outer.encrypt, encryptKey));
  };
  const isFresh = (seconds: string): boolean =>
    /^\d{1,12}$/.test(seconds) && Math.abs(now() - Number(seconds) * 1000) < FRESH;

  return async (request) => {
    if (request.method !== "POST") return new Response(null, { status: 405 });
    const raw = await limitedBody(request);
    if (!raw) return new Response(null, { status: 413 });
    const body = read(raw);

    // The console's question whether the address is ours need not be signed; encryption and token say who asks.
    const challenge = Challenge.safeParse(body).data;
    if (challenge) {
      if (!sameText(challenge.token, verificationToken)) return refused();
      return Response.json({ challenge: challenge.challenge });
    }

    const signature = {
      timestamp: request.headers.get("x-lark-request-timestamp") ?? "",
      nonce: request.headers.get("x-lark-request-nonce") ?? "",
      signature: request.headers.get("x-lark-signature") ?? "",
    };
    const header = Event.safeParse(body).data?.header;
    const genuine =
      isSigned(raw, signature, encryptKey) &&
      isFresh(signature.timestamp) &&
      header !== undefined &&
      sameText(header.token, verificationToken) &&
      header.app_id === appId;
    if (!genuine) return refused();
    try {
      const answer = await handle(body);
      // The dispatcher says of unknown types in a sentence that it has no handler: nothing for the platform.
      return Response.json(typeof answer === "object" && answer !== null ? answer : {});
    } catch {
      // Already reported; the platform delivers the event again.
      return new Response(null, { status: 500 });
    }
  };
}

const refused = (): Response => new Response(null, { status: 401 });

function json(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @returns undefined for a body that is too long: it is not read to its end */
async function limitedBody(request: Request): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body ?? []) {
    length += part.byteLength;
    if (length > LONGEST_BODY) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
