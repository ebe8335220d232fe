import type { Office } from "#core/case/office.ts";
import { tellsOfTrouble } from "#core/intake/lexicon.ts";
import { parse } from "#core/intake/parse.ts";
import { declinedAsk, refusalOf } from "#core/intake/refusals.ts";
import { isCourtesy, isGreeting } from "#core/intake/talk.ts";
import { simplify } from "#core/intake/traditional.ts";
import type { Parsed, ParseInput } from "#core/intake/types.ts";
import { isAboutCase } from "#core/intake/update-kind.ts";
import type { Question, Tx } from "#core/store.ts";
import { MINUTE, toIso } from "#core/time.ts";
import type { CommandSpec } from "./command.ts";
import { isReportedHere } from "./find-case.ts";
import type { Incoming } from "./incoming.ts";
import { looksLikeReport } from "./like-report.ts";
import { behindHead, readLine } from "./line.ts";
import { awaitedFrom } from "./picture-only.ts";
import { isWord, type Registry } from "./registry.ts";

/** What an event turned out to ask for. */
export type Routed =
  | {
      kind: "command";
      spec: CommandSpec;
      /** The action word as typed. */
      word: string;
      rest: string;
      answers: string | undefined;
      /** Asked for besides, and declined. */
      aside?: string;
      /** Fields that the message fills without naming them. */
      values?: Record<string, string>;
      /** A picture that followed a report by itself: taken without a word. */
      joins?: true;
    }
  /** Another picture while it is still asked whether the first one is a report. */
  | { kind: "more"; question: Question }
  | { kind: "unknown"; word: string }
  | { kind: "later"; word: string }
  | { kind: "offer"; report: boolean; text: string; aside?: string }
  | { kind: "refuse"; text: string }
  /** Said to the bot, and not understood. */
  | { kind: "lost" };

/** Finds out what an event asks for; undefined for talk that is none of the bot's business. */
export async function route(
  tx: Tx,
  incoming: Incoming,
  office: Office,
  registry: Registry,
): Promise<Routed | undefined> {
  const { event } = incoming;
  const command = (word: string, rest: string, answers?: string): Routed => {
    const spec = registry.find(word) ?? registry.find(simplify(word));
    if (!spec)
      return registry.isLater(word) || registry.isLater(simplify(word))
        ? { kind: "later", word }
        : { kind: "unknown", word };
    return { kind: "command", spec, word: simplify(word), rest, answers, ...asideOf(rest) };
  };
  if (event.type === "press") return command(event.action, "");

  const answers = event.replyTo ? await tx.caseOfMessage(event.replyTo) : undefined;
  const read = (text: string): Parsed => parse(parseInput(incoming, office, text, answers), office.roster);
  const line = readLine(incoming.line, event.mentioned === true, isWord(registry));
  if (line) {
    const said = behindHead(incoming.line);
    if (line.word === "" && line.rest === "") return command("帮助", "", answers);
    // A number alone asks how the case stands.
    if (BARE_NUMBER.test(said)) return command("状态", said, answers);
    const use = howTo(said, registry);
    if (use) return command("帮助", use);
    if (ASKS_AFTER_VERB.test(said)) return command("查", said, answers);
    if (!isWord(registry)(line.word, false)) {
      const parsed = read(said);
      if (parsed.kind === "query") return command("查", said, answers);
      if (parsed.kind === "refuse") return { kind: "refuse", text: parsed.reply };
      // The action word was forgotten or misspelt, and what stands there reads like a report: waiting would cost its limit.
      if (parsed.kind === "report" && said.length >= A_SENTENCE)
        return { kind: "offer", report: true, text: said, ...asideOf(said) };
    }
    return command(line.word, line.rest, answers);
  }

  const text = event.mentioned === true ? incoming.line.replace(MENTIONS, "") : incoming.line;
  const addressed = event.chat.kind === "private" || event.mentioned === true;
  const files = event.attachments.length > 0;
  const use = addressed ? howTo(text, registry) : undefined;
  if (use) return command("帮助", use);
  if (addressed && !files) {
    if ((text.trim() === "" && event.mentioned === true) || isGreeting(text)) return command("帮助", "", answers);
    // To the bot itself nobody needs the slash.
    const bare = bareCommand(text, registry);
    if (bare) return command(bare.word, bare.rest, answers);
  }
  const whole = [text, incoming.quoted].filter(Boolean).join("\n");
  const waited =
    text.trim() !== "" || (files && addressed) ? await awaitedFrom(tx, incoming, office, answers) : undefined;
  if (waited && !isAside(text === "" ? undefined : read(text))) {
    if ("caseId" in waited) return command("补充", text, waited.caseId);
    if (text.trim() === "") return { kind: "more", question: waited.question };
    const 结论: Record<string, string> = waited.answer === "no" ? { 结论: "不是" } : {};
    const report = command("上报", waited.answer === "line" ? text : "");
    return report.kind === "command" ? { ...report, values: { 问题: waited.question.messageId, ...结论 } } : report;
  }
  // A picture that answers a card belongs to its case; one that is sent to the bot may be a report; in a group it is talk.
  if (files && text.trim() === "" && (answers !== undefined || incoming.quoted === "")) {
    if (answers !== undefined) return command("补充", "", answers);
    const own = await justReported(tx, incoming);
    const joined = own === undefined ? undefined : command("补充", "", own);
    if (joined?.kind === "command") return { ...joined, joins: true };
    return addressed ? { kind: "offer", report: false, text: "" } : undefined;
  }
  if (answers === undefined && !addressed && !looksLikeReport(text)) {
    const parsed = read(text);
    // Said into the group: taken up only when it corrects or adds to what this person reported here.
    if (parsed.kind !== "update" || !isAboutCase(text, Object.keys(parsed.patch))) return undefined;
    if (parsed.ref === null && !(await hasReportedHere(tx, incoming))) return undefined;
    return update(parsed, text, undefined, command);
  }
  const parsed = read(whole);
  switch (parsed.kind) {
    case "not-report":
      if (files && answers !== undefined) return command("补充", text, answers);
      if (addressed && (files || (answers === undefined && tellsOfTrouble(whole))))
        return { kind: "offer", report: false, text: whole };
      return addressed && answers === undefined && !isCourtesy(text) ? { kind: "lost" } : undefined;
    case "refuse":
      return { kind: "refuse", text: parsed.reply };
    case "query":
      return command("查", text, answers);
    case "update":
      return update(parsed, text, answers, command);
    case "report":
      return answers === undefined
        ? { kind: "offer", report: parsed.unclear !== true, text: whole, ...asideOf(text) }
        : command("补充", text, answers);
  }
}

