import { unitsFor } from "#core/case/authority.ts";
import { listCard } from "#core/message/list-card.ts";
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
  fields: [],
  async run({ store, office, now, actor }) {
    const open = await store.cases({ open: true, byDue: true, limit: 500 });
    const roles = office.roster.person(actor.name)?.roles ?? [];
    const decides = roles.includes("组织协调");
    const mine = open.filter(
      (c) =>
        c.reporter === actor.name ||
        unitsFor(actor, c, office).length > 0 ||
        (decides && (!c.triage || c.parts.length === 0 || c.proposals.some((p) => p.by !== actor.name))),
    );
    return { kind: "reply", card: listCard(`${actor.name}的案件`, mine, mine.length, office, now) };
  },
});
