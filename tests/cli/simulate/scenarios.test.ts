import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Entry } from "#src/cli/simulate/transcript.ts";
import { type Cast, compare } from "./ladder.ts";
import { entriesOf, play, SCENARIOS } from "./play.ts";

const NAMES = readdirSync(SCENARIOS)
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => file.replace(/\.yaml$/u, ""));
const KEYS = "at kind to mentions urgent case clock stage dueAt lateBy text buttons state".split(" ");
const KINDS = ["reply", "reminder", "escalation", "digest", "notice", "update", "toast", "refusal"];
const CASE = (no: number, day: string): string => `YQ-990121-${day}-00${no}`;

const transcripts = new Map<string, { lines: string[]; entries: Entry[]; failures: string[] }>();
const of = (name: string): Entry[] => transcripts.get(name)?.entries ?? [];

beforeAll(async () => {
  for (const name of NAMES) {
    const { lines, failures } = await play(join(SCENARIOS, `${name}.yaml`));
    transcripts.set(name, { lines, failures, entries: entriesOf(lines) });
  }
}, 120_000);

/** "11-20T22:40 notice 赵敏之" of the messages that a condition holds for. */
const brief = (entries: readonly Entry[]): string[] =>
  entries.map((e) => `${e.at.slice(5, 16)} ${e.kind} ${e.to.replace(/^\w+:/u, "")}`);
const names = (entries: readonly Entry[]): string[] => [...new Set(entries.map((e) => e.to.slice(5)))].sort();
const between = (entries: readonly Entry[], from: string, to: string): Entry[] =>
  entries.filter((e) => e.at.slice(5, 16) >= from && e.at.slice(5, 16) <= to);
const toPeople = (e: Entry): boolean => e.to.startsWith("user:") && e.kind !== "toast" && e.kind !== "update";
/** The last version of a case's card in the duty group. */
const lastCard = (entries: readonly Entry[]): string =>
  entries.findLast((e) => e.to.startsWith("group:") && e.state === "sent" && /^(update|reply)$/u.test(e.kind))?.text ??
  "";

describe.each(NAMES)("%s", (name) => {
  // A wanted change: npx vitest run tests/cli/simulate -u, and read what has changed.
  it("says what it said before, byte for byte", async () => {
    const text = `${transcripts.get(name)?.lines.join("\n")}\n`;
    await expect(text).toMatchFileSnapshot(resolve(SCENARIOS, `${name}.transcript.jsonl`));
  });

  it("has the keys, kinds and order of the contract, and no failure of the program", () => {
    expect(transcripts.get(name)?.failures).toEqual([]);
    for (const e of of(name)) {
      expect(Object.keys(e)).toEqual(KEYS);
      expect(KINDS).toContain(e.kind);
      expect(e.to).toMatch(/^(group|user):./u);
      expect(["sent", "delivered", "read", "failed", "suppressed"]).toContain(e.state);
      expect(e.clock).not.toBe("confirm");
      expect(e.text.trim()).not.toBe("");
    }
    expect(of(name).map((e) => e.at)).toEqual(
      of(name)
        .map((e) => e.at)
        .sort(),
    );
  });

  it("tells nobody the same thing twice at once", () => {
    const told = of(name)
      .filter((e) => toPeople(e) && e.kind !== "reply")
      .map((e) => `${e.at} ${e.to} ${e.stage} ${e.text}`);
    expect(told).toEqual([...new Set(told)]);
  });
});

it("the same scenario twice gives the same transcript", async () => {
  for (const name of ["outage-three-stages", "platform-refuses"]) {
    const again = await play(join(SCENARIOS, `${name}.yaml`));
    expect(again.lines).toEqual(transcripts.get(name)?.lines);
  }
}, 60_000);

