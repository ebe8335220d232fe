import type { Actions } from "#core/case/actions/types.ts";
import type { Case } from "#core/case/case.ts";
import {
  readCategories,
  readEventLevel,
  readList,
  readMatter,
  readMoment,
  readPolicyOwner,
  readUnits,
  readYesNo,
} from "#core/case/field-values.ts";
import { suggestedEventLevel } from "#core/case/rank.ts";
import { namedUnits } from "#core/case/responders.ts";
import type { Category } from "#core/intake/types.ts";
import { caseCard } from "#core/message/case-card.ts";
import type { EventLevel, Matter } from "#core/policy/types.ts";
import { nearUnit } from "#core/roster/near-unit.ts";
import { formatMoment } from "#core/time.ts";
import { type CommandContext, defineCommand, refusal } from "#src/chat/command.ts";

/** 研判: what the form holds prefilled needs no typing; from here the rules are frozen on the case. */
export default defineCommand({
  name: "triage",
  word: "研判",
  aliases: ["代研判"],
  summary: "研判：定事项、类别、突发和舆情等级、涉事单位、是否回应",
  usage: "/舆情 研判 20261120-001 突发=II 舆情=II 单位=县公安局 类别=突发灾害",
  who: ["组织协调", "值班员"],
  target: "case",
  fields: [
    { name: "事项", hint: "舆情、建议、投诉、转载、督办" },
    { name: "类别", hint: "误解误读、切身利益、道德底线、突发灾害、上级要求、非重点" },
    { name: "突发", hint: "I、II、III、IV、无、待定" },
    { name: "舆情", hint: "I、II、III、IV；建议、投诉未形成舆情的填 无" },
    { name: "政策", hint: "国务院、省、市、县、否" },
    { name: "敏感", hint: "是、否" },
    { name: "公众反应", hint: "一句话" },
    { name: "媒体介入", hint: "一句话" },
    { name: "涉事地", hint: "地名，多个用、隔开" },
    { name: "单位", hint: "涉事单位，多个用、隔开" },
    { name: "牵头", hint: "牵头单位" },
    { name: "时限", hint: "上级要求的时限" },
    { name: "回应", hint: "是、否" },
    { name: "决定", hint: "责任单位由哪位领导决定的，写姓名；须写理由，盖过系统的判定" },
    { name: "理由", hint: "非重点、不回应或领导决定时必填" },
  ],
  async run(context, c) {
    const input = readTriage(context, c);
    if (typeof input === "string") return refusal(input);
    const outcome = await context.change(c, "triage", input);
    if (!outcome.ok) return refusal(outcome.refused);
    const done = outcome.case.triage?.acting ? "已代研判，待组织协调确认" : "已研判";
    return { kind: "reply", card: caseCard(outcome.case, context.office, context.now), toast: done };
  },
});

