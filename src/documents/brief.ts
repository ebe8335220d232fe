import { heatText } from "#core/message/changes.ts";
import { questionsOf, responsibilityRows } from "#core/message/responsibility.ts";
import { shownClocks } from "#core/message/tone.ts";
import { formatStamp } from "#core/time.ts";
import { html } from "./html.ts";
import { limitSentence } from "./limits.ts";
import { BLANK, blankLines, page, section } from "./page.ts";
import { handlers, levels, refuseMerged, reportFacts, type Subject, situation, unitNames } from "./parts.ts";
import { categoryText, dateText, printed, proofText, spoken } from "./printable.ts";

/** 舆情专报 for the party committee, the government or the superior, with the three suggestions that a report upward must hold. */
export function briefPage({ c, office, now }: Subject): string {
  refuseMerged(c);
  const say = spoken(c);
  const { triage, report } = c;
  const heat = heatText(report.heat).replace("播放", "阅读（播放）");
  const suggested = c.reportedUp.findLast((m) => m.suggestion)?.suggestion;
  return page({
    title: "政务舆情专报",
    no: c.id,
    office: office.config.name,
    kind: "letter",
    now,
    body: html`<p class="subject">${say(c.title)}</p>
<p class="plain"><span>第${BLANK}期</span><span>密级${BLANK}</span><span>${dateText(now)}</span></p>
${section(
  "一、基本情况",
  situation(c),
  html`<p>${reportFacts(c).map(([label, value], i) => html`${i === 0 ? undefined : "；"}${label}：${value}`)}。案号：${c.id}。</p>`,
)}
${section(
  "二、传播态势",
  html`<p>${heat ? `报送时：${heat}${report.heat.snapshotAt ? `（${report.heat.snapshotAt.slice(0, 16).replace("T", " ")}）` : ""}。` : undefined}截至${BLANK}：${BLANK}${BLANK}</p>`,
)}
${section("三、主要观点", blankLines(2))}
${section(
  "四、研判",
  html`<p>等级：${levels(c)}。类别：${categoryText(c) || BLANK}${triage?.sensitive ? "，重大敏感" : ""}。</p>`,
  triage?.publicReaction ? html`<p>公众反应：${say(triage.publicReaction)}</p>` : undefined,
  triage?.media ? html`<p>媒体介入：${say(triage.media)}</p>` : undefined,
  html`<p>${responsibilityRows(c.responsibility).map(({ label, value }) => `${label}：${unitNames(value)}。`)}</p>`,
  questionsOf(c.responsibility).map((question) => html`<p>${printed(question)}</p>`),
  html`<p>性质、走势和风险：${BLANK}${BLANK}</p>`,
)}
${section(
  "五、已采取措施",
  c.assignment ? html`<p>${formatStamp(c.assignment.at)}转办${handlers(c)}。</p>` : undefined,
  c.responses.map(
    (r) => html`<p>${formatStamp(r.publishedAt)}${r.units.join("、")}${r.form}（${say(proofText(r))}）。</p>`,
  ),
  shownClocks(c).length > 0
    ? html`<p>时限：${shownClocks(c)
        .map((k) => limitSentence(k, now))
        .join("；")}。</p>`
    : undefined,
  html`<p>现场处置：${BLANK}${BLANK}</p>`,
)}
${section(
  "六、建议",
  suggested ? html`<p>${say(suggested)}</p>` : undefined,
  html`<p>（一）信息发布：${BLANK}${BLANK}</p>`,
  html`<p>（二）政策解读：${BLANK}${BLANK}</p>`,
  html`<p>（三）舆情回应：${BLANK}${BLANK}</p>`,
)}
<div class="signature"><p>报送：${BLANK}　抄送：${BLANK}</p><p>签发人${BLANK}　值班电话${BLANK}</p></div>`,
  });
}
