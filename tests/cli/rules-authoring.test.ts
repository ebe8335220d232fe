import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { PACK_FIELDS } from "#core/policy/pack-fields.ts";
import { packJsonSchema, undescribedFields } from "#core/policy/pack-json-schema.ts";
import { parsePack } from "#core/policy/parse-pack.ts";

const GUIDE = readFileSync("docs/rules-authoring.md", "utf8");
const blocks = [...GUIDE.matchAll(/```yaml\n([\s\S]*?)```/gu)].map(([, yaml]) => yaml ?? "");

describe("the handbook for authors of rule packs", () => {
  it("shows a head and an obligation that together are a valid pack", () => {
    const parsed = parsePack("qingyan.first24.yaml", blocks.join(""));
    expect("problems" in parsed ? parsed.problems : []).toEqual([]);
  });

  it("names only fields that a pack has", () => {
    const known = new Set(Object.keys(PACK_FIELDS).flatMap((path) => path.split(".")));
    const named = [...GUIDE.matchAll(/^\s{0,12}([a-zA-Z]+): /gmu)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => name && !known.has(name))).toEqual([]);
  });
});

describe("the JSON Schema of a pack", () => {
  it("says of every field what it is, and of nothing else", () => {
    expect(undescribedFields()).toEqual([]);
    const schema = JSON.stringify(packJsonSchema());
    expect(Object.entries(PACK_FIELDS).filter(([, text]) => !schema.includes(JSON.stringify(text)))).toEqual([]);
  });

  it("requires what the program requires", () => {
    const { required, properties } = packJsonSchema() as { required: string[]; properties: Record<string, object> };
    expect(required).toEqual(expect.arrayContaining(["id", "docNo", "validFrom", "status", "scope", "obligations"]));
    expect(Object.keys(properties)).toContain("validUntil");
  });

  it.each(["examples/qingyan/rules", "examples/qingyan/packs"])(
    "is found by the editor from the packs in %s",
    (folder) => {
      for (const name of readdirSync(folder)) {
        const file = join(folder, name);
        const path = /^# yaml-language-server: \$schema=(\S+)/u.exec(readFileSync(file, "utf8"))?.[1];
        expect(path && existsSync(resolve(dirname(file), path)), file).toBe(true);
      }
    },
  );
});
