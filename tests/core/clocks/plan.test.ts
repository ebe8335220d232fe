import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planClocks } from "#core/clocks/plan.ts";
import { overOnlyByRange } from "#core/clocks/range.ts";
import type { OfficeConfig } from "#core/config.ts";
import type { Pack } from "#core/policy/pack.ts";
import type { RuleSet } from "#core/policy/resolve.ts";
import type { ClockFacts, ClockKey, EventLevel, KnownTime, PlannedClock } from "#core/policy/types.ts";
import { DAY, HOUR, MINUTE, toIso } from "#core/time.ts";
import { packNamed, packWith, qingyan, rulesOf, shipped } from "../policy/packs.ts";
import { at, facts, RECEIVED, stated, sure, triaged } from "./clock-facts.ts";

const national = rulesOf({ use: ["cn.gb61", "cn.gb80"] });
const office = rulesOf();

function plan(
  change: Partial<ClockFacts> = {},
  rules: RuleSet = office,
  config: OfficeConfig = qingyan,
): PlannedClock[] {
  return planClocks(facts(change), rules, config);
}
const find = (clocks: readonly PlannedClock[], key: ClockKey, kind?: PlannedClock["kind"]) =>
  clocks.find((c) => c.key === key && (kind === undefined || c.kind === kind));
const kinds = (clocks: readonly PlannedClock[]): Record<string, string> =>
  Object.fromEntries(clocks.filter((c) => c.kind !== "soft").map((c) => [c.key, c.kind]));
const due = (clock: PlannedClock | undefined): string | null | undefined =>
  clock && (clock.dueAt === null ? null : toIso(clock.dueAt).slice(0, 16));
describe("which limits run", () => {
  it("before 研判 the 48 h response runs hard from detection", () => {
    const clocks = plan();
    expect(kinds(clocks)).toEqual({ "response.first": "hard" });
    expect(find(clocks, "response.first")).toMatchObject({
      startFrom: "detectedAt",
      rule: "gb61.resp48",
      cite: { docNo: "国办发〔2016〕61号", article: "三", quote: "对其他政务舆情应在48小时内予以回应" },
      note: [],
    });
    expect(due(find(clocks, "response.first"))).toBe("2026-11-22T08:50");
  });

  it.each([
    ["the facts suggest I", { suggestedLevel: "I" }],
    ["the facts suggest II", { suggestedLevel: "II" }],
    [
      "casualties of an emergency are unknown",
      { emergency: true, casualties: { status: "unknown", dead: null, injured: null } },
    ],
    ["casualties are unverified", { emergency: true, casualties: { status: "unverified", dead: null, injured: null } }],
    ["nothing is said of casualties", { emergency: true }],
    ["it is a 社会安全事件", { socialSecurity: true, casualties: stated(0) }],
  ] as [string, Partial<ClockFacts>][])("5 h and 24 h run provisionally where %s", (_, change) => {
    for (const state of [{}, triaged("pending")]) {
      const clocks = plan({ ...change, ...state });
      expect(kinds(clocks)).toEqual({
        "release.authoritative": "provisional",
        "press.conference": "provisional",
        "response.first": "hard",
      });
      expect(find(clocks, "release.authoritative")?.note).toEqual(["建议时限，待研判"]);
    }
  });

  it.each([
    ["suggests III", { suggestedLevel: "III", emergency: true, casualties: stated(3) }],
    ["is an emergency without casualties", { emergency: true, casualties: stated(0) }],
    ["is no emergency", { casualties: { status: "unknown", dead: null, injured: null } }],
  ] as [string, Partial<ClockFacts>][])("nothing runs provisionally for a report that %s", (_, change) => {
    expect(kinds(plan(change))).toEqual({ "response.first": "hard" });
  });

  it.each(["I", "II"] as const)("研判 %s makes 5 h and 24 h hard and ends the 48 h limit", (level) => {
    const clocks = plan(triaged(level, { suggestedLevel: "II" }));
    expect(kinds(clocks)).toEqual({ "release.authoritative": "hard", "press.conference": "hard" });
    expect(find(clocks, "press.conference")).toMatchObject({ rule: "gb61.press24", also: ["gb80.press24"], note: [] });
  });

  it.each(["III", "IV", "none"] as const)("研判 %s ends what ran provisionally", (level) => {
    expect(kinds(plan(triaged(level, { suggestedLevel: "I", emergency: true })))).toEqual({ "response.first": "hard" });
  });

  it("the level of the 舆情 starts no 5 h limit", () => {
    expect(kinds(plan(triaged("none", { opinionLevel: "I" })))).toEqual({ "response.first": "hard" });
  });
});

