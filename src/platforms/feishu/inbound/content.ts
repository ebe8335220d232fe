import { z } from "zod";
import { kindOfFile } from "#core/case/evidence.ts";
import type { Attachment } from "#core/ports.ts";
import { isFileKey } from "../ids.ts";

/** What a message says, places of mentions still in it. */
export interface Content {
  text: string;
  attachments: Attachment[];
}

const Text = z.object({ text: z.string() });
const Image = z.object({ image_key: z.string() });
const File = z.object({ file_key: z.string(), file_name: z.string().catch("") });
const Recording = File.extend({ duration: z.coerce.number().nonnegative().catch(0) });
const Piece = z.object({
  tag: z.string(),
  text: z.string().optional().catch(undefined),
  href: z.string().optional().catch(undefined),
  user_id: z.string().optional().catch(undefined),
  image_key: z.string().optional().catch(undefined),
  file_key: z.string().optional().catch(undefined),
  file_name: z.string().optional().catch(undefined),
});
type Piece = z.infer<typeof Piece>;
const Pieces = z.array(z.array(Piece.catch({ tag: "unknown" })));
/** A post stands under `content`, a card that was passed on under `elements`. */
const Post = z.object({
  title: z.string().nullish(),
  content: Pieces.optional().catch(undefined),
  elements: Pieces.optional().catch(undefined),
});

/**
 * Reads the content of a message; undefined when it says nothing that could be a report, such as a sticker.
 * @param messageId the message itself is the reference to a forwarded record
 */
export function readContent(type: string, content: string, messageId: string): Content | undefined {
  const said = (text: string, ...attachments: Attachment[]): Content => ({ text, attachments });
  const body = parsed(content);
  switch (type) {
    case "text": {
      const text = Text.safeParse(body).data?.text;
      return text === undefined ? undefined : said(text);
    }
    case "post":
      return readPost(body);
    case "image":
      return one(Image.safeParse(body).data, (d) => said("", byKey("image", "图片", d.image_key)));
    case "file":
      return one(File.safeParse(body).data, (d) =>
        said("", byKey(kindOfFile(d.file_name), d.file_name || "文件", d.file_key)),
      );
    case "audio":
      return one(Recording.safeParse(body).data, (d) =>
        said("", byKey("audio", lasting("语音", d.duration), d.file_key)),
      );
    case "media":
      return one(Recording.safeParse(body).data, (d) =>
        said("", byKey("video", d.file_name || lasting("视频", d.duration), d.file_key)),
      );
    case "merge_forward":
      return said("", { kind: "forward", name: "聊天记录", ref: messageId });
    case "interactive":
      return readCard(body);
    case "share_chat":
      return said("[群名片]");
    case "share_user":
      return said("[个人名片]");
    default:
      return undefined;
  }
}

/** Like a line of a chat record: what a message in it says, with a word for what is no text. */
export function lineOf(type: string, content: string): string {
  const read = readContent(type, content, "");
  if (!read) return "";
  const files = read.attachments.map((a) => (a.lines ? a.lines.map((l) => l.text).join("\n") : `[${a.name}]`));
  return [read.text, ...files].filter(Boolean).join("\n");
}

const one = <T>(data: T | undefined, take: (data: T) => Content): Content | undefined =>
  data === undefined ? undefined : take(data);

/** A key in a wrong shape is kept from becoming part of an address: the name alone is left. */
const byKey = (kind: Attachment["kind"], name: string, key: string): Attachment =>
  isFileKey(key) ? { kind, name, ref: key } : { kind, name, note: "原件无法取得" };

const lasting = (what: string, ms: number): string => (ms > 0 ? `${what}(${Math.ceil(ms / 1000)}秒)` : what);

function readPost(body: unknown): Content | undefined {
  const post = Post.safeParse(body).data;
  if (!post) return undefined;
  const lines = (post.content ?? []).map((line) => line.map(written).join(""));
  const attachments = (post.content ?? []).flat().flatMap((p): Attachment[] => {
    if (p.tag === "img" && p.image_key !== undefined) return [byKey("image", "图片", p.image_key)];
    return p.tag === "media" && p.file_key !== undefined ? [byKey("video", p.file_name || "视频", p.file_key)] : [];
  });
  const text = [post.title ?? "", ...lines].filter((line) => line.trim() !== "").join("\n");
  return { text, attachments };
}

/** A card that somebody passed on: read as quoted words, never as a command of the person who passes it on. */
function readCard(body: unknown): Content | undefined {
  const card = Post.safeParse(body).data;
  const lines = (card?.elements ?? []).map((line) => line.map(written).join("")).filter((line) => line.trim() !== "");
  const text = [card?.title ?? "", ...lines].filter(Boolean).join("\n");
  if (text === "") return undefined;
  return { text: "", attachments: [{ kind: "forward", name: "卡片", lines: [{ from: "卡片", text }] }] };
}

function written({ tag, text = "", href, user_id }: Piece): string {
  if (tag === "at") return user_id === "all" ? "@_all" : (user_id ?? "");
  if (tag === "a" && href !== undefined && href !== text) return `${text} ${href} `;
  return tag === "hr" ? "\n" : text;
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
