import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Case } from "#core/case/case.ts";
import { openCase } from "#core/case/open.ts";
import { takeReport } from "#core/case/take-report.ts";
import type { Account } from "#core/ports.ts";
import type { Outgoing, Store, Tx } from "#core/store.ts";
import { HOUR, MINUTE } from "#core/time.ts";
import { openStore } from "#src/runtime.ts";
import { REPORTS } from "../support/desk.ts";
import { exampleOffice } from "../support/office.ts";
import { at } from "../support/time.ts";

const NOW = at("11-20 09:00");
const office = exampleOffice();

/** One suite over every implementation; a new one adds a line. `again` opens the same database anew, where that means anything. */
const IMPLEMENTATIONS = [
  { name: "SQLite in memory", url: () => "sqlite::memory:", durable: false },
  { name: "SQLite file", url: (folder: string) => `sqlite:${join(folder, "huiying.db")}`, durable: true },
];

describe.each(IMPLEMENTATIONS)("$name", ({ url, durable }) => {
  let folder: string;
  let store: Store;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "huiying-store-"));
    store = await openStore(url(folder));
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (tx: Tx, now = NOW): Promise<Case> => {
    const { input: taken } = takeReport({ text: REPORTS.water, at: now, from: "王晓梅", attachments: 0 }, office);
    const input = { ...taken, origin: { kind: "group", name: "青岩县舆情值班群" } as const };
    return openCase(tx, input, undefined, { name: "王晓梅", known: true }, { office, now });
  };
  const message = (key: string, more: Partial<Outgoing> = {}): Outgoing => ({
    key,
    lane: 1,
    to: { kind: "user", name: "周敏" },
    kind: "reminder",
    card: { title: key, tone: "blue", lines: [], buttons: [] },
    mentions: [],
    ...more,
  });
  const entry = (id: string) => ({
    id,
    at: NOW,
    type: "message",
    chat: "group:a",
    sender: "王晓梅",
    text: "文",
    outcome: "received",
  });

  describe("writing", () => {
    test("a job that fails leaves no trace, and those around it commit", async () => {
      const jobs = ["a", "b", "c"].map((key) =>
        store.write(async (tx) => {
          await tx.set(key, "1");
          await tx.queue([message(key)], NOW);
          if (key === "b") throw new Error("no");
          return key;
        }),
      );
      const results = await Promise.allSettled(jobs);
      expect(results.map((r) => r.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
      expect([await store.setting("a"), await store.setting("b"), await store.setting("c")]).toEqual([
        "1",
        undefined,
        "1",
      ]);
      const queued = await store.waitingMessages(0).then((all) => store.queuedMessages(all.map((m) => m.id)));
      expect(queued.map((m) => m.key)).toEqual(["a", "c"]);
    });

    test("a database that is closed refuses, and does not try for ever", async () => {
      const gone = await openStore("sqlite::memory:");
      await gone.close();
      await expect(gone.write((tx) => tx.setting("x"))).rejects.toThrow();
    });

    test("jobs run one after another, each seeing what the one before wrote", async () => {
      const add = (): Promise<void> =>
        store.write(async (tx) => tx.set("n", String(Number((await tx.setting("n")) ?? 0) + 1)));
      await Promise.all(Array.from({ length: 150 }, add));
      expect(await store.setting("n")).toBe("150");
    });

    test("fifty reports at once get fifty numbers", async () => {
      const cases = await Promise.all(Array.from({ length: 50 }, () => store.write((tx) => open(tx))));
      expect(new Set(cases.map((c) => c.id)).size).toBe(50);
      expect(cases.map((c) => Number(c.id.slice(-3))).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 50 }, (_, i) => i + 1),
      );
    });

    test("numbers start anew each day, and go on after 999", async () => {
      await store.write((tx) => open(tx));
      expect((await store.write((tx) => open(tx, NOW + 24 * HOUR))).id).toBe("YQ-990121-20261121-001");
      const first = await store.caseByNumber("2026-11-20", 1);
      if (!first) throw new Error("no case");
      const [opened] = await store.history(first.id);
      const late = { ...first, id: "YQ-990121-20261120-999" };
      await store.write((tx) => tx.saveCase(null, late, opened ? [opened.event] : [], []));
      expect((await store.write((tx) => open(tx))).id).toBe("YQ-990121-20261120-1000");
      expect((await store.caseByNumber("2026-11-20", 1000))?.id).toBe("YQ-990121-20261120-1000");
    });
  });

  // A database in memory is gone when it is closed: these hold for files only.
  if (durable)
    describe("opened again", () => {
      test("what was committed is there", async () => {
        const { id } = await store.write((tx) => open(tx));
        await store.close();
        store = await openStore(url(folder));
        expect((await store.case(id))?.version).toBe(1);
      });

      test("the schema is brought up to date once, and again without harm", async () => {
        await store.write((tx) => tx.set("a", "1"));
        const second = await openStore(url(folder));
        expect(await second.setting("a")).toBe("1");
        await second.close();
      });
    });

  describe("cases", () => {
    test("a change against an older version is refused", async () => {
      const c = await store.write((tx) => open(tx));
      const next = { ...c, version: 2 };
      const seen = [{ type: "seen" as const, by: "张志远", at: NOW }];
      await store.write((tx) => tx.saveCase(c, next, seen, []));
      await expect(store.write((tx) => tx.saveCase(c, next, seen, []))).rejects.toThrow(/changed meanwhile/);
      expect((await store.history(c.id)).map((e) => e.seq)).toEqual([1, 2]);
    });

    test("events come back as they were written, in order", async () => {
      const c = await store.write((tx) => open(tx));
      const urged = { type: "urged" as const, by: "张志远", at: NOW + MINUTE, target: "组织协调", content: "抓紧" };
      await store.write((tx) => tx.saveCase(c, { ...c, version: 2 }, [urged], []));
      expect((await store.history(c.id)).at(-1)).toEqual({ seq: 2, event: urged });
    });

    test("are found by number, state, unit, time and words", async () => {
      const c = await store.write((tx) => open(tx));
      const count = (query: Parameters<Store["countCases"]>[0]): Promise<number> => store.countCases(query);
      expect(await store.caseByNumber("2026-11-20", 1)).toEqual(c);
      expect(await store.case("YQ-990121-20261120-002")).toBeUndefined();
      expect(await count({ state: "reported", open: true })).toBe(1);
      expect(await count({ state: "closed" })).toBe(0);
      expect(await count({ unit: "青岩县水务局" })).toBe(1);
      expect(await count({ unit: "水务局" })).toBe(0);
      expect(await count({ reporter: "王晓梅" })).toBe(await count({}));
      expect(await count({ reporter: "王晓" })).toBe(0);
      expect(await count({ from: NOW, to: NOW + 1 })).toBe(1);
      expect(await count({ from: NOW + 1 })).toBe(0);
      expect(await count({ words: ["停水", "-001"] })).toBe(1);
      expect(await count({ words: ["停水", "地震"] })).toBe(0);
      expect(await count({ words: ["' or 1=1 --"] })).toBe(0);
    });

    test("by due: the tightest first, those without a running limit last", async () => {
      const first = await store.write((tx) => open(tx, NOW + HOUR));
      const second = await store.write((tx) => open(tx, NOW));
      const third = await store.write((tx) => open(tx, NOW));
      const stopped = third.clocks.map((k) => ({ ...k, stoppedAt: NOW, outcome: "met" as const }));
      const seen = [{ type: "seen" as const, by: "张志远", at: NOW }];
      await store.write((tx) => tx.saveCase(third, { ...third, version: 2, clocks: stopped }, seen, []));
      expect((await store.cases({ open: true, byDue: true })).map((c) => c.id)).toEqual([
        second.id,
        first.id,
        third.id,
      ]);
      expect((await store.cases({ open: true, byDue: true, limit: 1 })).map((c) => c.id)).toEqual([second.id]);
    });

    test("lists of ids of any length are answered", async () => {
      const { id } = await store.write((tx) => open(tx));
      const many = [...Array.from({ length: 1200 }, (_, i) => `none-${i}`), id];
      expect([...(await store.write((tx) => tx.casesById(many))).keys()]).toEqual([id]);
    });

    test("every record changes the anchor; without one it stays", async () => {
      const anchor = () => store.write((tx) => tx.anchor("2026-11-20", NOW));
      const empty = await anchor();
      const c = await store.write((tx) => open(tx));
      const one = await anchor();
      expect(await anchor()).toEqual(one);
      await store.write((tx) => tx.saveCase(c, { ...c, version: 2 }, [{ type: "seen", by: "张志远", at: NOW }], []));
      const two = await anchor();
      expect(new Set([empty.hash, one.hash, two.hash]).size).toBe(3);
      expect([empty.events, one.events, two.events]).toEqual([0, 1, 2]);
    });
  });

  describe("inbox", () => {
    test("where a message came from, and whether it was taken back, is known by its id", async () => {
      const from = { ...entry("e1"), messageId: "m1" };
      const dm = { ...entry("e2"), messageId: "m2", chat: "private:王晓梅" };
      for (const e of [from, dm]) await store.write((tx) => tx.receive(e));
      expect(await store.received("m1")).toEqual({ chat: { kind: "group", name: "a" }, sender: "王晓梅" });
      expect(await store.received("m2")).toEqual({ chat: { kind: "user", name: "王晓梅" }, sender: "王晓梅" });
      expect(await store.isRecalled("m1")).toBe(false);
      await store.write((tx) => tx.receive({ ...entry("r1"), type: "recall", messageId: "m1" }));
      await store.write((tx) => tx.receive({ ...entry("r2"), type: "recall", messageId: "m3" }));
      expect(await store.isRecalled("m1")).toBe(true);
      expect(await store.isRecalled("m3")).toBe(true);
      expect(await store.received("m3")).toBeUndefined();
    });

    test("takes the same event once, also when it comes twice at the same time", async () => {
      const taken = await Promise.all([1, 2, 3].map(() => store.write((tx) => tx.receive(entry("e1")))));
      expect(taken.filter(Boolean)).toHaveLength(1);
    });
    test("remembers what became of it, and the case it was about", async () => {
      await store.write(async (tx) => {
        await tx.receive({ ...entry("e1"), messageId: "m1" });
        await tx.finish("e1", "已登记", "YQ-990121-20261120-001");
      });
      expect(await store.inboxOutcome("e1")).toBe("已登记");
      expect(await store.caseOfMessage("m1")).toBe("YQ-990121-20261120-001");
      expect(await store.inboxOutcome("e2")).toBeUndefined();
    });
    test("keeps any text as it is", async () => {
      for (const [i, text] of ["a\0b", "\ud83d", "👨‍👩‍👧", "' ; drop table inbox", "x".repeat(100_000)].entries())
        await store.write((tx) => tx.receive({ ...entry(`e${i}`), text }));
      expect(await store.inboxOutcome("e4")).toBe("received");
    });
    test("a question is due once, and not when it was answered", async () => {
      const q = {
        at: NOW,
        dueAt: NOW + 10 * MINUTE,
        chat: { kind: "group", name: "群" } as const,
        sender: "王晓梅",
        known: true,
        text: "文",
        attachments: 0,
      };
      await store.write(async (tx) => {
        await tx.ask({ ...q, messageId: "m1" });
        await tx.ask({ ...q, messageId: "m2" });
      });
      const due = (time: number) => store.write((tx) => tx.dueQuestions(time));
      expect(await due(NOW)).toEqual([]);
      const [first, second] = await due(NOW + 10 * MINUTE);
      expect([first?.messageId, second?.messageId]).toEqual(["m1", "m2"]);
      await store.write((tx) => tx.settleQuestion(first?.id ?? 0, "answered"));
      expect(await store.write((tx) => tx.openQuestion("m1"))).toBeUndefined();
      expect(await due(NOW + 10 * MINUTE)).toEqual([second]);
    });
  });

  describe("platforms", () => {
    const account = (name: string, id: string) =>
      ({ kind: "person", name, account: id, how: "phone", at: NOW }) as const;
    const put = (platform: string, a: Account) => store.write((tx) => tx.putAccount(platform, a));

    test("a name has one account, an account one name, and each platform its own", async () => {
      await put("feishu", account("周敏", "ou_a"));
      await put("other", account("周敏", "x"));
      await put("feishu", account("周敏", "ou_b"));
      expect(await store.accounts("feishu")).toEqual([account("周敏", "ou_b")]);
      await put("feishu", { ...account("何伟", "ou_b"), gone: NOW });
      expect(await store.accounts("feishu")).toEqual([{ ...account("何伟", "ou_b"), gone: NOW }]);
      await put("feishu", { ...account("何伟", "oc_a"), kind: "guest" });
      expect(await store.accounts("feishu")).toHaveLength(2);
      expect(await store.accounts("other")).toHaveLength(1);
    });

    test("an arrival is taken once; what is finished is forgotten, and not taken again", async () => {
      const arrival = { id: "a1", at: NOW, messageId: "m1", body: "文" };
      const take = (platform: string) => store.write((tx) => tx.takeArrival(platform, arrival));
      expect([await take("feishu"), await take("feishu"), await take("other")]).toEqual([true, false, true]);
      expect(await store.arrivals("feishu")).toEqual([arrival]);
      await store.write((tx) => tx.finishArrival("feishu", "a1"));
      expect(await store.arrivals("feishu")).toEqual([]);
      expect(await store.arrivals("other")).toHaveLength(1);
      expect(await take("feishu")).toBe(false);
    });

    test("finished arrivals are forgotten with time, but not what is said once for ever", async () => {
      const ids = ["old", "pending", "young", "greeted:ou_a", "external:oc_a", "unbound:ou_a"];
      for (const id of ids) {
        const arrival = { id, at: id === "young" ? NOW : NOW - 1, messageId: "", body: "文" };
        await store.write((tx) => tx.takeArrival("feishu", arrival));
        if (id !== "pending") await store.write((tx) => tx.finishArrival("feishu", id));
      }
      await store.write((tx) => tx.pruneArrivals(NOW));
      const again = { at: NOW, messageId: "", body: "" };
      const gone: string[] = [];
      for (const id of ids) if (await store.write((tx) => tx.takeArrival("feishu", { id, ...again }))) gone.push(id);
      expect(gone).toEqual(["old", "unbound:ou_a"]);
    });
  });

  describe("reminders", () => {
    const stage = (name: string, dueAt = NOW, who = "") => ({
      caseId: "c1", subject: "response.first" as const, limit: NOW + HOUR, stage: name, dueAt, ...(who ? { who } : {}),
    }); // biome-ignore format: one row
    const add = (...wanted: ReturnType<typeof stage>[]) => store.write((tx) => tx.addReminders(wanted));
    const due = (now: number, limit = 10) => store.write((tx) => tx.dueReminders(now, limit));

    test("exist once by case, limit and stage, whatever becomes of them", async () => {
      await add(stage("T"), stage("T"));
      await add(stage("T", NOW + HOUR));
      const [first, ...more] = await due(NOW);
      expect(more).toEqual([]);
      await store.write((tx) => tx.fireReminders([first?.id ?? 0], NOW));
      await add(stage("T"));
      expect(await due(NOW + HOUR)).toEqual([]);
    });
    test("held back for one person wait again when they are held back again", async () => {
      await add(stage("T", NOW, "沈立"));
      const [held] = await due(NOW);
      await store.write((tx) => tx.fireReminders([held?.id ?? 0], NOW));
      await add(stage("T", NOW + HOUR, "沈立"));
      expect(await due(NOW)).toEqual([]);
      expect(await due(NOW + HOUR)).toMatchObject([{ stage: "T", who: "沈立" }]);
      expect(await store.write((tx) => tx.heldReminders(["c1"]))).toHaveLength(1);
    });
    test("come due earliest first, and never before their time", async () => {
      await add(stage("T", NOW + 2), stage("T-3h", NOW), stage("T-1h", NOW + 1));
      expect((await due(NOW + 1)).map((r) => r.stage)).toEqual(["T-3h", "T-1h"]);
      expect(await store.nextReminder()).toBe(NOW);
    });
    test("of one case come due together, whatever the limit of a batch", async () => {
      await add(...["T-3h", "T-2h", "T-1h"].map((s, i) => stage(s, NOW + i)), { ...stage("T", NOW + 5), caseId: "c2" });
      expect((await due(NOW + 10, 1)).map((r) => r.stage)).toEqual(["T-3h", "T-2h", "T-1h"]);
    });
    test("cancelled are not due, and revived are", async () => {
      await add(stage("T"));
      const [one] = await due(NOW);
      await store.write((tx) => tx.cancelReminders([one?.id ?? 0]));
      expect(await due(NOW)).toEqual([]);
      expect(await store.nextReminder()).toBeUndefined();
      await store.write((tx) => tx.reviveReminders([one?.id ?? 0]));
      expect(await due(NOW)).toHaveLength(1);
    });
    test("that were claimed in vain are due again a minute later, and overdue since their own time", async () => {
      await add(stage("T"));
      const [one] = await due(NOW);
      await store.write((tx) => tx.fireReminders([one?.id ?? 0], NOW));
      await store.write((tx) => tx.reviveReminders([one?.id ?? 0]));
      expect(await due(NOW + MINUTE - 1)).toEqual([]);
      expect(await due(NOW + MINUTE)).toMatchObject([{ stage: "T", dueAt: NOW }]);
      expect(await store.write((tx) => tx.overdueReminders(NOW + 1))).toBe(1);
    });
    test("that are overdue are counted", async () => {
      await add(stage("T"));
      expect(await store.write((tx) => tx.overdueReminders(NOW))).toBe(0);
      expect(await store.write((tx) => tx.overdueReminders(NOW + 1))).toBe(1);
    });
  });

  describe("outbox", () => {
    const queue = (...messages: Outgoing[]) => store.write((tx) => tx.queue(messages, NOW));
    const waiting = async () => {
      const all = await store.waitingMessages(0);
      return store.queuedMessages(all.map((m) => m.id));
    };

    test("a key stands for one message for ever", async () => {
      await queue(message("k"), message("k"));
      const [one, ...more] = await waiting();
      expect(more).toEqual([]);
      await store.write((tx) => tx.markSent(one?.id ?? 0, "m1", NOW));
      await queue(message("k"));
      expect(await waiting()).toEqual([]);
    });
    test("what waits is told with its lane, its address and its time, and what was queued since by its number", async () => {
      await queue(message("d", { lane: 3 }), message("a", { lane: 0, to: { kind: "group", name: "群" } }));
      const [a, d] = await store.waitingMessages(0);
      expect(a).toMatchObject({ lane: 0, to: { kind: "group", name: "群" }, nextAt: NOW });
      expect(d).toMatchObject({ lane: 3, to: { kind: "user", name: "周敏" } });
      await queue(message("b"), message("c"));
      const since = await store.waitingMessages(Math.max(a?.id ?? 0, d?.id ?? 0));
      expect((await store.queuedMessages(since.map((m) => m.id))).map((m) => m.key)).toEqual(["b", "c"]);
    });
    test("a message that is to be tried again waits with its new time, and one that was settled waits no more", async () => {
      await queue(message("k"), message("s"));
      const [one, two] = await waiting();
      await store.write((tx) => tx.markRetry(one?.id ?? 0, NOW + MINUTE, "429"));
      await store.write((tx) => tx.markState(two?.id ?? 0, "suppressed"));
      expect(await store.waitingMessages(0)).toMatchObject([{ id: one?.id, nextAt: NOW + MINUTE }]);
      expect(await store.nextDue()).toBe(NOW + MINUTE);
      expect(await waiting()).toMatchObject([{ key: "k", attempts: 1, state: "queued" }]);
      expect(await store.queuedMessages([two?.id ?? 0])).toEqual([]);
    });
    test("what waits for a later try may be tried at once; what was queued for later may not", async () => {
      await queue(message("again"));
      const [one] = await waiting();
      await store.write((tx) => tx.markRetry(one?.id ?? 0, NOW + MINUTE, "down"));
      await store.write((tx) => tx.queue([message("morning")], NOW + HOUR));
      await store.write((tx) => tx.hasten(NOW));
      const [again, morning] = await store.waitingMessages(0);
      expect([again?.nextAt, morning?.nextAt]).toEqual([NOW, NOW + HOUR]);
    });
    test("read marks hold for private messages that were sent", async () => {
      await queue(message("u", { caseId: "c" }), message("g", { caseId: "c", to: { kind: "group", name: "群" } }));
      for (const m of await waiting()) await store.write((tx) => tx.markSent(m.id, `id-${m.key}`, NOW));
      await store.write((tx) => tx.markRead(["id-u", "id-g", "id-none"], "周敏", NOW));
      expect((await store.deliveries("c")).map((m) => m.state)).toEqual(["read", "sent"]);
    });
    test("what failed for good is counted by its reason, the commonest first, edits and other matters aside", async () => {
      const about = { caseId: "c" };
      await queue(
        message("a", about),
        message("b", about),
        message("c", about),
        message("e", { ...about, kind: "update" }),
      );
      await queue(message("none"));
      const reasons = ["gone", "muted", "muted", "14 days", "gone"];
      for (const [i, m] of (await waiting()).sort((x, y) => x.id - y.id).entries())
        await store.write((tx) => tx.markState(m.id, "failed", reasons[i]));
      expect(await store.failures(NOW - 1)).toEqual([
        { error: "muted", count: 2 },
        { error: "gone", count: 1 },
      ]);
      expect(await store.failures(NOW)).toEqual([]);
    });
    test("the message of a slot is the newest that was sent, edits aside", async () => {
      await queue(
        message("s1", { slot: "s" }),
        message("s2", { slot: "s" }),
        message("s3", { slot: "s", kind: "update" }),
      );
      expect(await store.write((tx) => tx.slotMessage("s"))).toBeUndefined();
      for (const m of await waiting()) await store.write((tx) => tx.markSent(m.id, `id-${m.key}`, NOW));
      expect(await store.write((tx) => tx.slotMessage("s"))).toBe("id-s2");
    });
    test("when people were last told of a case, as far as that was lately", async () => {
      await queue(
        message("r", { caseId: "c" }),
        message("e", { caseId: "c", kind: "update" }),
        message("o", { caseId: "o" }),
      );
      const told = (since: number) => store.write((tx) => tx.lastTold(["c"], since));
      expect(await told(NOW - 1)).toEqual([{ caseId: "c", name: "周敏", at: NOW }]);
      expect(await told(NOW)).toEqual([]);
    });
    test("messages that do not move are counted", async () => {
      await queue(message("k"));
      expect(await store.write((tx) => tx.stuckMessages(NOW))).toBe(0);
      expect(await store.write((tx) => tx.stuckMessages(NOW + 1))).toBe(1);
    });
    test("a message comes back as it was queued", async () => {
      const whole = message("k", {
        caseId: "c", subject: "sign", stage: "T", limit: NOW, lateBy: 7, replyTo: "m", slot: "s", mentions: ["孙浩"],
        meta: { stages: [{ subject: "sign", limit: NOW, stage: "T" }], as: "承办", units: ["青岩县水务局"] },
      }); // biome-ignore format: one row
      await queue(whole);
      expect(await waiting()).toMatchObject([whole]);
    });
  });

  describe("proof of contact", () => {
    const sentAt = async (at: number, more: Partial<Outgoing>[]): Promise<string> => {
      const { id } = await store.write((tx) => open(tx, at));
      await store.write(async (tx) => {
        await tx.queue(
          more.map((m, i) => message(`${id}/${i}`, { caseId: id, ...m })),
          at,
        );
        const queued = await tx.queuedMessages((await tx.waitingMessages(0)).map((m) => m.id));
        for (const m of queued) await tx.markSent(m.id, `id-${m.key}`, at);
      });
      return id;
    };
    const only = async () => {
      const [one] = (await store.deliveries()).filter((m) => m.urgent !== undefined);
      return one;
    };

    test("an urgent channel is pressed for what was sent and not read, until it is on record that it was", async () => {
      await queueOne({ urgent: "sms" });
      expect(await store.unurged(10)).toEqual([]);
      const id = (await only())?.id ?? 0;
      await store.write((tx) => tx.markSent(id, "m1", NOW));
      expect(await store.unurged(10)).toMatchObject([{ id, urgent: "sms", messageId: "m1", state: "sent" }]);
      await store.write((tx) => tx.markUrged(id, "app", "no sms"));
      expect(await store.unurged(10)).toEqual([]);
      expect(await only()).toMatchObject({ state: "delivered", urged: "app", error: "no sms" });
    });

    test("a press that reached nobody is on record and is no delivery", async () => {
      await queueOne({ urgent: "phone" });
      const id = (await only())?.id ?? 0;
      await store.write((tx) => tx.markSent(id, "m1", NOW));
      await store.write((tx) => tx.markUrged(id, null, "no quota"));
      expect(await store.unurged(10)).toEqual([]);
      expect(await only()).toMatchObject({ state: "sent", urged: "none", error: "no quota" });
    });

    test("who has read needs no urging, and a press that comes later leaves it read", async () => {
      await queueOne({ urgent: "app" });
      const id = (await only())?.id ?? 0;
      await store.write((tx) => tx.markSent(id, "m1", NOW));
      await store.write((tx) => tx.markRead(["m1"], "周敏", NOW));
      expect(await store.unurged(10)).toEqual([]);
      await store.write((tx) => tx.markUrged(id, "app"));
      expect(await only()).toMatchObject({ state: "read", urged: "app" });
    });

    const queueOne = (more: Partial<Outgoing>): Promise<void> =>
      store.write((tx) => tx.queue([message("u", more)], NOW));

    test("of messages about open cases it is asked who has read them: first after a minute, then ever more seldom", async () => {
      await sentAt(NOW, [{}]);
      const due = async (minutes: number): Promise<number> =>
        (await store.unread(NOW + minutes * MINUTE, NOW - HOUR, 10)).length;
      expect([await due(0.9), await due(1)]).toEqual([0, 1]);
      const [row] = await store.unread(NOW + MINUTE, NOW - HOUR, 10);
      await store.write((tx) => tx.markAsked([row?.id ?? 0], NOW + MINUTE));
      expect([await due(1.9), await due(2)]).toEqual([0, 1]);
      await store.write((tx) => tx.markAsked([row?.id ?? 0], NOW + 10 * MINUTE));
      expect([await due(19.9), await due(20)]).toEqual([0, 1]);
    });

    test("nor of what was read, edits, and what is older; the newest first", async () => {
      const first = await sentAt(NOW, [{}, { kind: "update", slot: "s" }, { to: { kind: "group", name: "群" } }]);
      const second = await sentAt(NOW + MINUTE, [{}]);
      const asked = async (since: number): Promise<string[]> =>
        (await store.unread(NOW + HOUR, since, 10)).map((m) => m.messageId ?? "");
      expect(await asked(NOW - 1)).toEqual([`id-${second}/0`, `id-${first}/0`, `id-${first}/2`]);
      expect(await asked(NOW)).toEqual([`id-${second}/0`]);
      await store.write((tx) => tx.markRead([`id-${second}/0`], "周敏", NOW));
      expect(await asked(NOW)).toEqual([]);
      expect((await store.unread(NOW + HOUR, NOW - 1, 1)).map((m) => m.messageId)).toEqual([`id-${first}/0`]);
    });

    test("nor of closed cases", async () => {
      const id = await sentAt(NOW, [{}]);
      const c = await store.case(id);
      const [opened] = await store.history(id);
      if (!c || !opened) throw new Error("no case");
      await store.write((tx) => tx.saveCase(c, { ...c, version: 2, state: "closed" }, [opened.event], []));
      expect(await store.unread(NOW + HOUR, NOW - 1, 10)).toEqual([]);
    });

    test("whoever read is named once, with the first time; readers of a group's message leave it sent", async () => {
      const id = await sentAt(NOW, [{}, { to: { kind: "group", name: "群" } }]);
      await store.write(async (tx) => {
        await tx.markRead([`id-${id}/1`], "王晓梅", NOW + 2);
        await tx.markRead([`id-${id}/0`, `id-${id}/1`, "unknown"], "周敏", NOW + 1);
        await tx.markRead([`id-${id}/0`], "周敏", NOW + 9);
      });
      expect(await store.receipts(id)).toEqual([
        { messageId: `id-${id}/0`, name: "周敏", at: NOW + 1 },
        { messageId: `id-${id}/1`, name: "周敏", at: NOW + 1 },
        { messageId: `id-${id}/1`, name: "王晓梅", at: NOW + 2 },
      ]);
      expect((await store.deliveries(id)).map((m) => m.state)).toEqual(["read", "sent"]);
    });
  });

  describe("what is due next", () => {
    test("is the earliest of reminders, questions and messages; nothing where nothing waits", async () => {
      expect(await store.nextDue()).toBeUndefined();
      await store.write((tx) => tx.queue([message("k")], NOW + 3));
      expect(await store.nextDue()).toBe(NOW + 3);
      await store.write((tx) => open(tx));
      expect(await store.nextDue()).toBeLessThanOrEqual(NOW + HOUR * 24);
    });
  });

  test("rule sets that cases froze are kept once, under their digest", async () => {
    await store.write((tx) => tx.keepRuleSet("d", "1"));
    await store.write((tx) => tx.keepRuleSet("d", "2"));
    expect(await store.ruleSets()).toMatchObject([{ digest: "d", body: "1" }]);
  });
});
