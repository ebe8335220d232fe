import { midNo } from "#core/case/case.ts";
import { readEventLevel, readLevel, readList, readPolicyOwner, readUnits } from "#core/case/field-values.ts";
import type { Line } from "#core/message/card.ts";
import { explainRules } from "#core/policy/explain.ts";
import type { RuleSet } from "#core/policy/resolve.ts";
import { decideResponsibility } from "#core/policy/responsibility.ts";
import type { Responsibility, ResponsibilityFacts } from "#core/policy/types.ts";
import { defineCommand, refusal } from "#src/chat/command.ts";

/** 责任: who answers first, for a case or for facts given on the line. */
export default defineCommand({
  name: "responsible",
  word: "责任",
  aliases: ["谁负责", "责任主体"],
  summary: "第一责任主体和组织协调：查某件案件，或按写明的情况判定",
  usage: "/舆情 责任 单位=县税务局 政策=否",
  who: ["通讯录人员"],
  target: "optional",
  fields: [
    { name: "单位", hint: "涉事单位，多个用、隔开" },
    { name: "涉事地", hint: "县、区名或代码，多个用、隔开" },
    { name: "政策", hint: "国务院、省、市、县、否" },
    { name: "主管部门", hint: "涉及重大政策或多地时的主管部门" },
    { name: "牵头", hint: "牵头单位" },
    { name: "突发", hint: "I、II、III、IV、无、待定" },
    { name: "舆情", hint: "I、II、III、IV" },
  ],
  async run({ office, args }, c) {
    const rules = office.rulesOf(c?.rules);
    if (c) return { kind: "reply", card: card(`${midNo(c.id)} ${c.title}`, c.responsibility, rules) };
    const { roster } = office;
    const { fields } = args;
    const written = fields["单位"] ?? args.text;
    if (!written && Object.keys(fields).length === 0)
      return refusal(
        "请写编号，或写明情况，例如：/舆情 责任 单位=县税务局；多地写 涉事地=青岩县、石桥县 主管部门=省生态环境厅。",
      );
    const { known, unknown } = readUnits(written ?? "", roster);
    const codes = readList(fields["涉事地"] ?? "").map(
      (name) =>
        roster.file.jurisdictions.find((j) => j.code === name || j.name === name || j.aliases.includes(name))?.code,
    );
    if (codes.includes(undefined)) return refusal("涉事地不在区划表里，请写县、区名或 6 位区划代码。");
    const owner = fields["政策"] ? readPolicyOwner(fields["政策"]) : undefined;
    const event = fields["突发"] ? readEventLevel(fields["突发"]) : undefined;
    const opinion = fields["舆情"] ? readLevel(fields["舆情"]) : undefined;
    const facts: ResponsibilityFacts = {
      home: roster.home,
      places: codes.length > 0 ? codes.filter((code) => code !== undefined) : [roster.home],
      units: [...known, ...unknown].map((name) => {
        const unit = roster.unit(name);
        return unit
          ? { name: unit.name, management: unit.management, ...(unit.superior ? { superior: unit.superior } : {}) }
          : { name };
      }),
      ...(owner ? { policyOwner: owner } : {}),
      ...(fields["主管部门"] ? { ownerDept: fields["主管部门"] } : {}),
      ...(fields["牵头"] ? { leadUnit: roster.unit(fields["牵头"])?.name ?? fields["牵头"] } : {}),
      ...(event ? { eventLevel: event } : {}),
      ...(opinion ? { opinionLevel: opinion } : {}),
    };
    const jurisdictions = Object.fromEntries(roster.file.jurisdictions.map((j) => [j.code, j.name]));
    return {
      kind: "reply",
      card: card("按写明的情况判定", decideResponsibility(facts, { jurisdictions, rules }), rules),
    };
  },
});

function card(title: string, r: Responsibility, rules: RuleSet) {
  const standings = explainRules(rules);
  const field = (label: string, values: readonly string[]): Line[] =>
    values.length > 0 ? [{ kind: "field", label, value: values.join("、") }] : [];
  const leaders = r.leader === null ? [] : Array.isArray(r.leader) ? r.leader : [r.leader];
  return {
    title,
    tone: "blue" as const,
    lines: [
      ...field(r.by === "analogy" ? "第一责任主体(类推)" : "第一责任主体", r.firstResponsible),
      ...field("牵头", r.leadUnit ? [r.leadUnit] : []),
      ...field("组织协调", r.coordinator),
      ...field("属地回应", r.localResponders),
      ...field(
        "领导",
        leaders.map((l) => `${l.of}${l.post}`),
      ),
      ...field("知会", r.notify),
      ...r.human.map((text): Line => ({ kind: "text", text: `请研判：${text}` })),
      ...r.basis.flatMap((id): Line[] => {
        const cite = standings.find((s) => s.rule.id === id)?.rule.cite;
        return cite
          ? [{ kind: "text", text: `依据 ${cite.docNo} ${cite.article}：“${cite.quote}”`, emphasis: "quiet" }]
          : [];
      }),
    ],
    buttons: [],
  };
}