describe("where a limit starts", () => {
  it("5 h and 24 h at the earlier of occurrence and detection, 48 h at detection", () => {
    const occurredAt = sure("2026-11-20T08:30");
    const major = plan(triaged("II", { occurredAt }));
    expect(find(major, "release.authoritative")).toMatchObject({ start: occurredAt.at, startFrom: "occurredAt" });
    expect(due(find(major, "release.authoritative"))).toBe("2026-11-20T13:30");
    expect(due(find(major, "press.conference"))).toBe("2026-11-21T08:30");
    expect(find(plan({ occurredAt }), "response.first")?.startFrom).toBe("detectedAt");
  });

  it("at the detection when that came before the occurrence, as for a warning", () => {
    const clock = find(plan(triaged("II", { occurredAt: sure("2026-11-20T09:10") })), "press.conference");
    expect(clock).toMatchObject({ start: at("2026-11-20T08:50"), startFrom: "detectedAt" });
  });

  it("at the receipt, 推定, when the detection is not stated", () => {
    const { detectedAt: _, ...unstated } = facts();
    const [clock] = planClocks(unstated, office, qingyan);
    expect(clock).toMatchObject({ start: at(RECEIVED), startFrom: "receivedAt", note: ["推定"] });
    const inferred = plan({ detectedAt: { at: at(RECEIVED), range: false, inferred: true } });
    expect(find(inferred, "response.first")).toMatchObject({ startFrom: "receivedAt", note: ["推定"] });
  });

  it("at the detection, 旧事重提, when the event lies more than 72 h before it", () => {
    const old = (occurred: string) => find(plan(triaged("II", { occurredAt: sure(occurred) })), "press.conference");
    expect(old("2026-11-17T08:49")).toMatchObject({ startFrom: "detectedAt", note: ["旧事重提"] });
    expect(old("2026-11-17T08:50")).toMatchObject({ startFrom: "occurredAt", note: ["收报时已过"] });
  });

  it("an event known by its day is old only when the whole day is", () => {
    const day = (text: string): KnownTime => ({ at: at(text), to: at(text) + DAY, range: true, inferred: false });
    const start = (text: string) => find(plan(triaged("II", { occurredAt: day(text) })), "press.conference")?.startFrom;
    expect(start("2026-11-17")).toBe("occurredAt");
    expect(start("2026-11-16")).toBe("detectedAt");
  });

  it("nowhere when nothing is known: no due time either", () => {
    const { detectedAt: _, receivedAt: __, ...timeless } = facts(triaged("I"));
    for (const clock of planClocks(timeless, office, qingyan))
      expect(clock).toMatchObject({ start: null, startFrom: null, dueAt: null });
  });
});

describe("a time known only by a range", () => {
  const morning: KnownTime = { at: at("2026-11-20T00:00"), to: at("2026-11-20T06:00"), range: true, inferred: false };

  it("counts from its start, 推定, and is provisional while only the range makes it overdue", () => {
    const clock = find(plan(triaged("II", { occurredAt: morning })), "release.authoritative");
    expect(clock).toMatchObject({
      start: morning.at,
      kind: "provisional",
      note: ["推定"],
      latestDueAt: at("2026-11-20T11:00"),
    });
    expect(due(clock)).toBe("2026-11-20T05:00");
  });

  it("is hard when it is over from either end", () => {
    const clock = find(
      plan(triaged("II", { occurredAt: { ...morning, to: at("2026-11-20T02:00") } })),
      "release.authoritative",
    );
    expect(clock).toMatchObject({ kind: "hard", note: ["推定", "收报时已过"] });
  });

  it("is hard when it is over from neither", () => {
    expect(find(plan(triaged("II", { occurredAt: morning })), "press.conference")).toMatchObject({ kind: "hard" });
  });

  it("goes on being over only by the range until the limit from its end has passed", () => {
    const clock = find(plan(triaged("II", { occurredAt: morning })), "release.authoritative");
    const overAt = (text: string) => clock && overOnlyByRange(clock, at(text));
    expect(overAt("2026-11-20T04:59")).toBe(false);
    expect(overAt("2026-11-20T05:00")).toBe(true);
    expect(overAt("2026-11-20T10:59")).toBe(true);
    expect(overAt("2026-11-20T11:00")).toBe(false);
  });

  it("without a known end cannot reach beyond the detection", () => {
    const { to: _, ...open } = morning;
    expect(find(plan(triaged("II", { occurredAt: open })), "release.authoritative")).toMatchObject({
      kind: "provisional",
      latestDueAt: at("2026-11-20T13:50"),
    });
  });
});

