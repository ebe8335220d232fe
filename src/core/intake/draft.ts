import { fromIso } from "#core/iso.ts";
import type { Instant } from "#core/time.ts";
import { type Account, findAccount } from "./accounts.ts";
import { type Field, readFields } from "./fields.ts";
import type { Gazetteer } from "./gazetteer.ts";
import { type Headline, readHeadline } from "./headline.ts";
import type { FieldKey } from "./lexicon.ts";
import { findLinks, type Link } from "./links.ts";
import { type Normalised, normalise } from "./normalise.ts";
import { findPlatforms, type PlatformMention } from "./platforms.ts";
import { findSignature } from "./reporters.ts";
import type { ParseInput } from "./types.ts";
import { findUnits, type UnitMention } from "./units.ts";
import { blank, spanFinder } from "./words.ts";

/** A message taken apart once, before the single fields of the report are read from it. */
export interface Draft {
  n: Normalised;
  text: string;
  receivedAt: Instant;
  gazetteer: Gazetteer;
  links: Link[];
  fields: Field[];
  /** The labelled field whose value an offset lies in. */
  fieldAt: (at: number) => Field | undefined;
  headline: Headline;
  account: Account | null;
  units: UnitMention[];
  platforms: PlatformMention[];
  /** The text with links blanked. */
  unlinked: string;
  /** The text with links, header and labelled fields blanked: what was said in running words. */
  body: string;
}

/** /舆情 上报 and a mention of the bot belong to the envelope. */
const COMMAND = /^\s{0,3}(?:@\S{1,20} )?\/?[舆輿]情 {0,3}上[报報](?![：:】])[ \n]?/;

/** @throws RangeError when `receivedAt` is no ISO 8601 instant: a fault of the caller, not of the sender */
export function takeApart(input: ParseInput, gazetteer: Gazetteer): Draft {
  const receivedAt = fromIso(input.receivedAt);
  if (receivedAt === undefined) throw new RangeError("receivedAt is not an ISO 8601 instant");
  const n = normalise(input.text.replace(COMMAND, ""));
  const { text } = n;
  const links = findLinks(text);
  const unlinked = blank(text, links);
  const labelled = readFields(text);
  const signature = labelled.some((f) => f.key === "reporter") ? undefined : findSignature(text);
  const fields = signature ? [...labelled, signature] : labelled;
  const headline = readHeadline(unlinked, fields);
  const units = findUnits(unlinked, gazetteer);
  const unitNames = new Set(units.map((u) => u.name));
  return {
    n,
    text,
    receivedAt,
    gazetteer,
    links,
    fields,
    fieldAt: spanFinder(fields),
    headline,
    account: findAccount(unlinked, (name) => unitNames.has(name)),
    units,
    platforms: findPlatforms(unlinked),
    unlinked,
    body: blank(unlinked, [headline.header, ...fields.map((f) => ({ from: f.labelFrom, to: f.to }))]),
  };
}

/** The text with links and some labelled fields blanked. */
export function withoutFields({ unlinked, fields }: Draft, keys: readonly FieldKey[]): string {
  const gone = fields.filter((f) => keys.includes(f.key)).map((f) => ({ from: f.labelFrom, to: f.to }));
  return gone.length === 0 ? unlinked : blank(unlinked, gone);
}
