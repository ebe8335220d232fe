import { midNo } from "#core/case/case.ts";
import { readEventLevel, readLevel, readList, readPolicyOwner, readUnits } from "#core/case/field-values.ts";
import type { Card, Line } from "#core/message/card.ts";
import { basisOf, questionsOf, responsibilityRows } from "#core/message/responsibility.ts";
import type { RuleSet } from "#core/policy/resolve.ts";
import { decideResponsibility } from "#core/policy/responsibility.ts";
import type { Responsibility, ResponsibilityFacts } from "#core/policy/types.ts";
import type { Roster } from "#core/roster/roster.ts";
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
    const facts = readFacts(written ?? "", fields, roster);
    if (Array.isArray(facts)) return refusal(`${facts.join("；")}。`);
    const jurisdictions = Object.fromEntries(roster.file.jurisdictions.map((j) => [j.code, j.name]));
    return {
      kind: "reply",
      card: card(
        "按写明的情况判定",
        decideResponsibility(facts, { jurisdictions, rules }),
        rules,
        (facts.units ?? [])
          .filter(({ name }) => !roster.unit(name))
          .map(({ name }) => `请人确认：“${name.slice(0, 20)}”不在通讯录，名称和管理体制(垂直、企业)请核实。`),
      ),
    };
  },
});

/** The facts, or everything that could not be read, each with what it takes. */
function readFacts(
  written: string,
  fields: Readonly<Record<string, string>>,
  roster: Roster,
): ResponsibilityFacts | string[] {
  const problems: string[] = [];
  const value = <T>(name: string, read: (text: string) => T | undefined, takes: string): T | undefined => {
    const text = fields[name]?.trim();
    if (!text) return undefined;
    const got = read(text);
    if (got === undefined) problems.push(`${name}=${text.slice(0, 20)} 看不懂，可填：${takes}`);
    return got;
  };
  const unit = (name: string): string => roster.unit(name)?.name ?? name;
  const units = readUnits(written, roster);
  const places = readList(fields["涉事地"] ?? "").map((name) => ({
    name,
    code: roster.file.jurisdictions.find((j) => j.code === name || j.name === name || j.aliases.includes(name))?.code,
  }));
  const outside = places.filter(({ code }) => code === undefined).map(({ name }) => name.slice(0, 20));
  if (outside.length > 0) problems.push(`涉事地“${outside.join("、")}”不在区划表里，请写县、区名或 6 位区划代码`);
  const codes = places.flatMap(({ code }) => code ?? []);
  const owner = value("政策", readPolicyOwner, "国务院、省、市、县、否");
  const event = value("突发", readEventLevel, "I、II、III、IV、无、待定");
  const opinion = value("舆情", readLevel, "I、II、III、IV");
  const department = fields["主管部门"]?.trim();
  const lead = fields["牵头"]?.trim();
  if (problems.length > 0) return problems;
  return {
    home: roster.home,
    places: codes.length > 0 ? codes : [roster.home],
    units: [...units.known, ...units.unknown].map((name) => {
      const known = roster.unit(name);
      if (!known) return { name };
      const { management, superior } = known;
      return { name: known.name, management, ...(superior ? { superior } : {}) };
    }),
    ...(owner ? { policyOwner: owner } : {}),
    ...(department ? { ownerDept: unit(department) } : {}),
    ...(lead ? { leadUnit: unit(lead) } : {}),
    ...(event ? { eventLevel: event } : {}),
    ...(opinion ? { opinionLevel: opinion } : {}),
  };
}

function card(title: string, r: Responsibility, rules: RuleSet, doubts: readonly string[] = []): Card {
  return {
    title,
    tone: "blue",
    lines: [
      ...responsibilityRows(r).map((row): Line => ({ kind: "field", ...row })),
      ...[...questionsOf(r), ...doubts].map((text): Line => ({ kind: "text", text })),
      ...(r.by === "analogy" ? [quiet("依据 按类推，没有可引用的文件")] : []),
      ...basisOf(r, rules.rules).flatMap(({ where, quotes }) => [
        quiet(`依据 ${where}`),
        ...quotes.map((quote) => quiet(`“${quote}”`)),
      ]),
    ],
    buttons: [],
  };
}

const quiet = (text: string): Line => ({ kind: "text", text, emphasis: "quiet" });
