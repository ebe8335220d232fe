import { receipts } from "#core/case/open.ts";
import { sentBefore } from "#core/case/same-content.ts";
import { takeReport } from "#core/case/take-report.ts";
import { learnedWords } from "#core/learning/lexicon.ts";
import type { Address } from "#core/ports.ts";
import { toIso } from "#core/time.ts";
import { defineCommand, refusal } from "#src/chat/command.ts";

/** 上报: numbered at once, whatever is missing; the receipt asks for exactly that. */
export default defineCommand({
  name: "report",
  word: "上报",
  aliases: ["报", "上報", "舆情上报"],
  summary: "上报一件舆情，立即编号并给出第一责任主体、时限和依据",
  usage: "/舆情 上报 今早6点20 石门镇客车坠崖，12人死亡，微博热搜第3",
  who: ["任何人"],
  target: "none",
  fields: [],
  async run(context) {
    const { args, office, now, sentAt, actor, chat, attachments } = context;
    const here: Address =
      chat.kind === "group" ? { kind: "group", name: chat.name } : { kind: "user", name: actor.name };
    const asked = args.fields["问题"] ? await context.question(args.fields["问题"]) : undefined;
    if (args.fields["问题"] !== undefined) {
      if (!asked) return refusal("这条已经处理过了。");
      if (asked.chat.kind !== here.kind || asked.chat.name !== here.name)
        return refusal("这条不是在这里问的，请在原来的群或私聊里回答。");
      if (args.fields["结论"] === "不是") {
        await context.settleQuestion(asked.id);
        return { kind: "messages", messages: [], toast: "好的，不登记。" };
      }
    }
    const withheld = args.fields["无内容"] === "是";
    const written = [asked?.text, args.raw, context.quoted].filter(Boolean).join("\n");
    const message = {
      at: sentAt,
      sender: actor.name,
      ...asked,
      text: written,
      attachments: attachments.length + (asked?.attachments ?? 0),
      evidence: [...(asked?.evidence ?? []), ...context.evidence],
    };
    if (!withheld && message.text.trim() === "" && message.attachments === 0)
      return refusal("请在“上报”后面写明情况，例如：/舆情 上报 昨晚8点半解放路商铺起火，无人员伤亡，抖音播放8.6万。");
    const text = message.text.replace(FILE_ONLY, " ");
    const learned = learnedWords(await context.store.lexicon());
    const taken = takeReport({ ...message, text, from: message.sender }, office, learned);
    if (withheld) {
      const empty = takeReport({ text: "", at: now, from: actor.name, attachments: 0 }, office);
      taken.input.report = { ...empty.input.report, summary: "", missing: [] };
      taken.input.title = `内容线下办理(${toIso(now).slice(11, 16)}登记)`;
    }
    const fileOnly = FILE_ONLY.test(message.text);
    const key = taken.input.report.category?.some((k) => k !== "none") ?? false;
    const c = await context.open(
      {
        ...taken.input,
        ...(withheld ? { withheld: true as const } : {}),
        ...(fileOnly && !key ? { fileOnly: "报送人注明仅备案" } : {}),
      },
      taken.requestedDueAt,
      asked ? { name: asked.sender, known: asked.known } : undefined,
    );
    if (asked) await context.settleQuestion(asked.id, c.id);
    const messages = receipts(c, here, office, now, asked ? undefined : context.messageId);
    const card = messages[0]?.card;
    if (card && fileOnly && key)
      card.lines.push({ kind: "text", text: "五类重点回应事项不得仅备案(国办发〔2016〕61号二)，已按正常流程计时。" });
    if (card && context.askSecrecy)
      card.lines.push({ kind: "text", text: "这条消息本身是否涉密？如涉密请立即撤回，并报告本单位保密机构。" });
    if (card && c.report.pii.length > 0)
      card.lines.push({ kind: "text", text: "原文中的个人信息已遮蔽后保存，请不要在群内发送。", emphasis: "quiet" });
    for (const text of await sentBefore(context.store, c, c.evidence ?? [], now))
      card?.lines.push({ kind: "text", text });
    return { kind: "messages", messages, toast: `已登记 ${c.id}` };
  },
});

const FILE_ONLY = /(?:^|[\s,，。;；(（【])仅备案(?=$|[\s,，。;；)）】])/u;
