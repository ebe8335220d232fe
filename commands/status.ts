import { type Case, midNo } from "#core/case/case.ts";
import { EVENT_NAMES } from "#core/case/events.ts";
import { clockFacts } from "#core/case/settle.ts";
import { lateness } from "#core/clocks/lateness.ts";
import type { Line } from "#core/message/card.ts";
import { caseCard } from "#core/message/case-card.ts";
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
    if (!mayShowHere(context, c))
      return note(`${midNo(c.id)} ${c.title}`, ["这个群不是承办单位的群，详情请私信机器人查看。"]);
    const card = caseCard(c, context.office, context.now);
    return { kind: "reply", card: { ...card, details: [...(card.details ?? []), ...(await past(context, c))] } };
  },
});

/** A card in a group that is not concerned shows the number and the title only. */
function mayShowHere({ chat, office }: CommandContext, c: Case): boolean {
  if (chat.kind === "private" || chat.name === c.origin.name) return true;
  const group = office.roster.group(chat.name);
  if (!group || group.purpose === "duty") return true;
  const units =
    c.parts.length > 0 ? c.parts.map((p) => p.unit) : c.report.unitIds.map((id) => office.roster.unit(id)?.name ?? id);
  return group.units.some((id) => units.includes(office.roster.unit(id)?.name ?? ""));
}

async function past({ store, now }: CommandContext, c: Case): Promise<Line[]> {
  const history = await store.history(c.id);
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
        value: `${event.by} ${EVENT_NAMES[event.type]}`,
      }),
    ),
    ...(delivered.length > 0 ? [{ kind: "field" as const, label: "消息", value: delivered.join(" · ") }] : []),
  ];
}
