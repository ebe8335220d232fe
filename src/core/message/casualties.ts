import type { Casualties } from "#core/intake/types.ts";

/** "12人死亡、19人受伤(重伤4人)"; unknown is never shown as zero. */
export function casualtiesText(c: Casualties | null): string {
  if (c === null) return "";
  if (c.status === "unknown") return c.note ?? "伤亡不详";
  if (c.status === "unverified") return "伤亡未核实";
  const parts: string[] = [];
  if (c.dead !== null) parts.push(`${c.dead}人死亡`);
  if (c.injured !== null) parts.push(`${c.injured}人受伤${c.severe ? `(重伤${c.severe}人)` : ""}`);
  if (c.missing) parts.push(`${c.missing}人失联`);
  return parts.join("、") || (c.note ?? "");
}
