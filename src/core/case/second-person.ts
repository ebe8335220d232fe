import type { Instant } from "#core/time.ts";
import { organisersOf } from "./authority.ts";
import type { Proposal } from "./case.ts";
import type { Office } from "./office.ts";

/**
 * Who is asked to confirm a proposal, first choice first; the proposer never. A return needs the unit's own leader, everything
 * else another 组织协调 or the leader on duty.
 */
export function confirmersOf(p: Proposal, office: Office, now: Instant): string[] {
  const { roster } = office;
  const unit = p.kind === "return" ? roster.unit(p.unit ?? "") : undefined;
  const own = [unit?.deputy ?? unit?.head].filter((name) => name !== undefined && name !== p.by);
  const coordinating = [...organisersOf(office), roster.dutyAt(now).leader];
  const names = own.length > 0 ? own : coordinating;
  return [...new Set(names)].filter((name): name is string => name !== undefined && name !== "" && name !== p.by);
}

/** May this person confirm? Besides those who are asked: the unit's head, and the head of the government. */
export function mayConfirm(p: Proposal, name: string, office: Office, now: Instant): boolean {
  if (name === p.by) return false;
  if (confirmersOf(p, office, now).includes(name)) return true;
  if (p.kind === "return") return office.roster.unit(p.unit ?? "")?.head === name;
  return office.roster.headOfGovernment?.name === name;
}
