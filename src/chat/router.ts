import type { Actions } from "#core/case/actions/types.ts";
import { type Actor, rolesOf } from "#core/case/authority.ts";
import { type Case, midNo } from "#core/case/case.ts";
import { decide } from "#core/case/decide.ts";
import { EVENT_NAMES } from "#core/case/events.ts";
import type { Office } from "#core/case/office.ts";
import { openCase } from "#core/case/open.ts";
import { record } from "#core/case/record.ts";
import { isOpen } from "#core/case/states.ts";
import { screenContextOf } from "#core/intake/intake.ts";
import { parse } from "#core/intake/parse.ts";
import { type Screened, screen } from "#core/intake/screen.ts";
import { simplify } from "#core/intake/traditional.ts";
import type { ParseInput } from "#core/intake/types.ts";
import { type Card, cut, fitting } from "#core/message/card.ts";
import type { Address, Clock, MessageEvent, PlatformHandlers, PressEvent, RecallEvent, Toast } from "#core/ports.ts";
import type { Outgoing, Store, Tx } from "#core/store.ts";
import { dayOf, formatMoment, type Instant, toIso } from "#core/time.ts";
import type { Answer, CommandContext, CommandSpec, Outcome } from "./command.ts";
import { choiceCard, findCase } from "./find-case.ts";
import { readLine, splitArguments } from "./line.ts";
import type { Registry } from "./registry.ts";
import { buttonsAllowed, plainCard, refusalCard, secrecyCard, suggestCard } from "./replies.ts";

export interface RouterDeps {
  store: Store;
  office: Office;
  registry: Registry;
  clock: Clock;
  /** Findings of the auditor, for 自检. */
  inspect: (tx: Tx) => Promise<string[]>;
  /** Called after each commit that queued messages. */
  wake: () => void;
  /** Failure of our own: never message text. */
  onError: (error: unknown, eventId: string) => void;
}

/** Where an event came from, as an address to answer to. */
const addressOf = ({ chat, from }: MessageEvent | PressEvent | RecallEvent): Address =>
  chat.kind === "group" ? { kind: "group", name: chat.name } : { kind: "user", name: from };

/** Longest field value that a command takes; the whole text stays in the inbox. */
const FIELD = 2000;

/** A message or a press, screened: what follows never sees the original text. */
interface Incoming {
  event: MessageEvent | PressEvent;
  /** Screened text of a message, as it is stored; "" for a press. */
  text: string;
  /** The same without invisible and control characters: what is read and shown. */
  line: string;
  values: Record<string, string>;
  askSecrecy: boolean;
}

/**
 * From a platform's event to its durable answer: screened in memory, received once, understood, authorised, decided and
 * answered in one transaction.
 */
export function createRouter(deps: RouterDeps): PlatformHandlers {
  const { store, clock } = deps;
  return {
    async onEvent(event) {
      if (event.type === "read") {
        await store.write((tx) => tx.markRead(event.messageIds));
        return undefined;
      }
      if (event.type === "recall") {
        await store.write((tx) => recalled(tx, event, clock.now()));
        deps.wake();
        return undefined;
      }
      const incoming = screened(event, deps);
      const now = clock.now();
      try {
        return await store.write((tx) => handle(tx, event, incoming, now, deps));
      } catch (error) {
        deps.onError(error, event.id);
        await store.write((tx) => apologise(tx, event, incoming, now, deps));
        return { text: "处理出错,原文已留存,管理员已收到通知。请稍后重试。", tone: "warning" };
      } finally {
        deps.wake();
      }
    },
  };
}

