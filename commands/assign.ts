import { readUnits } from "#core/case/field-values.ts";
import { caseCard } from "#core/message/case-card.ts";
import { nearUnit } from "#core/roster/near-unit.ts";
import type { Roster } from "#core/roster/roster.ts";
import { defineCommand, refusal } from "#src/chat/command.ts";

function unknownText(names: readonly string[], roster: Roster): string {
  const near = names.flatMap((name) => nearUnit(name, roster) ?? []);
  const what = `通讯录里没有“${names.join("、")}”`;
  return near.length > 0
    ? `${what}，是不是${near.join("、")}？请重新〔转办〕并写明单位。`
    : `${what}，请写通讯录中的单位名称，或请管理员补充通讯录。`;
}

/** 转办: to one or several units of the roster, with a lead among several. */
export default defineCommand({
  name: "assign",
  word: "转办",
  aliases: ["代转办", "派", "指派", "改派"],
  summary: "转办给承办单位，开始计签收时限",
  usage: "/舆情 转办 20261120-001 单位=县水务局 要求=今晚8点前反馈初步情况",
  who: ["组织协调", "值班员"],
  target: "case",
  fields: [
    { name: "单位", hint: "承办单位，多个用、隔开；不填按研判" },
    { name: "牵头", hint: "多家时的牵头单位" },
    { name: "要求", hint: "办理要求" },
  ],
  async run(context, c) {
    const { args, office } = context;
    const written = args.fields["单位"]?.trim() || args.text;
    const units = written
      ? readUnits(written, office.roster)
      : { known: (c.triage?.units ?? []).filter((u) => office.roster.unit(u)), unknown: [] };
    const outside = written ? units.unknown : (c.triage?.units ?? []).filter((u) => !office.roster.unit(u));
    if (outside.length > 0 && units.known.length === 0) return refusal(unknownText(outside, office.roster));
    if (written && outside.length > 0)
      return refusal(`通讯录里没有“${outside.join("、")}”。其余单位：${units.known.join("、")}。`);
    const lead = args.fields["牵头"]?.trim() ? readUnits(args.fields["牵头"], office.roster).known[0] : undefined;
    if (args.fields["牵头"]?.trim() && !lead) return refusal(`通讯录里没有牵头单位“${args.fields["牵头"]}”。`);
    const outcome = await context.change(c, "assign", {
      units: units.known,
      ...(lead ? { lead } : {}),
      ...(args.fields["要求"]?.trim() ? { demand: args.fields["要求"].trim() } : {}),
    });
    if (!outcome.ok) return refusal(outcome.refused);
    return {
      kind: "reply",
      card: caseCard(outcome.case, office, context.now),
      mentions: outcome.case.parts.flatMap((p) => office.roster.unit(p.unit)?.liaison.slice(0, 1) ?? []),
      toast: `${outcome.case.proposals.some((p) => p.kind === "actingAssign") ? "已代转办，待组织协调确认：" : "已转办 "}${outcome.case.parts.map((p) => p.unit).join("、")}`,
    };
  },
});
