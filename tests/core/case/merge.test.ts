import { describe, expect, test } from "vitest";
import { decideMerge } from "#core/case/actions/merge.ts";
import type { Case } from "#core/case/case.ts";
import { evolve } from "#core/case/decide.ts";
import { isOpen, STATES, type StateId } from "#core/case/states.ts";
import { Desk, REPORTS } from "../../support/desk.ts";
import { at, span } from "../../support/time.ts";

const context = (desk: Desk) => ({ now: desk.now, office: desk.office, actor: { name: "周敏", known: true } });
const numbered = (desk: Desk, no: string): Case => ({ ...desk.case, id: `YQ-990121-20261120-${no}` });

/** The case that goes, and the one it goes into; both of the same text. */
function two(time = "11-20 09:00", report: string = REPORTS.water): { source: Desk; target: Desk } {
  return { source: new Desk(report, time), target: new Desk(report, "11-20 09:00") };
}

function merge(source: Case, target: Case, desk: Desk, now = desk.now) {
  const decision = decideMerge(source, target, "同一事件", { ...context(desk), now });
  if ("refused" in decision) return { refused: decision.refused.normalize("NFKC") };
  return { source: evolve(source, decision.source, desk.office), target: evolve(target, decision.target, desk.office) };
}

function done(result: ReturnType<typeof merge>): { source: Case; target: Case } {
  if ("refused" in result) throw new Error(result.refused);
  return result;
}

describe("并案 in each state of the case that goes", () => {
  test.each(Object.keys(STATES) as StateId[])("%s", (state) => {
    const { source, target } = two();
    const before: Case = { ...numbered(source, "002"), state };
    const result = merge(before, numbered(target, "001"), source);
    if (["reported", "verifying", "triaged"].includes(state)) expect(done(result).source.state).toBe("merged");
    else expect(result).toMatchObject({ refused: expect.stringMatching(/不能|并入/) });
  });
});

describe("并案 in each state of the case that stays", () => {
  test.each(Object.keys(STATES) as StateId[])("%s", (state) => {
    const { source, target } = two();
    const result = merge(numbered(source, "002"), { ...numbered(target, "001"), state }, source);
    if (isOpen(state)) expect(done(result).target.state).toBe(state);
    else expect(result).toMatchObject({ refused: expect.stringContaining("不能再并入") });
  });
});

describe("what is refused, and what to do instead", () => {
  const triaged = (levels: Parameters<Desk["does"]>[2]) => new Desk().does("周敏", "triage", levels);

  test("a case into itself", () => {
    const { source } = two();
    expect(merge(source.case, source.case, source)).toMatchObject({ refused: expect.stringContaining("并入自身") });
  });

  test("into a case that went into another one: that one is named", () => {
    const { source, target } = two();
    const gone = done(merge(numbered(target, "002"), numbered(source, "001"), source)).source;
    expect(merge(numbered(source, "003"), gone, source)).toMatchObject({
      refused: expect.stringMatching(/002 已于 .* 并入 20261120-001,请并入该件/),
    });
  });

  test("a cycle: what went away cannot take anything in, not even what took it in", () => {
    const { source, target } = two();
    const { source: gone, target: stays } = done(merge(numbered(source, "002"), numbered(target, "001"), source));
    expect(merge(stays, gone, source)).toMatchObject({ refused: expect.stringContaining("请并入该件") });
    expect(merge(gone, stays, source)).toMatchObject({
      refused: expect.stringMatching(/002 已于 .* 并入 20261120-001/),
    });
  });

  test("a triaged case into one that nobody has decided on", () => {
    const result = merge(numbered(triaged({}), "002"), numbered(new Desk(), "001"), new Desk());
    expect(result).toMatchObject({
      refused: expect.stringMatching(/尚未研判.*反过来并案:\/舆情 并案 20261120-001 到=20261120-002/),
    });
  });

  test("a graver case into a lesser one, whose limits are wider", () => {
    const grave = numbered(triaged({ eventLevel: "II" }), "002");
    expect(merge(grave, numbered(triaged({}), "001"), new Desk())).toMatchObject({
      refused: expect.stringMatching(/等级高于.*时限会放宽.*反过来并案/),
    });
    expect(done(merge(numbered(triaged({}), "001"), grave, new Desk())).source.state).toBe("merged");
  });

  test("a complaint, whose answer is owed to a person, into a case of another matter", () => {
    const complaint = numbered(triaged({ matter: "complaint" }), "002");
    expect(merge(complaint, numbered(triaged({}), "001"), new Desk())).toMatchObject({
      refused: expect.stringContaining("请分别办理"),
    });
  });

  test("a case that must be answered into one that is not", () => {
    const silent = triaged({ respond: false, categories: ["none"], reason: "重复反映" });
    expect(merge(numbered(triaged({}), "002"), numbered(silent, "001"), new Desk())).toMatchObject({
      refused: expect.stringContaining("已定为不回应"),
    });
  });

  test("a case whose content is withheld with one whose content is not", () => {
    const { source, target } = two();
    const withheld: Case = { ...numbered(source, "002"), withheld: true };
    expect(merge(withheld, numbered(target, "001"), source)).toMatchObject({
      refused: expect.stringContaining("线下办理"),
    });
  });
});