describe("late before it began", () => {
  it("a limit over at receipt says so", () => {
    const clocks = plan(triaged("II", { occurredAt: sure("2026-11-20T02:20") }));
    expect(find(clocks, "release.authoritative")?.note).toEqual(["收报时已过"]);
    expect(find(clocks, "press.conference")?.note).toEqual([]);
  });

  it("a raised level starts the new limits from the original start and says which were over by then", () => {
    const raised = triaged("II", { levelChanges: [{ at: at("2026-11-20T15:00"), from: "III" }] });
    const clocks = plan(raised);
    expect(find(clocks, "release.authoritative")).toMatchObject({
      start: at("2026-11-20T08:50"),
      note: ["改级时已过"],
    });
    expect(find(clocks, "press.conference")?.note).toEqual([]);
  });

  it("a limit that ran before the level was raised is not new", () => {
    const late = at("2026-11-23T09:00");
    const from = (level: EventLevel) => ({ levelChanges: [{ at: late, from: level }] });
    expect(find(plan(triaged("I", from("II"))), "press.conference")?.note).toEqual([]);
    expect(find(plan(triaged("III", from("IV"))), "response.first")?.note).toEqual([]);
    expect(find(plan(triaged("I", from("none"))), "press.conference")?.note).toEqual(["改级时已过"]);
  });
});

describe("limits of reply, reposting and the superior", () => {
  it("a suggestion is answered within 7 working days, once extended within 15", () => {
    const [reply, ...rest] = plan({ matter: "suggestion" }).filter((c) => c.kind !== "soft");
    expect(reply).toMatchObject({
      key: "reply.suggestion",
      kind: "extendable",
      rule: "qingyan.suggest",
      startFrom: "receivedAt",
    });
    expect(due(reply)).toBe("2026-12-01T18:00");
    expect(rest).toEqual([]);
    const extended = find(plan({ matter: "suggestion", extended: true }), "reply.suggestion");
    expect(extended?.kind).toBe("hard");
    expect(due(extended)).toBe("2026-12-11T18:00");
  });

  it("a complaint is answered within 15 working days", () => {
    expect(due(find(plan({ matter: "complaint" }), "reply.complaint", "hard"))).toBe("2026-12-11T18:00");
  });

  it("a complaint that has become 舆情 has both limits", () => {
    expect(kinds(plan({ matter: "complaint", opinionLevel: "III", ...triaged("none") }))).toEqual({
      "response.first": "hard",
      "reply.complaint": "hard",
    });
  });

  it("where no document limits the reply, the 48 h response runs", () => {
    expect(kinds(plan({ matter: "suggestion" }, national))).toEqual({ "response.first": "hard" });
  });

  it("a repost has a target of one hour and the end of the next working day", () => {
    const clocks = plan({ matter: "repost", sourcePublishedAt: at("2026-11-20T17:00") });
    expect(due(find(clocks, "repost.soft", "soft"))).toBe("2026-11-20T18:00");
    expect(due(find(clocks, "repost.hard", "hard"))).toBe("2026-11-23T18:00");
    expect(kinds(clocks)).toEqual({ "repost.hard": "hard" });
  });

  it("the superior's own limit stands beside the 48 h response", () => {
    const clocks = plan({ matter: "superior", superiorRequired: true, requestedDueAt: at("2026-11-21T09:00") });
    expect(find(clocks, "requested")).toMatchObject({
      kind: "hard",
      cite: null,
      start: at(RECEIVED),
      startFrom: "receivedAt",
    });
    expect(find(clocks, "response.first")?.kind).toBe("hard");
  });

  it("a limit that ends in a year without a holiday notice is 暂定", () => {
    const reply = (receivedAt: string) =>
      find(plan({ matter: "suggestion", receivedAt: at(receivedAt) }), "reply.suggestion");
    expect(reply("2026-12-28T09:00")?.note).toEqual(["暂定"]);
    expect(reply("2026-12-21T09:00")?.note).toEqual([]);
  });
});

