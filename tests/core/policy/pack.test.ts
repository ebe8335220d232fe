import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { clocksOf, type Pack, PackSchema } from "#core/policy/pack.ts";
import { parsePack } from "#core/policy/parse-pack.ts";
import { packNamed, shipped } from "./packs.ts";

describe("the pack format", () => {
  it.each(shipped.map((pack) => [pack.id, pack] as const))("holds %s without loss", (id, pack) => {
    expect(parsePack(`${id}.yaml`, stringify(pack))).toHaveProperty("pack", pack);
  });

  const pack = packNamed("cn.gb80");
  const [first] = pack.obligations;
  const withFirst = (change: object): object => ({ ...pack, obligations: [{ ...first, ...change }] });
  const accepts = (value: unknown): boolean => PackSchema.safeParse(value).success;

  it("refuses a field it does not know, wherever it stands", () => {
    const wrong = [
      { ...pack, extra: 1 },
      withFirst({ extra: 1 }),
      withFirst({ when: { eventLevl: ["I"] } }),
      withFirst({ effect: { ...first?.effect, clok: 1 } }),
      withFirst({ acts: { informs: "本版未做", were: [] } }),
    ];
    for (const w of wrong) expect(accepts(w)).toBe(false);
  });

  it("asks what the bot does with each obligation", () => {
    expect(accepts(withFirst({}))).toBe(true);
    expect(accepts(withFirst({ behaviour: undefined }))).toBe(false);
    expect(accepts(withFirst({ behaviour: "" }))).toBe(false);
  });

  it("takes either where and test, or why it only informs", () => {
    expect(accepts(withFirst({ acts: { informs: "本版未做" } }))).toBe(true);
    for (const acts of [{}, { where: ["研判"] }, { test: ["a"] }, { where: [], test: [] }, { informs: "" }])
      expect(accepts(withFirst({ acts }))).toBe(false);
    expect(accepts(withFirst({ acts: { where: ["研判"], test: ["a"], informs: "本版未做" } }))).toBe(false);
  });

  it("asks nothing of an office's own pack about the program's files", () => {
    expect(accepts(withFirst({ acts: undefined }))).toBe(true);
  });
});

describe("the example county's own pack", () => {
  const own: Pack = packNamed("qingyan.office", shipped);

  it("is marked as invented, itself and every obligation", () => {
    expect(own.docNo).toContain("虚构");
    for (const { source, cite } of own.obligations) {
      expect(source).toBe("inference");
      expect(cite.via).toContain("虚构");
    }
  });

  it("binds the limits of reply and reposting", () => {
    const keys = own.obligations.filter((o) => clocksOf(o).length > 0).map((o) => o.key);
    expect(keys).toEqual(["report.up", "reply.suggestion", "reply.complaint", "repost"]);
  });
});
