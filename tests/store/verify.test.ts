import Database from "better-sqlite3";
import { afterAll, describe, expect, it } from "vitest";
import { atTime } from "#core/time.ts";
import type { Break } from "#core/verification.ts";
import { breakText, verifyReport } from "#src/cli/verify.ts";
import { openStore } from "#src/runtime.ts";
import { GENESIS, linkHash, sha256 } from "#src/store/chain.ts";
import { verifyFile } from "#src/store/inspect.ts";
import { addCase, DAY_ONE, DAY_TWO, folder, ledger, numberOf, removeFolders, tamper } from "./ledger.ts";

afterAll(removeFolders);

const NOW = atTime(DAY_TWO, "18:00");
const ONE = numberOf(DAY_ONE, 1);
const TWO = numberOf(DAY_ONE, 2);
const THREE = numberOf(DAY_TWO, 1);

async function broken(...statements: string[]): Promise<Break | undefined> {
  const file = await ledger();
  tamper(file, ...statements);
  return (await verifyFile(file)).broken;
}

describe("verify", () => {
  it("counts what it verified", async () => {
    const { anchors, ...counts } = await verifyFile(await ledger());
    expect(counts).toEqual({ cases: 3, events: 9, erased: 0 });
    expect(anchors.map((a) => [a.at, a.events])).toEqual([
      [atTime(DAY_ONE, "12:00"), 3],
      [atTime(DAY_ONE, "17:30"), 6],
    ]);
  });

  it("passes an empty database", async () => {
    const file = `${folder()}/huiying.db`;
    await (await openStore(`sqlite:${file}`)).close();
    expect(await verifyFile(file)).toEqual({ cases: 0, events: 0, erased: 0, anchors: [] });
  });

  it("accepts content that was erased by law, and counts it", async () => {
    const file = await ledger();
    tamper(file, `update payloads set body = null where case_id = '${ONE}' and seq = 2`);
    const found = await verifyFile(file);
    expect(found).toMatchObject({ erased: 1 });
    expect(found.broken).toBeUndefined();
    expect(verifyReport(found, { json: false, now: NOW }).lines.join()).toContain("1 条的内容已依法删除");
  });

  it("reads while a bot has the database open for writing", async () => {
    const file = await ledger();
    const store = await openStore(`sqlite:${file}`);
    const verifying = verifyFile(file);
    await addCase(store, DAY_TWO, 2);
    expect((await verifying).broken).toBeUndefined();
    await store.close();
    expect(await verifyFile(file)).toMatchObject({ cases: 4, events: 12 });
  });

  it("keeps anchors verifiable when several are made at one instant, and one twice without a change between", async () => {
    const file = await ledger();
    const store = await openStore(`sqlite:${file}`);
    const at = atTime(DAY_TWO, "10:00");
    const first = await store.write((tx) => tx.anchor(DAY_TWO, at));
    await addCase(store, DAY_TWO, 2);
    const second = await store.write((tx) => tx.anchor(DAY_TWO, at));
    const again = await store.write((tx) => tx.anchor(DAY_TWO, at + 1));
    await store.close();
    expect(second.hash).not.toBe(first.hash);
    expect(again.hash).toBe(second.hash);
    const kept = new Database(file).prepare("select hash from anchors order by last_event").pluck().all();
    expect(kept).toEqual(expect.arrayContaining([first.hash, second.hash]));
    const found = await verifyFile(file);
    expect(found.broken).toBeUndefined();
    expect(found.anchors).toHaveLength(4);
  });
});

