import type { Finding } from "./hit.ts";

const PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领";
/** GA 36: province, letter, five or six characters with at least one digit. */
const PLATE = new RegExp(
  `[${PROVINCES}] ?[A-HJ-NP-Z] ?[·•.\\-]? ?(?=[A-Z]{0,5}\\d)[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳](?![A-Za-z0-9])`,
  "g",
);

export function findPlates(text: string): Finding[] {
  return [...text.matchAll(PLATE)].map((m) => ({
    from: m.index,
    to: m.index + m[0].length,
    type: "plate",
    masked: "[车牌]",
  }));
}

/** Down to the township: says where, not who. */
const ADMINISTRATIVE = "(?:[\\u4e00-\\u9fa5]{2,8}?(?:省|市|县|(?<![小社])区|镇|乡|街道办?)){0,4}";
const DOOR =
  "(?:\\d{1,5}|[一二三四五六七八九十]{1,3}|[A-Z]\\d{0,3})\\s?(?:号楼|号院|号|栋|幢|座|单元|室|弄|组|户|楼|层)";
const ADDRESS = `(?<admin>${ADMINISTRATIVE})(?<detail>[^\\s，,。；;：:！!？?\\n（）()]{0,16}?${DOOR}(?:[-\\s]{0,2}(?:${DOOR}|\\d{1,4}(?!\\d)))*)`;
/** A person stands before the address: 家住, 现住, 住址, or a name right before it. */
const DWELLING = new RegExp(
  `(?<lead>(?:家庭住址|家庭地址|居住地址|户籍地址|身份证地址|住址|住所|家住|现住|租住|居住在|居住于|住在|户籍(?:地|所在地)?(?:为|是)?|家在|住)(?:[:：]|为|是|在|于)? ?)${ADDRESS}`,
  "g",
);
const AFTER_NAME = new RegExp(
  `(?<lead>(?:[\\u4e00-\\u9fa5]某{1,2}|(?:姓名|名叫|叫)[:：]?[\\u4e00-\\u9fa5]{2,4}|[\\u4e00-\\u9fa5]{1,2}(?:先生|女士|老人)|[（(，,](?:男|女)[，,][^，,。；\\n]{1,8}岁?)[）)]?[，,、 ]{1,2}(?:地址[:：]?)?)${ADDRESS}`,
  "g",
);

/** Addresses behind a person. What names the township stays, so that the report still says where. */
export function findAddresses(text: string): Finding[] {
  const found: Finding[] = [];
  for (const pattern of [DWELLING, AFTER_NAME])
    for (const m of text.matchAll(pattern)) {
      const from = m.index + (m.groups?.lead?.length ?? 0) + (m.groups?.admin?.length ?? 0);
      found.push({ from, to: m.index + m[0].length, type: "address", masked: "[住址]" });
    }
  return found;
}
