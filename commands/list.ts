import { readMoment } from "#core/case/field-values.ts";
import { STATES, type StateId } from "#core/case/states.ts";
import { listCard, PAGE, pageOf } from "#core/message/list-card.ts";
import { DAY } from "#core/time.ts";
import { defineCommand, refusal } from "#src/chat/command.ts";

/** 列表: cases by unit, state and time of receipt; without conditions the open ones. */
export default defineCommand({
  name: "list",
  word: "列表",
  aliases: ["在办"],
  summary: "列出案件，可按单位、状态、起止时间",
  usage: "/舆情 列表 单位=县水务局 状态=处置中 起=11月1日 止=11月30日",
  who: ["通讯录人员"],
  target: "none",
  fields: [
    { name: "单位", hint: "承办或涉事单位" },
    { name: "状态", hint: "已上报、已研判、待签收、处置中、已首次回应、已办结…" },
    { name: "起", hint: "收报起始日" },
    { name: "止", hint: "收报截止日(含)" },
    { name: "页", hint: "第几页" },
  ],
  async run({ store, args, office, now }) {
    const { fields } = args;
    const wanted = fields["状态"]?.trim();
    const state = wanted ? (Object.keys(STATES) as StateId[]).find((s) => STATES[s].zh.includes(wanted)) : undefined;
    if (wanted && !state)
      return refusal(
        `没有“${wanted.slice(0, 12)}”这个状态，可填：${Object.values(STATES)
          .map((s) => s.zh)
          .join("、")}。`,
      );
    const unit = fields["单位"]?.trim();
    const named = unit ? office.roster.unit(unit)?.name : undefined;
    if (unit && !named) return refusal(`通讯录里没有“${unit.slice(0, 20)}”。`);
    const from = fields["起"] ? readMoment(fields["起"], now, "past") : undefined;
    const to = fields["止"] ? readMoment(fields["止"], now, "past") : undefined;
    if ((fields["起"] && from === undefined) || (fields["止"] && to === undefined))
      return refusal("日期看不懂，请写成 11月1日 或 2026-11-01。");
    const query = {
      ...(state ? { state } : fields["起"] || fields["止"] ? {} : { open: true }),
      ...(named ? { unit: named } : {}),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to: to + DAY }),
    };
    const page = pageOf(fields["页"]);
    const title = [
      named ? (office.roster.unit(named)?.aliases[0] ?? named) : "",
      state ? STATES[state].zh : "open" in query ? "在办" : "全部",
    ]
      .filter(Boolean)
      .join(" ");
    const cases = await store.cases({ ...query, limit: PAGE, offset: (page - 1) * PAGE });
    const { 页: _, ...same } = fields;
    return {
      kind: "reply",
      card: listCard(
        `${title}案件`,
        { cases, total: await store.countCases(query), page },
        { action: "列表", values: same },
        office,
        now,
      ),
    };
  },
});
