import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { planClocks } from "#core/clocks/plan.ts";
import { fromIso } from "#core/iso.ts";
import { type Pack, PackSchema } from "#core/policy/pack.ts";
import { resolveRules } from "#core/policy/resolve.ts";
import type { ClockFacts, ClockKey } from "#core/policy/types.ts";
import { discoverCommands } from "#src/discover.ts";
import { packNamed, qingyan, readFixture, rulesOf, shipped, sourcePacks } from "./packs.ts";

type SourcePack = Omit<Pack, "status" | "statusNote"> & { status: string };
const source = readFixture<{ packs: SourcePack[] }>("rulepacks").packs;
const everyObligation = shipped.flatMap((pack) => pack.obligations);

/** Where the shipped packs say something else than the list they were made from, and why. */
const CORRECTIONS: readonly (readonly [RegExp, string])[] = [
  [/^law\.\w+ cite\.(docNo|article)$/, "each statute is cited by its own full name and number, the article by itself"],
  [/^law\.\w+ cite\.via$/, "the statutes are public texts, not among the source documents"],
  [/^cn\.law docNo$/, "one number for many statutes is none; the list named 个人信息保护法, which no obligation cites"],
  [/^cn\.gb80 note$/, "told in Chinese, as it is shown"],
  [/^gd\.yf109 name$/, "the full title, where the list left part of it out"],
  [/^gd\.jieyang17 docNo$/, "the document bears no number; a citation must read without the list's remark"],
  [/^sd\.2018-18 (docNo|note)$/, "the number alone; that it is known through a report stands in the note"],
  [
    /^county\.2017 (docNo|dateBasis|note)$/,
    "neither county nor number is known; told in Chinese, with how 2022-12-31 came about",
  ],
  [/^ha\.kh16 (dateBasis|note)$/, "says that the document itself was not read"],
  [/^ha\.naas17 note$/, "the text names its own grounds, and they are not the packs that the list has it extend"],
  [/^sd18\.sanction cite\.via$/, "the words are garbled in the document; where the rest comes from is said"],
  [
    /^qa\.2024 (docNo|issuer|note)$/,
    "an article without number and author; a citation must read without the list's remark",
  ],
  [/^xian17\.five cite\.quote$/, "the quote broke off after the first of five dispositions"],
  [/^hakh\.\w+ cite\.via$/, "known through a newspaper, which has to be named"],
  [/^hakh\.(auth5|grades) cite\.article$/, "(同上) says nothing where a clause stands alone"],
];

