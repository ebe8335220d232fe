import { hash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Attachment } from "#core/ports.ts";
import { attachmentFiles } from "#src/attachment-files.ts";
import { type Chat, openChat } from "../support/chat.ts";

const picture = (text: string): Attachment => ({
  kind: "image",
  name: `${text}.jpg`,
  sha256: hash("sha256", text),
  content: async () => new TextEncoder().encode(text),
});

describe("an office that keeps contents", () => {
  let folder: string;
  let chat: Chat;
  const kept = (): string[] => {
    try {
      return readdirSync(join(folder, "attachments")).sort();
    } catch {
      return [];
    }
  };
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "huiying-files-"));
    chat = await openChat({ files: attachmentFiles(folder) });
  });
  afterEach(async () => {
    expect(chat.errors).toEqual([]);
    await chat.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("has them by hash beside the database, and never in it", async () => {
    await chat.says("王晓梅", "/舆情 上报 幸福里小区停水", { attach: [picture("甲乙丙")] });
    expect(kept()).toEqual([hash("sha256", "甲乙丙")]);
    expect(readFileSync(join(folder, "attachments", hash("sha256", "甲乙丙")), "utf8")).toBe("甲乙丙");
    expect(JSON.stringify(await chat.case())).not.toContain(Buffer.from("甲乙丙").toString("base64"));
  });

  test("keeps those of a picture about which it is still asked, and of later additions", async () => {
    await chat.says("王晓梅", "", { in: "dm", attach: [picture("一")] });
    await chat.says("王晓梅", "", { in: "dm", attach: [picture("二")] });
    expect(kept()).toHaveLength(2);
  });

  test("keeps nothing of talk, of refused commands, or of what is withheld", async () => {
    await chat.says("王晓梅", "午饭", { attach: [picture("午饭")] });
    await chat.says("孙浩", "/舆情 研判 001", { attach: [picture("某")] });
    await chat.says("王晓梅", "/舆情 上报 机密★ 某事", { attach: [picture("密")] });
    expect(kept()).toEqual([]);
  });

  test("taking the message back removes the content; the hash stays in the record", async () => {
    const message = await chat.says("王晓梅", "/舆情 上报 幸福里小区停水", { attach: [picture("一"), picture("二")] });
    await chat.says("王晓梅", "/舆情 补充 001 再发", { attach: [picture("二")] });
    await chat.recalls("王晓梅", message);
    expect(kept()).toEqual([hash("sha256", "二")]);
    expect((await chat.case()).evidence?.map((e) => e.name)).toEqual(["一.jpg", "二.jpg", "二.jpg"]);
  });

  test("only a hash names a file", async () => {
    const files = attachmentFiles(folder);
    await expect(files.keep("../../outside", new Uint8Array())).rejects.toThrow();
    await expect(files.forget("..")).rejects.toThrow();
  });
});