/** Every bad field at once, each with what it takes; a field left out keeps what the report suggests. */
function readTriage({ args, office, now }: CommandContext, c: Case): Actions["triage"] | string {
  const { fields } = args;
  const { roster } = office;
  const problems: string[] = [];
  const value = <T>(name: string, read: (text: string) => T | undefined, fallback: T, takes: string): T => {
    const text = fields[name]?.trim();
    if (!text) return fallback;
    const got = read(text);
    if (got === undefined) problems.push(`${name}=${text.slice(0, 20)} 看不懂，可填：${takes}`);
    return got ?? fallback;
  };
  const hints = c.report.category ?? c.report.categoryHint;
  const units = fields["单位"]
    ? readUnits(fields["单位"], roster)
    : { known: namedUnits(c, office).filter((u) => roster.unit(u)), unknown: [] };
  const names = [...units.known, ...units.unknown];
  for (const name of units.unknown) {
    // A unit outside the roster may be responsible; a slip of the pen may not.
    const near = nearUnit(name, roster);
    if (near) problems.push(`通讯录里没有“${name}”，是不是${near}`);
  }
  const places = readPlaces(fields["涉事地"], c, roster);
  if (places.unknown.length > 0)
    problems.push(`涉事地“${places.unknown.join("、")}”不在区划表里，请写县、区名或 6 位区划代码`);
  const lead = fields["牵头"]?.trim() ? readUnits(fields["牵头"], roster) : undefined;
  const leadUnit = lead ? (lead.known[0] ?? lead.unknown[0] ?? null) : null;
  if (leadUnit !== null && !names.includes(leadUnit)) problems.push(`牵头单位“${leadUnit}”不在涉事单位之中`);
  const matter = value<Matter>(
    "事项",
    readMatter,
    c.report.flags.includes("superior-required") ? "superior" : "opinion",
    "舆情、建议、投诉、转载、督办",
  );
  const categories = value<Category[]>(
    "类别",
    readCategories,
    hints.length > 0 ? hints : ["vital-interest"],
    "误解误读、切身利益、道德底线、突发灾害、上级要求、非重点",
  );
  const eventLevel = value<EventLevel>("突发", readEventLevel, suggestedEventLevel(c), "I、II、III、IV、无、待定");
  const isOpinion = matter !== "suggestion" && matter !== "complaint";
  const stated = value<EventLevel>(
    "舆情",
    readEventLevel,
    isOpinion ? (c.report.level ?? c.report.eventLevelHint ?? "IV") : "none",
    "I、II、III、IV；建议、投诉未形成舆情的填 无",
  );
  const opinionLevel = stated === "none" || stated === "pending" ? undefined : stated;
  if (isOpinion && opinionLevel === undefined) problems.push("舆情等级请定为 I、II、III 或 IV");
  const policyOwner = value("政策", readPolicyOwner, "none" as const, "国务院、省、市、县、否");
  const sensitive = value("敏感", readYesNo, false, "是、否");
  const respond = value("回应", readYesNo, true, "是、否");
  const requested = fields["时限"]?.trim() ? readMoment(fields["时限"], now, "future") : c.requestedDueAt;
  if (fields["时限"]?.trim() && requested === undefined) {
    const over = readMoment(fields["时限"], now, "past");
    problems.push(
      over === undefined
        ? `时限=${fields["时限"].slice(0, 20)} 看不懂，例如：时限=11月22日18:00`
        : `时限 ${formatMoment(over, now)} 已经过了，请核对上级要求的时限`,
    );
  }
  if (problems.length > 0) return `${problems.join("；")}。`.replace(/(是不是[^；]+)。$/u, "$1？");
  const text = (name: string): string | undefined => fields[name]?.trim() || undefined;
  const reason = text("理由") ?? (args.text || undefined);
  return {
    matter,
    categories,
    eventLevel,
    ...(opinionLevel ? { opinionLevel } : {}),
    policyOwner,
    sensitive,
    places: places.codes,
    units: names,
    leadUnit,
    respond,
    ...(text("公众反应") ? { publicReaction: text("公众反应") as string } : {}),
    ...(text("媒体介入") ? { media: text("媒体介入") as string } : {}),
    ...(reason ? { reason } : {}),
    ...(text("决定") ? { decidedBy: text("决定") as string } : {}),
    ...(requested === undefined ? {} : { requestedDueAt: requested }),
  };
}

function readPlaces(
  text: string | undefined,
  c: Case,
  roster: CommandContext["office"]["roster"],
): { codes: string[]; unknown: string[] } {
  if (!text?.trim()) {
    const codes = c.report.places.map((p) => p.code).filter((code) => code !== null);
    return { codes: [...new Set(codes.length > 0 ? codes : [roster.home])], unknown: [] };
  }
  const codes: string[] = [];
  const unknown: string[] = [];
  for (const name of readList(text)) {
    const found = roster.file.jurisdictions.find(
      (j) =>
        j.code === name ||
        j.name === name ||
        j.aliases.includes(name) ||
        j.places.some((p) => name.includes(p)) ||
        name.startsWith(j.name),
    );
    if (found) codes.push(found.code);
    else unknown.push(name);
  }
  return { codes: [...new Set(codes)], unknown };
}
