import type { Case } from "#core/case/case.ts";
import type { CaseEvent } from "#core/case/events.ts";
import { proposalName } from "#core/message/case-card.ts";
import { changesBetween } from "#core/message/changes.ts";
import { described } from "#core/message/evidence.ts";
import { CATEGORY_NAMES, CLOCK_NAMES } from "#core/message/names.ts";
import { formatStamp } from "#core/time.ts";
import { levelText, proofText } from "./printable.ts";

/** Only who, when and what kind are left of an event whose content was erased by law; 已知悉 never had more. */
export const isErased = (event: CaseEvent): boolean => Object.keys(event).length === 3 && event.type !== "seen";

/** What an event says, for the file of a case: everything that was decided, in the words in which it was recorded. */
export function eventText(event: CaseEvent, before: Case | undefined): string {
  if (isErased(event)) return "（内容已依法删除，校验链完整）";
  switch (event.type) {
    case "reported":
      return [
        `${event.id} ${event.title}`,
        event.reporter && event.reporter !== event.by ? `报送人 ${event.reporter}` : "",
        event.imported
          ? `由 ${event.imported.file} 第 ${event.imported.row} 行导入，收报时间 ${formatStamp(event.receivedAt)}`
          : "",
        event.withheld ? "内容带密级标志，未保存" : event.report.summary,
        attached(event.evidence),
      ]
        .filter(Boolean)
        .join("\n");
    case "supplemented":
      return [event.text, ...(before ? changesBetween(before.report, event.patch, event.at) : [])].join("\n");
    case "attached":
      return attached(event.evidence);
    case "triaged": {
      const { triage: t } = event;
      return [
        `突发事件 ${levelText(t.eventLevel)}，舆情 ${levelText(t.opinionLevel)}，类别 ${t.categories.map((k) => CATEGORY_NAMES[k]).join("、")}`,
        `单位 ${t.units.join("、") || "未定"}${t.leadUnit ? `，${t.leadUnit}牵头` : ""}；${t.respond ? "回应" : "不回应"}${t.sensitive ? "；重大敏感" : ""}`,
        t.decidedBy ? `${t.decidedBy}决定` : "",
        t.reason ? `理由 ${t.reason}` : "",
        t.acting ? "值班员代研判" : "",
        `冻结规则 ${event.rules}`,
      ]
        .filter(Boolean)
        .join("\n");
    }
    case "rulesAdopted":
      return [
        `${event.reason}；规则 ${event.from ?? "不详"} → ${event.to}`,
        ...event.moved.map(
          (m) =>
            `${CLOCK_NAMES[m.key]} ${m.before === null ? "无" : formatStamp(m.before)} → ${m.after === null ? "无" : formatStamp(m.after)}`,
        ),
      ].join("\n");
    case "assigned":
      return `${event.assignment.no} 转 ${event.units.join("、")}${event.assignment.lead ? `，${event.assignment.lead}牵头` : ""}${event.assignment.acting ? "（代转办）" : ""}${event.assignment.demand ? `：${event.assignment.demand}` : ""}`;
    case "acknowledged":
      return event.unit;
    case "returned":
      return `${event.unit}：${event.reason}。建议 ${event.suggestion}`;
    case "responded": {
      const { response: r } = event;
      return `${r.form}，${r.units.join("、")}，发布于 ${formatStamp(r.publishedAt)}，凭证 ${proofText(r)}${r.unconfirmed ? "（补登，待第二人确认）" : ""}`;
    }
    case "gated":
      return `${event.gate}${event.note ? `：${event.note}` : ""}`;
    case "reportedUp":
      return `向${event.target}报送${event.suggestion ? `：${event.suggestion}` : ""}`;
    case "proposed":
      return `${proposalName(event.proposal)}：${event.proposal.reason}`;
    case "confirmed": {
      const proposal = before?.proposals.find((p) => p.id === event.proposal);
      return proposal ? `${proposalName(proposal)}（${proposal.by}提出）` : "";
    }
    case "declined":
      return `${event.proposer}的提请${event.reason ? `：${event.reason}` : ""}`;
    case "seen":
      return "";
    case "urged":
      return `${event.target}${event.content ? `：${event.content}` : ""}`;
    case "closed":
      return `${event.tag}：${event.result}`;
    case "falseAlarmed":
    case "filedOnly":
      return event.reason;
    case "merged":
      return `并入 ${event.into} ${event.title}：${event.reason}`;
    case "absorbed":
      return `${event.from} ${event.title}（报送人 ${event.reporter}）并入：${event.reason}`;
    case "distinguished":
      return `与 ${event.other} 不是同一件`;
  }
}

const attached = (evidence: Extract<CaseEvent, { type: "attached" }>["evidence"] | undefined): string =>
  (evidence ?? []).map((e) => `附件 ${described(e)}`).join("\n");