describe("internal targets", () => {
  const minutes = (clock: PlannedClock | undefined): number | undefined =>
    clock?.dueAt == null || clock.start === null ? undefined : (clock.dueAt - clock.start) / MINUTE;

  it("triage takes 30 minutes when I/II is suggested, else 2 hours, from receipt", () => {
    const clock = find(plan(), "triage");
    expect(clock).toMatchObject({
      kind: "soft",
      startFrom: "receivedAt",
      rule: "param:triage.normal",
      cite: null,
      note: ["内部目标"],
    });
    expect(minutes(clock)).toBe(120);
    expect(minutes(find(plan({ suggestedLevel: "II" }), "triage"))).toBe(30);
  });

  it.each([
    ["I", "III", 15],
    ["II", undefined, 15],
    ["none", "III", 30],
    ["none", undefined, 60],
  ] as const)("sign-in for event %s and opinion %s takes %i minutes", (event, opinion, expected) => {
    const level = opinion === undefined ? {} : { opinionLevel: opinion };
    const clock = find(plan(triaged(event, { ...level, assignedAt: at("2026-11-20T09:30") })), "sign");
    expect(minutes(clock)).toBe(expected);
    expect(clock).toMatchObject({ kind: "soft", note: ["内部目标"] });
  });

  it("sign-in of rank IV counts working time, the others do not", () => {
    const evening = at("2026-11-20T17:15");
    expect(due(find(plan(triaged("IV", { assignedAt: evening })), "sign"))).toBe("2026-11-23T09:15");
    expect(due(find(plan(triaged("III", { assignedAt: evening })), "sign"))).toBe("2026-11-20T17:45");
    expect(find(plan(triaged("IV")), "sign")).toBeUndefined();
  });

  it.each([
    ["rank II", triaged("none", { opinionLevel: "II" })],
    ["a suggested I before 研判", { suggestedLevel: "I" }],
    ["one injured", { casualties: stated(0, 1) }],
    ["harm of unknown extent", { casualties: { status: "unknown", dead: null, injured: null } }],
    ["a superior's demand", { superiorRequired: true }],
  ] as [string, Partial<ClockFacts>][])("reporting upward within 1 h follows from %s", (_, change) => {
    const clock = find(plan(change), "report.up");
    expect(clock).toMatchObject({ kind: "soft", rule: "qingyan.report-up", startFrom: "detectedAt" });
    expect(minutes(clock)).toBe(60);
  });

  it.each([
    ["an ordinary case", {}],
    ["casualties that nobody heard of", { casualties: { status: "unverified", dead: null, injured: null } }],
    ["a suggested I that 研判 did not confirm", triaged("IV", { suggestedLevel: "I" })],
  ] as [string, Partial<ClockFacts>][])("reporting upward is not asked for %s", (_, change) => {
    expect(find(plan(change), "report.up")).toBeUndefined();
  });

  it("where no pack gives a number for reporting upward, the target cites nothing; 立即 of the law is named beside it", () => {
    expect(find(plan(triaged("I"), national), "report.up")).toMatchObject({
      rule: "param:reportUp",
      cite: null,
      also: ["law.tf17"],
      note: ["内部目标"],
    });
  });

  it("the stricter of the office's rule and its target counts", () => {
    const config = { ...qingyan, params: { ...qingyan.params, reportUp: 30 } };
    const clock = find(plan(triaged("I"), office, config), "report.up");
    expect(clock?.rule).toBe("param:reportUp");
    expect(minutes(clock)).toBe(30);
  });

  it.each([
    ["I", 6],
    ["II", 12],
    ["III", 24],
  ] as const)("rank %s goes on releasing every %i hours after the last release", (level, hours) => {
    const respondedAt = at("2026-11-20T11:00");
    const first = find(plan(triaged(level, { respondedAt })), "release.continuous");
    expect(first).toMatchObject({ kind: "soft", start: respondedAt, startFrom: "respondedAt", cite: null });
    expect(minutes(first)).toBe(hours * 60);
    const later = find(plan(triaged(level, { respondedAt, lastReleaseAt: respondedAt + HOUR })), "release.continuous");
    expect(later?.start).toBe(respondedAt + HOUR);
  });

  it("rank IV need not go on releasing", () => {
    expect(find(plan(triaged("IV", { respondedAt: at(RECEIVED) })), "release.continuous")).toBeUndefined();
  });
});

