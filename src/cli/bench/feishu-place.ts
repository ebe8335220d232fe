import type { Address } from "#core/ports.ts";
import { Roster } from "#core/roster/roster.ts";
import type { RosterFile } from "#core/roster/schema.ts";
import type { BenchPlace } from "./parts.ts";

/** The roster with which the bot runs, what exists in Feishu, and those who are only written to. */
export interface FeishuPlace extends Pick<BenchPlace, "people" | "groups"> {
  roster: RosterFile;
  addresses: Address[];
}

/**
 * An office with so many more people and as many more groups. All accounts stand in the roster, so that nobody is looked up
 * and nobody is greeted.
 */
export function feishuPlace(file: RosterFile, more: number): FeishuPlace {
  const numbers = Array.from({ length: more }, (_, i) => String(i + 1).padStart(3, "0"));
  const staff = numbers.map((no) => `测速员${no}`);
  const unit = { id: "bench", name: "测速单位", aliases: [], duties: [], liaison: staff, jurisdiction: homeOf(file) };
  const added = numbers.map((no, i) => ({
    name: `测速群${no}`,
    purpose: "work" as const,
    units: [],
    members: staff.slice(i, i + 1),
  }));
  const units = [...file.units, { ...unit, management: "local" as const }];
  const whole: RosterFile = { ...file, phones: {}, units, groups: [...file.groups, ...added] };
  const roster = new Roster(whole, { jurisdiction: homeOf(file) });
  const people = [...roster.people.keys()].map((name, i) => ({ name, account: `ou_bench${i}` }));
  const groups = whole.groups.map((group, i) => ({
    name: group.name,
    account: `oc_bench${i}`,
    members: roster.members(group),
  }));
  const accounts = { feishu: Object.fromEntries([...people, ...groups].map(({ name, account }) => [name, account])) };
  const addresses = numbers.flatMap((no): Address[] => [
    { kind: "group", name: `测速群${no}` },
    { kind: "user", name: `测速员${no}` },
  ]);
  return { roster: { ...whole, accounts }, people, groups, addresses };
}

/** Units of the example office belong to its own jurisdiction. */
const homeOf = ({ units }: RosterFile): string => units[0]?.jurisdiction ?? "";
