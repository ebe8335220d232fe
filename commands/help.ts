import { rolesOf } from "#core/case/authority.ts";
import type { Line } from "#core/message/card.ts";
import { type CommandSpec, defineCommand, refusal } from "#src/chat/command.ts";

/** The work in its order; a phone shows it at a glance, and each command tells its own use. */
const GROUPS: readonly (readonly [string, readonly string[]])[] = [
  ["报送", ["report", "supplement", "false-alarm", "file-only"]],
  ["办理", ["triage", "assign", "confirm", "report-up", "merge", "close", "urge", "see"]],
  ["承办", ["acknowledge", "return", "respond"]],
  ["查看", ["search", "status", "due", "mine", "list", "duty", "digest"]],
  ["依据", ["responsible", "rules", "adopt-rules"]],
];

function grouped(mine: readonly CommandSpec[]): Line[] {
  const named = new Set(GROUPS.flatMap(([, names]) => names));
  const others = mine.filter((c) => !named.has(c.name)).map((c) => c.name);
  return [...GROUPS, ["其他", others] as const].flatMap(([label, names]): Line[] => {
    const words = names.flatMap((name) => mine.find((c) => c.name === name)?.word ?? []);
    return words.length > 0 ? [{ kind: "field", label, value: words.join("、") }] : [];
  });
}

/** 帮助: what this person can do, from the commands' own descriptions. */
export default defineCommand({
  name: "help",
  word: "帮助",
  aliases: ["?", "help", "怎么用"],
  summary: "列出您能用的命令；帮助 后面写命令名看详细用法",
  usage: "/舆情 帮助 研判",
  who: ["任何人"],
  target: "none",
  fields: [],
  async run({ commands, args, actor, office, now }) {
    const word = args.text.trim();
    if (word) {
      const spec = commands.find((c) => c.word === word || c.aliases.includes(word));
      if (!spec) return refusal(`没有“${word.slice(0, 12)}”这个命令。发送 /舆情 帮助 查看全部。`);
      const lines: Line[] = [
        { kind: "text", text: spec.summary },
        { kind: "field", label: "写法", value: spec.usage },
        ...spec.fields.map((f): Line => ({ kind: "field", label: f.name, value: f.hint })),
        { kind: "field", label: "谁可以", value: spec.who.join("、") },
        ...(spec.aliases.length > 0
          ? [{ kind: "field" as const, label: "也可写", value: spec.aliases.join("、") }]
          : []),
      ];
      return { kind: "reply", card: { title: `/舆情 ${spec.word}`, tone: "blue", lines, buttons: [] } };
    }
    const roles = rolesOf(actor, null, office, now);
    const anyone = ["联络员", "承办单位", "单位分管", "单位主要负责人", "报送人"] as const;
    const mine = commands.filter((c) =>
      c.who.some((w) => roles.has(w) || (actor.known && (anyone as readonly string[]).includes(w))),
    );
    return {
      kind: "reply",
      card: {
        title: "发现舆情，直接写：/舆情 上报 加情况",
        tone: "blue",
        lines: [
          {
            kind: "text",
            text: "话怎么顺手怎么写，缺什么再问。也可以直接问：停水那件几点到期？",
            emphasis: "quiet",
          },
          ...grouped(mine),
          {
            kind: "text",
            text: "看写法：/舆情 帮助 上报。编号可写 20261120-001、#1，回复卡片时不用写。",
            emphasis: "quiet",
          },
        ],
        buttons: [
          { action: "我的", label: "我的案件", values: {} },
          { action: "到期", label: "到期清单", values: {} },
        ],
      },
    };
  },
});
