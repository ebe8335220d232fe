import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Evidence } from "#core/case/evidence.ts";
import type { Store } from "#core/store.ts";
import { MINUTE } from "#core/time.ts";
import { openStore } from "#src/runtime.ts";
import { at } from "../support/time.ts";

const NOW = at("11-20 09:00");

describe("what the store keeps of evidence and of what people put right", () => {
  let store: Store;
  beforeEach(async () => {
    store = await openStore("sqlite::memory:");
  });
  afterEach(() => store.close());

  test("a case has one correction, the last; newest first", async () => {
    await store.write(async (tx) => {
      await tx.setCorrection("c1", { unit: "swj", by: "周敏", at: NOW });
      await tx.setCorrection("c2", { unit: "zjj", by: "周敏", at: NOW + 1 });
      await tx.setCorrection("c1", { unit: "zjj", by: "罗文博", at: NOW + 2 });
      await tx.setCorrection("c3", { unit: "jyj", by: "周敏", at: NOW + 3 });
      await tx.setCorrection("c3", null);
    });
    expect(await store.corrections(10)).toEqual([
      { caseId: "c1", unit: "zjj", by: "罗文博", at: NOW + 2 },
      { caseId: "c2", unit: "zjj", by: "周敏", at: NOW + 1 },
    ]);
    expect(await store.corrections(1)).toHaveLength(1);
  });

  test("steps of a word are only added, in order", async () => {
    const entry = { word: "窨井", unit: "zjj", by: "何伟", at: NOW };
    await store.write(async (tx) => {
      for (const step of ["asked", "accepted", "removed"] as const) await tx.noteWord({ ...entry, step });
    });
    expect((await store.lexicon()).map((e) => e.step)).toEqual(["asked", "accepted", "removed"]);
  });

  test("contents are found by hash, once for each case", async () => {
    await store.write(async (tx) => {
      await tx.noteContents("c2", ["a", "a", "b"]);
      await tx.noteContents("c1", ["a"]);
      await tx.noteContents("c1", ["a"]);
      await tx.noteContents("c1", []);
    });
    expect(await store.casesWithContent(["a", "x"])).toEqual([
      { sha256: "a", caseId: "c1" },
      { sha256: "a", caseId: "c2" },
    ]);
    expect(await store.casesWithContent([])).toEqual([]);
  });

  test("a picture waits for its line in its own chat, with what came after it; a question with text is none", async () => {
    const picture = (name: string): Evidence => ({
      kind: "image",
      name,
      by: "王晓梅",
      at: NOW,
      messageId: "m1",
      index: 0,
    });
    const chat = { kind: "user", name: "王晓梅" } as const;
    const question = { at: NOW, dueAt: NOW + 10 * MINUTE, chat, sender: "王晓梅", known: true, attachments: 1 };
    await store.write(async (tx) => {
      await tx.ask({ ...question, messageId: "m0", text: "有字", evidence: [picture("0.jpg")] });
      await tx.ask({ ...question, messageId: "m1", text: "", evidence: [picture("1.jpg")] });
    });
    const found = await store.write((tx) => tx.openPicture("王晓梅", chat));
    expect(found?.messageId).toBe("m1");
    await store.write((tx) => tx.addToQuestion(found?.id ?? 0, [picture("2.jpg")]));
    expect(await store.write((tx) => tx.openPicture("王晓梅", chat))).toMatchObject({
      attachments: 2,
      evidence: [{ name: "1.jpg" }, { name: "2.jpg" }],
    });
    expect(await store.write((tx) => tx.openPicture("王晓梅", { kind: "group", name: "群" }))).toBeUndefined();
    expect(await store.write((tx) => tx.openPicture("孙浩", chat))).toBeUndefined();
    await store.write((tx) => tx.settleQuestion(found?.id ?? 0, "answered"));
    expect(await store.write((tx) => tx.openPicture("王晓梅", chat))).toBeUndefined();
  });
});
