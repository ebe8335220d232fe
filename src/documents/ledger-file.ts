import type { Case } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import type { CaseQuery, Reader } from "#core/store.ts";
import { DAY, dayOf, formatStamp, type Instant, startOfDay } from "#core/time.ts";
import { LEDGER, ledgerRow } from "./ledger.ts";
import { DRAFT } from "./page.ts";
import { type Cell, writeXlsx } from "./xlsx.ts";

export interface LedgerOptions {
  office: Office;
  now: Instant;
  /** Received in [from, to), of this unit. */
  query: Pick<CaseQuery, "from" | "to" | "unit">;
}

/** Cases in memory at once. */
const STEP = 20;

/** Writes the 台账 of a database, the oldest case first, into a file that does not exist. @returns the number of cases */
export async function writeLedger(
  file: string,
  reader: Reader,
  { office, now, query }: LedgerOptions,
): Promise<number> {
  async function* rows(): AsyncGenerator<Cell[]> {
    for await (const c of oldestFirst(reader, query)) yield ledgerRow(c, office, now);
  }
  const explained = [
    ["导出时间", formatStamp(now)],
    ["收报起止", period(query)],
    ["单位", query.unit ?? "全部"],
    ["说明", `${DRAFT}。空格表示系统没有记录，不等于零。以 = + - @ 开头的文字前加了撇号，避免被当成公式。`],
    ...LEDGER.map(({ heading, means }) => [heading, means]),
  ];
  const [count = 0] = await writeXlsx(file, [
    { name: "台账", columns: LEDGER, rows: rows(), mark: `${office.config.name} 政务舆情回应台账（${DRAFT}）` },
    {
      name: "说明",
      columns: [
        { heading: "项目", width: 16 },
        { heading: "含义", width: 90 },
      ],
      rows: explained,
      mark: DRAFT,
    },
  ]);
  return count;
}

/** Day by day and page by page: neither a large database nor one bad day has to fit into memory. */
async function* oldestFirst(reader: Reader, query: LedgerOptions["query"]): AsyncGenerator<Case> {
  const total = await reader.countCases(query);
  const [oldest] = total > 0 ? await reader.cases({ ...query, limit: 1, offset: total - 1 }) : [];
  if (!oldest) return;
  let left = total;
  for (let from = startOfDay(dayOf(oldest.receivedAt)); left > 0; from += DAY) {
    const day = {
      ...query,
      from: Math.max(from, query.from ?? from),
      to: Math.min(from + DAY, query.to ?? from + DAY),
    };
    const count = await reader.countCases(day);
    left -= count;
    // The reader gives the newest first.
    for (let offset = Math.floor((count - 1) / STEP) * STEP; offset >= 0; offset -= STEP)
      yield* (await reader.cases({ ...day, limit: STEP, offset })).toReversed();
  }
}

function period({ from, to }: LedgerOptions["query"]): string {
  if (from === undefined && to === undefined) return "全部";
  return `${from === undefined ? "最早" : dayOf(from)} 至 ${to === undefined ? "导出时" : dayOf(to - 1)}`;
}
