import { midNo } from "#core/case/case.ts";
import type { Line } from "#core/message/card.ts";
import { CLOCK_NAMES } from "#core/message/names.ts";
import { shownClocks } from "#core/message/tone.ts";
import { explainRules, type Standing } from "#core/policy/explain.ts";
import { limitText } from "#core/policy/limit.ts";
import { clocksOf } from "#core/policy/pack.ts";
import { formatMoment } from "#core/time.ts";
import { defineCommand, refusal } from "#src/chat/command.ts";

/** 规则: what binds a case clause by clause, one obligation with its quote, or the documents in force. */
export default defineCommand({
  name: "rules",
  word: "规则",
  aliases: ["依据", "条款"],
  summary: "查依据：某件案件适用的条款，或某一条的原文",
  usage: "/舆情 规则 20261120-001",
  who: ["通讯录人员"],
  target: "optional",
  fields: [],
  async run({ office, args, now }, c) {
    const set = office.rulesOf(c?.rules);
    const standings = explainRules(set);
    if (c) {
      const lines = shownClocks(c).flatMap((k): Line[] => {
        const standing = standings.find((s) => s.rule.id === k.rule);
        return [
          {
            kind: "text",
            text: `${CLOCK_NAMES[k.key]} ${k.dueAt ? formatMoment(k.dueAt, now) : ""}`,
            emphasis: "strong",
          },
          {
            kind: "text",
            text: k.cite
              ? `${k.cite.docNo} ${k.cite.article}：“${k.cite.quote}”`
              : k.rule === "requested"
                ? "上级来文要求的时限"
                : `内部目标(${k.rule})`,
          },
          ...(k.also.length > 0
            ? [{ kind: "text" as const, text: `同样规定：${k.also.join("、")}`, emphasis: "quiet" as const }]
            : []),
          ...(standing?.standing === "advisory"
            ? [{ kind: "text" as const, text: "仅供参考，不计逾期", emphasis: "quiet" as const }]
            : []),
        ];
      });
      const basis = c.responsibility.basis
        .map((id) => standings.find((s) => s.rule.id === id))
        .filter((s) => s !== undefined);
      return {
        kind: "reply",
        card: {
          title: `${midNo(c.id)} 适用的规则${c.rules ? "(研判时冻结)" : "(研判前，按现行)"}`,
          tone: "blue",
          lines: [
            ...lines,
            ...(basis.length > 0
              ? [{ kind: "text" as const, text: "责任主体", emphasis: "strong" as const }, ...basis.map(quoteLine)]
              : []),
          ],
          buttons: [],
        },
      };
    }
    const id = args.text.trim();
    if (id !== "") {
      const found = standings.filter(
        (s) =>
          s.rule.id === id || (id.length >= 2 && (s.rule.cite.docNo.includes(id) || s.rule.cite.quote.includes(id))),
      );
      if (found.length === 0)
        return refusal(`没有“${id.slice(0, 20)}”这一条。可写条款编号(如 gb61.resp48)、文号或原文中的词。`);
      return {
        kind: "reply",
        card: {
          title: found.length === 1 ? (found[0]?.rule.id ?? "") : `“${id.slice(0, 12)}”相关条款(${found.length})`,
          tone: "blue",
          lines: found.slice(0, 6).flatMap((s) => [quoteLine(s), standingLine(s)]),
          buttons: [],
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

const quoteLine = ({ rule }: Standing): Line => ({
  kind: "text",
  text: `${rule.id} ${rule.cite.docNo} ${rule.cite.article}：“${rule.cite.quote}”`,
});

const WORDS = { "in-force": "有效", tightened: "已由更严的规定代替", advisory: "仅供参考" } as const;

function standingLine({ rule, standing, by, same }: Standing): Line {
  const limits = clocksOf(rule).map(limitText).join("、");
  const parts = [
    limits,
    WORDS[standing] + (by.length > 0 ? `(${by.join("、")})` : ""),
    same.length > 0 ? `同样规定：${same.join("、")}` : "",
  ];
  return { kind: "text", text: parts.filter(Boolean).join(" · "), emphasis: "quiet" };
}
