import { type Case, midNo } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import { type Gap, organisers } from "#core/escalation/audience.ts";
import type { Outgoing } from "#core/store.ts";
import { formatMoment, type Instant } from "#core/time.ts";

/** The office learns of every post that nobody could be reached in, once per case and post. */
export function gapNotices(c: Case, gaps: readonly Gap[], office: Office, now: Instant): Outgoing[] {
  return gaps.flatMap((gap) =>
    organisers(office).map(
      (name): Outgoing => ({
        key: `${c.id}/gap/${gap.post}/${name}`,
        lane: 2,
        to: { kind: "user", name },
        kind: "notice",
        card: {
          title: "【岗位空缺】",
          tone: "yellow",
          lines: [
            { kind: "text", text: `${midNo(c.id)} ${c.title}` },
            {
              kind: "text",
              text: `${formatMoment(now)} 应通知${gap.post}，但${gap.why ? "未能送达" : "该岗位无人或联系不上"}，${gap.told ? `已改为通知${gap.told}` : "没有可接替的人"}。${gap.why ?? "请补充通讯录。"}`,
            },
          ],
          buttons: [],
        },
        mentions: [],
        caseId: c.id,
      }),
    ),
  );
}
