import { BotError } from "#core/errors.ts";
import { formatStamp } from "#core/time.ts";
import { html } from "./html.ts";
import { BLANK, blankLines, facts, orBlank, page, paragraphs, section } from "./page.ts";
import {
  contact,
  handlers,
  levels,
  limitTable,
  refuseMerged,
  reportFacts,
  type Subject,
  signTable,
  situation,
} from "./parts.ts";
import { categoryText, spoken } from "./printable.ts";

/** 转办单: hands the case to its units on paper. @throws BotError refused for a case that was not assigned */
export function assignmentPage({ c, office, now }: Subject): string {
  refuseMerged(c);
  const { assignment } = c;
  if (!assignment)
    throw new BotError(
      "refused",
      `${c.id} 还没有转办，没有转办单。请先在群里转办；机器人停用时用纸面转办单，见 docs/paper-procedure.md。`,
    );
  const say = spoken(c);
  const acting = assignment.acting ? "（代转办，由组织协调事后确认）" : "";
  return page({
    title: "政务舆情转办单",
    no: c.id,
    office: office.config.name,
    kind: "form",
    now,
    body: html`${facts([
      ["转办单编号", html`${orBlank(assignment.no)}`],
      ["案号", c.id],
      ["文号", BLANK],
      ["等级", levels(c)],
      ["类别", orBlank(categoryText(c))],
      ["交办时间", formatStamp(assignment.at)],
      ["交办人", `${assignment.by}${acting}`],
      ["承办单位", handlers(c)],
    ])}
${section("一、事项", html`<p>${say(c.title)}</p>`, situation(c), facts(reportFacts(c)))}
${section("二、办理要求", paragraphs(assignment.demand && say(assignment.demand), 3))}
${section("三、时限和依据", limitTable(c, now), html`<p class="small">时限按绝对时间计，不因签收、退回、会商、夜间或节假日停止；登记已发布的回应和凭证（链接、文号、实录影像或答复编号）后才停止。</p>`)}
${section("四、领导批示", blankLines(3))}
${section("五、签收", signTable(c))}
${section(
  "六、反馈要求",
  facts([
    ["反馈时间", BLANK],
    ["反馈内容", "核查情况、处置措施、回应的渠道和凭证、下一步安排"],
    ["联系人", contact(office)],
  ]),
)}`,
  });
}
