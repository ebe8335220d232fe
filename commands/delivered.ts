import { midNo } from "#core/case/case.ts";
import { mayShowIn } from "#core/case/visible.ts";
import { deliveryCard } from "#core/message/delivery-card.ts";
import { pageOf } from "#core/message/list-card.ts";
import { defineCommand, note } from "#src/chat/command.ts";

/** 送达: who was told what about a case, and what became of each message. Proves contact, and is never scored (ruling 17). */
export default defineCommand({
  name: "delivered",
  word: "送达",
  aliases: ["送达情况", "回执"],
  summary: "一件案件的每条提醒发给了谁：已发、已达、已读、已签收、失败",
  usage: "/舆情 送达 20261120-001",
  who: ["通讯录人员"],
  target: "case",
  fields: [{ name: "页", hint: "第几页" }],
  async run({ store, args, chat, office, now }, c) {
    if (!mayShowIn(c, chat, office))
      return note(`${midNo(c.id)} ${c.title}`, ["这个群不是承办单位的群，详情请私信机器人查看。"]);
    const [messages, receipts] = [await store.deliveries(c.id), await store.receipts(c.id)];
    return { kind: "reply", card: deliveryCard(c, messages, receipts, pageOf(args.fields["页"]), now) };
  },
});
