import type { OfficeConfig } from "#core/config.ts";
import { type ParamRow, paramsSheet, presumedLimits } from "#core/policy/params-sheet.ts";
import type { RuleSet } from "#core/policy/resolve.ts";

/** Columns of a line, a Chinese character counting two: fits A4 in an ordinary typeface. */
const WIDTH = 76;

/**
 * `huiying rules params`: every value that the documents leave to the office, as a sheet for the head of the office to sign.
 * @param rules the rules in force, for the numbers that packs put in place of 及时 and 第一时间
 */
export function showParams(config: OfficeConfig, { json }: { json: boolean }, rules?: RuleSet): string[] {
  const rows = paramsSheet(config);
  const presumed = rules ? presumedLimits(rules) : [];
  if (json) return [JSON.stringify({ office: config.name, params: rows, presumed })];
  return [
    `${config.name} 政务舆情回应时限参数确认表`,
    ...(rules ? [`打印日期 ${rules.on}`] : []),
    "",
    "下列各项文件未作规定,由本单位确定;在系统中标为推定或内部目标,不以上级文件的名义显示。",
    "",
    ...rows.flatMap((row, index) => [
      `${index + 1}. ${row.name}[${row.label}]`,
      `   ${valueText(row)}`,
      `   ${useText(row)}`,
    ]),
    ...(presumed.length > 0
      ? [
          "",
          "规则包里替“第一时间”“及时”定的数[推定]:",
          ...presumed.map(({ rule, docNo, article, limit }) => `   ${docNo} ${article} ${limit}(${rule})`),
        ]
      : []),
    "",
    "确认意见:",
    "",
    "主要负责人签字:                        日期:        年    月    日",
    "",
    "签字栏以上内容经确认后执行;修改配置后须重新打印确认。",
  ].flatMap(wrapped);
}

function valueText({ path, present, default: initial, unit }: ParamRow): string {
  const changed = present === initial ? "" : ",已修改";
  return `现值 ${present}(${unit});默认 ${initial}${changed};配置项 ${path}`;
}

const useText = ({ acts, basis }: ParamRow): string => `用于 ${acts};依据 ${basis}`;

const columnsOf = (char: string): number => (/[\u1100-\uffdc]/u.test(char) ? 2 : 1);

/** A line as it fits the page; what runs over is indented like the line itself. */
function wrapped(line: string): string[] {
  const indent = " ".repeat(line.length - line.trimStart().length);
  const lines: string[] = [];
  let current = "";
  let columns = 0;
  for (const char of line) {
    if (columns + columnsOf(char) > WIDTH) {
      lines.push(current);
      current = indent;
      columns = indent.length;
    }
    current += char;
    columns += columnsOf(char);
  }
  return [...lines, current];
}
