import type { Change } from "#core/roster/changes.ts";
import type { Examined } from "#core/roster/examine.ts";
import type { Finding } from "#core/roster/sheets/draft.ts";
import type { RosterTable } from "#core/roster/sheets/table.ts";

export interface RosterCheck extends Examined {
  file: string;
  /** Tables that were understood; undefined for a roster file. */
  tables?: RosterTable[];
  isWhole?: boolean;
  /** Sheets without headings that anybody knows. */
  unread?: string[];
}

export interface RosterImport extends RosterCheck {
  changes: Change[];
  /** The file says what the office has already. */
  isSame: boolean;
  /** The roster file that is or would be written. */
  target: string;
  /** No configuration of an office: what the file leaves out comes from the fictional county. */
  isExample: boolean;
  /** Undefined for a preview. */
  written?: { kept: string | undefined };
}

export interface RosterExport {
  file: string;
  units: number;
  people: number;
  isPeopleOnly: boolean;
}

interface Report {
  lines: string[];
  status: 0 | 1;
}

/** Findings and changes shown; the rest is counted. */
const SHOWN = 60;
const KINDS: Record<RosterTable["kind"], string> = {
  units: "单位",
  people: "人员",
  leaders: "分管领导",
  duty: "值班",
  groups: "群",
  areas: "区划",
  accounts: "账号",
};
const SIGNS: Record<Change["how"], string> = { added: "增", changed: "改", removed: "去" };

/** `huiying roster check FILE`: everything that is wrong, and what somebody should know. Status 1 when something is wrong. */
export function rosterCheckReport(check: RosterCheck, { json }: { json: boolean }): Report {
  const status = statusOf(check);
  if (json) return { lines: [JSON.stringify({ ok: status === 0, ...asJson(check) })], status };
  const end = status === 1 ? "请改正后再检查一次。" : "可以使用。";
  return { lines: [`检查 ${check.file}`, ...readLines(check), ...findingLines(check), "", end], status };
}

/** `huiying roster import FILE`: what would change, or what was written. Status 1 while something is wrong in the file. */
export function rosterImportReport(result: RosterImport, { json }: { json: boolean }): Report {
  const { file, changes, isSame, target, written } = result;
  const status = statusOf(result);
  if (json) {
    const stored = written ? { file: target, kept: written.kept ?? null } : null;
    return { lines: [JSON.stringify({ ok: status === 0, ...asJson(result), changes, written: stored })], status };
  }
  const differences =
    status === 1
      ? []
      : isSame
        ? ["", "与现在的通讯录相同，不用写入。"]
        : ["", `与现在的通讯录相比(${changes.length} 处)`, ...changeLines(changes)];
  return {
    lines: [
      `${written ? "导入" : "预览"} ${file}`,
      ...readLines(result),
      ...findingLines(result),
      ...differences,
      "",
      ...end(result, status),
    ],
    status,
  };
}

function end({ isSame, isExample, target, written }: RosterImport, status: 0 | 1): string[] {
  if (status === 1) return ["没有写入。请改正后重试。"];
  if (written)
    return [
      `已写入 ${target}${written.kept ? `，旧的留在 ${written.kept}` : ""}。`,
      "重启机器人后生效；重启前可用 huiying doctor 再查一遍。",
    ];
  return [
    ...(isExample ? ["没有指定本单位的配置：文件里没有写到的内容取自示例青岩县，请用 --config 指明配置文件。"] : []),
    ...(isSame ? [] : [`没有写入。核对无误后加 --apply 写入 ${target}。`]),
  ];
}

/** `huiying roster export FILE` */
export function rosterExportLines({ file, units, people, isPeopleOnly }: RosterExport): string[] {
  return [
    `已导出 ${file}：${units} 个单位、${people} 人，读回核对一致。`,
    ...(isPeopleOnly ? ["只含人员的岗位和手机；单位、群、值班、分管领导请导出 .xlsx。"] : []),
    "文件里有手机号，只有本账户能读；请按本单位规定保管。",
  ];
}

const statusOf = ({ findings }: RosterCheck): 0 | 1 => (findings.some((f) => f.kind === "error") ? 1 : 0);

function readLines({ tables, unread, isWhole, roster }: RosterCheck): string[] {
  return [
    ...(tables ?? []).map(({ kind, sheet, headingRow, columns, rows }) => {
      const unused = columns.filter((c) => !c.field && c.heading !== "").map((c) => `${c.letter} ${c.heading}`);
      const rest = unused.length > 0 ? `；没有用到的列 ${unused.join("、")}` : "";
      return `${KINDS[kind]}：工作表“${sheet}”，表头在第 ${headingRow} 行，数据 ${rows.length} 行${rest}`;
    }),
    ...(unread && unread.length > 0 ? [`没有认出表头、没有读的工作表：${unread.join("、")}`] : []),
    ...(tables
      ? [isWhole ? "是整份通讯录：表里没有的就是没有。" : "不是整份通讯录：表里没有写到的，沿用现在的通讯录。"]
      : []),
    ...(roster
      ? [
          `共 ${roster.units.length} 个单位、${roster.people.size} 人、${roster.file.groups.length} 个群、${roster.file.duty.length} 条值班`,
        ]
      : []),
  ];
}

function findingLines({ findings }: RosterCheck): string[] {
  const of = (kind: Finding["kind"]): Finding[] => findings.filter((f) => f.kind === kind);
  return [...section("须改正", of("error")), ...section("注意，不影响使用", of("note"))];
}

function section(title: string, findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  const more = findings.length - SHOWN;
  return [
    "",
    `${title}(${findings.length} 处)`,
    ...findings.slice(0, SHOWN).map((f) => `  ${placeText(f)}${f.text}`),
    ...(more > 0 ? [`  ……另有 ${more} 处，用 --json 看全部`] : []),
  ];
}

function placeText({ place }: Finding): string {
  if (!place) return "";
  if (!("sheet" in place)) return `第 ${place.row} 行第 ${place.column} 列：`;
  const column = place.column ? ` ${place.column.letter} 列 ${place.column.heading}` : "";
  return `${place.sheet} 第 ${place.row} 行${column}：`;
}

function changeLines(changes: readonly Change[]): string[] {
  const more = changes.length - SHOWN;
  return [
    ...changes.slice(0, SHOWN).map((c) => `  ${c.part} ${SIGNS[c.how]}：${c.text}`),
    ...(changes.length === 0 ? ["  只有先后顺序不同"] : []),
    ...(more > 0 ? [`  ……另有 ${more} 处，用 --json 看全部`] : []),
  ];
}

function asJson({ file, tables, isWhole, unread, findings }: RosterCheck): Record<string, unknown> {
  return {
    file,
    tables: (tables ?? []).map(({ kind, sheet, headingRow, columns, rows }) => ({
      kind,
      sheet,
      headingRow,
      rows: rows.length,
      columns: columns.map(({ letter, heading, field }) => ({ letter, heading, field: field ?? null })),
    })),
    unread: unread ?? [],
    isWhole: isWhole ?? true,
    findings: findings.map(({ place, ...rest }) => ({ ...rest, place: place ?? null })),
  };
}