/** Leaves of plain data by their path: "cite.quote" → "…". */
function leaves(value: unknown, path: string[] = []): [string, unknown][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [[path.join("."), value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

function differences(name: string, a: object, b: object): string[] {
  const [left, right] = [new Map(leaves(a)), new Map(leaves(b))];
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((path) => JSON.stringify(left.get(path)) !== JSON.stringify(right.get(path)))
    .map((path) => `${name} ${path}`);
}

/** The head of a pack as the list writes it: a note on the status in brackets behind it. */
function head(whole: Pack): object {
  const { obligations: _, statusNote, ...pack } = whole;
  return { ...pack, status: statusNote ? `${pack.status}(${statusNote})` : pack.status };
}

describe("the ten documents", () => {
  it("are all there, with each of the 112 obligations in its place", () => {
    const ids = (packs: readonly { id: string; obligations: { id: string }[] }[]) =>
      Object.fromEntries(packs.map((p) => [p.id, p.obligations.map((o) => o.id)]));
    expect(ids(sourcePacks)).toEqual(ids(source));
    expect(sourcePacks.flatMap((p) => p.obligations)).toHaveLength(112);
  });

  it("say what the list says, down to article and quote, but for the corrections named here", () => {
    const found = source.flatMap((listed) => {
      const { obligations, ...listedHead } = listed;
      const pack = packNamed(listed.id);
      return [
        ...differences(listed.id, listedHead, head(pack)),
        ...obligations.flatMap((o, i) => {
          const { behaviour: _b, acts: _a, ...ours } = pack.obligations[i] ?? o;
          return differences(o.id, o, ours);
        }),
      ];
    });
    expect(found.filter((path) => !CORRECTIONS.some(([pattern]) => pattern.test(path)))).toEqual([]);
    expect(CORRECTIONS.filter(([pattern]) => !found.some((path) => pattern.test(path)))).toEqual([]);
  });

  it("cite each statute by its own name and the article that the list names", () => {
    const listed = source.find((p) => p.id === "cn.law");
    for (const { id, cite } of packNamed("cn.law").obligations) {
      const article = listed?.obligations.find((o) => o.id === id)?.cite.article;
      expect(cite.docNo, id).toBeTruthy();
      expect(article?.endsWith(cite.article), id).toBe(true);
    }
  });
});

describe("where words come from", () => {
  it("is named wherever the document itself was not read", () => {
    expect(everyObligation.filter((o) => o.source !== "seed" && !o.cite.via).map((o) => o.id)).toEqual([]);
  });

  it.each(["public", "inference"])("a pack that leaves it out for %s words is refused", (kind) => {
    const pack = packNamed("cn.gb61");
    const [first, ...rest] = pack.obligations;
    const unnamed = { ...pack, obligations: [{ ...first, source: kind }, ...rest] };
    expect(PackSchema.safeParse(unnamed).error?.issues.map((i) => i.path)).toEqual([["obligations", 0, "cite", "via"]]);
  });
});

describe("what the bot does with each obligation", () => {
  it("is said in one sentence, and where, with a test; or that it only informs, and why", () => {
    for (const { id, behaviour, acts } of everyObligation) {
      expect(behaviour, id).toMatch(/^[^。]{6,90}$/u);
      expect(acts, id).toBeDefined();
    }
  });

  it("is found in files and commands that there are", async () => {
    const words = new Set((await discoverCommands()).commands.map((c) => c.word));
    const missing = everyObligation.flatMap(({ id, acts }) => {
      if (!acts || "informs" in acts) return [];
      const lost = acts.where.filter((place) => (place.includes("/") ? !existsSync(place) : !words.has(place)));
      return [...lost, ...acts.test.filter((file) => !existsSync(file))].map((place) => `${id}: ${place}`);
    });
    expect(missing).toEqual([]);
  });

  it("names every command that its sentence names", () => {
    const unnamed = everyObligation.flatMap(({ id, behaviour, acts }) => {
      const named = [...behaviour.matchAll(/〔(\p{Script=Han}+)〕/gu)].map((m) => m[1] ?? "");
      const where = acts && "where" in acts ? acts.where : named;
      return named.filter((word) => !where.includes(word)).map((word) => `${id}: ${word}`);
    });
    expect(unnamed).toEqual([]);
  });
});

const at = (text: string): number => fromIso(`${text}:00+08:00`) ?? Number.NaN;
const facts: ClockFacts = {
  matter: "opinion",
  eventLevel: "none",
  opinionLevel: "III",
  triaged: true,
  suggestedLevel: null,
  emergency: false,
  casualties: null,
  socialSecurity: false,
  superiorRequired: false,
  sensitive: false,
  detectedAt: { at: at("2026-11-20T08:50"), range: false, inferred: false },
  receivedAt: at("2026-11-20T09:00"),
};

describe("an office in another province", () => {
  const limits = (jurisdiction: string, use: string[], change: Partial<ClockFacts>) => {
    const rules = resolveRules(shipped, { use: ["cn.gb61", "cn.gb80", ...use], jurisdiction, on: "2026-11-20" });
    const clocks = planClocks({ ...facts, ...change }, rules, qingyan).filter((c) => c.kind === "hard");
    return Object.fromEntries(clocks.map((c) => [c.key, [c.rule, ...c.also]])) as Partial<Record<ClockKey, string[]>>;
  };

  it("in 广东 has the 5 hours of the State Council, and its own 24 and 48 beside the national ones", () => {
    const use = ["gd.yf109", "gd.jieyang17"];
    expect(limits("445200", use, { eventLevel: "II" })).toEqual({
      "release.authoritative": ["gb80.auth5"],
      "press.conference": ["gb61.press24", "gb80.press24", "yf109.press24"],
    });
    expect(limits("445200", use, {})).toEqual({ "response.first": ["gb61.resp48", "yf109.resp48"] });
  });

  it("in 广东 reports upward at the first moment, which the project takes for an hour", () => {
    const set = rulesOf({ use: ["cn.gb61", "gd.yf109"], jurisdiction: "445221" });
    const clocks = planClocks({ ...facts, superiorRequired: true }, set, qingyan);
    expect(clocks.find((c) => c.key === "report.up")).toMatchObject({
      ...{ kind: "soft", rule: "yf109.report", note: ["推定"] },
      dueAt: at("2026-11-20T09:50"),
    });
  });

  it("in 山东 has the same three limits from the State Council and from the province", () => {
    expect(limits("370100", ["sd.2018-18"], { eventLevel: "I" })).toEqual({
      "release.authoritative": ["gb80.auth5", "sd18.auth5"],
      "press.conference": ["gb61.press24", "gb80.press24", "sd18.press24"],
    });
    expect(limits("370100", ["sd.2018-18"], {})).toEqual({ "response.first": ["gb61.resp48", "sd18.resp48"] });
  });

  it("elsewhere is not bound by either", () => {
    const use = ["sd.2018-18", "gd.yf109", "gd.jieyang17"];
    expect(limits("990121", use, {})).toEqual({ "response.first": ["gb61.resp48"] });
  });
});

describe("a document whose county is unknown", () => {
  it("is on no chain, even if it were in force", () => {
    const county: Pack = { ...packNamed("county.2017"), status: "in-force", validUntil: null };
    for (const jurisdiction of ["990121", "445200", "110101", "000000"]) {
      const set = resolveRules([county], { use: [county.id], jurisdiction, on: "2026-11-20" });
      expect(set.packs.map((p) => p.advisory)).toEqual(["不在本级链条"]);
    }
  });

  it("advises on a complaint where no document in force sets a limit", () => {
    const rules = rulesOf({ use: ["cn.gb61", "county.2017"] });
    const clocks = planClocks({ ...facts, matter: "complaint" }, rules, qingyan);
    expect(clocks.find((c) => c.key === "reply.complaint")).toMatchObject({
      kind: "advisory",
      rule: "xian17.complaint",
      note: ["参考：已过有效期"],
    });
  });
});
