import { carriedFigure, type Reading, readFigures } from "./figures.ts";
import { AMOUNT_SOURCE, amountOf } from "./numbers.ts";
import type { PlatformMention } from "./platforms.ts";
import { readRank } from "./rank.ts";
import type { Amount, Heat } from "./types.ts";

/** A hotline counts what it received: 12345热线受理37件, 收到同类反映20余起. */
const RECEIVED = new RegExp(
  `(?:受理|接了|收了|收到|接到|接报|接收|接听|接件|投诉|反映|转来)[^，。；;\\n\\d]{0,12}?(?:${AMOUNT_SOURCE}) ?(?:件|起|通|宗|个电话|个来电|条诉求|条投诉|条留言)`,
  "i",
);

/** 公众号文章10万+: the highest number of readers that the platform shows, always said without 阅读. */
const TOP_READ = /(?:^|[，,；;。\n（(]|文章|推文)10万\+(?=$|[，,、；;。\n）)])/;

/**
 * Figures of spread in a text, each with its operator, added up over platforms and kept per platform. A total that was
 * written before its parts stays the total.
 */
export function readHeat(text: string, mentions: readonly PlatformMention[]): Heat {
  const heat: Heat = {};
  const byPlatform: Record<string, Record<string, number>> = {};
  const totals = new Set<string>();
  let named = 0;
  let last = 0;
  // 12345 counts its calls as 来电: one channel, not two.
  const hotline = mentions.some((p) => p.platform === "12345热线");
  const platforms = hotline ? mentions.filter((p) => p.platform !== "来电来访") : mentions;
  for (const reading of withCarried(text, platforms)) {
    const { metric, amount } = reading;
    if (heat[metric] && /其中/.test(text.slice(last, reading.at))) totals.add(metric);
    last = reading.at;
    while (named < platforms.length && (platforms[named] as PlatformMention).from < reading.at) named++;
    const platform = platforms[reading.fromLast === undefined ? named - 1 : named - reading.fromLast]?.platform;
    const known = heat[metric];
    if (platform === undefined) {
      if (known === undefined) totals.add(metric);
      heat[metric] ??= amount;
      continue;
    }
    byPlatform[platform] ??= {};
    const mine = byPlatform[platform];
    if (mine[metric] !== undefined) continue;
    mine[metric] = amount.value;
    if (known === undefined) heat[metric] = amount;
    else if (!totals.has(metric)) heat[metric] = sum(known, amount);
  }
  if (heat.views === undefined && TOP_READ.test(text)) heat.views = { value: 100_000, op: ">=" };
  if (Object.keys(byPlatform).length > 1) heat.byPlatform = byPlatform;
  const received = heat.calls === undefined && platforms.some(isCounter) ? RECEIVED.exec(text) : null;
  const calls = received?.groups ? amountOf(received.groups) : undefined;
  if (calls) heat.calls = calls;
  const rank = readRank(text);
  if (rank) heat.rank = rank;
  return heat;
}

/** Channels that count what people bring to them. */
function isCounter({ platform }: PlatformMention): boolean {
  return platform === "12345热线" || platform === "领导信箱" || platform === "来电来访";
}

/** An estimate in the sum makes it an estimate; a lower bound makes it a lower bound. */
function sum(a: Amount, b: Amount): Amount {
  const op = a.op === "≈" || b.op === "≈" ? "≈" : a.op === ">=" || b.op === ">=" ? ">=" : "=";
  return { value: a.value + b.value, op };
}

/** The figures, and those that follow a platform without naming their metric again. */
function withCarried(text: string, platforms: readonly PlatformMention[]): Reading[] {
  const readings = readFigures(text);
  const carried: Reading[] = [];
  let next = 0;
  for (const platform of platforms) {
    while (next < readings.length && (readings[next] as Reading).at < platform.from) next++;
    const last = readings[next - 1];
    const figure = last && carriedFigure(text, platform.to, last);
    if (figure) carried.push(figure);
  }
  return carried.length === 0 ? readings : [...readings, ...carried].sort((a, b) => a.at - b.at);
}
