import type { Case } from "#core/case/case.ts";
import { midNo } from "#core/case/case.ts";
import { linkKeys } from "#core/similar/link-key.ts";
import { dayOf } from "#core/time.ts";
import type { RowProblem } from "./read-row.ts";

/** A row that has become a case, not yet stored. */
export interface Candidate {
  row: number;
  case: Case;
}

/**
 * Rows that say what another row or a known case says already: the same number of the source, the same link, or the same
 * title on the same day. They block the import until they are left out: nothing is counted twice, nothing dropped silently.
 */
export function duplicatesAmong(candidates: readonly Candidate[], known: readonly Case[]): RowProblem[] {
  const seen = new Map<string, string>();
  for (const c of known) for (const mark of marksOf(c)) seen.set(mark.key, `已有案件 ${midNo(c.id)} ${mark.says}`);
  return candidates.flatMap(({ row, case: c }) => {
    const marks = marksOf(c);
    const twin = marks.map((m) => seen.get(m.key)).find((t) => t !== undefined);
    for (const mark of marks) if (!seen.has(mark.key)) seen.set(mark.key, `第 ${row} 行 ${mark.says}`);
    return twin === undefined ? [] : [{ row, reason: `与${twin}`, kind: "error" as const }];
  });
}

function marksOf(c: Case): { key: string; says: string }[] {
  const { imported, report } = c;
  // 序号 starts anew with every file: only a real number of the source tells two files' rows apart.
  const no = imported?.no && !/^\d{1,4}$/u.test(imported.no) ? imported.no : undefined;
  return [
    ...(no ? [{ key: `no:${no}`, says: `来源编号相同(${no})` }] : []),
    ...linkKeys(report.urls).map((page) => ({ key: `url:${page}`, says: "链接相同" })),
    ...(c.withheld ? [] : [{ key: `title:${dayOf(c.receivedAt)}:${c.title}`, says: "标题和日期相同" }]),
  ];
}
