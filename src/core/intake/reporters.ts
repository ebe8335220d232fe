import type { Field } from "./fields.ts";
import { fieldOf } from "./fields.ts";
import { SINGLE_SURNAMES } from "./pii/names.ts";
import type { Reporter } from "./types.ts";

const MASKED_PHONE = /\d{3}\*{4}\d{4}/;
const UNIT =
  /^(?:[\u4e00-\u9fa5\d]{2,}?(?:委员会|办公室|宣传部|统战部|组织部|分局|局|委|办|部|中心|大队|支队|院|校|学|园|镇|乡|街道|政府|公司|集团|公开办|站|所|社|组))$/;

/** What somebody is, not what he is called. */
const ROLE = /^(?:值班员|值班人员|值班|联络员|信息员|工作人员|同志|记者|主任|科长|编辑|审核)$/;
const OFFICE = "[\\u4e00-\\u9fa5]{2,14}?(?:局|委|办|部|府|公室|中心|街道|镇|乡)";
const NAME = `[${SINGLE_SURNAMES}][\\u4e00-\\u9fa5]{1,2}`;
/** …请阅示。县教育局 孙浩: unit and name alone behind the last sentence. */
const SIGNATURE = new RegExp(
  `(?:^|[。！!\\n—（(]) ?(?<signed>${OFFICE} ${NAME}(?: (?:\\d{3}\\*{4}\\d{4}|\\[电话\\]))?|${NAME}[（(]${OFFICE}[）)])[）)]?\\s*$`,
  "d",
);
const SIGNATURE_REACH = 60;

/** The signature of a report that has no reporter field, as such a field. */
export function findSignature(text: string): Field | undefined {
  const offset = Math.max(0, text.length - SIGNATURE_REACH);
  const m = SIGNATURE.exec(text.slice(offset));
  const span = m?.indices?.groups?.signed;
  if (!m || !span) return undefined;
  const [from, to] = [offset + span[0], offset + span[1]];
  return { key: "reporter", value: m.groups?.signed ?? "", from, to, labelFrom: from, note: "" };
}

/** Who reports, by the reporter field; null when the report does not say. */
export function readReporter(fields: readonly Field[]): Reporter | null {
  const field = fieldOf(fields, "reporter");
  const unitField = fieldOf(fields, "reporterUnit");
  const phoneField = fieldOf(fields, "reporterPhone");
  if (!field) return null;
  const phone = MASKED_PHONE.exec(field.value)?.[0] ?? (phoneField && MASKED_PHONE.exec(phoneField.value)?.[0]);
  const { name, unit } = splitNameAndUnit(field.value);
  if (name === null) return null;
  return { name, unit: unit ?? unitField?.value ?? null, ...(phone ? { phone } : {}) };
}

/** 王晓梅（县委网信办） 138****8000 · 县文旅局 吴建国 · 区委宣传部林晓东 */
function splitNameAndUnit(value: string): { name: string | null; unit: string | null } {
  const pieces = value
    .replace(/\[电话\]|\d{3}\*{4}\d{4}|(?:电话|手机|TEL|联系方式)[:：]?/gi, " ")
    .split(/[\s（）()，,、/|:：-]+/)
    .filter((p) => p !== "");
  let name: string | null = null;
  let unit: string | null = null;
  for (const piece of pieces) {
    if (ROLE.test(piece)) continue;
    if (unit === null && UNIT.test(piece) && piece.length > 2) unit = piece;
    else if (name === null && /^[\u4e00-\u9fa5·]{2,4}$/.test(piece)) name = piece;
    else if (name === null && unit === null) {
      const glued =
        /^(.{2,}?(?:委员会|办公室|宣传部|分局|局|委|办|部|中心|大队|政府|街道|公司))([\u4e00-\u9fa5]{2,3})$/.exec(
          piece,
        );
      if (glued) [, unit = null, name = null] = glued;
    }
  }
  if (name === null && /^[A-Za-z][\w .]{0,20}$/.test(value.trim())) name = value.trim();
  return { name, unit };
}
