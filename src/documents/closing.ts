import { isOpen } from "#core/case/states.ts";
import { shownClocks } from "#core/message/tone.ts";
import { formatStamp } from "#core/time.ts";
import { html } from "./html.ts";
import { standingText } from "./limits.ts";
import { BLANK, blankLines, facts, page, paragraphs, section, table, whole } from "./page.ts";
import {
  handlers,
  levels,
  limitTable,
  refuseMerged,
  reportFacts,
  responseTable,
  type Subject,
  situation,
} from "./parts.ts";
import { categoryText, firstAnswer, matterText, spoken } from "./printable.ts";

/** 办结报告: what happened, what was done, whether the limits were kept. Of an open case it is a draft for whoever closes it. */
export function closingPage({ c, office, now }: Subject): string {
  refuseMerged(c);
  const say = spoken(c);
  const { closing, triage, assignment } = c;
  const first = firstAnswer(c);
  const steps: [at: number, text: string][] = [
    [c.receivedAt, "收到报送，编号受理"],
    ...(triage ? [[triage.at, `${triage.by}研判：${levels(c)}`] as [number, string]] : []),
    ...(assignment ? [[assignment.at, `${assignment.by}转办：${handlers(c)}`] as [number, string]] : []),
    ...c.parts.flatMap(({ unit, acknowledged }): [number, string][] =>
      acknowledged ? [[acknowledged.at, `${unit}签收（${acknowledged.by}）`]] : [],
    ),
    ...c.reportedUp.map((m): [number, string] => [m.at, `${m.by}向${m.target}报送`]),
    ...(first ? [[first.publishedAt, `${first.units.join("、")}${first.form}`] as [number, string]] : []),
    ...(closing ? [[closing.at, `${closing.by}办结`] as [number, string]] : []),
  ];
  return page({
    title: "政务舆情办结报告",
    no: c.id,
    office: office.config.name,
    kind: "letter",
    now,
    body: html`<p class="subject">${say(c.title)}</p>
${isOpen(c.state) ? html`<p class="notice">本件尚未办结。以下为供办结人审核的底稿，结果由人填写。</p>` : undefined}
${facts([
  ["案号", c.id],
  ["文号", BLANK],
  ["事项", `${matterText(c)}；${categoryText(c) || "类别未定"}`],
  ["等级", levels(c)],
  ["承办单位", handlers(c) || c.responsibility.firstResponsible.join("、") || BLANK],
])}
${section("一、基本情况", situation(c), facts(reportFacts(c)))}
${section(
  "二、办理经过",
  table(
    ["时间", "经过"],
    steps.sort(([a], [b]) => a - b).map(([at, text]) => [whole(formatStamp(at)), text]),
  ),
)}
${section("三、处置结果（网下）", paragraphs(closing && say(closing.result), 4))}
${section(
  "四、回应情况和时限",
  responseTable(c.responses, say),
  limitTable(c, now),
  c.noResponse
    ? html`<p>经第二人（${c.noResponse.by}）于${formatStamp(c.noResponse.at)}确认，本件不作公开回应。</p>`
    : undefined,
  shownClocks(c).length === 0
    ? undefined
    : html`<p>${shownClocks(c).every((k) => standingText(k, now).startsWith("按时")) ? "以上时限均已按时完成。" : "以上时限未全部按时完成，原因："}</p>`,
  shownClocks(c).some((k) => !standingText(k, now).startsWith("按时")) ? blankLines(2) : undefined,
)}
${section("五、效果", html`<p>评估标签：${closing?.tag ?? BLANK}。热度变化：${BLANK}${BLANK}</p>`)}
${section("六、承诺事项", html`<p class="small">系统目前不登记承诺；对外作过承诺的，逐项写明内容、期限和完成情况。</p>`, blankLines(2))}
${section("七、教训和改进", blankLines(2))}
${section(
  "八、归档清单",
  html`<p>转办单、签收单、审核记录、回应凭证 ${c.responses.length} 份、附件 ${c.evidence?.length ?? 0} 个、案卷。纸质材料：${BLANK}</p>`,
)}
<div class="signature"><p>承办人${BLANK}　审核人${BLANK}</p><p>签发人${BLANK}　日期${BLANK}</p></div>`,
  });
}
