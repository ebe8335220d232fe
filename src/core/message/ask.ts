import { organisersOf } from "#core/case/authority.ts";
import type { Case, Proposal } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import { mayConfirm } from "#core/case/second-person.ts";
import type { Recipient } from "#core/escalation/audience.ts";
import type { ReminderSubject } from "#core/escalation/stages.ts";
import type { Instant } from "#core/time.ts";
import type { Button, Card } from "./card.ts";
import { button } from "./case-card.ts";
import { CLOCK_NAMES } from "./names.ts";

/** What one reminder asks of one person: a sentence, and the buttons to do it with. */
export interface Ask {
  text: string;
  buttons: Button[];
}

export interface AskContext {
  subject: ReminderSubject;
  stage: string;
  to: Recipient;
  office: Office;
  now: Instant;
}

/** Leaders are asked to press others; everyone else is asked for the next step that is theirs. */
export function askOf(c: Case, context: AskContext): Ask {
  const { subject, to, office } = context;
  if (subject === "confirm")
    return { text: "请核对后〔确认〕，不同意请说明理由。", buttons: confirmButtons(c, office, toConfirm(c, context)) };
  if (office.roster.isLeader(to.name) && !decides(context)) return askLeader(c, context);
  const act = (text: string, ...buttons: Button[]): Ask => ({ text, buttons });
  const press = (action: string, primary = false, label = action): Button => button(action, c, office, primary, label);
  if (subject === "gates") return act("请用〔补充〕补登审核人。", press("补充", true, "补登审核人"));
  if (subject === "report.up") return act("请报送本级党委政府和上级，报送后点〔报送〕登记。", press("报送", true));
  if (!c.triage)
    return decides(context)
      ? act("请〔研判〕：核实情况，定等级和承办单位。", press("研判", true), press("补充"))
      : // Before assignment the case is not theirs to add to: what they find goes to those who decide.
        act(
          `尚待研判转办，请先核实情况、准备${CLOCK_NAMES[subject]}；新情况请告知${organisersOf(office).join("、")}。`,
          press("状态", true),
        );
  if (c.parts.length === 0)
    return decides(context)
      ? act("请〔转办〕承办单位。", press("转办", true))
      : act(`尚待转办，请先准备${CLOCK_NAMES[subject]}。`, press("状态", true));
  if (subject === "sign")
    return to.as === "府办"
      ? act("请电话联系承办单位签收；需要改派的请〔转办〕。", press("转办", true), press("催办"))
      : act("请〔签收〕；不属本单位职责的请〔退回〕并写理由，计时不停。", press("签收", true), press("退回"));
  // The superior's own limit ends with the report to the superior, which the coordinating office makes.
  const coordinator = office.roster.coordinator.aliases[0] ?? office.roster.coordinator.name;
  if (subject === "requested")
    return to.units.length === 0
      ? act("请催要办理情况并报送上级，报送后点〔报送〕登记。", press("报送", true), press("催办"))
      : act(`请按时把办理情况报${coordinator}，由其报送上级。`, press("补充", true, "报办理情况"), press("回应"));
  if (to.units.length === 0)
    return act(`请督促承办单位按时完成${CLOCK_NAMES[subject]}。${extra(context)}`, press("催办", true), press("状态"));
  const unsigned = c.parts.some((p) => !p.acknowledged && to.units.includes(p.unit));
  return act(
    `请按时完成${CLOCK_NAMES[subject]}，发布后点〔已发布，登记链接〕。${extra(context)}`,
    ...(unsigned ? [press("签收", true)] : []),
    press("回应", !unsigned, "已发布，登记链接"),
    press("补充"),
  );
}

/** The proposal that this person may confirm. */
const toConfirm = (c: Case, { to, office, now }: AskContext): Proposal | undefined =>
  c.proposals.find((p) => mayConfirm(p, to.name, office, now)) ?? c.proposals.at(-1);

function askLeader(c: Case, context: AskContext): Ask {
  const { subject, office } = context;
  return {
    text: `${pressText(c, subject)}${extra(context)}`,
    buttons: [button("知悉", c, office, true, "已知悉"), button("催办", c, office, false, "督促")],
  };
}

/** What a leader is asked to press for: the step that is missing, or the report upward, which waits for none. */
function pressText(c: Case, subject: ReminderSubject): string {
  if (subject === "report.up") return "请您督促尽快报送本级党委政府和上级。";
  if (!c.triage) return "请您督促组织协调尽快研判。";
  if (c.parts.length === 0) return "请您督促尽快转办。";
  return subject === "sign" ? "请您督促本单位尽快签收。" : `请您督促尽快完成${CLOCK_NAMES[subject]}。`;
}

/** 组织协调 and the officer on duty decide on a case; a deputy of the coordinating office may hold 组织协调 too. */
function decides({ to, office, now }: AskContext): boolean {
  return (
    office.roster.withRole("组织协调").includes(to.name) ||
    office.roster.withRole("值班员").includes(to.name) ||
    office.roster.dutyAt(now).officer === to.name
  );
}

/** What is easily forgotten at this stage. */
function extra({ subject, stage }: AskContext): string {
  if (subject === "press.conference" && stage === "T-6h")
    return "请核对：场地、发布人(负责人或新闻发言人)、主持、口径、媒体、保密审查。";
  if (subject === "response.first" && stage === "T+24h") return "已超过时限24小时，建议由督查发督办单。";
  return "";
}

/** The proposal on which a card asks for a decision. */
export function proposalAsked({ buttons }: Card): number | undefined {
  const id = buttons.find((b) => b.action === "确认")?.values["事项"];
  return id === undefined ? undefined : Number(id);
}

export function confirmButtons(c: Case, office: Office, proposal: Proposal | undefined = c.proposals.at(-1)): Button[] {
  const yes = button("确认", c, office, true);
  const no = button("确认", c, office, false, "不同意");
  const id = proposal ? { 事项: String(proposal.id) } : {};
  return [
    { ...yes, values: { ...yes.values, ...id } },
    {
      ...no,
      values: { ...no.values, ...id, 结论: "不同意" },
      form: {
        title: "不同意",
        submit: "提交",
        fields: [{ name: "理由", label: "理由", type: "longtext", required: true }],
      },
    },
  ];
}
