import type { Basis } from "./basis.ts";
import type { Governments } from "./government.ts";
import { chainOf, isDirect, levelOf, lowestCommonAncestor, NATION, parentOf } from "./region.ts";
import type { Leader, ResponsibilityFacts } from "./types.ts";

/**
 * The rows of the decision table of which the first that holds names the first responsible body. Each is a function from the
 * facts to a decision, or undefined where its condition does not hold; responsibility.ts orders them.
 */

export type Unit = NonNullable<ResponsibilityFacts["units"]>[number];

/** What the rows of the decision table look at. */
export interface Table {
  facts: ResponsibilityFacts;
  /** The places concerned, without repetition; the office's own when none is named. */
  places: string[];
  /** Administrative bodies among the units: an enterprise does not answer for the government. */
  units: Unit[];
  names: Governments;
  basis: Basis;
}

/** The answer of the first row that decides; the later rows add to it. */
export interface Decision {
  /** 本级: the government that coordinates. */
  seat: string;
  firstResponsible: string[];
  coordinator: string[];
  localResponders?: string[];
  leaders?: Leader[];
  notify?: string[];
  basis: string[];
  human?: string[];
  /** Units by which the rows for several and for vertically managed units add. */
  units: Unit[];
  /** No document on the chain decides this; names what it leaves open. */
  open?: string;
}

/** 谁主管谁发声、谁处置谁发声: the unit answers through its own office; the organisation's office supervises. */
export function byOrganisation({ facts, units, basis }: Table): Decision | undefined {
  const regime = facts.orgRegime;
  if (regime === undefined || basis.ofOrganisation(regime, "responsible").length === 0) return undefined;
  const names = units.map((unit) => unit.name);
  const leadership = basis.ofOrganisation(regime, "leader").map((rule) => rule.effect);
  const post = (text: string): string => text.replace(/^单位/, "");
  return {
    seat: facts.home,
    firstResponsible: names,
    coordinator: names.map((name) => `${name}办公室`),
    leaders: names.flatMap((of) =>
      leadership.flatMap((effect): Leader[] => [
        ...(effect.firstResponsibleLeader
          ? [{ post: post(effect.firstResponsibleLeader), of, role: "第一责任人" }]
          : []),
        ...(effect.directResponsibleLeader
          ? [{ post: post(effect.directResponsibleLeader), of, role: "直接责任人" }]
          : []),
      ]),
    ),
    notify: [
      ...(basis.ofOrganisation(regime, "inspect").length > 0 ? [`${basis.organisation(regime)}办公室(督查指导)`] : []),
      ...(basis.ofOrganisation(regime, "report.up").length > 0 ? ["上级主管机关(归口报送)"] : []),
    ],
    basis: ["responsible", "leader", "contact.24h"].flatMap((key) =>
      basis.ofOrganisation(regime, key).map((r) => r.id),
    ),
    units: [],
  };
}

const WHICH_DEPARTMENT = "请确定上级政府的主管部门";

