import type { Office } from "#core/case/office.ts";
import type { Outgoing } from "#core/store.ts";
import { formatMoment, type Instant } from "#core/time.ts";
import type { Card } from "./card.ts";

/** A card to each administrator; once for each key. Of no case: its own failure has no consequences. */
export function cardToAdministrators(key: string, card: Card, office: Office): Outgoing[] {
  return office.roster.withRole("管理员").map((name) => ({
    key: `${key}/${name}`,
    lane: 2,
    to: { kind: "user", name },
    kind: "notice",
    card,
    mentions: [],
  }));
}

/** What the administrators should know and can mend. */
export const toAdministrators = (key: string, text: string, office: Office, now: Instant): Outgoing[] =>
  cardToAdministrators(key, findingsCard(`【请处理】${formatMoment(now)}`, [text]), office);

/** What was found wrong, with a button to look again. */
export const findingsCard = (title: string, findings: readonly string[]): Card => ({
  title,
  tone: "orange",
  lines: findings.map((text) => ({ kind: "text", text })),
  buttons: [{ action: "自检", label: "再查一次", values: {} }],
});