/** A question, or something that the bot does not do: never the line that was asked for. */
const isAside = (parsed: Parsed | undefined): boolean => parsed?.kind === "query" || parsed?.kind === "refuse";

function update(
  { action }: Extract<Parsed, { kind: "update" }>,
  text: string,
  answers: string | undefined,
  command: (word: string, rest: string, answers?: string) => Routed,
): Routed {
  return action === "propose-false-alarm"
    ? command("误报", `理由=${text.replaceAll("\n", " ")}`, answers)
    : command("补充", text, answers);
}

/** 签收了没有, 回应了吗: begins with an action word and yet asks; it must never sign. */
const ASKS_AFTER_VERB =
  /^(?:签收|回应|研判|转办|办结|退回|确认|报送|催办|误报|并案)(?:了吗|(?:了没有?|没有?|情况(?:怎么样|如何)?|到哪一?步?了?)(?=[?？\s，,]|$))/u;
/** 怎么退回, 请问如何报舆情, 误报怎么办: asks how a command is used. */
const HOW_TO =
  /^(?:你好|您好|请问|问一?下|[，,、。\s])*(?:(?:怎么|如何|怎样|咋)(?<after>\p{Script=Han}{1,8})|(?<before>\p{Script=Han}{1,5})(?:怎么|如何|怎样|咋)(?:办|弄|用|写|填|操作))[？?。\s]*$/u;
/** Words beside the action in such a question. */
const FILLED = /舆情|案件|信息|[一这那]?[件条个]|[呢啊吗么呀]$/gu;

/** The command about whose use somebody asks. */
function howTo(text: string, registry: Registry): string | undefined {
  const { after, before } = HOW_TO.exec(text.trim())?.groups ?? {};
  const word = (after ?? before ?? "").replace(FILLED, "");
  return word !== "" && registry.find(word) ? word : undefined;
}

/** 帮助, 我的, 上报 石门镇……: an action word alone, or with what follows set off from it. */
function bareCommand(text: string, registry: Registry): { word: string; rest: string } | undefined {
  const [, word = "", rest = ""] = /^\s*(\p{Script=Han}{1,6})(?:[\s:：]+([\s\S]*))?$/u.exec(text) ?? [];
  return word === "舆情" && rest === "" ? { word: "帮助", rest } : registry.find(word) ? { word, rest } : undefined;
}

/** 001, #1, 20261120-001 */
const BARE_NUMBER = /^(?:0\d{2}|[#＃]\d{1,3}|\d{8}-\d{3,}|YQ-[\dA-Z]+-\d{8}-\d{3,})$/iu;
const MENTIONS = /^\s*(?:@[^\s@]{1,20}\s*)+/u;

/** An unknown word with less than this behind it is a slip of the command, not a report. */
const A_SENTENCE = 15;

/** The part of a text that the bot does not do, where the rest of it is taken. */
function asideOf(text: string): { aside?: string } {
  const declined = declinedAsk(text);
  return declined ? { aside: `${refusalOf(declined.what).reply}。` } : {};
}

async function hasReportedHere(tx: Tx, { event }: Incoming): Promise<boolean> {
  const open = await tx.cases({ open: true, reporter: event.from, byDue: true, limit: 200 });
  const search = { actor: { name: event.from, known: event.known }, chat: event.chat };
  return open.some((c) => isReportedHere(c, search));
}

/** A picture that somebody sends right behind their report belongs to it: many apps cannot send both in one message. */
const RIGHT_BEHIND = 5 * MINUTE;

/** The case that this person reported here a moment ago, if it is a single one. */
async function justReported(tx: Tx, { event }: Incoming): Promise<string | undefined> {
  const recent = await tx.cases({ open: true, reporter: event.from, from: event.at - RIGHT_BEHIND, limit: 50 });
  const search = { actor: { name: event.from, known: event.known }, chat: event.chat };
  const [own, ...others] = recent.filter((c) => !c.withheld && isReportedHere(c, search));
  return others.length === 0 ? own?.id : undefined;
}

function parseInput({ event }: Incoming, office: Office, text: string, answers: string | undefined): ParseInput {
  const unit = event.known ? office.roster.unitOf(event.from) : undefined;
  return {
    text,
    receivedAt: toIso(event.at),
    sender: { name: event.from, unit: unit?.name ?? null, jurisdiction: unit?.jurisdiction ?? office.roster.home },
    ...(event.type === "message" ? { attachments: event.attachments.length } : {}),
    ...(answers === undefined ? {} : { replyTo: answers }),
  };
}
