import type { Affected } from "#core/case/affected.ts";
import { midNo } from "#core/case/case.ts";
import type { ClockChange, LimitUnder } from "#core/case/rules-diff.ts";
import { changeText } from "#core/message/rules-diff-card.ts";
import { type Instant, toIso } from "#core/time.ts";

/** `huiying rules diff`: open cases that the packs as they stand now would change, clock by clock. */
export function diffReport(affected: readonly Affected[], now: Instant, { json }: { json: boolean }): string[] {
  if (json) return [JSON.stringify({ cases: affected.map((a) => asJson(a)) })];
  if (affected.length === 0) return ["现行规则不改变任何在办案件。"];
  const frozen = affected.filter(({ c }) => c.rules !== undefined).length;
  const open = affected.length - frozen;
  return [
    [
      ...(frozen > 0 ? [`${frozen} 件已研判:按冻结的规则办理,除非在群里逐件“应用新规则”`] : []),
      ...(open > 0 ? [`${open} 件未研判:启动后自动按现行规则重排时限`] : []),
    ].join(";"),
    ...affected.flatMap(({ c, diff }) => [
      "",
      `${midNo(c.id)} ${c.title}[${c.rules === undefined ? "未研判" : "已冻结"}]`,
      ...diff.clocks.flatMap((change) => [
        `  ${changeText(change, now)}`,
        ...(change.after?.basis ? [`    依据 ${change.after.basis}(${change.after.rule})`] : []),
      ]),
      ...diff.obligations.map(
        ({ change, id, docNo, article, what }) =>
          `  ${WORDS[change]} ${id} ${docNo} ${article}${what ? `:${what}` : ""}`,
      ),
      ...(diff.responsibility
        ? [
            `  第一责任主体 ${diff.responsibility.before.firstResponsible.join("、")} → ${diff.responsibility.after.firstResponsible.join("、")}`,
          ]
        : []),
    ]),
  ];
}

const WORDS = { added: "新增", changed: "修改", dropped: "失效" } as const;

function asJson({ c, diff }: Affected): object {
  const limit = (l: LimitUnder | null) => l && { ...l, dueAt: l.dueAt === null ? null : toIso(l.dueAt) };
  const { responsibility } = diff;
  return {
    case: c.id,
    frozen: c.rules !== undefined,
    from: diff.from ?? null,
    to: diff.to,
    clocks: diff.clocks.map(({ key, before, after }: ClockChange) => ({
      key,
      before: limit(before),
      after: limit(after),
    })),
    obligations: diff.obligations,
    responsibility: responsibility
      ? { before: responsibility.before.firstResponsible, after: responsibility.after.firstResponsible }
      : null,
  };
}
