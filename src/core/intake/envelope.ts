/**
 * What stands before a report and belongs to its way here: greetings, headers of forwarded messages and mails, chat
 * records. Nothing of it is about the matter, neither its names nor its times.
 */

const WHO = "[\\u4e00-\\u9fa5A-Za-z·]{2,12}(?:[（(][^）)\\n]{1,20}[）)])?";
const STAMP =
  "(?:(?:\\d{4}[-/年.])?\\d{1,2}[-/月.]\\d{1,2}日? ?|昨天 ?|今天 ?|星期[一二三四五六日天] ?)?(?:上午|下午|晚上)? ?\\d{1,2}:\\d{2}(?::\\d{2})?";
const GREETING =
  "(?:尊敬的)?(?:各位|大家|领导|同志|同事|老师|主任|局长|县长|值班室)(?:领导|同志|同事|老师|群友|主任)?(?:们)?[，, ]?(?:早上|上午|中午|下午|晚上|新年)?(?:您|你|大家)?(?:好|早|辛苦了?)?(?:呀|啊|哈)?|(?:您|你)好|(?:早上|上午|中午|下午|晚上)好";
const LINES: readonly string[] = [
  // ---------- 转发的消息 ----------
  "[-—=_*]{2,}[^\\n]{0,40}?[-—=_*]{2,} ?(?:\\n|$)",
  "[-—=_*]{3,} ?\\n",
  "[【\\[](?:聊天记录|转发消息|转发|合并转发|群聊的聊天记录)[】\\]] ?(?:\\n|(?=\\S))",
  "(?:发件人|收件人|发送时间|抄送人?|日期|From|To|Date|Sent)[:：][^\\n]{0,60}\\n",
  `(?:转自|转发自)[:：]?[^\\n，。]{0,40}\\n`,
  // 张三 2026-11-20 17:58: · 转：云川市政府办公室 11-30 10:20
  `(?:转发?[:：] ?)?${WHO} ?[:：]? ?${STAMP}(?: ?[:：]| ?\\n)`,
  `(?:${GREETING})(?: ?[，,。！!：:~～] ?\\n?| ?\\n)`,
  "[>》]{1,3} ?",
];
const ENVELOPE = new RegExp(`^(?:\\s{0,3}(?:${LINES.join("|")})){0,8}`);

/** The offset at which the message itself begins; 0 when nothing comes before it. */
export function envelopeEnd(text: string): number {
  const end = ENVELOPE.exec(text)?.[0].length ?? 0;
  // A message that is nothing but envelope is no envelope.
  return text.slice(end, end + 200).trim() === "" ? 0 : end;
}