describe("the ladder of the rulings", () => {
  const night: Cast = (word, at) => {
    const weekend = at >= "2026-11-21T08:30";
    const officer = weekend ? "杜若" : "赵敏之";
    return {
      // Before 转办 those who have to assign stand beside 联络员 A.
      承办: ["贺强", "李志强", officer],
      联络员: ["贺强", "顾敏", "李志强", "蒋涛"],
      单位分管: ["邵军", "郑海"],
      单位主要负责人: ["武振国", "冯刚"],
      府办: ["周敏", "罗文博"],
      府办主任: ["高建平"],
      宣传: ["陈静"],
      值班员: [officer],
      值班领导: [weekend ? "高建平" : "罗文博"],
      研判人: [officer],
      政府分管: ["刘建华"],
      政府主要负责同志: ["张志远"],
    }[word];
  };
  const case1 = CASE(1, "20261120");

  it.each([
    ["release.authoritative", "2026-11-20T22:41", "2026-11-22T04:40"],
    ["press.conference", "2026-11-20T22:41", "2026-11-22T04:40"],
    ["response.first", "2026-11-20T22:41", "2026-11-22T04:40"],
    ["report.up", "2026-11-20T22:41", "2026-11-21T00:10"],
    ["triage", "2026-11-20T22:41", "2026-11-21T00:40"],
  ])("nobody answers: %s", (clock, from, to) => {
    const { wanted, told } = compare(of("emergency-nobody-answers"), { clock, case: case1, from, to, cast: night });
    expect(wanted.length).toBeGreaterThan(0);
    expect(told).toEqual(wanted);
  });

  it("a release goes silent 24 hours over, and stays in the digest", () => {
    const over = of("emergency-nobody-answers").filter((e) => e.at > "2026-11-22T03:21");
    expect(over.filter((e) => e.clock === "release.authoritative")).toEqual([]);
  });

  const waterworks: Cast = (word) =>
    ({
      承办: ["马超群"],
      联络员: ["马超群", "姚倩"],
      单位分管: ["沈立"],
      单位主要负责人: ["韩青松"],
      府办: ["周敏", "罗文博"],
    })[word as string] ?? [];
  const town: Cast = (word) =>
    ({
      承办: ["温馨"],
      联络员: ["赵磊", "温馨"],
      单位分管: ["易凡"],
      单位主要负责人: ["樊荣"],
      府办: ["周敏", "罗文博"],
    })[word as string] ?? [];

  it.each([
    [
      "reply.complaint",
      1,
      waterworks,
      {
        "T-5wd@09:00": "2026-11-16T09:00",
        "T-2wd": "2026-11-19T09:00",
        "T-1wd": "2026-11-20T09:00",
        "T+1wd": "2026-11-24T09:00",
        "T+3wd": "2026-11-26T09:00",
      },
    ],
    [
      "reply.suggestion",
      2,
      town,
      {
        "T-3wd@09:00": "2026-11-06T09:00",
        "T-1wd@09:00": "2026-11-10T09:00",
        "T+1wd": "2026-11-12T09:00",
        "T+3wd": "2026-11-16T09:00",
      },
    ],
  ] as const)("in working days: %s", (clock, no, cast, days) => {
    const { wanted, told } = compare(of("replies-in-working-days"), {
      clock,
      case: CASE(no, "20261102"),
      from: "2026-11-02T10:00",
      to: "2026-11-27T10:00",
      cast,
      days,
    });
    expect(wanted.length).toBeGreaterThan(5);
    expect(told).toEqual(wanted);
  });

  it("rank IV by day: only those of the stage", () => {
    const builders: Cast = (word) =>
      ({
        承办: ["田野"],
        联络员: ["田野", "金璐"],
        单位分管: ["石岩"],
        单位主要负责人: ["康伟"],
        府办: ["周敏", "罗文博"],
      })[word as string] ?? [];
    const question = { clock: "response.first", case: CASE(1, "20261119"), cast: builders };
    const { wanted, told } = compare(of("night-rank-four"), {
      ...question,
      from: "2026-11-20T10:00",
      to: "2026-11-21T21:59",
    });
    expect(wanted).toHaveLength(3);
    expect(told).toEqual(wanted);
  });
});

