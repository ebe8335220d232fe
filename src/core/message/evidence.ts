import type { Case } from "#core/case/case.ts";
import { distinctEvidence, type Evidence, sameContent } from "#core/case/evidence.ts";
import { formatMoment, type Instant } from "#core/time.ts";
import type { Line } from "./card.ts";
import { KIND_NAMES } from "./names.ts";

/** More of them are counted only; all stand in the record. */
const SHOWN = 10;
/** Enough of a hash to compare by eye. */
const HASH = 8;

/** "附件 3 个(截图 2、文件 1)"; the same content counts once. */
export function evidenceLine(c: Case): Line[] {
  const distinct = distinctEvidence(c);
  if (distinct.length === 0) return [];
  const kinds = [...Map.groupBy(distinct, (e) => e.kind)].map(([kind, list]) => `${KIND_NAMES[kind]} ${list.length}`);
  return [{ kind: "field", label: "附件", value: `${distinct.length} 个(${kinds.join("、")})` }];
}

/** Each one with who sent it, when, and the beginning of its hash. */
export function evidenceDetails(c: Case, now: Instant): Line[] {
  const all = c.evidence ?? [];
  const lines = all.slice(0, SHOWN).map((e, i): Line => {
    const first = sameContent(all, e);
    const same = first !== undefined && first !== e ? `，与附件${all.indexOf(first) + 1}相同` : "";
    const hash = e.sha256 === undefined ? "" : ` 校验 ${e.sha256.slice(0, HASH)}`;
    const from = [e.source, e.url, e.note].filter(Boolean).join(" ");
    return {
      kind: "field",
      label: `附件${i + 1}`,
      value: `${described(e)}${from ? ` ${from}` : ""} ${e.by} ${formatMoment(e.at, now)}${hash}${same}`,
    };
  });
  const more = all.length - lines.length;
  return more > 0 ? [...lines, { kind: "text", text: `另有附件 ${more} 个`, emphasis: "quiet" }] : lines;
}

/** The one thing that is asked of somebody who sent a picture and no word. */
export const SENTENCE_LINE: Line = {
  kind: "text",
  text: "请用一句话说明：什么事、在哪里。直接回复本条即可。",
  emphasis: "strong",
};

/** "截图 现场.jpg 128 KB" */
export const described = (e: Pick<Evidence, "kind" | "name" | "size">): string =>
  `${KIND_NAMES[e.kind]} ${e.name}${e.size === undefined ? "" : ` ${sizeText(e.size)}`}`;

function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
