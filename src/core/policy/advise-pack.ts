import { askedOf } from "#core/clocks/applies.ts";
import type { Day } from "#core/time.ts";
import type { PackFile } from "./check-packs.ts";
import { explainRules } from "./explain.ts";
import { numericLimit } from "./limit.ts";
import { clocksOf, type Obligation, type Pack } from "./pack.ts";
import type { PackProblem } from "./parse-pack.ts";
import { LAW, resolveRules } from "./resolve.ts";

export interface AdviceContext {
  /** The office for which the pack is written. */
  jurisdiction: string;
  /** Packs that the office works by. */
  use: readonly string[];
  today: Day;
  /** The other packs that are installed. */
  others: readonly Pack[];
}

/** What is right as data, but will surprise its author: a limit that never runs, a number that has no effect. */
export function adviseOnPack({ file, parsed }: PackFile, context: AdviceContext): PackProblem[] {
  const { pack, at } = parsed;
  const advice: PackProblem[] = [];
  const report = (path: readonly PropertyKey[], reason: string): void => {
    advice.push({ file, ...at(path), reason });
  };
  for (const { path, reason } of adviceOnScope(pack, context)) report(path, reason);
  pack.obligations.forEach((obligation, i) => {
    for (const { path, reason } of adviceOnObligation(obligation)) report(["obligations", i, ...path], reason);
  });
  for (const { rule, standing, by } of standings(pack, context)) {
    if (rule.pack !== pack.id || standing !== "loosening") continue;
    const i = pack.obligations.findIndex((o) => o.id === rule.id);
    report(["obligations", i, "effect"], `期限比上级文件 ${by.join("、")} 宽,放宽无效,仍按上级文件计时`);
  }
  return advice.sort((a, b) => a.line - b.line || a.column - b.column);
}

interface Advice {
  path: readonly PropertyKey[];
  reason: string;
}

/** Why no limit of the whole pack binds the office. */
function adviceOnScope(pack: Pack, context: AdviceContext): Advice[] {
  const { validFrom, validUntil } = pack;
  if (validUntil !== null && validUntil < validFrom)
    return [{ path: ["validUntil"], reason: `有效期止 ${validUntil} 早于施行 ${validFrom}` }];
  const set = resolveRules([pack], { use: [pack.id], jurisdiction: context.jurisdiction, on: context.today });
  const reason = set.packs.find((p) => p.id === pack.id)?.advisory;
  const field = {
    已过有效期: "validUntil",
    尚未生效: "validFrom",
    效力待核: "status",
    解读材料: "status",
    不在本级链条: "scope",
    非本单位制度: "scope",
  } as const;
  return [
    ...(reason ? [{ path: [field[reason]], reason: `${reason}:全部时限只作参考,不计逾期` }] : []),
    ...(pack.id === LAW || context.use.includes(pack.id)
      ? []
      : [{ path: ["id"], reason: `单位配置的 packs 里没有 ${pack.id},加上并重启后才采用` }]),
  ];
}

/** Keys whose limits the program counts. */
const TIMED = new Set(
  "release.authoritative press.conference response.first reply.suggestion reply.complaint repost report.up".split(" "),
);
/** Among them, those whose further conditions only a person can judge. */
const BY_CONDITION = new Set(["release.authoritative", "press.conference", "response.first"]);
/** Instants that the program never learns. */
const UNKNOWN = new Set(["learnedAt", "investigationApprovedAt"]);
/** Longest quotation, characters. */
const QUOTE = 200;

function adviceOnObligation(obligation: Obligation): Advice[] {
  const { key, treat, when, cite } = obligation;
  const clocks = clocksOf(obligation);
  const long = Array.from(cite.quote).length;
  const quote =
    long > QUOTE ? [{ path: ["cite", "quote"], reason: `原文 ${long} 字,请摘到 ${QUOTE} 字以内,中间略去的用…` }] : [];
  if (treat !== "rule" || clocks.length === 0) return quote;
  // A pack of the project says by itself what is not counted.
  if (!TIMED.has(key) && obligation.acts !== undefined) return quote;
  if (!TIMED.has(key))
    return [
      ...quote,
      { path: ["key"], reason: `${key} 的时限程序不计时,只作说明;计时的 key 有 ${[...TIMED].join("、")}` },
    ];
  const asked = BY_CONDITION.has(key) ? askedOf(obligation) : "";
  return [
    ...quote,
    ...(asked === "" ? [] : [{ path: ["when"], reason: `“${asked}”要由人判断,这个时限只作参考,不计逾期` }]),
    ...(clocks.some((c) => c.start.every((instant) => UNKNOWN.has(instant)))
      ? [{ path: ["effect", "clock"], reason: "程序不知道起算时刻,这个时限不计时" }]
      : []),
    ...(clocks.some((c) => numericLimit(c) === undefined && c.limit.unit !== "immediate")
      ? [{ path: ["effect", "clock"], reason: "没有写数字,不计时;可用 default 写明本单位按多少执行" }]
      : []),
    ...(when.default && Object.keys(when).length > 1
      ? [{ path: ["when"], reason: "default: true 与其他条件同时写,default 不起作用" }]
      : []),
  ];
}

function standings(pack: Pack, { others, use, jurisdiction, today }: AdviceContext): ReturnType<typeof explainRules> {
  const all = [...others.filter((p) => p.id !== pack.id), pack];
  return explainRules(resolveRules(all, { use: [...use, pack.id], jurisdiction, on: today }));
}