/** Undefined when the content may not be kept. */
function screened(event: MessageEvent | PressEvent, { office, registry }: RouterDeps): Incoming | undefined {
  const context = screenContextOf(office.roster);
  const take = (text: string): Exclude<Screened, { verdict: "withheld" }> | undefined => {
    const result = screen(text, context);
    return result.verdict === "withheld" ? undefined : result;
  };
  if (event.type === "message") {
    const result = take(event.text);
    // A file's name says as much as a line of text.
    const names = event.attachments.map((a) => take(a.name));
    // A marking at the head stands behind the command word: /舆情 上报 机密级文件……
    const command = readLine(visible(event.text), event.mentioned === true, isWord(registry));
    const behind = command ? take(command.rest) : result;
    if (!result || !behind || names.includes(undefined)) return undefined;
    const attachments = event.attachments.map((a, i) => ({ ...a, name: visible(names[i]?.text ?? "") }));
    const { text } = result;
    const askSecrecy = result.askSecrecy || behind.askSecrecy;
    return { event: { ...event, text, attachments }, text, line: visible(text), values: {}, askSecrecy };
  }
  const values: Record<string, string> = {};
  for (const [key, value] of Object.entries(event.values)) {
    const result = take(value);
    if (!result) return undefined;
    values[key] = visible(result.text);
  }
  return { event: { ...event, values }, text: "", line: "", values, askSecrecy: false };
}

async function handle(
  tx: Tx,
  event: MessageEvent | PressEvent,
  incoming: Incoming | undefined,
  now: Instant,
  deps: RouterDeps,
): Promise<Toast | undefined> {
  const routed = incoming && (await route(tx, incoming, deps));
  // Ordinary talk in a group is none of the bot's business: not stored, not answered.
  if (incoming && !routed) return undefined;
  const isNew = await tx.receive({
    id: event.id,
    at: now,
    type: event.type,
    chat: `${event.chat.kind}:${event.chat.name}`,
    sender: event.from,
    ...(event.type === "message" ? { messageId: event.messageId } : {}),
    text: incoming ? incoming.text || JSON.stringify(incoming.values) : null,
    outcome: "received",
  });
  if (!isNew) {
    const outcome = await tx.inboxOutcome(event.id);
    // A press that comes twice is told what the first one brought; outcomes that are only codes were answered by a message.
    return event.type === "press" && outcome && /\p{Script=Han}/u.test(outcome)
      ? { text: outcome, tone: "ok" }
      : undefined;
  }
  const turn = new Turn(tx, event, now, deps);
  if (!incoming || !routed) return turn.withheld();
  return turn.run(routed, incoming);
}

/** What an event turned out to ask for. */
type Routed =
  | { kind: "command"; spec: CommandSpec; rest: string; answers: string | undefined }
  | { kind: "unknown"; word: string }
  | { kind: "later"; word: string }
  | { kind: "offer"; report: boolean; text: string }
  | { kind: "refuse"; text: string };

async function route(tx: Tx, incoming: Incoming, { registry, office }: RouterDeps): Promise<Routed | undefined> {
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

/** Is this an action word? Traditional characters are understood. */
const isWord =
  (registry: Registry) =>
  (written: string, glued: boolean): boolean => {
    const word = simplify(written);
    const spec = registry.find(written) ?? registry.find(word);
    // 退休教师… is no 退, 派出所… no 派: a short form of one character needs a pause behind it.
    return spec ? !glued || word.length > 1 || spec.word === word : registry.isLater(word);
  };

/** An unknown word with less than this behind it is a slip of the command, not a report. */
const A_SENTENCE = 15;

/** Without characters that are invisible, turn the writing direction, or are no characters at all. */
const visible = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, "")
    .replace(/\r\n?|[\u0085\u2028\u2029]/gu, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, " ");

function parseInput({ event, line: text }: Incoming, office: Office): ParseInput {
  const unit = event.known ? office.roster.unitOf(event.from) : undefined;
  return {
    text,
    receivedAt: toIso(event.at),
    sender: { name: event.from, unit: unit?.name ?? null, jurisdiction: unit?.jurisdiction ?? office.roster.home },
    ...(event.type === "message" ? { attachments: event.attachments.length } : {}),
  };
}

/** The work on one event, inside its transaction. */
class Turn {
  readonly #tx: Tx;
  readonly #event: MessageEvent | PressEvent;
  readonly #now: Instant;
  readonly #deps: RouterDeps;
  readonly #actor: Actor;
  readonly #chat: Address;
  #touched: Case | undefined;

  constructor(tx: Tx, event: MessageEvent | PressEvent, now: Instant, deps: RouterDeps) {
    this.#tx = tx;
    this.#event = event;
    this.#now = now;
    this.#deps = deps;
    this.#actor = { name: event.from, known: event.known };
    this.#chat = addressOf(event);
  }

