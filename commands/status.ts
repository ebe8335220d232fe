import { type Case, midNo } from "#core/case/case.ts";
import { EVENT_NAMES } from "#core/case/events.ts";
import { reportHistory } from "#core/case/report-history.ts";
import { clockFacts } from "#core/case/settle.ts";
import { mayShowIn } from "#core/case/visible.ts";
import { lateness } from "#core/clocks/lateness.ts";
import type { Line } from "#core/message/card.ts";
import { button, caseCard } from "#core/message/case-card.ts";
import { changesBetween } from "#core/message/changes.ts";
import { formatMoment, formatSpan, MINUTE } from "#core/time.ts";
import { type CommandContext, defineCommand, note } from "#src/chat/command.ts";

/** 状态: the case's card as it stands now, with what happened and how each message was delivered. */
export default defineCommand({
  name: "status",
  word: "状态",
  aliases: ["详情", "进展"],
  summary: "查看一件案件：时限、进展、经过和消息送达情况",
  usage: "/舆情 状态 20261120-001",
  who: ["通讯录人员"],
  target: "case",
  fields: [],
  async run(context, c) {
    if (!mayShowIn(c, context.chat, context.office))
      return note(`${midNo(c.id)} ${c.title}`, ["这个群不是承办单位的群，详情请私信机器人查看。"]);
    const card = caseCard(c, context.office, context.now);
    const details = [...(card.details ?? []), ...(await past(context, c))];
    const buttons = [...card.buttons, button("送达", c, context.office, false, "送达情况")];
    return { kind: "reply", card: { ...card, details, buttons } };
  },
});

async function past({ store, now }: CommandContext, c: Case): Promise<Line[]> {
  const history = await store.history(c.id);
  const changed = new Map(
    reportHistory(history.map((h) => h.event)).map((h) => [h.event, changesBetween(h.before, h.patch, now)]),
  );
  const deliveries = await store.deliveries(c.id);
  const late = lateness(clockFacts(c), c.clocks);
  const spans = [
    ["发现滞后", late.detection],
    ["报送迟延", late.reporting],
    ["回应超时", late.response],
  ].filter(([, minutes]) => typeof minutes === "number" && minutes > 0);
  const states = Map.groupBy(
    deliveries.filter((d) => d.kind !== "update"),
    (d) => d.state,
  );
  const delivered = [
    ["已读", "read"],
    ["已达", "delivered"],
    ["已发", "sent"],
    ["排队", "queued"],
    ["失败", "failed"],
  ]
    .map(([zh, state]) => [zh, states.get(state as "read")?.length ?? 0] as const)
    .filter(([, n]) => n > 0)
    .map(([zh, n]) => `${zh} ${n}`);
  return [
    ...(spans.length > 0
      ? [
          {
            kind: "field" as const,
            label: "用时",
            value: spans.map(([zh, m]) => `${zh} ${formatSpan(Number(m) * MINUTE)}`).join(" · "),
          },
        ]
      : []),
    ...history.slice(-12).map(
      ({ event }): Line => ({
        kind: "field",
        label: formatMoment(event.at, now),
        value: [`${event.by} ${EVENT_NAMES[event.type]}`, ...(changed.get(event) ?? [])].join("；"),
      }),
    ),
    ...(delivered.length > 0 ? [{ kind: "field" as const, label: "消息", value: delivered.join(" · ") }] : []),
  ];
}
