import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { clocksOf, type Pack, PackSchema } from "#core/policy/pack.ts";
import { parsePack } from "#core/policy/parse-pack.ts";
import { fixturePacks, fromFixture, packNamed, shipped, toFixture } from "./packs.ts";

describe("the pack format", () => {
  it.each(fixturePacks.map((pack) => [pack.id, pack] as const))("holds %s without loss", (id, pack) => {
    const parsed = parsePack(`${id}.yaml`, stringify(fromFixture(pack)));
    expect(parsed).toHaveProperty("pack");
    if ("pack" in parsed) expect(toFixture(parsed.pack)).toEqual(pack);
  });

  it("holds all 10 packs and 112 obligations of the source", () => {
    expect(fixturePacks).toHaveLength(10);
    expect(fixturePacks.flatMap((pack) => pack.obligations)).toHaveLength(112);
  });

  it("refuses a field it does not know, wherever it stands", () => {
    const pack = fromFixture(packNamedInFixture("cn.gb80"));
    const [first] = pack.obligations;
    const wrong = [
      { ...pack, extra: 1 },
      { ...pack, obligations: [{ ...first, extra: 1 }] },
      { ...pack, obligations: [{ ...first, when: { eventLevl: ["I"] } }] },
      { ...pack, obligations: [{ ...first, effect: { ...first?.effect, clok: 1 } }] },
    ];
    for (const w of wrong) expect(PackSchema.safeParse(w).success).toBe(false);
  });
});

function packNamedInFixture(id: string): (typeof fixturePacks)[number] {
  const pack = fixturePacks.find((p) => p.id === id);
  if (!pack) throw new Error(`no pack ${id}`);
  return pack;
}

const national = shipped.filter((pack) => pack.id.startsWith("cn."));

describe("the shipped packs", () => {
  it("are the three national ones and the example county's own", () => {
    expect(shipped.map((pack) => pack.id)).toEqual(["cn.gb61", "cn.gb80", "cn.law", "qingyan.office"]);
  });

  it.each(national.map((pack) => [pack.id, pack] as const))("%s says what its source says", (id, pack) => {
    const source = packNamed(id);
    expect(core(pack)).toEqual(core(source));
    expect({ ...pack, obligations: [], docNo: "", note: "" }).toEqual({
      ...source,
      obligations: [],
      docNo: "",
      note: "",
    });
  });

  it("say for each obligation what the bot does with it", () => {
    const silent = shipped.flatMap((pack) => pack.obligations).filter((o) => o.behaviour === undefined);
    expect(silent).toEqual([]);
  });

  it("cite each statute of cn.law by its own name and article", () => {
    for (const { id, cite } of packNamed("cn.law", shipped).obligations) {
      const source = packNamed("cn.law").obligations.find((o) => o.id === id);
      expect(cite.docNo, id).toBeTruthy();
      expect(source?.cite.article, id).toContain(cite.article);
    }
  });

  it("mark what was invented as invented", () => {
    const own = packNamed("qingyan.office", shipped);
    expect(own.docNo).toContain("虚构");
    expect(own.obligations.map((o) => o.source)).toEqual(own.obligations.map(() => "inference"));
  });

  it("bind the limits of reply and reposting in the example county", () => {
    const keys = packNamed("qingyan.office", shipped)
      .obligations.filter((o) => clocksOf(o).length > 0)
      .map((o) => o.key);
    expect(keys).toEqual(["report.up", "reply.suggestion", "reply.complaint", "repost"]);
  });
});

/** What an obligation says, without how the bot treats it and how a statute is named. */
function core(pack: Pack): unknown[] {
  return pack.obligations.map(({ id, key, treat, when, effect, source, cite: { quote, via } }) => ({
    ...{ id, key, treat, when, effect, source, quote, via },
  }));
}
