import type { Affected } from "#core/case/affected.ts";
import { type MovedClock, midNo } from "#core/case/case.ts";
import type { CaseRulesDiff, ClockChange, LimitUnder } from "#core/case/rules-diff.ts";
import type { ObligationChange } from "#core/policy/rules-diff.ts";
import type { ClockKind } from "#core/policy/types.ts";
import { formatMoment, formatSpan, type Instant } from "#core/time.ts";
import { type Button, type Card, cut, type Line } from "./card.ts";
import { CLOCK_NAMES } from "./names.ts";
import { toneOf } from "./tone.ts";

/** Cases that other rules would change, on one card. */
const LISTED = 5;

const KINDS: Partial<Record<ClockKind, string>> = {
  soft: "(内部目标)",
  advisory: "(仅供参考)",
  provisional: "(建议时限)",
};

/** "首次回应 11月22日(周日)09:00 → 11月21日(周六)09:00，提前 24小时00分" */
export function changeText({ key, before, after }: ClockChange, now: Instant): string {
  const name = `${CLOCK_NAMES[key]}${KINDS[(after ?? before)?.kind ?? "hard"] ?? ""}`;
  const shown = (limit: LimitUnder): string => (limit.dueAt === null ? "未定" : formatMoment(limit.dueAt, now));
  if (!after) return before ? `${name} 不再计时，原 ${shown(before)}` : name;
  if (!before) return `新增 ${name} ${shown(after)}${overText(after, now)}`;
  if (before.dueAt !== after.dueAt) {
    const moved =
      before.dueAt === null || after.dueAt === null
        ? ""
        : `，${after.dueAt < before.dueAt ? "提前" : "推后"} ${formatSpan(after.dueAt - before.dueAt)}`;
    return `${name} ${shown(before)} → ${shown(after)}${moved}${overText(after, now)}`;
  }
  if (before.kind !== after.kind)
    return `${CLOCK_NAMES[key]} ${shown(after)} 由${kindName(before.kind)}改为${kindName(after.kind)}${overText(after, now)}`;
  return `${name} 时限不变，依据改为 ${after.basis || "内部目标"}`;
}

/** "首次回应 11月22日(周日)09:00 改为 11月21日(周六)09:00" */
export function movedText({ key, before, after }: MovedClock, now: Instant): string {
  const name = CLOCK_NAMES[key];
  if (before === null) return after === null ? name : `新增${name} ${formatMoment(after, now)}`;
  return after === null ? `${name}不再计时` : `${name} ${formatMoment(before, now)} 改为 ${formatMoment(after, now)}`;
}

const kindName = (kind: ClockKind): string =>
  ({ hard: "硬性时限", extendable: "可延长的时限", provisional: "建议时限", soft: "内部目标", advisory: "参考" })[kind];

function overText({ dueAt, kind }: LimitUnder, now: Instant): string {
  return dueAt !== null && dueAt <= now && (kind === "hard" || kind === "extendable") ? "，应用时已过" : "";
}

const CHANGES = { added: "新增", changed: "修改", dropped: "失效" } as const;

/** "修改 青政办〔2026〕12号 第四条(时限 48小时 → 24小时)：“…”" */
const obligationText = ({ change, docNo, article, quote, what }: ObligationChange): string =>
  `${CHANGES[change]} ${docNo} ${article}${what ? `(${what.replaceAll(";", "，")})` : ""}：“${cut(quote, 60)}”`;

/** What the rules in force now would change on one case, with the button that takes them over. */
export function rulesDiffCard({ c, diff }: Affected, now: Instant): Card {
  const clocks = diff.clocks.flatMap((change): Line[] => [
    { kind: "text", text: changeText(change, now) },
    ...(change.after?.basis
      ? [{ kind: "text" as const, text: `依据 ${change.after.basis}`, emphasis: "quiet" as const }]
      : []),
  ]);
  const counts = (["added", "changed", "dropped"] as const)
    .map((kind) => [CHANGES[kind], diff.obligations.filter((o) => o.change === kind).length] as const)
    .filter(([, n]) => n > 0)
    .map(([word, n]) => `${word} ${n} 条`);
  const responsible = diff.responsibility;
  return {
    title: `【应用新规则】${midNo(c.id)}`,
    tone: toneOf(c, now),
    lines: [
      { kind: "text", text: c.title, emphasis: "strong" },
      ...(clocks.length > 0 ? clocks : [{ kind: "text" as const, text: "各项时限不变。" }]),
      ...(counts.length > 0 ? [{ kind: "text" as const, text: `条款：${counts.join("，")}` }] : []),
      ...(responsible
        ? [
            {
              kind: "text" as const,
              text: `第一责任主体 ${responsible.before.firstResponsible.join("、") || "待核"} → ${responsible.after.firstResponsible.join("、") || "待核"}`,
            },
          ]
        : []),
      {
        kind: "text",
        text: "现在仍按研判时冻结的规则计时；应用后各时限从原起算时刻重算，不能撤回。",
        emphasis: "quiet",
      },
    ],
    details: diff.obligations.map((o): Line => ({ kind: "text", text: obligationText(o) })),
    buttons: [
      {
        action: "应用新规则",
        label: "应用新规则",
        style: "primary",
        values: { 编号: c.id, 版本: String(c.version), 规则: diff.to },
        form: {
          title: `应用新规则 ${midNo(c.id)}`,
          submit: "确认应用",
          fields: [{ name: "理由", label: "理由(记入留痕)", type: "longtext", required: true }],
        },
      },
      { action: "规则", label: "现用规则", values: { 编号: c.id, 版本: String(c.version) } },
    ],
  };
}

/** Open cases that a new set of rules would change, page by page; a press shows one. @param page from 1 */
export function affectedCard(affected: readonly Affected[], now: Instant, page: number): Card {
  const pages = Math.max(1, Math.ceil(affected.length / LISTED));
  const at = Math.min(page, pages);
  const shown = affected.slice((at - 1) * LISTED, at * LISTED);
  const none: Line = { kind: "text", text: "没有在办案件会因现行规则而改变。已研判的按研判时冻结的规则办理。" };
  return {
    title: `现行规则会改变的在办案件(${affected.length})${pages > 1 ? ` ${at}/${pages}` : ""}`,
    tone: affected.length > 0 ? "yellow" : "blue",
    lines:
      shown.length === 0
        ? [none]
        : shown.flatMap(({ c, diff }): Line[] => [
            { kind: "text", text: `${midNo(c.id)} ${c.title}`, emphasis: "strong" },
            { kind: "text", text: summaryOf(diff, now), emphasis: "quiet" },
          ]),
    buttons: [
      ...shown.map(
        ({ c }): Button => ({
          action: "应用新规则",
          label: midNo(c.id),
          values: { 编号: c.id, 版本: String(c.version) },
        }),
      ),
      ...(at < pages
        ? [{ action: "应用新规则", label: "下一页", style: "primary" as const, values: { 页: String(at + 1) } }]
        : []),
    ],
  };
}

/** The change that matters most, and how many others there are. */
function summaryOf({ clocks, obligations }: CaseRulesDiff, now: Instant): string {
  const [first, ...others] = clocks;
  if (!first) return obligations.length > 0 ? `时限不变，${obligations.length} 条条款不同` : "责任主体不同";
  const more = others.length + obligations.length;
  return `${changeText(first, now)}${more > 0 ? `，另有 ${more} 处` : ""}`;
}