describe("verify finds, and names the event", () => {
  const event = (caseId: string, seq: number): Partial<Break> => ({ caseId, seq });

  it.each<[string, string[], Partial<Break>]>([
    [
      "changed content",
      [`update payloads set body = replace(body, '第2件', '第9件') where case_id = '${TWO}'`],
      { fault: "payload", type: "reported", ...event(TWO, 1) },
    ],
    [
      "content that was put back after it had been erased",
      [`update payloads set body = '{}' where case_id = '${ONE}' and seq = 1`],
      { fault: "payload", ...event(ONE, 1) },
    ],
    [
      "content without its tombstone",
      [`delete from payloads where case_id = '${ONE}' and seq = 2`],
      { fault: "payload-missing", ...event(ONE, 2) },
    ],
    [
      "a changed author",
      [`update events set actor = '赵敏之' where case_id = '${ONE}' and seq = 2`],
      { fault: "link", ...event(ONE, 2) },
    ],
    [
      "a changed time",
      [`update events set at = at - 60000 where case_id = '${TWO}' and seq = 1`],
      { fault: "link", ...event(TWO, 1) },
    ],
    [
      "a changed kind",
      [`update events set type = 'responded' where case_id = '${TWO}' and seq = 3`],
      { fault: "link", ...event(TWO, 3) },
    ],
    [
      "a changed cause",
      [`update events set cause = 'x' where case_id = '${ONE}'`],
      { fault: "link", ...event(ONE, 1) },
    ],
    [
      "a changed digest together with its content",
      [
        `update payloads set body = '[]' where case_id = '${ONE}' and seq = 2`,
        `update events set digest = '${sha256("[]")}' where case_id = '${ONE}' and seq = 2`,
      ],
      { fault: "link", ...event(ONE, 2) },
    ],
    [
      "an event deleted from the middle",
      [
        `delete from events where case_id = '${ONE}' and seq = 2`,
        `delete from payloads where case_id = '${ONE}' and seq = 2`,
      ],
      { fault: "gap", ...event(ONE, 3) },
    ],
    [
      "the last event deleted",
      [
        `delete from events where case_id = '${TWO}' and seq = 3`,
        `delete from payloads where case_id = '${TWO}' and seq = 3`,
      ],
      { fault: "cut-off", ...event(TWO, 2) },
    ],
    [
      "the last event of all deleted, with its content",
      [
        `delete from events where case_id = '${THREE}' and seq = 3`,
        `delete from payloads where case_id = '${THREE}' and seq = 3`,
      ],
      { fault: "cut-off", ...event(THREE, 2) },
    ],
    [
      "an event deleted, its content left behind",
      [`delete from events where case_id = '${TWO}' and seq = 3`],
      { fault: "cut-off", ...event(TWO, 2) },
    ],
    [
      "a case closed by hand",
      [`update cases set state = 'closed', open = 0 where id = '${TWO}'`],
      { fault: "row", ...event(TWO, 3) },
    ],
    [
      "a limit moved by hand",
      [`update cases set next_due_at = 1 where id = '${ONE}'`],
      { fault: "row", ...event(ONE, 3) },
    ],
    [
      "a case's data edited",
      [`update cases set data = replace(data, '王晓梅', '周敏') where id = '${ONE}'`],
      { fault: "row", ...event(ONE, 3) },
    ],
    [
      "a head replaced",
      [`update cases set head = '${GENESIS}' where id = '${TWO}'`],
      { fault: "row", ...event(TWO, 3) },
    ],
    ["a version raised", [`update cases set version = 4 where id = '${TWO}'`], { fault: "cut-off", ...event(TWO, 3) }],
    ["a version lowered", [`update cases set version = 2 where id = '${TWO}'`], { fault: "surplus", ...event(TWO, 3) }],
    ["a case renumbered", [`update cases set no = 7 where id = '${TWO}'`], { fault: "row", ...event(TWO, 3) }],
    [
      "a case deleted, its events left",
      [`delete from cases where id = '${THREE}'`],
      { fault: "case-missing", ...event(THREE, 3) },
    ],
    [
      "a whole case deleted",
      ["cases where id", "events where case_id", "payloads where case_id"].map((t) => `delete from ${t} = '${ONE}'`),
      { fault: "number", caseId: ONE },
    ],
    [
      "the newest case deleted without a trace",
      ["cases where id", "events where case_id", "payloads where case_id"].map((t) => `delete from ${t} = '${THREE}'`),
      { fault: "hole" },
    ],
    [
      "an anchor's hash replaced",
      [`update anchors set hash = '${GENESIS}' where last_event = 6`],
      { fault: "anchor", day: DAY_ONE, at: atTime(DAY_ONE, "17:30") },
    ],
    [
      "two anchors swapped",
      [
        "update anchors set last_event = last_event + 100",
        "update anchors set last_event = case last_event when 103 then 6 else 3 end",
      ],
      { fault: "anchor", day: DAY_ONE },
    ],
    ["an anchor's count changed", ["update anchors set events = events + 1 where last_event = 3"], { fault: "anchor" }],
    [
      "an anchor moved to other events",
      ["update anchors set last_event = 4 where last_event = 3"],
      { fault: "anchor" },
    ],
    [
      "a frozen rule set changed",
      ["update rulesets set body = replace(body, 'press24', 'press48')"],
      { fault: "rules" },
    ],
    ["a frozen rule set deleted", ["delete from rulesets"], { fault: "rules-missing", caseId: THREE }],
    ["a frozen rule set overwritten", ["update rulesets set body = 'x'"], { fault: "rules" }],
  ])("%s", async (_, statements, expected) => {
    const found = await broken(...statements);
    expect(found).toMatchObject(expected);
    expect(breakText(found as Break, NOW)).toMatch(/^.*[\u4e00-\u9fa5]{4}.*。$/u);
  });

  it("an inserted event whose hash continues the chain", async () => {
    const file = await ledger();
    const db = new Database(file);
    const prev = db.prepare<[string], string>("select hash from events where case_id = ? and seq = 3").pluck().get(ONE);
    const link = {
      caseId: ONE,
      seq: 4,
      at: NOW,
      type: "seen",
      actor: "高建平",
      digest: sha256("{}"),
      prev: prev ?? "",
    };
    const hash = linkHash({ ...link, cause: null, state: null });
    db.prepare(
      "insert into events (case_id, seq, at, type, actor, digest, prev, hash) values (?, 4, ?, 'seen', '高建平', ?, ?, ?)",
    ).run(ONE, NOW, link.digest, link.prev, hash);
    db.prepare("insert into payloads values (?, 4, '{}')").run(ONE);
    db.close();
    expect((await verifyFile(file)).broken).toMatchObject({ fault: "surplus", caseId: ONE, seq: 4 });
  });

  it("an event inserted between two others", async () => {
    const file = await ledger();
    tamper(
      file,
      `update events set seq = seq + 10 where case_id = '${ONE}' and seq > 1`,
      `insert into events (case_id, seq, at, type, actor, digest, prev, hash) select case_id, 2, at, type, actor, digest, prev, hash from events where case_id = '${ONE}' and seq = 12`,
      `update events set seq = seq - 9 where case_id = '${ONE}' and seq > 10`,
    );
    expect((await verifyFile(file)).broken).toMatchObject({ fault: "link", caseId: ONE });
  });

  it("a chain that was rewritten with right hashes from end to end, by the anchor that was printed", async () => {
    const file = await ledger();
    const db = new Database(file);
    const rows = db
      .prepare<[string], Record<string, string | number>>("select * from events where case_id = ? order by seq")
      .all(ONE);
    let prev = GENESIS;
    for (const r of rows) {
      const actor = r["seq"] === 2 ? "赵敏之" : String(r["actor"]);
      const hash = linkHash({
        caseId: ONE,
        seq: Number(r["seq"]),
        at: Number(r["at"]),
        type: String(r["type"]),
        actor,
        digest: String(r["digest"]),
        prev,
        cause: String(r["cause"]),
        state: r["state"] === null ? null : String(r["state"]),
      });
      db.prepare("update events set actor = ?, prev = ?, hash = ? where id = ?").run(actor, prev, hash, r["id"]);
      prev = hash;
    }
    db.prepare("update cases set head = ? where id = ?").run(prev, ONE);
    db.close();
    const found = (await verifyFile(file)).broken;
    expect(found).toMatchObject({ fault: "anchor", day: DAY_ONE, at: atTime(DAY_ONE, "12:00") });
    expect(breakText(found as Break, NOW)).toBe(
      "2026-11-20 的校验值(11月20日(周五)12:00 生成)与其所涵盖的记录不符,校验值或记录被替换。",
    );
  });
});

