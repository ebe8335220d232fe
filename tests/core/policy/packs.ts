import { readFileSync } from "node:fs";
import { type OfficeConfig, OfficeConfigSchema } from "#core/config.ts";
import type { Pack } from "#core/policy/pack.ts";
import { type ResolveOptions, type RuleSet, resolveRules } from "#core/policy/resolve.ts";
import { loadPacks } from "#src/cli/load-rules.ts";

export function readFixture<T>(name: string): T {
  return JSON.parse(readFileSync(`tests/fixtures/${name}.json`, "utf8")) as T;
}

/** The packs that the project ships, with those of the example county. */
export const shipped: readonly Pack[] = loadPacks(["rules", "examples/qingyan/rules"]);

/** The ten packs of documents, without the example county's own. */
export const sourcePacks: readonly Pack[] = shipped.filter((pack) => pack.id !== "qingyan.office");

export const qingyan: OfficeConfig = OfficeConfigSchema.parse({
  name: "青岩县人民政府办公室",
  jurisdiction: "990121",
  packs: ["cn.law", "cn.gb61", "cn.gb80", "qingyan.office"],
});

/** The rules of the example county on 20 November 2026, unless told otherwise. A pack named twice counts once. */
export function rulesOf(options: Partial<ResolveOptions> = {}, packs: readonly Pack[] = shipped): RuleSet {
  return resolveRules([...new Set(packs)], {
    use: qingyan.packs,
    jurisdiction: "990121",
    on: "2026-11-20",
    ...options,
  });
}

export function packNamed(id: string, packs: readonly Pack[] = sourcePacks): Pack {
  const pack = packs.find((p) => p.id === id);
  if (!pack) throw new Error(`no pack ${id}`);
  return pack;
}

/** A pack that binds in the example county, with one obligation; fields may be replaced. */
export function packWith(id: string, obligation: Partial<Pack["obligations"][number]>, pack: Partial<Pack> = {}): Pack {
  return {
    id,
    name: `${id} 的测试规定`,
    docNo: `${id}〔2026〕1号`,
    issuer: "测试",
    date: "2026-01-01",
    validFrom: "2026-01-01",
    validUntil: null,
    status: "in-force",
    scope: { kind: "jurisdiction", code: "990121" },
    extends: [],
    file: "(test)",
    obligations: [
      {
        id: `${id}.one`,
        key: "response.first",
        treat: "rule",
        behaviour: "测试",
        when: { eventLevel: ["III", "IV", null] },
        effect: {
          clock: { start: ["detectedAt"], limit: { value: 24, unit: "naturalHour" }, kind: "hard" },
        },
        cite: { article: "一", quote: "测试", via: "测试" },
        source: "inference",
        ...obligation,
      },
    ],
    ...pack,
  };
}
