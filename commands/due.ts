import { tightest } from "#core/message/digest-card.ts";
import { listCard, PAGE } from "#core/message/list-card.ts";
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
  fields: [],
  async run({ store, office, now, args }) {
    if (args.word === "逾期") {
      const open = await store.cases({ open: true, byDue: true, limit: 500 });
      const over = open.filter((c) => (tightest(c)?.dueAt ?? now) < now);
      return { kind: "reply", card: listCard("逾期清单", over, over.length, office, now) };
    }
    const query = { open: true, byDue: true, limit: PAGE };
    return {
      kind: "reply",
      card: listCard("到期清单", await store.cases(query), await store.countCases(query), office, now),
    };
  },
});