describe("verify's words", () => {
  it("name the case, the event, its kind and its time", async () => {
    const found = { cases: 0, events: 1, erased: 0, anchors: [] };
    const at = atTime(DAY_ONE, "09:15");
    const report = verifyReport(
      { ...found, broken: { fault: "payload", caseId: ONE, seq: 2, type: "assigned", at } },
      { json: false, now: NOW },
    );
    expect(report.status).toBe(1);
    expect(report.lines[0]).toBe(
      "核验未通过:YQ-990121-20261120-001 第 2 条记录(转办,11月20日(周五)09:15)的内容与记录时不符。",
    );
  });

  it("are one JSON object when asked for", async () => {
    const { lines, status } = verifyReport(await verifyFile(await ledger()), { json: true, now: NOW });
    expect(status).toBe(0);
    const anchors = [expect.objectContaining({ at: "2026-11-20T12:00:00+08:00" }), expect.anything()];
    expect(lines.map((l) => JSON.parse(l))).toEqual([{ ok: true, cases: 3, events: 9, erased: 0, anchors }]);
  });

  it("print the newest anchors as the digest in the chat does", async () => {
    const found = await verifyFile(await ledger());
    const { hash = "" } = found.anchors[1] ?? {};
    expect(verifyReport(found, { json: false, now: NOW }).lines.at(-1)).toBe(
      `  11月20日(周五)17:30 ${hash.slice(0, 8)}…${hash.slice(-8)}(当日 6 条记录)`,
    );
  });
});
