import { findLinks, type Link } from "./links.ts";
import { type Normalised, normalise } from "./normalise.ts";
import { findAddresses, findPlates } from "./pii/addresses.ts";
import { findEmails } from "./pii/emails.ts";
import type { Finding } from "./pii/hit.ts";
import { findLandlines } from "./pii/landlines.ts";
import { findNames } from "./pii/names.ts";
import { findNumbers } from "./pii/numbers.ts";
import { readSecrecy } from "./secrecy.ts";
import type { PiiHit } from "./types.ts";
import { blank, overlaps, type Span } from "./words.ts";

/** People whose names and numbers are part of the work: the roster. */
export interface ScreenContext {
  isKnownName?: (name: string) => boolean;
  isStaffPhone?: (digits: string) => boolean;
}

/** A masked stretch; `at` is its offset in the screened text. */
export interface LocatedHit extends PiiHit {
  at: number;
}

export type Screened =
  /** A hard secrecy marking: nothing of the text may be stored, logged or echoed. */
  | { verdict: "withheld" }
  | {
      verdict: "clean" | "masked";
      /** What may be stored: the sender's own text with personal data replaced. */
      text: string;
      pii: LocatedHit[];
      /** The message may itself be classified: ask the sender. */
      askSecrecy: boolean;
    };

/**
 * Decides, in memory and before anything is written, what of a message may be kept (rules: 保密法, 个人信息保护法 第6、28条).
 * Pure and linear. Links stay as they are, except for values that their own parameter names call a telephone or identity
 * number. Numbers of tickets (12345, 信箱) are kept.
 */
export function screen(text: string, context: ScreenContext = {}): Screened {
  const n = normalise(text);
  const secrecy = readSecrecy(n.text);
  if (secrecy.hard) return { verdict: "withheld" };
  const findings = withoutOverlaps(findPersonalData(n, context));
  const { masked, hits } = replaceAll(n, findings);
  return { verdict: hits.length > 0 ? "masked" : "clean", text: masked, pii: hits, askSecrecy: secrecy.ask };
}

/** The kinds of data that placeholders of an already screened text stand for. Masked names cannot be told from 张某 as typed. */
export function piiInPlaceholders(text: string): PiiHit[] {
  const types: Readonly<Record<string, PiiHit["type"]>> = {
    "[电话]": "phone",
    "[身份证号]": "idcard",
    "[银行卡号]": "bank",
    "[住址]": "address",
    "[车牌]": "plate",
    "[邮箱]": "phone",
  };
  return [...text.matchAll(/\[(?:电话|身份证号|银行卡号|住址|车牌|邮箱)\]|(?<!\d)1[3-9]\d\*{4}\d{4}(?!\d)/g)].map(
    (m) => ({
      type: types[m[0]] ?? "phone",
      masked: m[0],
    }),
  );
}

function findPersonalData(n: Normalised, context: ScreenContext): Finding[] {
  const links = findLinks(n.text);
  const open = blank(n.text, links);
  const labels = [...open.matchAll(REPORTER_LABEL)].map((m) => m.index + m[0].length);
  const isReporterPhone = (from: number, digits: string): boolean =>
    (context.isStaffPhone?.(digits) ?? false) || isBehindReporterLabel(open, labels, from);
  return [
    ...findNumbers(open, isReporterPhone),
    ...findLandlines(open),
    ...findEmails(open),
    ...findAddresses(open),
    ...findPlates(open),
    ...findNames(open, context.isKnownName ?? (() => false)),
    ...links.flatMap((link) => findInQuery(n.text, link)),
  ];
}

const REPORTER_LABEL =
  /(?:报告人|报送人|上报人|填报人|报送单位|上报单位|值班员|值班人员|单位联系人|👤)\s?[:：]?|(?:^|\n)\s?(?:报|联系人)[:：]|(?:^|\n)\s?(?:TEL|电话|联系电话)[:：]/gi;
/** Unit, name and number of the reporter fit into this many characters. */
const LABEL_REACH = 48;

/** The number follows a label of the reporter in the same sentence; one line break is allowed before 电话：. */
function isBehindReporterLabel(text: string, labels: readonly number[], from: number): boolean {
  const label = labels.findLast((at) => at <= from);
  if (label === undefined || from - label > LABEL_REACH) return false;
  const between = text.slice(label, from);
  if (/[。！？；;]|反映人|投诉人|当事人|家长|家属|群众|网友/.test(between)) return false;
  return !between.includes("\n") || /\n\s?(?:TEL|电话|联系电话|手机)\s?[:：]?\s?$/i.test(between);
}

/** ?phone=138… is personal data by its own name; other digits of a link identify a post. */
const QUERY = /([?&](?:phone|mobile|tel|idcard|id_card|sfz|bankcard|card_?no)=)([^&#]+)/gi;

function findInQuery(text: string, link: Link): Finding[] {
  return [...text.slice(link.from, link.to).matchAll(QUERY)].flatMap((m) => {
    const from = link.from + m.index + (m[1]?.length ?? 0);
    return findNumbers(m[2] ?? "", () => false).map((f) => ({ ...f, from: from + f.from, to: from + f.to }));
  });
}

/** Earlier kinds win: a number inside an address is masked with the address only where it was not masked itself. */
function withoutOverlaps(findings: readonly Finding[]): Finding[] {
  const sorted = [...findings].sort((a, b) => a.from - b.from || b.to - a.to);
  const kept: Finding[] = [];
  for (const finding of sorted) {
    const last = kept.at(-1);
    if (!last || !overlaps(last, finding)) kept.push(finding);
    else last.to = Math.max(last.to, finding.to);
  }
  return kept;
}

function replaceAll(n: Normalised, findings: readonly Finding[]): { masked: string; hits: LocatedHit[] } {
  let masked = "";
  let at = 0;
  const hits: LocatedHit[] = [];
  for (const finding of findings) {
    const { from, to } = originalSpan(n, finding);
    masked += n.original.slice(at, from);
    hits.push({ type: finding.type, masked: finding.masked, at: masked.length });
    masked += finding.masked;
    at = to;
  }
  return { masked: masked + n.original.slice(at), hits };
}

function originalSpan(n: Normalised, { from, to }: Span): Span {
  return { from: n.starts[from] ?? n.original.length, to: n.ends[to - 1] ?? n.original.length };
}
