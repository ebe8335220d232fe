import { PLATFORM_HOSTS } from "./lexicon.ts";
import { alternatives, type Span } from "./words.ts";

export interface Link extends Span {
  url: string;
  host: string;
}

/**
 * A link is a run of ASCII: Chinese text and punctuation end it. A comma or semicolon belongs to it only where an address
 * goes on behind it, and never before another link or a telephone number.
 */
const TAIL = String.raw`(?:[\w\-.~:/?#[\]@!$&'()*+=%]|[,;](?=[\w%/?&=])(?!https?:|1[3-9]\d{9}))`;
const LINK = new RegExp(
  String.raw`https?://${TAIL}+|(?<![\w@./-])(?:www\.[\w-]+\.|(?:${alternatives(PLATFORM_HOSTS.map(([host]) => host))})/)${TAIL}+`,
  "gi",
);

/** Links in order; trailing punctuation and unbalanced closing brackets are not part of them. */
export function findLinks(text: string): Link[] {
  const links: Link[] = [];
  for (const match of text.matchAll(LINK)) {
    const url = trimmed(match[0]);
    const host = /^(?:https?:\/\/)?(?:[^/?#@]*@)?([^/?#:]+)/i.exec(url)?.[1]?.toLowerCase();
    if (host?.includes(".")) links.push({ url, host, from: match.index, to: match.index + url.length });
  }
  return links;
}

/** The distinct addresses, in order of appearance. */
export function distinctUrls(links: readonly Link[]): string[] {
  const urls = new Set<string>();
  for (const link of links) urls.add(link.url);
  return [...urls];
}

/** The platform a host belongs to: the host itself or a subdomain of one that the lexicon lists. */
export function platformOfHost(host: string): string | undefined {
  return PLATFORM_HOSTS.find(([known]) => host === known || host.endsWith(`.${known}`))?.[1];
}

function trimmed(url: string): string {
  const round = url.indexOf("(");
  const square = url.indexOf("[");
  let end = url.length;
  for (; end > 0; end--) {
    const last = url[end - 1] as string;
    const loose = (last === ")" && round === -1) || (last === "]" && square === -1);
    if (!loose && !/[.,;:!?'"*~]/.test(last)) break;
  }
  return url.slice(0, end);
}
