import { Basis } from "./basis.ts";
import { contestedBodies } from "./contested-bodies.ts";
import {
  byOrganisation,
  byPlaces,
  byPolicyOwner,
  byUnits,
  type Decision,
  type Table,
  type Unit,
} from "./first-responsible.ts";
import { Governments } from "./government.ts";
import { NATION } from "./region.ts";
import type { RuleSet } from "./resolve.ts";
import type { Leader, Responsibility, ResponsibilityFacts } from "./types.ts";

export interface ResponsibilityContext {
  /** Names of places by GB/T 2260 code. */
  jurisdictions: Readonly<Record<string, string>>;
  rules: RuleSet;
}

/**
 * First responsible body (第一责任主体), coordination, leaders and basis (国办发〔2016〕61号 第一条, 国办发〔2016〕80号).
 *
 * The first row that holds decides: an organisation's own regime, the owner of the policy, several places, else the unit
 * concerned. Rows for several units, vertical management, 特别重大 and I/II emergencies add to it. Only obligations that bind
 * on the case's chain are cited; where none decides, the answer is by analogy and asks a person.
 */
export function decideResponsibility(facts: ResponsibilityFacts, context: ResponsibilityContext): Responsibility {
  const table: Table = {
    facts,
    places: [...new Set(facts.places?.length ? facts.places : [facts.home])],
    units: distinct(facts.units ?? []).filter((unit) => unit.management !== "enterprise"),
    names: new Governments(context.jurisdictions),
    basis: new Basis(context.rules),
  };
  const first = byOrganisation(table) ?? byPolicyOwner(table) ?? byPlaces(table) ?? byUnits(table);
  const decision = withLeaders(withVertical(withSeveralUnits(first, table), table), table);
  const misroute = facts.misroute ? table.basis.of("transfer.misroute", { flag: "not-own-duty" }) : [];
  const leaders = decision.leaders ?? [];
  const contested = contestedBodies(decision.basis, context.rules);
  return {
    firstResponsible: decision.firstResponsible,
    coordinator: decision.coordinator,
    localResponders: decision.localResponders ?? [],
    leadUnit: facts.leadUnit ?? null,
    leader: leaders.length > 1 ? leaders : (leaders[0] ?? null),
    notify: decision.notify ?? [],
    basis: [...contested.basis, ...misroute],
    human: [...(decision.human ?? []), ...contested.human, ...questions(table, decision)],
    ...(decision.open === undefined ? {} : { by: "analogy" as const }),
  };
}

/** A unit that is named twice is one unit. */
function distinct(units: readonly Unit[]): Unit[] {
  return units.filter((unit, i) => units.findIndex(({ name }) => name === unit.name) === i);
}

/** 涉及多个部门: each by its duties, one voice; a lead department where needed. */
function withSeveralUnits(decision: Decision, { facts, basis }: Table): Decision {
  if (decision.units.length < 2) return decision;
  return {
    ...decision,
    basis: [...new Set([...decision.basis, ...basis.of("responsible", { "units.count": ">1" })])],
    human: [...(decision.human ?? []), ...(facts.leadUnit ? [] : ["必要时由组织协调方确定牵头部门"])],
  };
}

/** 垂直管理: the superior department's office coordinates; it replaces 府办 only where the unit is the only one. */
function withVertical(decision: Decision, { names, basis }: Table): Decision {
  const vertical = decision.units.filter((unit) => unit.management === "vertical");
  const cited = basis.of("responsible", { "unit.management": "vertical" });
  if (vertical.length === 0 || cited.length === 0) return decision;
  const offices = vertical.map((unit) => `${unit.superior ?? `${unit.name}的上级部门`}办公厅(室)`);
  const alone = decision.units.length === 1 && (decision.localResponders ?? []).length === 0;
  return {
    ...decision,
    coordinator: alone ? [...offices, "上级宣传部门"] : [...new Set([...decision.coordinator, ...offices])],
    notify: [...(decision.notify ?? []), ...(alone ? names.coordinators(decision.seat) : [])],
    basis: [...decision.basis, ...cited],
    human: [
      ...(decision.human ?? []),
      ...vertical.filter((unit) => !unit.superior).map((unit) => `请补充${unit.name}的上级部门`),
    ],
  };
}

/**
 * 特别重大舆情: 本级政府主要负责同志 leads. I/II emergency: the heads of the places and departments speak first; where the
 * government's own head leads already, the answer names that one alone and cites both.
 */
function withLeaders(decision: Decision, { facts, names, basis }: Table): Decision {
  const special = facts.opinionLevel === "I" ? basis.of("responsible", { opinionLevel: ["I"] }) : [];
  const level = facts.eventLevel;
  const voice = level === "I" || level === "II" ? basis.of("leader.voice", { eventLevel: [level] }) : [];
  const government = names.government(decision.seat === NATION ? facts.home : decision.seat);
  const speakers = [
    ...(decision.localResponders?.length ? decision.localResponders : [government]),
    ...decision.firstResponsible,
  ];
  const leaders: Leader[] =
    special.length > 0
      ? [{ post: "主要负责同志", of: government }]
      : voice.length > 0
        ? speakers.map((of) => ({ post: "主要负责人", of }))
        : [];
  return {
    ...decision,
    leaders: [...(decision.leaders ?? []), ...leaders],
    basis: [...decision.basis, ...special, ...voice],
  };
}

/** What a person has to decide or supply. */
function questions({ facts, places, names, basis }: Table, decision: Decision): string[] {
  const units = distinct(facts.units ?? []);
  const unnamed = [...new Set([facts.home, ...places])].filter((code) => !names.knows(code));
  const regime = facts.orgRegime;
  return [
    ...(decision.open === undefined ? [] : [`本链条文件未规定${decision.open},按类推提示,由组织协调确定`]),
    ...(decision.firstResponsible.length === 0 ? ["请确定涉事责任部门"] : []),
    ...(facts.leadUnit && units.length > 0 && !units.some((unit) => unit.name === facts.leadUnit)
      ? [`牵头部门${facts.leadUnit}不在涉事单位之中,请核实`]
      : []),
    ...units
      .filter((unit) => unit.management === "enterprise")
      .map((unit) => `${unit.name}是企业,不是行政机关:请确定其监管或主管部门作为回应主体`),
    ...units
      .filter((unit) => unit.management === "dual")
      .map((unit) => `${unit.name}实行双重管理:请确认由本级还是其上级部门组织协调`),
    ...(regime !== undefined && basis.ofOrganisation(regime, "responsible").length === 0
      ? [`没有可用的单位制度 ${regime},已按本级规则判断`]
      : []),
    ...unnamed.map((code) => `区划代码 ${code} 没有名称,请补充`),
    ...(facts.rumour ? ["是否属于严重危害社会秩序和国家利益的造谣传谣,需移交线索(两人确认)"] : []),
    ...(facts.misroute ? ["非本级职责:立即移送(突发事件应对法第六十条)并留存移送记录;本级案件按“误报/移送”办结"] : []),
  ];
}
