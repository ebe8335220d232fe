import type { Finding } from "./hit.ts";

/** 0668-8812345, (010) 8812 3456, 020 88123456 转 803: an area code and seven or eight digits. */
const WITH_AREA =
  /(?<![\d\w./@-])(?:[（(] ?0(?:10|2\d|[3-9]\d{2}) ?[）)]|0(?:10|2\d|[3-9]\d{2}))[ \-—]{0,2}[1-9]\d{2,3}[ \-—]?\d{4}(?!\d)(?: ?(?:-|转) ?\d{1,4}(?!\d))?/g;
/** Without an area code only what calls itself a telephone number. */
const NAMED =
  /(?<lead>(?:电话|座机|固话|联系方式|致电|拨打|[Tt][Ee][Ll])(?:号码?)?(?:为|是)? ?[:：]? ?)(?<number>[2-8]\d{2,3}[ \-—]?\d{4})(?![\d\w])/g;
/** Numbers of offices, made to be known: they identify nobody. */
const PUBLIC =
  /(?:热线|值班(?:室)?|咨询|监督|举报|公开|服务|客服|办公(?:室)?|总机|报警|救援|抢修|维修|官方|公布的?|预约)(?:电话|座机|号码)?(?:为|是)? ?[:：]? ?$/;
const TICKET = /(?:工单|受理|流水|留言|信件|诉求|编号|单号)[^，。\n]{0,4}$/;

/** Fixed lines of private persons; hotlines and the numbers of offices stay. */
export function findLandlines(text: string): Finding[] {
  const found: Finding[] = [];
  for (const m of text.matchAll(WITH_AREA)) {
    const before = text.slice(Math.max(0, m.index - 12), m.index);
    if (!PUBLIC.test(before) && !TICKET.test(before))
      found.push({ from: m.index, to: m.index + m[0].length, type: "phone", masked: "[电话]" });
  }
  for (const m of text.matchAll(NAMED)) {
    const from = m.index + (m.groups?.lead?.length ?? 0);
    if (!PUBLIC.test(text.slice(Math.max(0, m.index - 8), from)))
      found.push({ from, to: m.index + m[0].length, type: "phone", masked: "[电话]" });
  }
  return found;
}
