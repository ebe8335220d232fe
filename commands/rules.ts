import { rulesOfCase } from "#core/case/responders.ts";
import type { Line } from "#core/message/card.ts";
import { RULE_PARTS, rulesCard } from "#core/message/rules-card.ts";
import { explainRules, type Standing } from "#core/policy/explain.ts";
import { limitText } from "#core/policy/limit.ts";
import { clocksOf } from "#core/policy/pack.ts";
import { defineCommand, refusal } from "#src/chat/command.ts";

/** Clauses on one card. */
const FOUND = 4;

/** 规则: what binds a case clause by clause, one obligation with its quote, or the documents in force. */
export default defineCommand({
  name: "rules",
  word: "规则",
  aliases: ["依据", "条款"],
  summary: "查依据：某件案件逐条适用的规定，或某一条的原文",
  usage: "/舆情 规则 20261120-001",
  who: ["通讯录人员"],
  target: "optional",
  fields: [
    { name: "部分", hint: RULE_PARTS.join("、") },
    { name: "页", hint: "第几页" },
  ],
  async run({ office, args, now }, c) {
    const page = Math.max(1, Math.trunc(Number(args.fields["页"] ?? 1)) || 1);
    const id = args.text.trim();
    if (c) {
      const named = args.fields["部分"]?.trim();
      const part = RULE_PARTS.find((p) => p === (named ?? id)) ?? (named || id ? undefined : RULE_PARTS[0]);
      if (part) return { kind: "reply", card: rulesCard(c, office, now, part, page) };
      if (named) return refusal(`没有“${named.slice(0, 8)}”这一部分，可填：${RULE_PARTS.join("、")}。`);
    }
    const set = c ? rulesOfCase(c, office) : office.rulesOf(undefined);
    if (id !== "") {
      const standings = explainRules(set);
      const exact = standings.filter((s) => s.rule.id === id);
      const found = exact.length > 0 ? exact : id.length >= 2 ? standings.filter((s) => speaksOf(s, id)) : [];
      if (found.length === 0)
        return refusal(`没有“${id.slice(0, 20)}”这一条。可写条款编号(如 gb61.resp48)、文号或原文中的词。`);
      const pages = Math.ceil(found.length / FOUND);
      const [only] = found;
      return {
        kind: "reply",
        card: {
          title:
            only && found.length === 1
              ? `${only.rule.cite.docNo} ${only.rule.cite.article}`
              : `“${id.slice(0, 12)}”相关条款(${found.length})${pages > 1 ? ` ${Math.min(page, pages)}/${pages}` : ""}`,
          tone: "blue",
          lines: found
            .slice((Math.min(page, pages) - 1) * FOUND, Math.min(page, pages) * FOUND)
            .flatMap((s) => [quoteLine(s, found.length === 1), standingLine(s)]),
          buttons:
            page < pages ? [{ action: "规则", label: "下一页", values: { 内容: id, 页: String(page + 1) } }] : [],
        },
      };
    }
    return {
      kind: "reply",
      card: {
        title: "本单位适用的文件",
        tone: "blue",
        lines: [
          ...set.packs.map(
            (p): Line => ({
              kind: "text",
              text: `${p.name.slice(0, 30)}(${p.docNo.length > 24 ? `${p.docNo.slice(0, 24)}…` : p.docNo})${p.advisory ? ` 仅供参考：${p.advisory}` : ""}`,
            }),
          ),
          { kind: "text", text: "写条款编号、文号或词语可查原文，例如 /舆情 规则 48小时", emphasis: "quiet" },
        ],
        buttons: [],
      },
    };
  },
});

const speaksOf = ({ rule }: Standing, words: string): boolean =>
  rule.cite.docNo.includes(words) || rule.cite.quote.includes(words);

/** @param alone document and article stand in the title */
const quoteLine = ({ rule: { cite } }: Standing, alone: boolean): Line => ({
  kind: "text",
  text: `${alone ? "" : `${cite.docNo} ${cite.article}：`}“${cite.quote}”`,
});

const WORDS = {
  "in-force": "有效",
  tightened: "已由更严的规定代替",
  loosening: "比上级文件宽，放宽无效",
  advisory: "仅供参考",
} as const;

function standingLine({ rule, standing, by, same }: Standing): Line {
  const limits = clocksOf(rule).map(limitText).join("、");
  const parts = [
    limits,
    `${WORDS[standing]}${rule.advisory === null ? "" : `：${rule.advisory}`}${by.length > 0 ? `(${by.join("、")})` : ""}`,
    same.length > 0 ? `同样规定：${same.join("、")}` : "",
    `编号 ${rule.id}`,
  ];
  return { kind: "text", text: parts.filter(Boolean).join(" · "), emphasis: "quiet" };
}
