import { midNo } from "#core/case/case.ts";
import { awakeAtNight, isQuiet, morningAfter } from "#core/escalation/night.ts";
import { urgedPeople } from "#core/message/announce.ts";
import { formatMoment } from "#core/time.ts";
import { defineCommand, note, refusal } from "#src/chat/command.ts";

/** 催办: one press by a leader, and those who have to act are told privately who asks. */
export default defineCommand({
  name: "urge",
  word: "催办",
  aliases: ["督促"],
  summary: "催办：私信提醒承办人员，注明催办人",
  usage: "/舆情 催办 20261120-001 内容=请一小时内发布权威信息",
  who: ["组织协调", "督查", "领导"],
  target: "case",
  fields: [{ name: "内容", hint: "要求，可不填" }],
  async run(context, c) {
    const { args, office, now, actor } = context;
    const content = args.fields["内容"]?.trim() || args.text;
    const outcome = await context.change(c, "urge", content ? { content } : {});
    if (!outcome.ok) return refusal(outcome.refused);
    const told = urgedPeople(outcome.case, actor.name, office, now);
    const awake = isQuiet(outcome.case, office, now) ? awakeAtNight(outcome.case, office, now) : new Set(told);
    const atOnce = told.filter((name) => awake.has(name));
    const later = told.filter((name) => !awake.has(name));
    const lines = [
      ...(atOnce.length > 0 ? [`已私信${atOnce.join("、")}。`] : []),
      // The night rule holds for 催办 too; who asked shall know whom it has reached.
      ...(later.length > 0
        ? [`夜间不打扰${later.join("、")}，${formatMoment(morningAfter(office.config, now), now)} 告知。`]
        : []),
    ];
    const reply = note(`已催办 ${midNo(c.id)}`, lines);
    return reply.kind === "reply" ? { ...reply, toast: `已催办：${lines.join("")}` } : reply;
  },
});
