import { type Case, midNo } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import { requirementFacts } from "#core/case/requirement-facts.ts";
import { rulesOfCase } from "#core/case/responders.ts";
import { clockFacts } from "#core/case/settle.ts";
import { explainLimits, type LimitStanding } from "#core/clocks/explain-limits.ts";
import { limitText } from "#core/policy/limit.ts";
import { type Requirement, requirementsOf } from "#core/policy/requirements.ts";
import type { RuleSet } from "#core/policy/resolve.ts";
import { diffRules } from "#core/policy/rules-diff.ts";
import type { Citation } from "#core/policy/types.ts";
import { formatMoment, type Instant } from "#core/time.ts";
import { type Button, type Card, cut, type Line } from "./card.ts";
import { CLOCK_NAMES } from "./names.ts";
import { basisOf, questionsOf, responsibilityRows, wide } from "./responsibility.ts";
import { shownClocks, toneOf } from "./tone.ts";

/** The parts of what binds a case: the first is shown at once, each other one by a press. */
export const RULE_PARTS = ["时限", "要求", "责任", "参考"] as const;
export type RulePart = (typeof RULE_PARTS)[number];

/** Entries of a part on one card: a phone screen. */
const PAGE = 4;
/** Characters of a quote on a card; `规则 <条款编号>` shows the whole. */
const QUOTE = 60;

/** One clause: what it says in a line, then where it stands, small. */
interface Entry {
  text: string;
  small: string[];
}

/** What binds a case clause by clause: limits first, the rest behind buttons. */
export function rulesCard(c: Case, office: Office, now: Instant, part: RulePart = "时限", page = 1): Card {
  const set = rulesOfCase(c, office);
  const asked = requirementsOf(set, requirementFacts(c));
  const limits = explainLimits(clockFacts(c), set, office.config);
  const parts: Record<RulePart, Entry[]> = {
    时限: shownClocks(c).map((k): Entry => {
      const name = `${CLOCK_NAMES[k.key]} ${k.dueAt === null ? "" : formatMoment(k.dueAt, now)}`;
      const own = limits.find((l) => l.key === k.key && l.standing === "counts");
      return k.cite
        ? {
            text: `${name}${own ? `(${limitText(own.clock)})` : ""}`,
            small: [quoted(k.cite), ...rivalTexts(limits.filter((l) => l.key === k.key))],
          }
        : { text: name, small: [k.rule === "requested" ? "上级来文要求的时限" : "内部目标"] };
    }),
    要求: asked.filter((r) => r.advisory === null).map(requirementEntry),
    责任: responsibleEntries(c, set),
    参考: [
      ...limits.filter((l) => l.standing === "advisory").map((l) => advisoryEntry(l, now)),
      ...c.clocks
        .filter((k) => k.kind === "soft" && k.outcome !== "ended" && k.dueAt !== null)
        .map(
          (k): Entry => ({
            text: `${CLOCK_NAMES[k.key]} ${formatMoment(k.dueAt ?? now, now)}`,
            small: [k.cite ? `不计逾期：${quoted(k.cite)}` : "内部目标，本单位自定，不计逾期"],
          }),
        ),
      ...asked.filter((r) => r.advisory !== null).map(requirementEntry),
    ],
  };
  const entries = parts[part];
  const shown = part === "时限" ? entries : entries.slice((page - 1) * PAGE, page * PAGE);
  const pages = part === "时限" ? 1 : Math.max(1, Math.ceil(entries.length / PAGE));
  return {
    title: `${midNo(c.id)} ${part === "时限" ? "适用的规则" : part}${pages > 1 ? ` ${page}/${pages}` : ""}`,
    tone: toneOf(c, now),
    lines: [
      ...(part === "时限" ? frozenLines(c, set, office, now) : []),
      ...(shown.length > 0 ? shown.flatMap(entryLines) : [{ kind: "text" as const, text: "没有。" }]),
    ],
    buttons: buttonsOf(c, parts, part, page, pages),
  };
}