/** 涉及国务院、省、市、县重大政策 */
export function byPolicyOwner(table: Table): Decision | undefined {
  const { facts, places, names, basis } = table;
  const owner = facts.policyOwner;
  if (owner === undefined || owner === "none") return undefined;
  const own = basis.of("responsible", { policyOwner: owner });
  if (owner === "state-council")
    return {
      seat: facts.home,
      firstResponsible: [facts.ownerDept ?? "国务院相关部门"],
      coordinator: [],
      localResponders: places.map((code) => names.government(code)),
      notify: names.coordinators(facts.home),
      basis: own,
      human: ["本级不是第一责任主体:形成监测报告逐级上报,转载权威解读,仅就属地执行环节回应"],
      units: [],
      ...openUnless(own, "国务院政策舆情责任主体"),
    };
  const { seat, human } = ownerSeat(owner, table);
  const cited = own.length > 0 || owner === "province" ? own : basis.of("responsible", { default: true });
  // A unit of the office's own level is not the department that owns a province's or city's policy.
  if (owner === "province" || owner === "city")
    return {
      seat,
      firstResponsible: [facts.ownerDept ?? names.department(seat, undefined)],
      coordinator: names.coordinators(seat),
      localResponders: below(places, seat, names),
      basis: cited,
      human: [...human, ...(facts.ownerDept === undefined ? [WHICH_DEPARTMENT] : [])],
      units: [],
      ...openUnless(cited, owner === "city" ? "市级政策舆情责任主体" : "省级政策舆情责任主体"),
    };
  return {
    seat,
    firstResponsible: facts.ownerDept ? [facts.ownerDept] : table.units.map((unit) => unit.name),
    coordinator: names.coordinators(seat),
    localResponders: below(places, seat, names),
    basis: cited,
    human: [...human, "必要时报县政府处置"],
    units: facts.ownerDept ? [] : table.units,
    ...openUnless(cited, "县级政策舆情责任主体"),
  };
}

/** 涉及多个地方: the department of the lowest common superior; each place answers for its own part. */
export function byPlaces({ facts, places, units, names, basis }: Table): Decision | undefined {
  if (places.length < 2) return undefined;
  const seat = lowestCommonAncestor(places);
  const cited = basis.of("responsible", { "places.count": ">1" });
  return {
    seat,
    firstResponsible: [names.department(seat, facts.ownerDept)],
    coordinator: names.coordinators(seat),
    localResponders: places.map((code) => names.government(code)),
    basis: cited,
    human: facts.ownerDept === undefined ? [WHICH_DEPARTMENT] : [],
    units,
    ...openUnless(cited, "多个地方舆情的责任主体"),
  };
}

/** 属地管理、分级负责、谁主管谁负责: the unit concerned. */
export function byUnits({ facts, places, units, names, basis }: Table): Decision {
  const seat = places[0] ?? facts.home;
  const named = units.map((unit) => unit.name);
  const cited = basis.of("responsible", units.length > 1 ? { "units.count": ">1" } : { default: true });
  return {
    seat,
    firstResponsible: named.length === 0 && facts.ownerDept ? [facts.ownerDept] : named,
    coordinator: names.coordinators(seat),
    basis: cited,
    units,
    ...openUnless(cited, "责任主体"),
  };
}

/**
 * The government that owns a province's, city's or county's policy, seen from the office, else from the places. Places under
 * several of them leave open whose policy it is: their common superior stands in, and a person is asked.
 */
function ownerSeat(owner: "province" | "city" | "county", { facts, places }: Table): { seat: string; human: string[] } {
  const level = owner === "city" ? "prefecture" : owner;
  const above = (codes: readonly string[]): string[] => [
    ...new Set(codes.flatMap(chainOf).filter((code) => levelOf(code) === level)),
  ];
  const [own] = above([facts.home]);
  if (own !== undefined) return { seat: own, human: [] };
  const near = above(places);
  if (near.length > 0)
    return { seat: lowestCommonAncestor(near), human: near.length > 1 ? ["请确定是哪一地方政府的政策"] : [] };
  // A 省直管 city has no other city above it: what it calls the city's policy is its own, unless a person says the province's.
  if (owner === "city" && isDirect(facts.home))
    return { seat: facts.home.slice(0, 6), human: ["本级由省直管,上面没有设区的市:请确认是本级还是省里的政策"] };
  // A district of a 直辖市: the municipality is the city.
  const parent = owner === "county" ? undefined : parentOf(facts.home);
  return { seat: parent === undefined || parent === NATION ? facts.home : parent, human: [] };
}

function below(places: readonly string[], seat: string, names: Governments): string[] {
  return places.filter((code) => code !== seat).map((code) => names.government(code));
}

function openUnless(cited: readonly string[], what: string): { open?: string } {
  return cited.length > 0 ? {} : { open: what };
}
