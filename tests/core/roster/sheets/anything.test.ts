import fc from "fast-check";
import { expect, it } from "vitest";
import { RosterSchema } from "#core/roster/schema.ts";
import { examine } from "../../../support/roster-sheets.ts";

const HEADINGS = [
  ["单位", "单位编号", "别名", "区划代码", "管理方式", "上级部门", "职能", "职责词", "联络员A", "电话", "分管领导"],
  ["单位", "姓名", "岗位", "手机"],
  ["姓名", "职务", "类别", "常务", "分管单位", "手机"],
  ["日期", "星期", "时间", "起", "止", "值班员", "带班领导"],
  ["群名称", "用途", "区划代码", "单位", "成员"],
  ["区划代码", "区划名称", "别名", "地名", "备注"],
  ["平台", "姓名", "账号"],
];
const cell = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom("", "—", "县教育局", "县水务局", "周敏", "张 三", "联络员A岗", "值班员", "13900001111"),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "2026-12-01",
      "13月40日",
      "12月1日至11月1日",
      "周八至周一",
      "17:30-08:30",
      "99:99",
      "是",
      "990121",
    ),
  },
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty"),
);

/** Sheets of any headings with anything below them. */
const sheets = fc
  .uniqueArray(fc.constantFrom(...HEADINGS), { minLength: 1 })
  .chain((some) =>
    fc.tuple(
      ...some.map((headings) =>
        fc
          .array(fc.array(cell, { maxLength: headings.length + 1 }), { maxLength: 5 })
          .map((rows) => [headings, ...rows]),
      ),
    ),
  )
  .map((all) => all.map((rows, i) => ({ name: `表${i}`, rows })));

it("whatever stands in a workbook, it is a roster that can be used or an error with a sentence", () => {
  fc.assert(
    fc.property(sheets, (some) => {
      const { roster, findings } = examine(some);
      const errors = findings.filter((f) => f.kind === "error");
      expect(roster === undefined).toBe(errors.length > 0);
      expect(findings.every((f) => /\p{Script=Han}/u.test(f.text))).toBe(true);
      if (roster) expect(RosterSchema.safeParse(roster.file).success).toBe(true);
    }),
    { seed: 20261122, numRuns: 400 },
  );
});
