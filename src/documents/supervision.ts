import { isOpen, STATES } from "#core/case/states.ts";
import { BotError } from "#core/errors.ts";
import { formatStamp } from "#core/time.ts";
import { html } from "./html.ts";
import { limitSentence, overdueLimits } from "./limits.ts";
import { BLANK, blankLines, facts, orBlank, page, section, table } from "./page.ts";
import { contact, handlers, levels, limitTable, refuseMerged, type Subject, unsigned } from "./parts.ts";
import { spoken } from "./printable.ts";

/**
 * 督办单: a formal demand about limits that have passed. The bot drafts it, a person decides, signs and numbers it.
 * @throws BotError refused when there is nothing to demand
 */
export function supervisionPage({ c, office, now }: Subject): string {
  refuseMerged(c);
  if (!isOpen(c.state)) throw new BotError("refused", `${c.id} 没有督办：${STATES[c.state].zh}，不再督办。`);
  const overdue = overdueLimits(c, now);
  if (overdue.length === 0)
    throw new BotError(
      "refused",
      `${c.id} 没有督办：没有逾期的时限，系统里也没有督办登记。需要催一催的，请在群里用〔催办〕；上级交办的督办件请导出转办单(assignment)。`,
    );
  const say = spoken(c);
  const addressed = c.parts.length > 0 ? c.parts.map((p) => p.unit) : c.responsibility.firstResponsible;
  return page({
    title: "政务舆情督办单",
    no: c.id,
    office: office.config.name,
    kind: "form",
    now,
    body: html`${facts([
      ["督办单编号", BLANK],
      ["第几次督办", BLANK],
      ["原转办单号", c.assignment ? `${c.assignment.no}（${formatStamp(c.assignment.at)}）` : "尚未转办"],
      ["案号", c.id],
      ["等级", levels(c)],
      ["督办对象", orBlank(handlers(c) || addressed.join("、"))],
      ["督办人", BLANK],
      ["督办时间", BLANK],
    ])}
${section("一、事项", html`<p>${say(c.title)}</p>`)}
${section("二、逾期情况", html`${overdue.map((k) => html`<p>${limitSentence(k, now)}（截至${formatStamp(now)}）。</p>`)}`, limitTable(c, now, overdue))}
${section(
  "三、此前催办",
  table(
    ["时间", "催办人", "对象", "内容"],
    c.urged.map((u) => [formatStamp(u.at), u.by, u.target, say(u.content ?? "")]),
    "系统里没有催办记录。",
  ),
)}
${section("四、督办要求", blankLines(3))}
${section("五、领导批示", blankLines(3))}
${section(
  "六、签收和反馈",
  unsigned(addressed),
  facts([
    ["反馈期限", BLANK],
    ["联系人", contact(office)],
  ]),
)}
<p class="small">系统目前不登记督办：本单签发后，编号、次数、送达和反馈由人填写并归档。</p>`,
  });
}
