import type { Office } from "#core/case/office.ts";
import { parse } from "#core/intake/parse.ts";
import { simplify } from "#core/intake/traditional.ts";
import type { ParseInput } from "#core/intake/types.ts";
import type { Tx } from "#core/store.ts";
import { toIso } from "#core/time.ts";
import type { CommandSpec } from "./command.ts";
import type { Incoming } from "./incoming.ts";
import { readLine } from "./line.ts";
import { isWord, type Registry } from "./registry.ts";

/** What an event turned out to ask for. */
export type Routed =
  | { kind: "command"; spec: CommandSpec; rest: string; answers: string | undefined }
  | { kind: "unknown"; word: string }
  | { kind: "later"; word: string }
  | { kind: "offer"; report: boolean; text: string }
  | { kind: "refuse"; text: string };

/** Finds out what an event asks for; undefined for talk that is none of the bot's business. */
export async function route(
  tx: Tx,
  incoming: Incoming,
  office: Office,
  registry: Registry,
): Promise<Routed | undefined> {
  const { event, line: text } = incoming;
  const command = (word: string, rest: string, answers?: string): Routed => {
    const spec = registry.find(word) ?? registry.find(simplify(word));
    if (spec) return { kind: "command", spec, rest, answers };
    if (registry.isLater(word) || registry.isLater(simplify(word))) return { kind: "later", word };
    const said = `${word} ${rest}`.trim();
    // The action word was forgotten or misspelt, and what stands there reads like a report: waiting would cost its limit.
    const isReport =
      event.type === "message" &&
      said.length >= A_SENTENCE &&
      parse({ ...parseInput(incoming, office), text: said }, office.roster).kind === "report";
    return isReport ? { kind: "offer", report: true, text: said } : { kind: "unknown", word };
  };
  if (event.type === "press") return command(event.action, "");
  const answers = event.replyTo ? await tx.caseOfMessage(event.replyTo) : undefined;
  const line = readLine(text, event.mentioned === true, isWord(registry));
  if (line)
    return line.word === "" && line.rest === "" ? command("帮助", "", answers) : command(line.word, line.rest, answers);
  const addressed = event.chat.kind === "private" || event.mentioned === true;
  if (answers === undefined && !addressed && !LIKE_A_REPORT.test(text)) return undefined;
  const input = parseInput(incoming, office);
  const parsed = parse(answers === undefined ? input : { ...input, replyTo: answers }, office.roster);
  switch (parsed.kind) {
    case "not-report":
      return undefined;
    case "refuse":
      return { kind: "refuse", text: parsed.reply };
    case "query":
      return answers === undefined ? command("查", text) : command("状态", "", answers);
    case "update":
      return parsed.action === "propose-false-alarm"
        ? command("误报", `理由=${text}`, answers)
        : command("补充", text, answers);
    case "report":
      return answers === undefined
        ? { kind: "offer", report: parsed.unclear !== true, text }
        : command("补充", text, answers);
  }
}

/** A message that begins like a report, without the slash: offered with one confirming button. */
const LIKE_A_REPORT =
  /^\s*(?:\p{Extended_Pictographic}\uFE0F?\s*)*[【[]?\s*(?:舆情|輿情|网络舆情|涉.{1,8}舆情)\s*(?:上报|上報|快报|快報|信息|專報|专报|报送|報送|[】\]|｜|:：])/u;

/** An unknown word with less than this behind it is a slip of the command, not a report. */
const A_SENTENCE = 15;

function parseInput({ event, line: text }: Incoming, office: Office): ParseInput {
  const unit = event.known ? office.roster.unitOf(event.from) : undefined;
  return {
    text,
    receivedAt: toIso(event.at),
    sender: { name: event.from, unit: unit?.name ?? null, jurisdiction: unit?.jurisdiction ?? office.roster.home },
    ...(event.type === "message" ? { attachments: event.attachments.length } : {}),
  };
}
