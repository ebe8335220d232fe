import { tightest } from "#core/message/digest-card.ts";
import { listCard, PAGE, paged, pageOf } from "#core/message/list-card.ts";
import { defineCommand } from "#src/chat/command.ts";

/** 到期: open cases, the limit that ends first on top. */
export default defineCommand({
  name: "due",
  word: "到期",
  aliases: ["逾期", "时限"],
  summary: "在办案件按到期先后列出",
  usage: "/舆情 到期",
  who: ["通讯录人员"],
  target: "none",
  fields: [{ name: "页", hint: "第几页" }],
  async run({ store, office, now, args }) {
    if (args.word === "逾期") {
      const open = await store.cases({ open: true, byDue: true, limit: 500 });
      const over = open.filter((c) => (tightest(c)?.dueAt ?? now) < now);
      return {
        kind: "reply",
        card: listCard("逾期", paged(over, args.fields["页"]), { action: "逾期", values: {} }, office, now),
      };
    }
    const page = pageOf(args.fields["页"]);
    const query = { open: true, byDue: true };
    const list = {
      cases: await store.cases({ ...query, limit: PAGE, offset: (page - 1) * PAGE }),
      total: await store.countCases(query),
      page,
    };
    return { kind: "reply", card: listCard("在办", list, { action: "到期", values: {} }, office, now) };
  },
});
