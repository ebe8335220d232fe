import { LINKLESS_PLATFORMS, PLATFORM_WORDS } from "./lexicon.ts";
import { type Link, platformOfHost } from "./links.ts";
import { alternatives, pushUnique, type Span } from "./words.ts";

const BY_WORD = new Map(PLATFORM_WORDS.flatMap(([platform, words]) => words.map((word) => [word, platform] as const)));
const LATIN = [...BY_WORD.keys()].filter((w) => /^[A-Za-z\d]+$/.test(w));
const CHINESE = [...BY_WORD.keys()].filter((w) => !LATIN.includes(w));
/** Latin short forms only as whole words; 群里 and X only where they cannot mean something else. */
const PLATFORM = new RegExp(
  `(?:${alternatives(CHINESE)})|(?<![A-Za-z\\d./@_-])(?:${alternatives(LATIN)})(?![A-Za-z\\d/@_-]|\\.\\w)` +
    "|(?<handed>(?:省|市|国家|国务院)[\\u4e00-\\u9fa5]{0,8}?(?:厅|局|委|办|室|部)(?:转来|转办|转交|交办))" +
    "|群里(?=都?在?(?:传|疯传|热议|炸|有人|讨论|转|说|流传))|微信里?(?=都?在?(?:疯传|流传|到处传))",
  "g",
);
/** 每日报送 and 舆情日报 are no newspapers. */
const NO_NEWSPAPER = /舆情日报|日报[送告表]/;

export interface PlatformMention extends Span {
  platform: string;
}

/** Platforms named in the text, in order of appearance. */
export function findPlatforms(text: string): PlatformMention[] {
  const found: PlatformMention[] = [];
  for (const m of text.matchAll(PLATFORM)) {
    if (NO_NEWSPAPER.test(text.slice(Math.max(0, m.index - 2), m.index + 3))) continue;
    const platform = BY_WORD.get(m[0]) ?? (m.groups?.handed ? "上级转办" : "微信群");
    found.push({ platform, from: m.index, to: m.index + m[0].length });
  }
  return found;
}

/** A platform field may hold a name the lexicon does not know: it is kept as written. */
export function platformsOfField(value: string): string[] {
  const names: string[] = [];
  for (const { platform } of findPlatforms(value)) pushUnique(names, platform);
  if (names.length === 0 && /^社区$|红薯/.test(value)) return [/红薯/.test(value) ? "小红书" : "论坛"];
  if (names.length === 0) {
    const written = value.replace(/[「“"《].*$/, "").trim();
    if (written !== "" && written.length <= 12) names.push(written);
  }
  return names;
}

/** Named platforms and those of the links, by position in the text. */
export function mergePlatforms(mentions: readonly PlatformMention[], links: readonly Link[]): string[] {
  const all = mentions.map(({ platform, from }) => ({ platform, from }));
  for (const link of links) {
    const platform = platformOfHost(link.host);
    if (platform) all.push({ platform, from: link.from });
  }
  const names: string[] = [];
  for (const { platform } of all.sort((a, b) => a.from - b.from)) pushUnique(names, platform);
  // 12345 counts its calls as 来电: one channel, not two.
  return names.includes("12345热线") ? names.filter((p) => p !== "来电来访") : names;
}

/** A post on one of these has a public address; for the others no link is asked. */
export function needsLink(platforms: readonly string[]): boolean {
  return platforms.some((p) => !LINKLESS_PLATFORMS.has(p));
}
