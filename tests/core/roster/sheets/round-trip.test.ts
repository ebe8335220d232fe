import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { rosterChanges } from "#core/roster/changes.ts";
import { isSameRoster, saysSame } from "#core/roster/plain.ts";
import { rosterYaml } from "#core/roster/roster-yaml.ts";
import { type RosterFile, RosterSchema } from "#core/roster/schema.ts";
import { peopleSheet, rosterSheets } from "#core/roster/sheets/write-sheets.ts";
import { exampleSetup } from "../../../support/office.ts";
import { examine, sheet, told } from "../../../support/roster-sheets.ts";

const example = exampleSetup().roster.file;
const NAMES = Array.from("甲乙丙丁戊己庚辛").flatMap((given) => [`赵${given}`, `欧阳${given}`]);
const person = fc.constantFrom(...NAMES);
const people = (maxLength: number) => fc.uniqueArray(person, { maxLength });
const words = fc.uniqueArray(fc.constantFrom("停水", "校车", "S216线", "扬尘", "12345", "=1+1", "（老城区）"), {
  maxLength: 3,
});
const clock = fc.constantFrom("00:00", "08:30", "17:30", "24:00");
const maybe = <T>(key: string, value: fc.Arbitrary<T>) =>
  fc.option(
    value.map((v) => ({ [key]: v })),
    { nil: {} },
  );
const all = (...parts: fc.Arbitrary<object>[]) =>
  fc.tuple(...parts).map((some) => Object.assign({}, ...some) as object);

const unit = (i: number) =>
  all(
    fc.record({ liaison: people(4), duties: words, aliases: fc.constantFrom([], [`别名${i}`, `${i}号单位`]) }),
    fc.constantFrom({}, { management: "dual" }, { management: "vertical", superior: "云川市某局" }),
    maybe("deputy", person),
    maybe("head", person),
    // Ids and names of the example stand for units that were renamed.
    fc.constantFrom(
      { id: `u${i}`, name: `青岩县第${i}局` },
      { id: example.units[i % 2]?.id, name: `青岩县新${i}局` },
      { id: `n${i}`, name: example.units[i % 2]?.name },
    ),
    fc.constant({ jurisdiction: "990121", ...(i === 0 ? { role: "coordinator" } : {}) }),
  );

const duty = all(
  fc.oneof(
    fc.record({ weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }) }),
    fc.record({ dates: fc.uniqueArray(fc.constantFrom("2026-11-20", "2026-12-31", "2027-02-28"), { minLength: 1 }) }),
  ),
  fc.record({ from: clock, to: clock, officer: fc.constant("值班甲"), leader: fc.constant("值班甲") }),
);

/** Rosters of any shape over the places of the example. */
const roster = fc
  .record({
    units: fc.integer({ min: 1, max: 4 }).chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => unit(i)))),
    leader: all(
      fc.record({
        role: fc.constantFrom("主要负责同志", "分管领导"),
        executive: fc.boolean(),
        post: fc.constantFrom("县长", "常务副县长", "党组成员"),
      }),
    ),
    roles: fc.record(
      { 值班员: fc.constant(["值班甲"]), 组织协调: people(3), 宣传: people(2) },
      { requiredKeys: ["值班员"] },
    ),
    duty: fc.array(duty, { maxLength: 4 }),
    members: fc.oneof(fc.constant("all-liaisons" as const), people(3)),
    phones: fc.array(fc.stringMatching(/^\d{5,15}$/), { minLength: 3, maxLength: 3 }),
    account: fc.option(fc.constantFrom("ou_1", "-x")),
  })
  .map(({ units, leader, roles, duty: entries, members, phones, account }) => {
    const file = {
      ...example,
      units,
      leaders: [{ name: "县长某", ...leader, units: units.slice(0, 2).map((u) => (u as { id: string }).id) }],
      roles,
      duty: entries,
      groups: [{ name: "值班群", purpose: "duty", members, units: units.map((u) => (u as { id: string }).id) }],
      phones: {},
      accounts: account ? { feishu: { 县长某: account } } : {},
    };
    const known = RosterSchema.parse(file);
    const [a = "", b = "", c = ""] = phones;
    return {
      ...known,
      phones: { 县长某: a, 值班甲: b, ...(known.units[0]?.head ? { [known.units[0].head]: c } : {}) },
    };
  })
  .filter((file) => new Set(file.units.flatMap((u) => [u.id, u.name])).size === file.units.length * 2);

