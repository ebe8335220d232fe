import type { AttachmentKind } from "#core/ports.ts";
import { newKey } from "./api.ts";

/** A file that is about to be sent. Its content stays here: what goes out is its name, size and hash. */
export interface PickedFile {
  key: string;
  kind: AttachmentKind;
  name: string;
  size: number;
  /** Missing outside a secure context, where browsers do not compute it. */
  sha256?: string;
  /** Address of the picture in this window. */
  preview?: string;
  content: File;
}

/** A hash needs the whole content in memory at once. */
export const LARGEST = 200 * 1024 * 1024;
export const MOST = 20;

/** @throws Error when a file cannot be read, such as a folder that was dropped */
export function pickFiles(files: Iterable<File>): Promise<PickedFile[]> {
  return Promise.all([...files].map(pick));
}

async function pick(content: File): Promise<PickedFile> {
  const kind = kindOf(content.type);
  const sha256 = await hashOf(content);
  return {
    key: newKey(),
    kind,
    name: nameOf(content),
    size: content.size,
    content,
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(kind === "image" ? { preview: URL.createObjectURL(content) } : {}),
  };
}

async function hashOf(content: File): Promise<string | undefined> {
  const subtle: SubtleCrypto | undefined = crypto.subtle;
  const bytes = await content.arrayBuffer();
  if (subtle === undefined) return undefined;
  const digest = new Uint8Array(await subtle.digest("SHA-256", bytes));
  return [...digest].map((b) => b.toString(16).padStart(2, "0")).join("");
}

function kindOf(type: string): AttachmentKind {
  const kind = type.split("/")[0];
  return kind === "image" || kind === "video" || kind === "audio" ? kind : "file";
}

/** Every pasted picture is called image.png. */
const nameOf = ({ name, type }: File): string =>
  name === "" || /^image\.(?:png|jpe?g)$/iu.test(name) ? `截图.${type.split("/")[1] ?? "png"}` : name;

/** "128 KB" */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
