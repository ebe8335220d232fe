import type { Span } from "./words.ts";

export interface Account extends Span {
  name: string;
}

const QUOTED = '[「“"『](?<quoted>[^」”"』\\n]{1,30})[」”"』]';
/** @小雨点发微博称: what the account does is no part of its name. */
const SIGNED =
  "@(?<signed>[\\w\\u4e00-\\u9fa5·-]{2,30}?)(?=发布|发帖|发文|发视频|发微博|发抖音|发快手|发小红书|发笔记|发了|上传|爆料|曝光|称|转发|在(?:抖音|微博|快手|小红书|知乎|贴吧|头条|B站|论坛)|(?![\\w\\u4e00-\\u9fa5·-]))";
const PATTERNS: readonly RegExp[] = [
  new RegExp(
    `(?:公众号|视频号|抖音号|头条号|快手号|账号|帐号|博主|主播|UP主|up主|大V|自媒体|用户|网友|网民|网名(?:为|叫|是)?|昵称(?:为|叫|是)?|作者|号(?=叫)|ID)(?:为|叫|是|名为)?[:：]?\\s?(?:${QUOTED}|${SIGNED})`,
    "d",
  ),
  new RegExp(
    `(?:抖音|快手|微博|小红书|知乎|头条|B站|哔哩哔哩|贴吧|论坛)(?:号|用户|账号|博主|网友|大V|上|上的)?[:：]?\\s?${SIGNED}`,
    "d",
  ),
  new RegExp(`(?:抖音|快手|微博|小红书|知乎|头条|B站|贴吧)${QUOTED}(?=发|上传|称|曝|爆|转)`, "d"),
  new RegExp(`(?:由|来自|首发|首发于|账号|博主|网友)[:：]? ?${SIGNED}`, "d"),
  // As apps share a video: 看看【小青的作品】.
  /看看【(?<quoted>[^】\n]{1,20}?)的(?:图文)?作品】/d,
  /[「“"『](?<quoted>[^」”"』\n]{1,20}(?:论坛|贴吧|吧|社区))[」”"』]/d,
];

const NO_ACCOUNT = /同城|热搜|热榜|话题|直播|境外|视频|图文|评论|超话|频道|群|截图|转发/;

/** 今日头条（民生青岩）: a name in brackets behind the platform. */
export function accountOfPlatform(value: string): string | undefined {
  const name = /^[^（(\n]{2,8}[（(](?:账号|博主)?[:：]? ?@?([^）)]{2,20})[）)]$/.exec(value)?.[1];
  return name === undefined || NO_ACCOUNT.test(name) ? undefined : name;
}

/** 「白水身边事」, @青岩大喇叭、@小城故事: the names of a field without their signs. */
export function accountOfField(value: string): string {
  return value
    .split(/[、,，;；]/)
    .map((name) => name.trim().replace(/^[@「“"『《]{1,2}|[」”"』》]$/g, ""))
    .filter((name) => name !== "")
    .join("、");
}

/** The account or board on which the matter appeared, when the sender names one. Addressed units are no accounts. */
export function findAccount(text: string, isUnit: (name: string) => boolean): Account | null {
  for (const pattern of PATTERNS) {
    const m = pattern.exec(text);
    const name = m?.groups?.quoted ?? m?.groups?.signed;
    const span = m?.indices?.groups?.quoted ?? m?.indices?.groups?.signed;
    if (name && span && !isUnit(name) && !/^(?:所有人|all)/i.test(name))
      return { name: name.trim(), from: span[0], to: span[1] };
  }
  return null;
}
