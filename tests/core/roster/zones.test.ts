import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { gazetteerOf, isAncestor } from "#core/intake/gazetteer.ts";
import { findPlaces } from "#core/intake/places.ts";
import { rosterFrom } from "#core/roster/load.ts";
import { placeNames } from "#src/cli/place-names.ts";

interface Content {
  jurisdictions: object[];
  units: Record<string, unknown>[];
}
const content = parse(readFileSync("examples/qingyan/roster.yaml", "utf8")) as Content;
const zone = { code: "990121GX", name: "青岩高新区", aliases: ["高新区"] };
const unit = { id: "gxjs", name: "青岩高新区建设局", jurisdiction: "990121GX", liaison: ["甲"] };
const withZone = (change: object = {}) =>
  rosterFrom({
    ...content,
    jurisdictions: [...content.jurisdictions, { ...zone, ...change }],
    units: [...content.units, unit],
  });

describe("a functional zone in the roster", () => {
  it("is a place with a name, and units may belong to it", () => {
    const roster = withZone();
    expect(roster.jurisdiction("990121GX")?.name).toBe("青岩高新区");
    expect(roster.unit("青岩高新区建设局")?.jurisdiction).toBe("990121GX");
    expect(placeNames(roster)).toMatchObject({ "990121GX": "青岩高新区", "990121": "青岩县" });
  });

  it("is found in a report, and is not a second place beside its county", () => {
    const gazetteer = gazetteerOf(withZone());
    const codes = (text: string) => findPlaces(text, gazetteer, "990121").map((place) => place.code);
    expect(codes("青岩高新区一工地起火")).toEqual(["990121GX"]);
    expect(codes("青岩县高新区一工地起火")).toEqual(["990121GX"]);
    expect(codes("青岩县通报:高新区一工地起火")).toEqual(["990121GX"]);
    expect(isAncestor("990121", "990121GX")).toBe(true);
    expect(isAncestor("990122", "990121GX")).toBe(false);
  });

  it.each(["990121gx", "GX", "9901210GX"])("with the code %s is refused with the way to write it", (code) => {
    expect(() => withZone({ code })).toThrow("功能区为上级代码加大写字母后缀(如 990121GX)");
  });
});
