import type { Case } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import type { Instant } from "#core/time.ts";
import { type Recipient, resolveAudience } from "./audience.ts";
import type { AudienceWord, ReminderSubject } from "./stages.ts";

/** In which post somebody was to be told, and of what. */
export interface Told {
  as: AudienceWord;
  units: readonly string[];
  subject: ReminderSubject;
}

export interface Contacts {
  /** Could not be told of this. */
  failed: ReadonlySet<string>;
  /** Were told of it already. */
  told: ReadonlySet<string>;
  reaches: (name: string) => boolean;
}

/**
 * Who fills a post now that its holder could not be told: those of the post, else whoever follows them. Somebody who was told
 * already fills it without being told again.
 * @returns `filledBy` names everybody who fills the post, `next` those of them who are still to be told
 */
export function successors(
  c: Case,
  { as, units, subject }: Told,
  { failed, told, reaches }: Contacts,
  office: Office,
  now: Instant,
): { filledBy: string[]; next: Recipient[] } {
  const { recipients } = resolveAudience([as], {
    c,
    subject,
    office,
    now,
    reaches: (name) => !failed.has(name) && reaches(name),
  });
  const filling = recipients.filter((r) => units.length === 0 || r.units.some((unit) => units.includes(unit)));
  return { filledBy: filling.map((r) => r.name), next: filling.filter((r) => !told.has(r.name)) };
}
