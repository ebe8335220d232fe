import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { Migrator } from "kysely/migration";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Case } from "#core/case/case.ts";
import { mergeCases } from "#core/case/merge.ts";
import { openCase } from "#core/case/open.ts";
import { record } from "#core/case/record.ts";
import { findSimilar } from "#core/case/similar.ts";
import { takeReport } from "#core/case/take-report.ts";
import type { CaseQuery, Store } from "#core/store.ts";
import { HOUR, type Instant } from "#core/time.ts";
import { openStore } from "#src/runtime.ts";
import { verifyFile } from "#src/store/inspect.ts";
import { up as initial } from "#src/store/migrations/0001-initial.ts";
import { up as seals } from "#src/store/migrations/0002-seals.ts";
import { openSqlite } from "#src/store/sqlite.ts";
import { exampleOffice } from "../support/office.ts";
import { at } from "../support/time.ts";

const NOW = at("11-20 09:00");
const office = exampleOffice();
const DIALECTS = [{ name: "SQLite", url: (folder: string) => `sqlite:${join(folder, "huiying.db")}` }];

describe.each(DIALECTS)("the search index on $name", ({ url }) => {
  let folder: string;
  let store: Store;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "huiying-search-"));
    store = await openStore(url(folder));
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (text: string, now: Instant = NOW, more: { withheld?: true } = {}): Promise<Case> => {
    const { input } = takeReport({ text, at: now, from: "王晓梅", attachments: 0 }, office);
    const origin = { kind: "group", name: "青岩县舆情值班群" } as const;
    const actor = { name: "王晓梅", known: true };
    return store.write((tx) => openCase(tx, { ...input, origin, ...more }, undefined, actor, { office, now }));
  };
  const found = async (query: CaseQuery): Promise<string[]> => {
    const cases = await store.cases(query);
    expect(await store.countCases(query)).toBe(cases.length);
    return cases.map((c) => c.id.slice(-3)).sort();
  };

  describe("finds", () => {
    test("words of two characters, and any run of a longer one", async () => {
      await open("幸福里小区停水,物业没贴通知");
      expect(await found({ words: ["停水"] })).toEqual(["001"]);
      expect(await found({ words: ["福里小"] })).toEqual(["001"]);
      expect(await found({ words: ["停水", "通知"] })).toEqual(["001"]);
      expect(await found({ words: ["停水", "停电"] })).toEqual([]);
      expect(await found({ words: ["水停"] })).toEqual([]);
    });

    test("roads by code from their beginning, whatever the case of letters", async () => {
      await open("石门镇S216线货车侧翻");
      expect(await found({ words: ["s216"] })).toEqual(["001"]);
      expect(await found({ words: ["S21"] })).toEqual(["001"]);
      expect(await found({ words: ["S216线"] })).toEqual(["001"]);
    });

    test("numbers, units and what a supplement added; other conditions hold besides", async () => {
      const c = await open("幸福里停水,县水务局");
      const text = "补充：消防车送水";
      const patch = { summary: `${c.report.summary}\n${text}` };
      const context = { office, now: NOW };
      await store.write((tx) => record(tx, c, [{ type: "supplemented", by: "王晓梅", at: NOW, text, patch }], context));
      for (const word of ["-001", "20261120-001", "水务局", "送水"])
        expect(await found({ words: [word] })).toEqual(["001"]);
      expect(await found({ words: ["送水"], open: false })).toEqual([]);
    });

    test("a page by any form of its link", async () => {
      await open("幸福里停水 https://www.example.cn/a/1?utm_source=x");
      expect(await found({ link: "http://m.example.cn/a/1/" })).toEqual(["001"]);
      expect(await found({ link: "http://m.example.cn/a/2/" })).toEqual([]);
      expect(await found({ link: "no address" })).toEqual([]);
    });
  });

  describe("finds nothing", () => {
    test("by an account, because a private one may not be searched", async () => {
      await open("抖音用户@路边小店老板 发视频称幸福里停水");
      expect(await found({ words: ["停水"] })).toEqual(["001"]);
      expect(await found({ words: ["路边小店"] })).toEqual([]);
    });

    test("of a case whose content is withheld", async () => {
      await open("幸福里停水", NOW, { withheld: true });
      expect(await found({ words: ["停水"] })).toEqual([]);
      expect(await found({})).toEqual(["001"]);
    });

    test("by signs, however they would read as a query", async () => {
      await open("幸福里停水");
      for (const word of ['"', "*", "(", "' or 1=1 --", 'terms : "停水"', "停水 OR 停电", "^停水", "-"])
        await expect(found({ words: [word] })).resolves.toBeInstanceOf(Array);
      expect(await found({ words: ["*"] })).toEqual([]);
      expect(await found({ words: ["停电 OR 停水"] })).toEqual([]);
    });
  });

  describe("tells of likely duplicates", () => {
    const similar = async (text: string, now = NOW + HOUR): Promise<string[]> => {
      const { input } = takeReport({ text, at: now, from: "孙浩", attachments: 0 }, office);
      const asked = { id: "YQ-990121-20261130-999", state: "reported" as const, parts: [], receivedAt: now, ...input };
      return (await findSimilar(store, asked, office)).map((s) => s.id.slice(-3));
    };

    test("by link whatever the age, by place and words within 72 hours", async () => {
      await open("幸福里小区停水,老人提水上楼 https://v.douyin.com/a/");
      expect(await similar("幸福里小区停水")).toEqual(["001"]);
      expect(await similar("幸福里小区停水", NOW + 73 * HOUR)).toEqual([]);
      expect(await similar("看看这个 https://v.douyin.com/a", NOW + 73 * HOUR)).toEqual(["001"]);
    });

    test("with words that no report before had in common with it, when the happening is one", async () => {
      await open("解放路商铺凌晨起火");
      expect(await similar("昨晚解放路一排门面着火,火势很大")).toEqual(["001"]);
    });

    test("not of closed, merged or withheld ones", async () => {
      const first = await open("幸福里小区停水 https://v.douyin.com/a/");
      const second = await open("幸福里小区停水");
      await open("幸福里小区停水", NOW, { withheld: true });
      const cases = { source: second, target: first };
      const actor = { name: "周敏", known: true };
      await store.write((tx) => mergeCases(tx, cases, "同一事件", actor, { office, now: NOW }));
      expect(await similar("幸福里小区停水")).toEqual(["001"]);
      const closed = await store.case(first.id);
      if (!closed) throw new Error("no case");
      const end = { type: "filedOnly", by: "周敏", at: NOW, reason: "已答复" } as const;
      await store.write((tx) => record(tx, closed, [end], { office, now: NOW }));
      expect(await similar("幸福里小区停水 https://v.douyin.com/a/")).toEqual([]);
      expect(await found({ words: ["停水"] })).toEqual(["001", "002"]);
    });

    test("also when the newest cases are about something else", async () => {
      await open("幸福里小区停水");
      for (let i = 0; i < 30; i++) await open(`县第${"一二三四五六七八九十"[i % 10]}中学食堂饭菜发霉`);
      expect(await similar("幸福里小区停水三天了")).toEqual(["001"]);
    });
  });

  test("a merge leaves two whole chains, and each names the other case", async () => {
    const first = await open("幸福里小区停水");
    const second = await open("幸福里小区停水");
    const actor = { name: "周敏", known: true };
    const cases = { source: second, target: first };
    await store.write((tx) => mergeCases(tx, cases, "同一事件", actor, { office, now: NOW, cause: "press-1" }));
    expect((await store.history(second.id)).at(-1)?.event).toMatchObject({ type: "merged", into: first.id });
    expect((await store.history(first.id)).at(-1)?.event).toMatchObject({ type: "absorbed", from: second.id });
    await store.close();
    expect(await verifyFile(join(folder, "huiying.db"))).toMatchObject({ cases: 2, events: 4 });
    expect((await verifyFile(join(folder, "huiying.db"))).broken).toBeUndefined();
    store = await openStore(url(folder));
  });

  test("neither case changes when one of them cannot", async () => {
    const first = await open("幸福里小区停水");
    const second = await open("幸福里小区停水");
    const stale = { ...first, version: 0 };
    const cases = { source: second, target: stale };
    const actor = { name: "周敏", known: true };
    const merging = store.write((tx) => mergeCases(tx, cases, "同一事件", actor, { office, now: NOW }));
    await expect(merging).rejects.toThrow(/changed meanwhile/);
    expect((await store.case(second.id))?.state).toBe("reported");
    expect(await found({ words: ["停水"], open: true })).toEqual(["001", "002"]);
  });

  test("a database of the version before is indexed when it is opened", async () => {
    await open("幸福里停水 https://v.douyin.com/a/");
    await store.close();
    const older = join(folder, "older.db");
    const { db } = openSqlite(older);
    const getMigrations = async () => ({ "0001-initial": { up: initial }, "0002-seals": { up: seals } });
    await new Migrator({ db, provider: { getMigrations } }).migrateToLatest();
    await sql`attach ${join(folder, "huiying.db")} as now`.execute(db);
    await sql`insert into cases select * from now.cases`.execute(db);
    await db.destroy();
    store = await openStore(`sqlite:${older}`);
    expect(await found({ words: ["停水"] })).toEqual(["001"]);
    expect(await found({ link: "https://v.douyin.com/a" })).toEqual(["001"]);
  });
});
