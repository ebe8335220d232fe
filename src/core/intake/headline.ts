import { envelopeEnd } from "./envelope.ts";
import type { Field } from "./fields.ts";
import { fieldOf } from "./fields.ts";
import type { Link } from "./links.ts";
import { blank, type Span } from "./words.ts";

/** 【舆情上报】, 舆情快报, 转： … at the head say what kind of message it is, not what it is about. */
const HEADER =
  /^(?:\s{0,2}(?:[#*]{1,6} ?|转发?[:：]|fw[:：]|\/\S{2} 上报|舆情(?:上报|快报|信息|速报|报告|专报|报送|线索)?(?=\s*[\n|｜:：])[:：]?|⚠\s?(?:舆情)?|\s*[【[](?:[^】\]\n]{0,24})[】\]](?:第\d+期)?|@[\w\u4e00-\u9fa5]{2,20}(?=\s))){0,6}\s{0,2}/u;
const GENERIC =
  /舆情|信息|快报|速报|上报|报送|报告|提示|转办|督办|交办|通知|紧急|预警|监测|线索|关注|转发|情况|专报|续报|日报/;
/** 网传“…”，首发：… is the headline of a notice; a plain clause before a label is running text. */
const HEADLINE = /^([^\n。！？]{2,60}[”"」』])[，,]$/;

export interface Headline {
  title: string | null;
  /** Stretch of the text that is header only. */
  header: Span;
}

/** The title, where one was written as such: a title field, 【a long heading】, or a clause before the first label. */
export function readHeadline(text: string, fields: readonly Field[]): Headline {
  const start = envelopeEnd(text);
  const message = text.slice(start);
  const header = { from: 0, to: start + (HEADER.exec(message)?.[0].length ?? 0) };
  const field = fieldOf(fields, "title");
  if (field) return { title: oneLine(field.value), header };
  const boxed = /^\s*【([^】\n]{8,60})】/.exec(message)?.[1];
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
  const unlinked = withoutLinks(text, links);
  const written = fieldOf(fields, "summary");
  if (written) return tidy(unlinked.slice(written.from, written.to));
  const labelled = fields.map((f) => ({ from: f.labelFrom, to: f.to }));
  const rest = tidy(blank(unlinked, [headline.header, ...labelled]));
  const title = headline.title;
  if (title === null || rest.includes(title)) return rest;
  return rest === "" ? title : `${title}。${rest}`;
}

/** Stands for a character of a link until the text is put together: offsets stay, and nobody types it. */
const GONE = "\u0000";
/** A link and the words that only announce it: 视频链接：https://… */
const LINK_PHRASE = new RegExp(
  `(?:(?:视频|原文|原帖|笔记|帖子|文章)?(?:链接|网址|地址)\\s?[:：]?\\s?)?${GONE}+[、\\s]?`,
  "g",
);

function withoutLinks(text: string, links: readonly Link[]): string {
  let result = "";
  let at = 0;
  for (const link of links) {
    result += text.slice(at, link.from) + GONE.repeat(link.to - link.from);
    at = link.to;
  }
  return result + text.slice(at);
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").trim();
}

/** Numbering and brackets whose words are gone. */
const LEFT_OVER = /^(?:[\d一二三四五六七八九十]{0,3}[\s.、)）(（*#>\-|/\u2460-\u2487\u2776-\u277f]{0,12})$/;

/** Joins what is left after blanking; punctuation that lost its words goes. */
function tidy(text: string): string {
  return text
    .replace(LINK_PHRASE, "")
    .split(/\n+/)
    .map((line) => line.replace(/([，；、])[，；、]+/g, "$1").replace(/^[\s，,；;。、:：|｜]{1,20}/, ""))
    .map((line) => line.replace(/[，,；;、:：|｜ ]{1,20}(?=。|$)/g, ""))
    .filter((line) => !LEFT_OVER.test(line))
    .join("\n");
}

/** Words that say nothing about the matter: 这个看下, 请关注. */
const FILLER =
  /这个|这条|那个|看下|看一下|看看|[瞅瞧看](?:[瞅瞧]|一[眼瞅瞧])|过目|关注一?下?|帮忙?|大家|各位|领导|请|转|如图|如下|知悉|注意|麻烦|谢谢|感谢|辛苦|核实一?下?|处理一?下?|下|\p{Extended_Pictographic}|[\s，,。.!！?？~、:：的了吧呢啊@]/gu;

/** A link with nothing said about it: it may be a report, so the sender is asked first. */
export function isBareLink(links: readonly Link[], summary: string): boolean {
  return links.length > 0 && summary.replace(FILLER, "") === "";
}