describe("several documents", () => {
  const withPack = (...packs: Pack[]): RuleSet =>
    rulesOf({ use: ["cn.gb61", "cn.gb80", ...packs.map((p) => p.id)], ignoreScope: true }, [...shipped, ...packs]);

  it("the strictest that binds counts", () => {
    const clock = find(plan({}, withPack(packWith("test.tight", {}))), "response.first");
    expect(clock).toMatchObject({ rule: "test.tight.one", also: [] });
    expect(due(clock)).toBe("2026-11-21T08:50");
  });

  it("of equal limits the highest issuer is cited and the others are named", () => {
    const clock = find(plan(triaged("II"), withPack(packNamed("gd.yf109"))), "press.conference");
    expect(clock).toMatchObject({ rule: "gb61.press24", also: ["gb80.press24", "yf109.press24"] });
  });

  it("an expired pack gives advisory limits where nothing binds, and none that repeat what binds", () => {
    const clocks = plan({ matter: "suggestion" }, withPack(packNamed("county.2017")));
    expect(find(clocks, "reply.suggestion")).toMatchObject({
      kind: "advisory",
      rule: "xian17.suggest",
      note: ["参考：已过有效期"],
    });
    expect(find(clocks, "response.first")?.kind).toBe("hard");
    expect(kinds(plan(triaged("II"), withPack(packNamed("county.2017"))))).toEqual({
      "release.authoritative": "hard",
      "press.conference": "hard",
    });
  });

  it("a stricter advisory limit stands beside the one that binds", () => {
    const clocks = plan({}, withPack(packNamed("ha.kh16"))).filter((c) => c.key === "response.first");
    expect(clocks.map((c) => [c.rule, c.kind])).toEqual([
      ["gb61.resp48", "hard"],
      ["hakh.hot24", "advisory"],
    ]);
  });

  it("a limit whose condition only a person can judge advises, and says on what it depends", () => {
    const hot = packWith("test.hot", { when: { eventLevel: [null], flag: "热点问题" } });
    const clock = find(plan({}, withPack(hot)), "response.first", "advisory");
    expect(clock).toMatchObject({ rule: "test.hot.one", note: ["参考：是否适用待判定（热点问题）"] });
  });

  it("an office's soft target beside a limit never replaces it", () => {
    const soft = packWith("test.soft", {
      effect: { clock: { start: ["detectedAt"], limit: { value: 4, unit: "naturalHour" }, kind: "soft" } },
    });
    const clocks = plan({}, withPack(soft)).filter((c) => c.key === "response.first");
    expect(clocks.map((c) => [c.rule, c.kind])).toEqual([
      ["gb61.resp48", "hard"],
      ["test.soft.one", "advisory"],
    ]);
  });
});

