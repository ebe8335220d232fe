import type { Case } from "#core/case/case.ts";
import { apply, EVENT_NAMES } from "#core/case/events.ts";
import { sameContent } from "#core/case/evidence.ts";
import { STATES } from "#core/case/states.ts";
import { described } from "#core/message/evidence.ts";
import { CLOCK_NAMES } from "#core/message/names.ts";
import { responsibilityRows, wide } from "#core/message/responsibility.ts";
import { shownClocks } from "#core/message/tone.ts";
import type { OutboxMessage, Receipt, StoredEvent } from "#core/store.ts";
import { dayOf, formatStamp, type Instant } from "#core/time.ts";
import { deliveryTables } from "./delivery-log.ts";
import { eventText, isErased } from "./event-text.ts";
import { type Content, type Html, html } from "./html.ts";
import { standingText } from "./limits.ts";
import { BLANK, facts, page, section, stamp, table, whole } from "./page.ts";
import { handlers, levels, lined, reportFacts, responseTable, type Subject, situation, unitNames } from "./parts.ts";
import { categoryText, matterText, printed, spoken } from "./printable.ts";

/** What the records hold of a case besides the case itself. */
export interface DossierRecords {
  history: readonly StoredEvent[];
  deliveries: readonly OutboxMessage[];
  receipts: readonly Receipt[];
  /** What the check of the case's own chain found; `broken` is a sentence. */
  chain: { events: number; erased: number; head: string; broken?: string };
}

/** 案卷: everything on record of one case, for the archive and for whoever has to prove what was done. */
export function dossierPage({ c, office, now }: Subject, records: DossierRecords): string {
  const say = spoken(c);
  const { mergedInto } = c;
  const attachments = c.evidence ?? [];
  return page({
    title: "政务舆情案卷",
    no: c.id,
    office: office.config.name,
    kind: "dense",
    now,
    body: html`<p class="subject">${say(c.title)}</p>
${facts([
  ["案号", c.id],
  ["立卷单位", office.config.name],
  ["起止", `${dayOf(c.receivedAt)} 至 ${c.closing ? dayOf(c.closing.at) : "在办"}`],
  ["状态", `${STATES[c.state].zh}${mergedInto ? `（并入 ${mergedInto.id}）` : ""}`],
  ["事项、类别", `${matterText(c)}；${categoryText(c) || "未定"}`],
  ["等级", levels(c)],
  ["承办单位", handlers(c) || "未转办"],
  ...responsibilityRows(c.responsibility).map(({ label, value }): [string, Content] => [label, unitNames(value)]),
  ["档号", BLANK],
  ["保管期限", BLANK],
  ["页数", BLANK],
  ["立卷人、日期", html`${BLANK}${BLANK}`],
])}
${section("一、报送内容", situation(c), facts(reportFacts(c)))}
${section(
  "二、办理过程",
  table(["序号", "时间", "经办人", "事项", "内容"], timeline(records.history, say), "没有记录。", "timeline"),
)}
${section("三、时限和依据", limits(c, now))}
${section(
  "四、回应",
  html`<p class="small">计时以发布时间为准；登记时间是记入系统的时间。时限之后补登、声明发布于时限之前的，经第二人确认才按发布时间计。</p>`,
  responseTable(c.responses, say),
)}
${section("五、审核", gates(c))}
${section(
  "六、附件和截图",
  html`<p class="small">默认只存名称和校验值（SHA-256），原件在聊天里；校验值相同即同一份内容。</p>`,
  table(
    ["序号", "内容", "提交人", "提交时间", "校验值"],
    attachments.map((e, i) => {
      const first = sameContent(attachments, e);
      return [
        i + 1,
        html`${say(described(e))}${[e.source, e.url, e.note].filter(Boolean).map((t) => html`<br>${say(t ?? "")}`)}`,
        e.by,
        stamp(e.at),
        first !== undefined && first !== e
          ? `与附件 ${attachments.indexOf(first) + 1} 相同`
          : html`<span class="mono">${e.sha256 ?? "未取得"}</span>`,
      ];
    }),
    "没有附件。",
  ),
)}
${section(
  "七、送达",
  html`<p class="small">已发：消息到达聊天服务；已达：加急方式联系到本人；已读：平台回执或本人操作。只证明联系到人，不作为对个人的评价。</p>`,
  deliveryTables(records, say, now),
)}
${section("八、校验", chainText(records.chain, now))}`,
  });
}

function timeline(history: readonly StoredEvent[], say: (text: string) => string): Content[][] {
  let c: Case | undefined;
  return history.map(({ seq, event }) => {
    const text = eventText(event, c);
    c = folded(c, event);
    return [seq, stamp(event.at), whole(event.by), whole(EVENT_NAMES[event.type]), lined(printed(say(text)))];
  });
}

/** The case after an event, as far as contents are still there: what was erased changes nothing that is told. */
function folded(c: Case | undefined, event: StoredEvent["event"]): Case | undefined {
  if (isErased(event) || (c === undefined && event.type !== "reported")) return c;
  return apply(c ?? null, event);
}

const limits = (c: Case, now: Instant): Html =>
  table(
    ["时限", "起算", "截止", "完成", "情况", "依据和原文"],
    shownClocks(c).map((k) => [
      whole(CLOCK_NAMES[k.key]),
      k.start === null ? "" : stamp(k.start),
      k.dueAt === null ? "" : stamp(k.dueAt),
      k.stoppedAt === undefined ? "" : stamp(k.stoppedAt),
      html`${standingText(k, now)}${k.note.length > 0 ? html`<br>${printed(k.note.join("、"))}` : undefined}`,
      k.cite
        ? html`${k.cite.docNo} ${printed(wide(k.cite.article))}：“${k.cite.quote}”（条款编号 ${k.rule}）`
        : k.rule === "requested"
          ? "上级来文要求"
          : "内部目标",
    ]),
    "没有硬时限。",
  );

const gates = (c: Case): Html =>
  table(
    ["环节", "登记人", "登记时间", "说明"],
    Object.entries(c.gates).map(([gate, mark]) => [gate, mark.by, stamp(mark.at), mark.note ?? ""]),
    "没有登记审核环节。",
  );

function chainText({ events, erased, head, broken }: DossierRecords["chain"], now: Instant): Html {
  const erasedText = erased > 0 ? `，其中 ${erased} 条的内容已依法删除` : "";
  return broken
    ? html`<p class="notice">核验未通过：${broken}本卷不能作为凭据，请保留数据库并查明原因。</p>`
    : html`<p>本件 ${events} 条记录${erasedText}，${formatStamp(now)}逐条核验，均与记录时一致。末条校验值：</p>
<p class="mono">${head}</p>
<p class="small">此后改动本件任何一条记录，末条校验值都会改变，与本页不符。全库核验用 huiying verify，并与群里日报的校验值核对。</p>`;
}