/** Since when which rules hold for the case. */
function frozenLines(c: Case, set: RuleSet, office: Office, now: Instant): Line[] {
  const quiet = (text: string): Line => ({ kind: "text", text, emphasis: "quiet" });
  if (!c.triage || c.rules === undefined) return [quiet(`研判前按现行规则(${set.on})，研判时冻结。`)];
  if (!office.keepsRules(c.rules)) return [quiet("研判时冻结的规则缺失，暂按现行规则，已列入自检。")];
  const adopted = c.adoptions?.findLast((a) => a.to === c.rules);
  return [
    quiet(
      adopted
        ? `${formatMoment(adopted.at, now)} ${adopted.by}应用新规则：${adopted.reason}`
        : `${formatMoment(c.triage.at, now)} ${c.triage.by}研判时冻结。`,
    ),
    ...(diffRules(set, rulesOfCase(c, office, office.rulesDigest)).length === 0
      ? []
      : [quiet("规则包此后有变化，本件不受影响；可用〔应用新规则〕查看。")]),
  ];
}

const quoted = ({ docNo, article, quote }: Citation): string => `${docNo} ${article}：“${cut(quote, QUOTE)}”`;
const cited = ({ rule, clock }: LimitStanding): string =>
  `${rule.cite.docNo} ${rule.cite.article}(${limitText(clock)})`;

/** What other documents say of the same limit: the same, a wider one that this one tightens, or one that may not loosen. */
function rivalTexts(limits: readonly LimitStanding[]): string[] {
  const of = (standing: LimitStanding["standing"]): string =>
    limits
      .filter((l) => l.standing === standing)
      .map(cited)
      .join("、");
  const told = [
    ["同样规定", of("same")],
    ["已由本条收紧", of("tightened")],
    ["放宽无效", of("loosening")],
  ];
  return told.filter(([, text]) => text !== "").map(([word, text]) => `${word}：${text}`);
}

const requirementEntry = ({ text, judge, cite, advisory }: Requirement): Entry => ({
  text: wide(text),
  small: [
    ...(advisory === null ? [] : [`仅供参考：${advisory}`]),
    ...(judge === null ? [] : [wide(judge)]),
    quoted(cite),
  ],
});

const advisoryEntry = ({ key, rule, clock, dueAt, why }: LimitStanding, now: Instant): Entry => ({
  text: `${CLOCK_NAMES[key]} ${limitText(clock)}${dueAt === null ? "" : ` ${formatMoment(dueAt, now)}`}`,
  small: [`仅供参考：${wide(why ?? "")}`, quoted(rule.cite)],
});

function responsibleEntries(c: Case, set: RuleSet): Entry[] {
  const [first = "", ...others] = responsibilityRows(c.responsibility).map(({ label, value }) => `${label} ${value}`);
  const decision = c.triage?.decidedBy;
  return [
    {
      text: first,
      small: [
        ...others,
        ...(decision ? [`${decision}决定：${c.triage?.reason ?? ""}`] : []),
        ...(c.responsibility.by === "analogy" ? ["文件没有规定，按类推提示，由组织协调确定"] : []),
        ...questionsOf(c.responsibility),
      ],
    },
    ...basisOf(c.responsibility, set.rules).map(
      ({ where, quotes }): Entry => ({ text: where, small: quotes.map((quote) => `“${cut(quote, QUOTE)}”`) }),
    ),
  ];
}

const entryLines = ({ text, small }: Entry): Line[] => [
  { kind: "text", text, emphasis: "strong" },
  ...small.map((line): Line => ({ kind: "text", text: line, emphasis: "quiet" })),
];

function buttonsOf(
  c: Case,
  parts: Record<RulePart, readonly Entry[]>,
  part: RulePart,
  page: number,
  pages: number,
): Button[] {
  const press = (label: string, values: Record<string, string>): Button => ({
    action: "规则",
    label,
    values: { 编号: c.id, 版本: String(c.version), ...values },
  });
  return [
    ...(page < pages ? [{ ...press("下一页", { 部分: part, 页: String(page + 1) }), style: "primary" as const }] : []),
    ...RULE_PARTS.filter((p) => p !== part && parts[p].length > 0).map((p) => press(p, { 部分: p })),
  ];
}