describe("for any facts", () => {
  const levels = fc.constantFrom<EventLevel>("I", "II", "III", "IV", "none", "pending");
  const minutesBefore = (max: number) => fc.option(fc.integer({ min: 0, max }), { nil: undefined });
  const anyFacts = fc
    .record({
      eventLevel: fc.option(levels, { nil: undefined }),
      suggestedLevel: fc.constantFrom("I", "II", "III", "IV", null),
      emergency: fc.boolean(),
      casualties: fc.constantFrom(null, stated(0), stated(12), {
        status: "unknown" as const,
        dead: null,
        injured: null,
      }),
      socialSecurity: fc.boolean(),
      matter: fc.constantFrom("opinion", "superior", "suggestion", "complaint"),
      occurred: minutesBefore(6 * 24 * 60),
      detected: minutesBefore(6 * 60),
      range: fc.boolean(),
    })
    .map(({ occurred, detected, range, eventLevel, ...rest }): ClockFacts => {
      const time = (before: number): KnownTime => ({ at: at(RECEIVED) - before * MINUTE, range, inferred: false });
      const { detectedAt: _, ...base } = facts();
      return {
        ...base,
        ...rest,
        eventLevel,
        triaged: eventLevel !== undefined,
        ...(occurred === undefined ? {} : { occurredAt: time(occurred) }),
        ...(detected === undefined ? {} : { detectedAt: time(detected) }),
      };
    });
  const settings = { seed: 20161110, numRuns: 500 };

  it("some limit that counts always runs from receipt", () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(office, national), (f, rules) => {
        const counting = planClocks(f, rules, qingyan).filter((c) => c.kind !== "soft" && c.kind !== "advisory");
        expect(counting.length).toBeGreaterThan(0);
        for (const clock of counting) expect(clock.start).not.toBeNull();
      }),
      settings,
    );
  });

  it("raising a level never moves the start of a limit", () => {
    const order: EventLevel[] = ["none", "IV", "III", "II", "I"];
    fc.assert(
      fc.property(anyFacts, fc.nat(4), fc.nat(4), (f, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const before = planClocks({ ...f, triaged: true, eventLevel: order[low] }, office, qingyan);
        const raised = { ...f, triaged: true, eventLevel: order[high], raisedAt: at(RECEIVED) + DAY };
        const suspected = planClocks(
          { ...f, triaged: false, eventLevel: undefined, suggestedLevel: "I" },
          office,
          qingyan,
        );
        for (const clock of planClocks(raised, office, qingyan))
          for (const same of [...before, ...suspected].filter((c) => c.key === clock.key && c.rule === clock.rule))
            expect([clock.start, clock.dueAt]).toEqual([same.start, same.dueAt]);
      }),
      settings,
    );
  });

  it("another pack never makes a limit end later, and never takes one away", () => {
    const unit = fc.constantFrom("naturalHour" as const, "day" as const, "workingDay" as const);
    const extra = fc
      .record({
        key: fc.constantFrom("release.authoritative", "press.conference", "response.first"),
        value: fc.integer({ min: 1, max: 80 }),
        unit,
        status: fc.constantFrom("in-force" as const, "unknown" as const),
        level: fc.constantFrom("I" as const, "III" as const, null),
      })
      .map(({ key, value, unit: u, status, level }) =>
        packWith(
          "test.extra",
          {
            key,
            when: { eventLevel: [level] },
            effect: { clock: { start: ["detectedAt"], limit: { value, unit: u }, kind: "hard" } },
          },
          { status },
        ),
      );
    fc.assert(
      fc.property(anyFacts, extra, (f, pack) => {
        const more = rulesOf({ use: [...qingyan.packs, pack.id] }, [...shipped, pack]);
        const after = planClocks(f, more, qingyan);
        for (const clock of planClocks(f, office, qingyan)) {
          const same = find(after, clock.key);
          expect(same?.dueAt).toBeLessThanOrEqual(clock.dueAt ?? Number.NaN);
        }
      }),
      settings,
    );
  });

  it("a range makes a limit provisional only while it may not be over, and never later than its end would", () => {
    fc.assert(
      fc.property(anyFacts, fc.integer({ min: 1, max: 24 * 60 }), (f, width) => {
        if (!f.occurredAt) return;
        const to = f.occurredAt.at + width * MINUTE;
        const ranged = {
          ...f,
          triaged: true,
          eventLevel: "II" as const,
          occurredAt: { ...f.occurredAt, range: true, to },
        };
        for (const clock of planClocks(ranged, office, qingyan)) {
          if (clock.kind !== "provisional") continue;
          expect(clock.dueAt).toBeLessThanOrEqual(at(RECEIVED));
          expect(clock.latestDueAt).toBeGreaterThan(at(RECEIVED));
        }
      }),
      settings,
    );
  });

  it("the same facts give the same limits", () => {
    fc.assert(
      fc.property(anyFacts, (f) => {
        expect(planClocks(f, office, qingyan)).toEqual(
          planClocks(structuredClone(f), structuredClone(office), qingyan),
        );
      }),
      { ...settings, numRuns: 50 },
    );
  });
});
