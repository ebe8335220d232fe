import type { Case, CaseClock, Response } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import { BotError } from "#core/errors.ts";
import { casualtiesText } from "#core/message/casualties.ts";
import { CLOCK_NAMES, START_NAMES } from "#core/message/names.ts";
import { wide } from "#core/message/responsibility.ts";
import { shownClocks } from "#core/message/tone.ts";
import { formatStamp, type Instant } from "#core/time.ts";
import { type Content, type Html, html } from "./html.ts";
import { standingText } from "./limits.ts";
import { BLANK, paragraphs, stamp, table, whole } from "./page.ts";
import { eventLevelText, opinionLevelText, placesText, printed, proofText, spoken, timeText } from "./printable.ts";

/** What a document about one case is made of. */
export interface Subject {
  c: Case;
  office: Office;
  now: Instant;
}

/** A case whose matter goes on elsewhere has no papers of its own any more, its file aside. @throws BotError refused */
export function refuseMerged({ mergedInto, id }: Case): void {
  if (mergedInto)
    throw new BotError("refused", `${id} 已并入 ${mergedInto.id}，请导出 ${mergedInto.id}；本件只有案卷(dossier)。`);
}

/** Names of units as print has them; rules name the publicity department by its kind. */
export const unitNames = (names: string): string => printed(names.replaceAll("党委宣传部门", "委宣传部"));

export const levels = (c: Case): string => `突发事件 ${eventLevelText(c)}；舆情 ${opinionLevelText(c)}`;

/** Units with the lead first, as they were assigned. */
export function handlers({ assignment, parts }: Case): string {
  const lead = assignment?.lead;
  const others = parts.map((p) => p.unit).filter((u) => u !== lead);
  return lead ? `${lead}（牵头）${others.length > 0 ? `，${others.join("、")}` : ""}` : others.join("、");
}

/** What was reported, or where it is to be handled when nothing of it may stand here. */
export function situation(c: Case): Html {
  if (c.withheld) return html`<p>报送内容带有密级标志，未在本系统保存，请按保密要求线下办理。</p>`;
  return paragraphs(c.report.missing.includes("summary") ? undefined : spoken(c)(c.report.summary));
}

/** Where and when, as reported; rows without a value are left out. */
export function reportFacts(c: Case): [label: string, value: Content][] {
  const { report } = c;
  const rows: [string, string][] = [
    ["事发时间", timeText(report.occurredAt)],
    ["首发时间", timeText(report.surfacedAt)],
    ["发现时间", timeText(report.detectedAt)],
    ["收报时间", formatStamp(c.receivedAt)],
    ["涉事地", placesText(c)],
    ["涉事单位", report.units.join("、")],
    ["来源平台", report.platforms.join("、")],
    ["链接", c.withheld ? "" : report.urls.join("\n")],
    ["伤亡情况", printed(casualtiesText(report.casualties))],
  ];
  return rows.filter(([, value]) => value !== "").map(([label, value]) => [label, lined(value)]);
}

/** A text with its line breaks. */
export const lined = (text: string): Html =>
  html`${text.split("\n").map((line, i) => (i === 0 ? html`${line}` : html`<br>${line}`))}`;

const basis = ({ cite, rule }: CaseClock): string =>
  cite ? `${cite.docNo} ${printed(wide(cite.article))}` : rule === "requested" ? "上级来文" : "内部目标";

/** Absolute limits with their basis: 时限, 起算, 截止, 依据, and how they stand. */
export function limitTable(c: Case, now: Instant, clocks: readonly CaseClock[] = shownClocks(c)): Html {
  return table(
    ["时限", "起算", "截止", "情况", "依据"],
    clocks.map((k) => [
      whole(CLOCK_NAMES[k.key]),
      k.start === null ? BLANK : html`${stamp(k.start)}${k.startFrom ? `（${START_NAMES[k.startFrom]}）` : ""}`,
      k.dueAt === null ? BLANK : stamp(k.dueAt),
      html`${standingText(k, now)}${k.note.length > 0 ? html`<br>${printed(k.note.join("、"))}` : undefined}`,
      basis(k),
    ]),
    "没有硬时限。",
  );
}

/** Publications with the time that counts beside the time at which it was entered. */
export function responseTable(responses: readonly Response[], say: (text: string) => string): Html {
  return table(
    ["形式", "单位", "发布时间", "登记时间", "凭证"],
    responses.map((r) => [
      html`${whole(r.form)}${r.channel ? html`<br>${say(r.channel)}` : undefined}`,
      r.units.join("、"),
      stamp(r.publishedAt),
      html`${stamp(r.recorded.at)}<br>${r.recorded.by}${r.unconfirmed ? html`<br>待第二人确认，暂按登记时间计` : undefined}`,
      say(proofText(r)),
    ]),
    "没有登记回应。",
  );
}

/** Who signed for which unit, with room to sign by hand. */
export const signTable = ({ parts }: Case): Html =>
  signatures(
    parts.map(({ unit, acknowledged, returned }) => {
      const mark = returned ?? acknowledged;
      return [unit, mark ? `${mark.by}${returned ? "（已退回）" : ""}` : BLANK, mark ? stamp(mark.at) : BLANK];
    }),
  );

/** Nobody has signed for a paper that was only just drafted. */
export const unsigned = (units: readonly string[]): Html => signatures(units.map((unit) => [unit, BLANK, BLANK]));

const signatures = (rows: Content[][]): Html => table(["单位", "签收人", "签收时间"], rows);

/** Whom the unit asks: the people of the coordinating office; telephone numbers are filled in by hand. */
export const contact = (office: Office): Html => html`${office.roster.withRole("组织协调").join("、")}，电话 ${BLANK}`;
