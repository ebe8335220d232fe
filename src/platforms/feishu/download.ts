import { Readable } from "node:stream";
import { z } from "zod";
import type { FeishuCalls } from "./calls.ts";
import { FeishuError, feishuError, refusal } from "./errors.ts";
import { mustFileKey, mustMessageId } from "./ids.ts";

export interface Resource {
  stream: Readable;
  /** As the sender's device named it. */
  name?: string;
  /** Bytes, as announced. */
  size?: number;
}

const LONGEST_REFUSAL = 64 * 1024;

/** Opens the content of a message. The SDK's own method cannot tell what a refusal says, since that comes as a stream too. */
export async function resource(
  calls: FeishuCalls,
  asked: { messageId: string; fileKey: string; type: "image" | "file" },
): Promise<Resource> {
  const path = `/open-apis/im/v1/messages/${mustMessageId(asked.messageId)}/resources/${mustFileKey(asked.fileKey)}`;
  return calls.run(async (token) => {
    const { data: stream, status, headers } = await calls.download(path, { type: asked.type }, token);
    if (!(stream instanceof Readable)) throw new FeishuError({ status });
    const json = String(headers["content-type"] ?? "").startsWith("application/json");
    if (status !== 200 || (json && headers["content-disposition"] === undefined)) {
      throw refusal(await readJson(stream), status, headers);
    }
    const size = z.coerce.number().int().nonnegative().safeParse(headers["content-length"]).data;
    const name = fileName(String(headers["content-disposition"] ?? ""));
    return { stream, ...(name ? { name } : {}), ...(size === undefined ? {} : { size }) };
  });
}

async function readJson(stream: Readable): Promise<unknown> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of stream) {
      const bytes = Buffer.from(part);
      length += bytes.length;
      if (length > LONGEST_REFUSAL) throw new FeishuError({});
      parts.push(bytes);
    }
  } catch (error) {
    throw feishuError(error);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString());
  } catch {
    return undefined;
  }
}

/** RFC 6266: the encoded name where there is one, and never a path. */
function fileName(disposition: string): string | undefined {
  const encoded = /filename\*\s*=\s*utf-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename\s*=\s*(?:"([^"]*)"|([^;]+))/i.exec(disposition);
  const name = decoded(encoded ?? plain?.[1] ?? plain?.[2] ?? "").trim();
  return name.split(/[\\/]/).at(-1) || undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
