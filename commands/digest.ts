import { collectDigest } from "#core/digest.ts";
import { digestCard } from "#core/message/digest-card.ts";
import { defineCommand } from "#src/chat/command.ts";

/** 日报: the digest as of now, without waiting for its hour. */
export default defineCommand({
  name: "digest",
  word: "日报",
  aliases: [],
  summary: "此刻的舆情日报(每天 08:30、17:30 自动发布)",
  usage: "/舆情 日报",
  who: ["组织协调", "督查", "领导", "值班员"],
  target: "none",
  fields: [],
  async run(context) {
    const data = await collectDigest(context.store, await context.anchor(), context.now, context.office);
    return { kind: "reply", card: digestCard(data, context.office, context.now) };
  },
});