describe("what must be true", () => {
  it("emergency: the leader, the officer on duty and the office know at once, at night too", () => {
    const first = between(of("emergency-nobody-answers"), "11-20T22:40", "11-20T22:40").filter(toPeople);
    expect(names(first)).toEqual(["周敏", "罗文博", "赵敏之"]);
    expect(first.every((e) => e.text.startsWith("【重大情况】"))).toBe(true);
  });

  it("ordinary case: no leader and no second liaison officer is disturbed, and the limit stops with the proof", () => {
    const told = of("ordinary-goes-well").filter((e) => e.kind === "reminder" || e.kind === "escalation");
    expect(brief(told)).toEqual(["11-20T09:00 reminder 马超群"]);
    expect(lastCard(of("ordinary-goes-well"))).toContain("首次回应 11月21日(周六)09:00 已于 11月20日(周五)10:20 完成");
    expect(brief(of("ordinary-goes-well").filter((e) => e.text.includes("您报送的这件已办结")))).toEqual([
      "11-20T15:20 notice 赵磊",
    ]);
  });

  it("several departments: with a lead its answer stops the limit, without one the last unit's does", () => {
    const entries = of("several-departments");
    const limits = (no: number, at: string) =>
      entries.findLast((e) => e.case === CASE(no, "20261118") && e.kind === "update" && e.at.slice(5, 16) <= at)?.text;
    expect(limits(1, "11-19T06:00")).toContain("还剩");
    expect(limits(1, "11-19T16:00")).toContain("已于 11月19日(周四)16:00 完成");
    expect(limits(2, "11-19T10:00")).toContain("还剩");
    expect(limits(2, "11-20T06:00")).toContain("已于 11月20日(周五)06:00 完成");
    const afterFirst = between(entries, "11-19T10:01", "11-20T10:00").filter((e) => e.clock === "response.first");
    expect(names(afterFirst)).not.toContain("夏雨");
    expect(entries.filter((e) => e.clock === "response.first" && e.stage === "T")).toEqual([]);
  });

  it("several places: the common superior's department answers first, both counties their own part", () => {
    const [receipt] = of("several-places");
    expect(receipt?.text).toContain("属地回应 青岩县人民政府、石桥县人民政府");
    expect(receipt?.text).toMatch(/第一责任主体 江北省/u);
    expect(lastCard(of("several-places"))).toContain("已于 11月18日(周三)10:40 完成");
  });

  it.each([
    ["outage-three-stages", "11-20T18:20"],
    ["long-outage", "11-21T09:10"],
  ])("%s: one catch-up for each case and person, and none later", (name, at) => {
    const late = of(name).filter((e) => e.stage === "late");
    expect(late.length).toBeGreaterThan(5);
    expect(late.every((e) => e.at.slice(5, 16) === at && e.lateBy !== null && e.kind === "notice")).toBe(true);
    expect(late.map((e) => `${e.case} ${e.to}`)).toEqual([...new Set(late.map((e) => `${e.case} ${e.to}`))]);
    expect(between(of(name), at, at).filter((e) => e.kind === "reminder" || e.kind === "escalation")).toEqual([]);
  });

  it("outage: the catch-up names all three stages and the state of now; the rest of the ladder goes on", () => {
    const entries = of("outage-three-stages");
    const liaison = entries.find((e) => e.stage === "late" && e.to === "user:郑海");
    expect(liaison?.text).toContain("停机，本应于 11月20日(周五)16:30、11月20日(周五)18:00 提醒");
    expect(liaison?.text).toContain("已逾期 20分");
    const stages = entries.filter((e) => e.at > "2026-11-20T18:20:00" && e.clock === "release.authoritative");
    expect([...new Set(stages.map((e) => e.stage))]).toEqual(["late", "T+30m", "T+2h", "T+3h"]);
    expect(entries.find((e) => e.kind === "reply" && e.text.includes("22人受伤"))?.at.slice(5, 16)).toBe("11-20T18:20");
  });

  it("outage: missed digests are made up for by one, marked late", () => {
    const digests = (name: string) => of(name).filter((e) => e.kind === "digest");
    expect(digests("outage-three-stages").map((e) => [e.at.slice(5, 16), e.lateBy])).toEqual([["11-20T18:20", 50]]);
    expect(digests("long-outage").map((e) => [e.at.slice(5, 16), e.lateBy])).toEqual([["11-21T09:10", 940]]);
    expect(digests("long-outage")[0]?.text).toContain("补发：应于 11月20日(周五)17:30 发出");
  });

  it("late report: says once where it stands, and that the limit was over at receipt", () => {
    const entries = of("late-report");
    expect(entries[0]?.text).toContain("收报时已过");
    const atOnce = between(entries, "11-20T12:00", "11-20T12:00").filter((e) => e.clock === "release.authoritative");
    expect(new Set(atOnce.map((e) => e.stage)).size).toBe(1);
    expect(names(atOnce)).toContain("张志远");
    expect(lastCard(entries)).toContain("超过时限 9小时10分");
  });

  it("night, rank IV: only the officer on duty and 承办 until 07:30, then everybody once", () => {
    const entries = of("night-rank-four").filter((e) => e.clock === "response.first");
    const night = entries.filter((e) => e.at.slice(11, 16) >= "22:00" || e.at.slice(11, 16) < "07:30");
    expect(names(night)).toEqual(["杜若", "田野"]);
    const morning = between(entries, "11-22T07:30", "11-22T07:30");
    expect(names(morning)).toEqual(["刘建华", "周敏", "康伟", "石岩", "罗文博", "金璐"].sort());
    for (const e of morning) expect(e.text.match(/^首次回应 /gmu)).toHaveLength(1);
    expect(new Set(entries.map((e) => e.dueAt)).size).toBe(1);
  });

  it("flood limit: rank IV, before the limit, nobody is told of a case twice in ten minutes", () => {
    const told = of("flood-limit").filter((e) => (e.kind === "reminder" || e.kind === "escalation") && e.stage !== "T");
    for (const name of names(told)) {
      const times = told.filter((e) => e.to === `user:${name}`).map((e) => Date.parse(e.at));
      for (const [i, at] of times.entries())
        if (i > 0) expect(at - (times[i - 1] ?? 0)).toBeGreaterThanOrEqual(600_000);
    }
    const held = of("flood-limit").filter((e) => e.clock === "requested" && e.stage === "80%");
    expect(brief(held)).toEqual([
      "11-18T15:18 reminder 赵磊",
      "11-18T15:25 reminder 周敏",
      "11-18T15:25 escalation 罗文博",
    ]);
  });

  it("acting triage: the officer on duty decides at night, cannot confirm it, and the office confirms in the morning", () => {
    const entries = of("acting-triage-at-night");
    expect(entries.find((e) => e.kind === "toast")?.text).toBe("已代研判，待组织协调确认");
    const own = entries.filter((e) => e.to === "user:赵敏之" && e.buttons.includes("确认") && e.kind !== "update");
    expect(own).toEqual([]);
    const confirmed = entries.filter((e) => e.kind === "toast" && e.text.startsWith("已确认："));
    expect(brief(confirmed)).toEqual(["11-19T08:45 toast 周敏", "11-19T08:46 toast 周敏"]);
    expect(lastCard(entries)).not.toContain("待第二人确认");
  });

  it("night, rank III: whoever was assigned is woken, nobody else but the officer on duty", () => {
    const night = between(of("acting-triage-at-night"), "11-19T01:05", "11-19T07:29").filter(toPeople);
    expect(names(night)).toEqual(["李志强", "田野", "蒋涛", "赵敏之", "金璐"].sort());
  });

  it("repeated presses: each gets an answer, nothing changes twice", () => {
    const toasts = of("repeated-presses").filter((e) => e.kind === "toast" || e.kind === "refusal");
    const texts = toasts.map((e) => `${e.to.slice(5)} ${e.text}`);
    expect(texts.filter((t) => t.includes("已于"))).toHaveLength(4);
    expect(texts.filter((t) => /(^| )已签收$/u.test(t))).toHaveLength(1);
    expect(texts.filter((t) => /(^| )已研判$/u.test(t))).toHaveLength(1);
    expect(between(of("repeated-presses"), "11-18T09:20", "11-18T09:20")).toEqual([]);
  });

  it("secrecy marking: no word of the text anywhere, and a number without content whose limit runs", () => {
    const entries = of("secret-marking");
    expect(entries[0]).toMatchObject({ kind: "refusal", case: null, buttons: ["登记无内容编号"] });
    for (const e of entries) expect(e.text).not.toMatch(/断面|排放|机密|清水河/u);
    expect(entries.find((e) => e.clock === "response.first")?.to).toBe("user:林晓东");
  });

  it("a platform that refuses: nothing lost, nothing twice, nothing that is no longer needed", () => {
    const entries = of("platform-refuses");
    expect(entries.filter((e) => e.state === "failed")).toEqual([]);
    const meanwhile = between(entries, "11-18T10:07", "11-18T10:16").filter((e) => e.state !== "suppressed");
    expect(meanwhile.filter((e) => e.kind !== "toast")).toEqual([]);
    const dropped = entries.filter((e) => e.state === "suppressed" && e.kind !== "update");
    expect(brief(dropped)).toEqual([
      "11-18T10:15 reminder 周敏",
      "11-18T10:15 escalation 罗文博",
      "11-18T13:15 escalation 薛峰",
    ]);
  });

  it("a platform that refuses: an older card that waited longer does not cover the newer one", () => {
    const edits = of("platform-refuses").filter((e) => e.to.startsWith("group:") && e.at.slice(5, 16) < "11-18T11:00");
    const last = edits.findLast((e) => e.kind === "update" && e.state === "sent");
    expect(last?.buttons).toEqual(["回应", "补充", "退回"]);
  });

  it("return: takes effect with the deputy's consent only; the next unit gets a window of its own", () => {
    const entries = of("returned-with-consent");
    const asked = entries.filter((e) => e.buttons.includes("不同意"));
    expect(brief(asked)).toEqual(["11-18T09:50 notice 沈立"]);
    expect(entries.find((e) => e.text.startsWith("【已退回】"))?.at.slice(5, 16)).toBe("11-18T09:56");
    const signing = entries.filter((e) => e.clock === "sign" && e.at.slice(5, 16) > "11-18T09:56");
    expect(names(signing)).toEqual(["田野", "金璐"].sort());
    expect(new Set(entries.filter((e) => e.clock === "response.first").map((e) => e.dueAt)).size).toBeLessThan(2);
  });

  it("false alarm: a second person decides; the proposer learns why not", () => {
    const entries = of("false-alarm");
    expect(entries.find((e) => e.text.startsWith("【误报】"))?.at.slice(5, 16)).toBe("11-18T16:15");
    const told = entries.filter((e) => e.text.includes("不同意：不实信息涉及本县"));
    expect(brief(told)).toEqual(["11-18T16:50 notice 马超群"]);
    expect(entries.filter((e) => e.case === CASE(1, "20261118") && e.at.slice(5, 16) > "11-18T16:15")).toEqual([]);
  });

  it("duplicate merged: told with reasons, merged by a person alone, from then on one case and one limit", () => {
    const said = of("duplicate-merged");
    const receipts = said.filter((e) => e.kind === "reply" && e.text.startsWith("【已受理】"));
    expect(receipts.map((e) => /相似：(\d{3})/u.exec(e.text)?.[1])).toEqual([undefined, "001", "001", "001"]);
    const gone = said.filter((e) => e.case === CASE(2, "20261120") && e.at.slice(11, 16) > "09:30");
    expect(gone).toEqual([]);
    expect(said.find((e) => e.kind === "refusal")?.text).toMatch(/002 已于 .* 并入 20261120-001 .*请在该件办理/u);
    expect(said.some((e) => e.text.includes("首次回应 11月22日(周日)09:00 改为 11月22日(周日)08:10"))).toBe(true);
  });

  it("late evidence: counts from its entry until a second person confirms, then from its publication", () => {
    const entries = of("late-evidence");
    const card = (at: string) => lastCard(between(entries, "11-17T09:00", at));
    expect(card("11-19T11:00")).toContain("已于 11月19日(周四)11:00 完成");
    expect(card("11-19T13:20")).toContain("已于 11月18日(周三)17:00 完成");
    expect(entries.filter((e) => e.kind === "toast" && e.text.startsWith("已确认：")).map((e) => e.to)).toEqual([
      "user:罗文博",
    ]);
  });
});
