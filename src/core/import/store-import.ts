import { type Case, caseNumber } from "#core/case/case.ts";
import { record } from "#core/case/record.ts";
import { STATES } from "#core/case/states.ts";
import { isOverdue } from "#core/digest.ts";
import type { Card } from "#core/message/card.ts";
import type { Tx } from "#core/store.ts";
import { dayOf } from "#core/time.ts";
import type { ImportPlan } from "./plan-import.ts";
import { type TakeContext, takeRow } from "./take-row.ts";

/**
 * Stores what was planned, in the caller's transaction: all rows or none. One message tells the duty group; nobody is
 * reminded of what was due before.
 */
export async function storeImport(tx: Tx, { rows }: ImportPlan, context: TakeContext): Promise<Case[]> {
  const { office, now, origin } = context;
  const stored: Case[] = [];
  for (const { row } of rows) {
    const no = await tx.nextNumber(dayOf(row.receivedAt));
    const id = caseNumber(office.roster.home, row.receivedAt, no);
    const taken = takeRow(row, id, context);
    if ("refused" in taken) throw new Error(`row ${row.no} could be planned and not stored: ${taken.refused}`);
    stored.push(await record(tx, null, taken.events, { office, now, silent: true }));
  }
  if (stored.length > 0)
    await tx.queue(
      [
        {
          key: `import/${stored[0]?.id ?? ""}`,
          lane: 2,
          to: origin,
          kind: "notice",
          card: importedCard(stored, context),
          mentions: [],
        },
      ],
      now,
    );
  return stored;
}

function importedCard(cases: readonly Case[], { actor, file, now }: TakeContext): Card {
  const open = cases.filter((c) => STATES[c.state].open);
  const overdue = open.filter((c) => isOverdue(c, now));
  return {
    title: `【台账导入】${cases.length} 件`,
    tone: overdue.length > 0 ? "red" : "blue",
    lines: [
      { kind: "text", text: `${actor.name}从“${file}”导入`, emphasis: "strong" },
      {
        kind: "text",
        text: `在办 ${open.length} 件，其中已逾期 ${overdue.length} 件；已办结 ${cases.length - open.length} 件。`,
      },
      { kind: "text", text: "时限按原收到、发现时间计算；导入前已过的提醒不补发。", emphasis: "quiet" },
    ],
    buttons: [
      { action: "到期", label: "看到期的", style: "primary", values: {} },
      { action: "列表", label: "看全部在办", values: {} },
    ],
  };
}
