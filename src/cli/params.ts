import type { OfficeConfig } from "#core/config.ts";
import { type ParamRow, paramsSheet } from "#core/policy/params-sheet.ts";

/**
 * `huiying rules params`: every value that the documents leave to the office, as a sheet for the head of the office to sign.
 */
export function showParams(config: OfficeConfig, { json }: { json: boolean }): string[] {
  const rows = paramsSheet(config);
  if (json) return [JSON.stringify({ office: config.name, params: rows })];
  return [
    `${config.name} 政务舆情回应时限参数确认表`,
    "",
    "下列各项文件未作规定,由本单位确定;在系统中标为推定或内部目标,不以上级文件的名义显示。",
    "",
    ...rows.flatMap((row, index) => [
      `${index + 1}. ${row.name}[${row.label}]`,
      `   ${valueText(row)}`,
      `   ${useText(row)}`,
    ]),
    "",
    "确认意见:                              ",
    "主要负责人签字:                        日期:        年    月    日",
    "",
    "签字栏以上内容经确认后执行;修改配置后须重新打印确认。",
  ];
}

function valueText({ path, present, default: initial, unit }: ParamRow): string {
  const changed = present === initial ? "" : ",已修改";
  return `现值 ${present}(${unit});默认 ${initial}${changed};配置项 ${path}`;
}

const useText = ({ acts, basis }: ParamRow): string => `用于 ${acts};依据 ${basis}`;
