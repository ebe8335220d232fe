import { readMoment } from "#core/case/field-values.ts";
import type { Line } from "#core/message/card.ts";
import { addDays, atTime, dayOf, formatMoment, type Instant, timeOf } from "#core/time.ts";
import { defineCommand, refusal } from "#src/chat/command.ts";

/** 值班: who is on duty now and next, with how to be reached on the roster. */
export default defineCommand({
  name: "duty",
  word: "值班",
  aliases: ["谁值班", "值班表"],
  summary: "现在和接下来谁值班、谁带班",
  usage: "/舆情 值班",
  who: ["通讯录人员"],
  target: "none",
  fields: [{ name: "日期", hint: "例如 11月25日" }],
  async run({ office, now, args }) {
    const asked = args.fields["日期"]?.trim() || args.text;
    const from = asked ? readMoment(asked, now, "future") : now;
    if (from === undefined) return refusal("日期看不懂，请写成 11月25日。");
    const start = asked ? atTime(dayOf(from), "00:00") : now;
    const until = atTime(addDays(dayOf(start), asked ? 1 : 2), "08:30");
    const lines: Line[] = [];
    for (let at = start; at < until && lines.length < 6; ) {
      const shift = office.roster.dutyAt(at);
      const mark = shift.from <= now && now < shift.to ? "(现在)" : "";
      lines.push({
        kind: "text",
        text: `${spanText(shift, now)} 值班 ${shift.officer} 带班 ${shift.leader}${mark}`,
        ...(mark ? { emphasis: "strong" as const } : {}),
      });
      at = Math.max(shift.to, at + 60_000);
    }
    return { kind: "reply", card: { title: "值班安排", tone: "blue", lines, buttons: [] } };
  },
});

/** "11月20日(周五)17:30 至次日 08:30" */
function spanText({ from, to }: { from: Instant; to: Instant }, now: Instant): string {
  const days =
    dayOf(to) === dayOf(from) ? "" : dayOf(to) === addDays(dayOf(from), 1) ? "次日" : formatMoment(to).slice(0, -5);
  return `${formatMoment(from, now)} 至${days ? `${days} ` : " "}${timeOf(to)}`;
}
