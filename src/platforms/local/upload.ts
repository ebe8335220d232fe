import { createHash } from "node:crypto";
import type { Context } from "hono";
import type { z } from "zod";
import { BotError } from "#core/errors.ts";
import type { Attachment } from "#core/ports.ts";
import type { Draft } from "./room.ts";

type Body = Omit<Draft, "attachments"> & {
  attachments: (Pick<Attachment, "kind" | "name"> & { size?: number | undefined; sha256?: string | undefined })[];
};

/**
 * Reads a message: as JSON, or, where contents are kept, as a form whose part `message` is that JSON and whose parts `file` are
 * the contents in the same order. What a content is, is decided here and not by what the browser says.
 * @throws BotError bad-input
 */
export async function readDraft(c: Context, schema: z.ZodType<Body>): Promise<Draft> {
  if (!c.req.header("Content-Type")?.startsWith("multipart/form-data"))
    return draftOf(schema.parse(await c.req.json()));
  const form = await c.req.formData();
  const message = form.get("message");
  const body = schema.parse(typeof message === "string" ? JSON.parse(message) : undefined);
  const files = form.getAll("file").filter((part) => part instanceof File);
  if (files.length !== body.attachments.length) throw new BotError("bad-input", "附件没有传完整，请重新选择后再发。");
  const contents = await Promise.all(files.map(async (file) => new Uint8Array(await file.arrayBuffer())));
  const draft = draftOf(body);
  const attachments = draft.attachments.map((a, i): Attachment => {
    const content = contents[i] ?? new Uint8Array();
    const sha256 = createHash("sha256").update(content).digest("hex");
    return { ...a, size: content.length, sha256, content: async () => content };
  });
  return { ...draft, attachments };
}

const draftOf = ({ attachments, ...body }: Body): Draft => ({
  ...body,
  attachments: attachments.map(({ size, sha256, ...a }) => ({
    ...a,
    ...(size === undefined ? {} : { size }),
    ...(sha256 === undefined ? {} : { sha256 }),
  })),
});
