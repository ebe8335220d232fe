import type { Case } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import { organisers } from "#core/escalation/audience.ts";
import type { AudienceWord } from "#core/escalation/stages.ts";
import { alarmUrgency } from "#core/escalation/urgency.ts";
import type { Instant } from "#core/time.ts";
import type { Announcement } from "./announce.ts";
import { button, caseCard } from "./case-card.ts";
import { LEVEL_NAMES } from "./names.ts";
import { people } from "./people.ts";
import { situation } from "./reminder-card.ts";

/** A suspected major emergency: the leader and the officer on duty and the coordinating office know at once. */
export function firstAlarm(c: Case, office: Office, now: Instant): Announcement[] {
  const duty = office.roster.dutyAt(now);
  const names = people([duty.leader, duty.officer, ...organisers(office)], c.reporter);
  const postOf = (name: string): AudienceWord =>
    name === duty.leader ? "值班领导" : name === duty.officer ? "值班员" : "研判人";
  const urgent = alarmUrgency(office);
  const card = caseCard(c, office, now);
  const level = c.report.eventLevelHint;
  return names.map((name) => ({
    to: { kind: "user", name },
    kind: "notice",
    mentions: [],
    meta: { stages: [], as: postOf(name), units: [] },
    ...(urgent ? { urgent } : {}),
    card: {
      ...card,
      title: `【重大情况】${c.id}`,
      lines: [
        ...card.lines.slice(0, 1),
        {
          kind: "text",
          text: level
            ? `建议按突发事件${LEVEL_NAMES[level]}研判。${situation(c, now)}`
            : `伤亡待核实。${situation(c, now)}`,
        },
        ...card.lines.slice(1),
      ],
      buttons:
        office.roster.isLeader(name) && !organisers(office).includes(name)
          ? [button("知悉", c, office, true, "已知悉"), button("催办", c, office, false, "督促")]
          : [button("研判", c, office, true), button("补充", c, office)],
    },
  }));
}
