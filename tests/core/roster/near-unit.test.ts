import { expect, test } from "vitest";
import { nearUnit } from "#core/roster/near-unit.ts";
import { exampleOffice } from "../../support/office.ts";

const { roster } = exampleOffice();

test.each([
  ["水利局", "县水务局"],
  ["县教育居", "县教育局"],
  ["青岩县水局", "县水务局"],
  ["青岩县公安分局", "县公安局"],
  ["县一中", undefined],
  ["省生态环境厅", undefined],
  ["局", undefined],
])("%s: %s", (written, meant) => {
  expect(nearUnit(written, roster)).toBe(meant);
});
