import { described } from "#core/message/evidence.ts";
import type { Reader } from "#core/store.ts";
import { formatMoment, type Instant } from "#core/time.ts";
import { type Case, midNo } from "./case.ts";
import { type Evidence, sameContent } from "./evidence.ts";

/** Repeats that one answer names. */
const NAMED = 3;

/**
 * Says of each attachment of a message whether its content was sent before, in this case or in another: by whom, when and where.
 * @param c the case as it stands with the message's own attachments
 */
export async function sentBefore(
  reader: Reader,
  c: Case,
  evidence: readonly Evidence[],
  now: Instant,
): Promise<string[]> {
  const hashes = evidence.flatMap((e) => e.sha256 ?? []);
  const elsewhere = (await reader.casesWithContent(hashes)).filter((k) => k.caseId !== c.id);
  const told: string[] = [];
  for (const e of evidence.slice(0, NAMED)) {
    const own = (c.evidence ?? []).filter((k) => k.messageId !== e.messageId);
    const here = sameContent(own, e);
    const other = here ? undefined : elsewhere.find((k) => k.sha256 === e.sha256);
    const otherCase = other && (await reader.case(other.caseId));
    const first = here ?? (otherCase && sameContent(otherCase.evidence ?? [], e));
    if (!first || otherCase?.withheld) continue;
    const where = otherCase ? `在 ${midNo(otherCase.id)} ` : "";
    told.push(
      `${described({ kind: e.kind, name: e.name })} 与${first.by} ${formatMoment(first.at, now)} ${where}发的相同。`,
    );
  }
  return told;
}