describe("the case that goes", () => {
  const { source, target } = two("11-20 09:20");
  const gone = done(merge(numbered(source, "002"), numbered(target, "001"), source)).source;

  test("is closed under its number, and leads to the other one", () => {
    expect(isOpen(gone.state)).toBe(false);
    expect(gone.mergedInto).toMatchObject({ id: "YQ-990121-20261120-001", by: "周敏", at: source.now });
  });

  test("has no clock left: each ended with the merge", () => {
    const limits = gone.clocks.filter((k) => k.dueAt !== null);
    expect(limits.length).toBeGreaterThan(0);
    for (const k of limits) expect(k).toMatchObject({ outcome: "ended", stoppedAt: source.now });
  });
});

describe("the case that stays", () => {
  const due = (c: Case, key = "response.first") => c.clocks.find((k) => k.key === key);

  test("counts from the earlier receipt and detection, also when it has the later number", () => {
    const { source, target } = two("11-20 10:00");
    const { target: stays } = done(merge(numbered(target, "001"), numbered(source, "002"), source));
    expect(stays.receivedAt).toBe(at("11-20 09:00"));
    expect(due(stays)?.dueAt).toBe(at("11-22 09:00"));
    expect(stays.absorbed?.[0]?.moved).toEqual([
      { key: "response.first", before: at("11-22 10:00"), after: at("11-22 09:00") },
    ]);
  });

  test("keeps its limits when the other report came later", () => {
    const { source, target } = two("11-20 10:00");
    const { target: stays } = done(merge(numbered(source, "002"), numbered(target, "001"), source));
    expect(due(stays)?.dueAt).toBe(due(target.case)?.dueAt);
    expect(stays.absorbed?.[0]?.moved).toEqual([]);
  });

  test("says so when a limit is over only because of the merge, and counts as late from then on", () => {
    const target = new Desk(REPORTS.crash.replace("今早6点20左右", "今天9点"), "11-20 09:30");
    const source = new Desk(`${REPORTS.water},网友首发`, "11-20 09:40");
    const earlier = {
      ...source.case.report,
      occurredAt: { ...target.case.report.detectedAt, value: "2026-11-20T05:00:00+08:00" },
    };
    const now = at("11-20 09:30") + span("1h");
    const { target: stays } = done(
      merge({ ...numbered(source, "002"), report: earlier }, numbered(target, "001"), target, now),
    );
    expect(stays.absorbed?.[0]?.overdue).toEqual(["release.authoritative"]);
    expect(due(stays, "release.authoritative")).toMatchObject({
      dueAt: at("11-20 10:00"),
      note: expect.arrayContaining(["并案时已过"]),
      overSince: now,
    });
  });

  test("a limit that was over in the other case already is late as it was: joining cases hides nothing", () => {
    const source = new Desk(REPORTS.crash, "11-20 09:00");
    const target = new Desk(REPORTS.crash.replace("今早6点20左右", "今天10点"), "11-20 10:30");
    const { target: stays } = done(merge(numbered(source, "001"), numbered(target, "002"), target, at("11-20 12:00")));
    expect(due(stays, "release.authoritative")?.dueAt).toBe(at("11-20 11:20"));
    expect(stays.absorbed?.[0]?.overdue).toEqual([]);
    expect(due(stays, "release.authoritative")?.note).not.toContain("并案时已过");
  });

  test("takes over the superior's own limit, the stricter of two", () => {
    const { source, target } = two();
    const asked = (c: Case, requestedDueAt: number): Case => ({ ...c, requestedDueAt });
    const one = done(merge(asked(numbered(source, "002"), at("11-21 12:00")), numbered(target, "001"), source)).target;
    expect(one.requestedDueAt).toBe(at("11-21 12:00"));
    const both = merge(
      asked(numbered(source, "002"), at("11-23 12:00")),
      asked(numbered(target, "001"), at("11-22 12:00")),
      source,
    );
    expect(done(both).target.requestedDueAt).toBe(at("11-22 12:00"));
  });

  test("keeps the other report as it was, with who reported it and why it came here", () => {
    const { source, target } = two();
    const { target: stays } = done(merge(numbered(source, "002"), numbered(target, "001"), source));
    expect(stays.absorbed).toMatchObject([
      { id: "YQ-990121-20261120-002", reporter: "王晓梅", reason: "同一事件", report: source.case.report },
    ]);
    expect(stays.reporter).toBe(target.case.reporter);
  });
});
