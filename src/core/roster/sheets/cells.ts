/** A cell that says that there is nothing or nobody. */
const NOTHING = /^(?:[-—–/\\]+|无|暂无|空缺|暂缺|待定|未定)$/u;
/** A telephone number behind a name in one cell: 周敏 139-0000-1111. */
const NUMBER = /[(:]?\+?\d[\d\s()-]{5,}\d\)?/u;

export const isNothing = (text: string): boolean => text === "" || NOTHING.test(text);

/** Several values in one cell, joined by 、 , ; or a line break. */
export const readItems = (text: string): string[] =>
  text
    .split(/[、,，;；\n]/u)
    .map((item) => item.trim())
    .filter((item) => !isNothing(item));

/** People named in a cell, each with the number that stands behind the name. */
export function readPeople(text: string): { name: string; phone?: string }[] {
  return readItems(text.replace(/\s*\/\s*/gu, "、"))
    .flatMap(splitNames)
    .map((item) => {
      const wide = item.normalize("NFKC");
      const [phone] = NUMBER.exec(wide) ?? [];
      const name = readName(phone === undefined ? item : wide.replace(phone, ""));
      return { name, ...(phone === undefined ? {} : { phone }) };
    })
    .filter(({ name }) => name !== "");
}

/** 周敏 何伟 are two people, 张 三 is one. */
function splitNames(item: string): string[] {
  const parts = item.split(/\s+/u);
  return parts.length > 1 && parts.every((part) => /^\p{Script=Han}{2,4}$/u.test(part)) ? parts : [item];
}

/** A name without the spaces that align it in a list. */
export const readName = (text: string): string => text.trim().replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, "");

/**
 * The digits of a telephone number, however they are set: full-width, in groups, with +86. Of several the mobile number.
 * @returns undefined for what is no number: words, or a number that the spreadsheet has rounded
 */
export function readPhone(text: string): string | undefined {
  const numbers = text
    .normalize("NFKC")
    .split(/[、,;/\n]/u)
    .map((part) => part.replace(/[\s()–—-]/gu, "").replace(/^\+(?:86)?/u, ""));
  const found = numbers.find((n) => /^1[3-9]\d{9}$/u.test(n)) ?? numbers[0] ?? "";
  return /^\d{5,15}$/u.test(found) ? found : undefined;
}

/** What is wrong with a text that is no telephone number. */
export function phoneHint(text: string): string {
  if (/e\+?\d+$/iu.test(text)) return "被表格软件改成了科学计数，请把这一列设为文本后重填";
  const digits = text.normalize("NFKC").replace(/\D/gu, "");
  return digits === "" ? "不是电话号码" : `不是完整的电话号码(${digits.length} 位数字)，手机号应为 11 位`;
}