  async withheld(): Promise<Toast | undefined> {
    return this.#close("withheld", secrecyCard(), "refusal");
  }

  async run(routed: Routed, incoming: Incoming): Promise<Toast | undefined> {
    const { registry } = this.#deps;
    switch (routed.kind) {
      case "refuse":
        return this.#close("refused", refusalCard(routed.text), "refusal");
      case "later":
        return this.#close(
          "later",
          refusalCard(`“${routed.word}”将在后续版本提供。发送 /舆情 帮助 查看现在能办的事。`),
          "refusal",
        );
      case "unknown":
        return this.#close("unknown", suggestCard(routed.word, registry.nearest(routed.word)), "refusal");
      case "offer":
        return this.#offer(incoming, routed);
      case "command":
        return this.#command(routed, incoming);
    }
  }

  /** Is this a report? Asked with one button; numbered when nobody answers. */
  async #offer(
    incoming: Incoming,
    { report: clear, text }: Extract<Routed, { kind: "offer" }>,
  ): Promise<Toast | undefined> {
    if (incoming.event.type !== "message") return undefined;
    const { event } = incoming;
    const wait = this.#deps.office.config.params.unclearMinutes;
    await this.#tx.ask({
      at: Math.min(event.at, this.#now),
      dueAt: this.#now + wait * 60_000,
      chat: this.#chat,
      sender: event.from,
      known: event.known,
      messageId: event.messageId,
      text,
      attachments: event.attachments.length,
    });
    const card = plainCard(clear ? "这条像是舆情报送,要登记吗?" : "这是舆情报送吗?", [
      `${wait}分钟内无人回答,将先行编号。`,
    ]);
    const values = { 问题: event.messageId };
    card.buttons = [
      { action: "上报", label: "是,登记上报", style: "primary", values },
      { action: "上报", label: "不是", values: { ...values, 结论: "不是" } },
    ];
    return this.#close("asked", card, "reply");
  }

  async #command(
    { spec, rest, answers }: Extract<Routed, { kind: "command" }>,
    incoming: Incoming,
  ): Promise<Toast | undefined> {
    const { event, values } = incoming;
    const pressed = event.type === "press";
    const split = splitArguments(
      rest,
      spec.fields.map((f) => f.name),
    );
    // Text that was typed before the case was chosen comes back with the press that chooses it.
    const carried = spec.fields.some((f) => f.name === "内容") ? "" : (values["内容"] ?? "");
    const fields = Object.fromEntries(
      Object.entries({ ...split.fields, ...values }).map(([k, v]) => [k, cut(v, FIELD)]),
    );
    const context = this.#context({ ...split, text: split.text || carried, fields, raw: rest }, incoming, pressed);
    // In an answer to a card, a number in the middle of the text is part of what is said.
    const ref = values["编号"] ?? (answers === undefined || split.leading ? split.ref : undefined);
    const stranger = this.#actor.known ? undefined : this.#denied(spec, null);
    if (stranger) return this.#answer(stranger, spec);
    if (spec.target === "none" || (spec.target === "optional" && ref === undefined && answers === undefined)) {
      const answer =
        this.#denied(spec, null) ?? (await (spec.target === "none" ? spec.run(context) : spec.run(context, undefined)));
      return this.#answer(answer, spec);
    }
    const found = await findCase(this.#tx, {
      ref,
      answers,
      actor: this.#actor,
      chat: event.chat,
      office: this.#deps.office,
      now: this.#now,
    });
    if ("choices" in found) {
      const card = choiceCard(
        found.why,
        found.choices,
        spec.word,
        { ...split.fields, ...(split.text ? { 内容: cut(split.text, FIELD) } : {}) },
        this.#now,
      );
      return this.#close("which", card, "refusal");
    }
    const denied = this.#denied(spec, found);
    const answer = denied ?? (await spec.run(context, found));
    return this.#answer(
      answer.kind === "refusal" ? withHistory(answer, await this.#since(found, values)) : answer,
      spec,
      found,
    );
  }

  #denied(spec: CommandSpec, c: Case | null): Answer | undefined {
    const roles = rolesOf(this.#actor, c, this.#deps.office, this.#now);
    if (spec.who.some((who) => roles.has(who))) return undefined;
    if (!this.#actor.known)
      return { kind: "refusal", text: "您不在通讯录中,可以上报舆情;其他操作请联系管理员把您加入通讯录。" };
    const units = c && c.parts.length > 0 ? `(${c.parts.map((p) => p.unit).join("、")})` : "";
    const who = spec.who
      .filter((w) => w !== "报送人")
      .map((w) => (w === "联络员" || w === "承办单位" ? `${w}${units}` : w))
      .join("、");
    const text = c
      ? `请 ${midNo(c.id)} 的${who}${spec.word};您可以用〔状态〕查看进展。`
      : `〔${spec.word}〕由${who}使用;您能用的请看 /舆情 帮助。`;
    return { kind: "refusal", text };
  }

  /** What others did since the card that was pressed was drawn. */
  async #since(c: Case, values: Record<string, string>): Promise<string> {
    const seen = Number(values["版本"] ?? c.version);
    if (!(seen < c.version)) return "";
    const later = (await this.#tx.history(c.id)).filter((e) => e.seq > seen).slice(-3);
    return later
      .map((e) => `${e.event.by} ${formatMoment(e.event.at, this.#now)} ${EVENT_NAMES[e.event.type]}`)
      .join(",");
  }

  #context(args: CommandContext["args"], incoming: Incoming, pressed: boolean): CommandContext {
    const { office, registry, inspect } = this.#deps;
    const tx = this.#tx;
    const recording = { office, now: this.#now, cause: this.#event.id };
    return {
      now: this.#now,
      actor: this.#actor,
      office,
      chat: this.#event.chat,
      args,
      attachments: incoming.event.type === "message" ? incoming.event.attachments : [],
      askSecrecy: incoming.askSecrecy,
      pressed,
      sentAt: Math.min(this.#event.at, this.#now),
      messageId: this.#event.messageId,
      store: tx,
      commands: registry.commands,
      open: async (input, requestedDueAt, reporter = this.#actor) => {
        this.#touched = await openCase(tx, { ...input, origin: this.#chat }, requestedDueAt, reporter, recording);
        return this.#touched;
      },
      change: async <A extends keyof Actions>(
        c: Case,
        action: Exclude<A, "report">,
        input: Actions[A],
      ): Promise<Outcome> => {
        const decision = decide(c, action, input as Actions[Exclude<A, "report">], {
          ...recording,
          actor: this.#actor,
        });
        if ("refused" in decision) return { ok: false, refused: decision.refused };
        this.#touched = await record(tx, c, decision.events, recording);
        return { ok: true, case: this.#touched };
      },
      question: async (messageId) => tx.openQuestion(messageId),
      settleQuestion: async (id, state) => tx.settleQuestion(id, state),
      anchor: () => tx.anchor(dayOf(this.#now), this.#now),
      inspect: () => inspect(tx),
    };
  }

  async #answer(answer: Answer, spec: CommandSpec, c?: Case): Promise<Toast | undefined> {
    if (answer.kind === "refusal") return this.#close(answer.text, answer.card ?? refusalCard(answer.text), "refusal");
    if (answer.kind === "messages") {
      await this.#tx.queue(answer.messages, this.#now);
      await this.#tx.finish(this.#event.id, answer.toast ?? "done", this.#touched?.id);
      return this.#event.type === "press" ? { text: answer.toast ?? "已办理", tone: "ok" } : undefined;
    }
    const changed = this.#touched;
    if (this.#event.type === "press" && changed) {
      await this.#redraw(changed);
      const text = answer.toast ?? `已${spec.word}`;
      await this.#tx.finish(this.#event.id, text, changed.id);
      return { text, tone: "ok" };
    }
    return this.#close(answer.toast ?? "done", answer.card, "reply", changed ?? c, answer.mentions);
  }

  /** The pressed message shows the new state at once; the case's own card in a group follows by itself. */
  async #redraw(c: Case): Promise<void> {
    if (this.#event.type !== "press" || this.#event.chat.kind === "group") return;
    const { office, registry } = this.#deps;
    await this.#tx.queue(
      [
        {
          key: `edit/${this.#event.id}`,
          lane: 0,
          to: this.#chat,
          kind: "update",
          card: buttonsAllowed(c, this.#actor, office, registry, this.#now),
          mentions: [],
          caseId: c.id,
          slot: `message:${this.#event.messageId}`,
        },
      ],
      this.#now,
    );
  }

  async #close(
    outcome: string,
    card: Card,
    kind: "reply" | "refusal",
    c?: Case,
    mentions: string[] = [],
  ): Promise<Toast | undefined> {
    await this.#tx.finish(this.#event.id, outcome, this.#touched?.id ?? c?.id);
    if (this.#event.type === "press" && kind === "refusal" && card.buttons.length === 0)
      return { text: card.lines.map((l) => (l.kind === "text" ? l.text : "")).join(""), tone: "warning" };
    const message: Outgoing = {
      key: `answer/${this.#event.id}`,
      lane: 0,
      to: this.#chat,
      kind,
      card: fitting(card),
      mentions: this.#chat.kind === "group" ? (mentions.length > 0 ? mentions : [this.#actor.name]) : [],
      ...(c ? { caseId: c.id } : {}),
      ...(this.#event.type === "message" ? { replyTo: this.#event.messageId } : {}),
    };
    await this.#tx.queue([message], this.#now);
    return undefined;
  }
}

function withHistory(answer: Extract<Answer, { kind: "refusal" }>, since: string): Answer {
  return since === "" || answer.text.includes("已于")
    ? answer
    : { ...answer, text: `${answer.text}(您看到的卡片之后:${since})` };
}

/** A report that was recalled keeps its number: what was counted cannot be uncounted by one person. */
async function recalled(tx: Tx, event: RecallEvent, now: Instant): Promise<void> {
  const caseId = await tx.caseOfMessage(event.messageId);
  const c = caseId === undefined ? undefined : await tx.case(caseId);
  if (!c || !isOpen(c.state)) return;
  const isNew = await tx.receive({
    id: event.id,
    at: now,
    type: event.type,
    chat: `${event.chat.kind}:${event.chat.name}`,
    sender: event.from,
    caseId: c.id,
    text: "",
    outcome: "recalled",
  });
  if (!isNew) return;
  const card = plainCard(`${event.from}撤回了原消息`, [
    `${midNo(c.id)} ${c.title}`,
    "已编号的案件不删除,时限照常。如属误报请写〔误报〕和理由,由第二人确认。",
  ]);
  const to = addressOf(event);
  await tx.queue([{ key: `answer/${event.id}`, lane: 0, to, kind: "notice", card, mentions: [], caseId: c.id }], now);
}

/** Our own failure: the screened text is kept, the sender is told, the administrators are told. */
async function apologise(
  tx: Tx,
  event: MessageEvent | PressEvent,
  incoming: Incoming | undefined,
  now: Instant,
  deps: RouterDeps,
): Promise<void> {
  await tx.receive({
    id: event.id,
    at: now,
    type: event.type,
    chat: `${event.chat.kind}:${event.chat.name}`,
    sender: event.from,
    ...(event.type === "message" ? { messageId: event.messageId } : {}),
    text: incoming ? incoming.text || JSON.stringify(incoming.values) : null,
    outcome: "failed",
  });
  const to = addressOf(event);
  const sorry = refusalCard("处理出错,原文已留存,管理员已收到通知。请稍后重试;紧急情况请直接电话联系值班员。");
  const alarm = plainCard("【自检】有一条消息处理失败", [
    `${formatMoment(now)} ${event.from} 在“${event.chat.name}”,记录号 ${event.id}。请查看日志。`,
  ]);
  await tx.queue(
    [
      { key: `answer/${event.id}`, lane: 0, to, kind: "refusal", card: sorry, mentions: [] },
      ...deps.office.roster.withRole("管理员").map(
        (name): Outgoing => ({
          key: `failed/${event.id}/${name}`,
          lane: 2,
          to: { kind: "user", name },
          kind: "notice",
          card: alarm,
          mentions: [],
        }),
      ),
    ],
    now,
  );
}
