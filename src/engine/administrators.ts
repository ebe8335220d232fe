import type { Office } from "#core/case/office.ts";
import type { Outgoing } from "#core/store.ts";
import { formatMoment, type Instant } from "#core/time.ts";

/** What the administrators should know and can mend; once for each key. Of no case: its own failure has no consequences. */
export function toAdministrators(key: string, text: string, office: Office, now: Instant): Outgoing[] {
  return office.roster.withRole("管理员").map((name) => ({
    key: `${key}/${name}`,
    lane: 2,
    to: { kind: "user", name },
    kind: "notice",
    card: {
      title: `【请处理】${formatMoment(now)}`,
      tone: "orange",
      lines: [{ kind: "text", text }],
      buttons: [{ action: "自检", label: "再查一次", values: {} }],
    },
    mentions: [],
  }));
}
