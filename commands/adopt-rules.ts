import { affectedCases } from "#core/case/affected.ts";
import { rulesDiff } from "#core/case/rules-diff.ts";
import { isOpen } from "#core/case/states.ts";
import { caseCard } from "#core/message/case-card.ts";
import { affectedCard, rulesDiffCard } from "#core/message/rules-diff-card.ts";
import { defineCommand, refusal } from "#src/chat/command.ts";

/** 应用新规则: what the present rules would change on open cases, and to take them over for one. */
export default defineCommand({
  name: "adopt-rules",
  word: "应用新规则",
  aliases: ["换规则"],
  summary: "规则包更新后，查看在办案件会有哪些变化，逐件决定是否应用",
  usage: "/舆情 应用新规则 20261120-001 理由=县政府新规定自今日起施行",
  who: ["组织协调", "管理员"],
  target: "optional",
  fields: [
    { name: "理由", hint: "必填，记入留痕；不填只看会有哪些变化" },
    { name: "页", hint: "清单的第几页" },
  ],
  async run(context, c) {
    const { args, office, now } = context;
    if (!c) {
      // A case before 研判 goes by the present rules by itself.
      const frozen = (await affectedCases(context.store, office)).filter((a) => a.c.rules !== undefined);
      return {
        kind: "reply",
        card: affectedCard(frozen, now, Math.max(1, Math.trunc(Number(args.fields["页"] ?? 1)) || 1)),
      };
    }
    const reason = args.fields["理由"]?.trim() ?? "";
    const shown = args.fields["规则"];
    if (reason === "" && isOpen(c.state) && c.rules !== undefined && c.rules !== office.rulesDigest)
      return { kind: "reply", card: rulesDiffCard({ c, diff: rulesDiff(c, office) }, now) };
    const outcome = await context.change(c, "adoptRules", { reason, ...(shown ? { to: shown } : {}) });
    if (!outcome.ok) return refusal(outcome.refused);
    return { kind: "reply", card: caseCard(outcome.case, office, now), toast: "已应用新规则，时限已重算" };
  },
});