/** What a workbook brings over a roster that is another one altogether. */
const readOver = (file: RosterFile, base: RosterFile): RosterFile | undefined => {
  const read = examine(rosterSheets(file), base);
  expect(told(read.findings, "error")).toEqual([]);
  expect(read.isWhole).toBe(true);
  return read.roster?.file;
};

describe("nothing is lost from a roster", () => {
  it("through a workbook, whatever stood there before", () => {
    fc.assert(
      fc.property(roster, (file) => {
        const back = readOver(file, example);
        expect(back && rosterChanges(file, back)).toEqual([]);
        expect(back && isSameRoster(back, file)).toBe(true);
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });

  it("through a list of people, over the roster it comes from", () => {
    fc.assert(
      fc.property(roster, (file) => {
        const read = examine([peopleSheet(file)], file);
        expect(read.roster && isSameRoster(read.roster.file, file)).toBe(true);
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });

  it("when a roster file is brought up to date", () => {
    fc.assert(
      fc.property(roster, roster, (before, after) => {
        const text = rosterYaml(stringify(before), before, after);
        expect(saysSame(RosterSchema.parse(parse(text)), after)).toBe(true);
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });
});

it("an import keeps comments and lines of what it does not change", () => {
  const text = [
    "# 本单位的通讯录",
    stringify({ jurisdictions: example.jurisdictions }).trim(),
    "units:",
    "  # 办公室",
    '  - { id: a, name: 办公室, jurisdiction: "990121", role: coordinator, liaison: [甲] }',
    "  # 教育",
    '  - { id: b, name: 教育局, jurisdiction: "990121", liaison: [乙] }',
    "groups:",
    "  - { name: 群, purpose: duty, members: all-liaisons }",
    "phones:",
    '  甲: "13900000001"  # 白天',
    '  乙: "13900000002"',
  ].join("\n");
  const before = RosterSchema.parse(parse(text));
  const read = examine([sheet("s", "单位|姓名|岗位|手机\n教育局|丙|联络员A岗|13900000003")], before);
  const after = read.roster?.file;
  expect(after).toBeDefined();
  if (!after) return;
  const changed = rosterYaml(text, before, after);
  expect(changed).toContain("# 本单位的通讯录");
  expect(changed).toContain(
    '  # 办公室\n  - { id: a, name: 办公室, jurisdiction: "990121", role: coordinator, liaison: [ 甲 ] }',
  );
  expect(changed).toContain('甲: "13900000001" # 白天');
  expect(changed).toContain("liaison: [ 丙 ]");
  expect(changed).not.toContain("乙");
  expect(rosterChanges(before, after)).toEqual([
    { part: "人员", how: "added", text: "丙" },
    { part: "人员", how: "removed", text: "乙" },
    { part: "岗位", how: "changed", text: "教育局 联络员A岗 乙→丙" },
    { part: "电话", how: "removed", text: "乙 139****0002" },
    { part: "电话", how: "added", text: "丙 139****0003" },
  ]);
});

it("an import writes a roster file anew in which one value stands for another", () => {
  const own = stringify(example)
    .replace("周敏: ", "周敏: &office ")
    .replace(/何伟: ".*"/, "何伟: *office");
  const before = RosterSchema.parse(parse(own));
  const after = { ...before, phones: { ...before.phones, 周敏: "13900000009" } };
  expect(before.phones["何伟"]).toBe(before.phones["周敏"]);
  expect(saysSame(RosterSchema.parse(parse(rosterYaml(own, before, after))), after)).toBe(true);
});
