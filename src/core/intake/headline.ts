import type { Field } from "./fields.ts";
import { fieldOf } from "./fields.ts";
import type { Link } from "./links.ts";
import { blank, type Span } from "./words.ts";

/** 【舆情上报】, 舆情快报, 转： … at the head say what kind of message it is, not what it is about. */
const HEADER =
  /^(?:\s{0,2}(?:转发?[:：]|fw[:：]|\/\S{2} 上报|舆情(?:上报|快报|信息|速报|报告|专报|报送|线索)?(?=\s*[\n|｜:：])[:：]?|⚠\s?(?:舆情)?|\s*[【[](?:[^】\]\n]{0,24})[】\]](?:第\d+期)?|@[\w\u4e00-\u9fa5]{2,20}(?=\s))){0,6}\s{0,2}/u;
const GENERIC =
  /舆情|信息|快报|速报|上报|报送|报告|提示|转办|督办|交办|通知|紧急|预警|监测|线索|关注|转发|情况|专报|续报|日报/;
/** A headline is a clause that stands before the first labelled piece of the sentence. */
const HEADLINE = /^([^\n。！？]{4,60}?)[，,]$/;

export interface Headline {
  title: string | null;
  /** Stretch of the text that is header only. */
  header: Span;
}

/** The title, where one was written as such: a title field, 【a long heading】, or a clause before the first label. */
export function readHeadline(text: string, fields: readonly Field[]): Headline {
  const header = { from: 0, to: HEADER.exec(text)?.[0].length ?? 0 };
  const field = fieldOf(fields, "title");
  if (field) return { title: oneLine(field.value), header };
  const boxed = /^\s*【([^】\n]{8,60})】/.exec(text)?.[1];
  if (boxed && !(GENERIC.test(boxed) && boxed.length < 12)) return { title: oneLine(boxed), header };
  const firstLabel = fields.find(
    (f) => f.labelFrom >= header.to && f.key !== "reporter" && f.key !== "reporterPhone" && f.key !== "attachments",
  );
  if (firstLabel && header.to > 0 && !/\n/.test(text.slice(header.to, firstLabel.labelFrom))) {
    const lead = HEADLINE.exec(text.slice(header.to, firstLabel.labelFrom))?.[1];
    if (lead && !/[，,；;。]/.test(lead)) return { title: lead.trim(), header };
  }
  return { title: null, header };
}

/** The text of the report without link and field labels. */
export function readSummary(
  text: string,
  headline: Headline,
  fields: readonly Field[],
  links: readonly Link[],
): string {
  const written = fieldOf(fields, "summary")?.value;
  if (written !== undefined) return tidy(withoutLinks(written));
  const gone: Span[] = [headline.header, ...fields.map((f) => ({ from: f.labelFrom, to: f.to })), ...links];
  const rest = tidy(blank(text, gone).replace(/(?:视频|原文|原帖|笔记|帖子|文章)?(?:链接|网址|地址)\s?[:：]?\s*(?=\n|$)/g, ""));
  const title = headline.title;
  if (title === null || rest.includes(title)) return rest;
  return rest === "" ? title : `${title}。${rest}`;
}

function withoutLinks(text: string): string {
  return text.replace(/https?:\/\/[!-~]+/g, "");
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").trim();
}

/** Joins what is left after blanking; punctuation that lost its words goes. */
function tidy(text: string): string {
  return text
    .split(/\n+/)
    .map((line) => line.replace(/^[\s，,；;。、:：|｜]+|[\s，,；;、:：|｜]+$/g, ""))
    .filter((line) => line !== "")
    .join("\n")
    .replace(/([，,；;、])\n(?=[，,。；;、])/g, "");
}

/** Words that say nothing about the matter: 这个看下, 请关注. */
const FILLER =
  /这个|这条|那个|看下|看一下|看看|关注一?下?|帮忙?|大家|各位|领导|请|转|如图|如下|知悉|注意|麻烦|核实一?下?|处理一?下?|下|[\s，,。.!！?？~、:：的了吧呢啊@]/g;

/** A link with nothing said about it: it may be a report, so the sender is asked first. */
export function isBareLink(links: readonly Link[], summary: string): boolean {
  return links.length > 0 && summary.replace(FILLER, "") === "";
}
