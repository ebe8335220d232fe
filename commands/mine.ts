import { unitsFor } from "#core/case/authority.ts";
import type { Card } from "#core/message/card.ts";
import { listCard, paged } from "#core/message/list-card.ts";
import { defineCommand } from "#src/chat/command.ts";

/** 我的: open cases that I reported, that my unit has, or that wait for my decision. */
export default defineCommand({
  name: "mine",
  word: "我的",
  aliases: ["我的案件"],
  summary: "我报送的、本单位承办的、等我办理的案件",
  usage: "/舆情 我的",
  who: ["通讯录人员"],
  target: "none",
  fields: [{ name: "页", hint: "第几页" }],
  async run({ store, office, now, actor, args }) {
    const open = await store.cases({ open: true, byDue: true, limit: 500 });
    const roles = office.roster.person(actor.name)?.roles ?? [];
    const decides = roles.includes("组织协调");
    const mine = open.filter(
      (c) =>
        c.reporter === actor.name ||
        unitsFor(actor, c, office).length > 0 ||
        (decides && (!c.triage || c.parts.length === 0 || c.proposals.some((p) => p.by !== actor.name))),
    );
    if (mine.length === 0) return { kind: "reply", card: nothing(open.length) };
    return {
      kind: "reply",
      card: listCard(
        `${actor.name}的案件`,
        paged(mine, args.fields["页"]),
        { action: "我的", values: {} },
        office,
        now,
      ),
    };
  },
});

const nothing = (open: number): Card => ({
  title: "现在没有您的在办案件",
  tone: "blue",
  lines: [{ kind: "text", text: `全县在办 ${open} 件。要报新的，请发 /舆情 上报 和情况。` }],
  buttons: [{ action: "到期", label: "到期清单", values: {} }],
});
