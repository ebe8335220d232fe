import { listCard, PAGE } from "#core/message/list-card.ts";
import { defineCommand } from "#src/chat/command.ts";

/** 查: words that stand in the number, the title or the report; questions in plain words are reduced to their words. */
export default defineCommand({
  name: "search",
  word: "查",
  aliases: ["查询", "搜索", "查找"],
  summary: "按编号、词语查案件",
  usage: "/舆情 查 停水",
  who: ["通讯录人员"],
  target: "none",
  fields: [],
  async run({ store, args, office, now }) {
    const words = wordsOf(
      [args.ref?.replace(/^#(\d+)$/u, (_, no: string) => `-${no.padStart(3, "0")}`) ?? "", args.raw].join(" "),
    );
    let query = { words, limit: PAGE };
    let total = await store.countCases(query);
    // A question in plain words holds more than the words that find the case: leave out the rarest until something is found.
    while (total === 0 && query.words.length > 1) {
      query = { ...query, words: query.words.slice(0, -1) };
      total = await store.countCases(query);
    }
    const title = query.words.length > 0 ? `查“${query.words.join(" ")}”` : "最近的案件";
    return { kind: "reply", card: listCard(title, await store.cases(query), total, office, now) };
  },
});

const FILLERS =
  /(昨天|今天|前天|上周|本周|那件|这件|那个|这个|几点|什么时候|到期|请问|帮我|查一下|看一下|的|了|吗|呢|怎么样|进展|情况|现在)/gu;

/** The words of a query, longest first. */
function wordsOf(text: string): string[] {
  const words = text
    .slice(0, 200)
    .replace(FILLERS, " ")
    .split(/[\s,，。?？!！、;；:：“”"'()（）.]+/u)
    .filter((w) => w.length >= 2);
  return [...new Set(words)].sort((a, b) => b.length - a.length).slice(0, 4);
}
