import type { Actions } from "#core/case/actions/types.ts";
import { type Actor, rolesOf } from "#core/case/authority.ts";
import { type Case, midNo } from "#core/case/case.ts";
import { decide } from "#core/case/decide.ts";
import { EVENT_NAMES } from "#core/case/events.ts";
import { type Evidence, evidenceOf } from "#core/case/evidence.ts";
import { mergeCases } from "#core/case/merge.ts";
import type { Office } from "#core/case/office.ts";
import { openCase } from "#core/case/open.ts";
import { record } from "#core/case/record.ts";
import { learnFrom } from "#core/learning/learn.ts";
import { type Card, cut, fitting } from "#core/message/card.ts";
import { leadButtons } from "#core/message/similar.ts";
import type { Address, MessageEvent, PressEvent, Toast } from "#core/ports.ts";
import type { Outgoing, Tx } from "#core/store.ts";
import { dayOf, formatMoment, type Instant } from "#core/time.ts";
import type { Answer, CommandContext, CommandSpec, Outcome } from "./command.ts";
import { byNumber, choiceCard, findCase } from "./find-case.ts";
import { addressOf, type Incoming } from "./incoming.ts";
import { splitArguments } from "./line.ts";
import type { Registry } from "./registry.ts";
import { buttonsAllowed, declinedCard, lostCard, plainCard, refusalCard, secrecyCard, suggestCard } from "./replies.ts";
import type { Routed } from "./route.ts";

/** What a turn needs of its surroundings. */
export interface TurnDeps {
  office: Office;
  registry: Registry;
  /** Findings of the auditor, for 自检. */
  inspect: (tx: Tx) => Promise<string[]>;
}

/** Longest field value that a command takes; the whole text stays in the inbox. */
const FIELD = 2000;

/** The work on one event, inside its transaction. */
export class Turn {
  readonly #tx: Tx;
  readonly #event: MessageEvent | PressEvent;
  readonly #now: Instant;
  readonly #deps: TurnDeps;
  readonly #actor: Actor;
  readonly #chat: Address;
  #touched: Case | undefined;
  #asked = false;
  /** What was asked for besides and is declined: said at the foot of the answer. */
  #aside: string | undefined;

  constructor(tx: Tx, event: MessageEvent | PressEvent, now: Instant, deps: TurnDeps) {
    this.#tx = tx;
    this.#event = event;
    this.#now = now;
    this.#deps = deps;
    this.#actor = { name: event.from, known: event.known };
    this.#chat = addressOf(event);
  }

  /** What came with the message is on record, in a case or in a question. */
  get recorded(): boolean {
    const { messageId } = this.#event;
    return this.#asked || this.#touched?.evidence?.some((e) => e.messageId === messageId) === true;
  }

  async withheld(): Promise<Toast | undefined> {
    return this.#close("withheld", secrecyCard(), "refusal");
  }

  async run(routed: Routed, incoming: Incoming): Promise<Toast | undefined> {
    const { registry } = this.#deps;
    this.#aside = "aside" in routed ? routed.aside : undefined;
    switch (routed.kind) {
      case "refuse":
        return this.#close("refused", declinedCard(routed.text), "refusal");
      case "lost":
        return this.#close("lost", lostCard(), "reply");
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
      case "more":
        this.#asked = true;
        await this.#tx.addToQuestion(routed.question.id, this.#evidence(incoming));
        await this.#tx.finish(this.#event.id, "asked");
        return undefined;
      case "command":
        return this.#command(routed, incoming);
    }
  }

  /** What came with the message, as it is recorded. */
  #evidence({ event }: Incoming): Evidence[] {
    if (event.type !== "message") return [];
    return evidenceOf(event.attachments, {
      by: event.from,
      at: Math.min(event.at, this.#now),
      messageId: event.messageId,
    });
  }

  /** Is this a report? Asked with one button; numbered when nobody answers. */
  async #offer(
    incoming: Incoming,
    { report: clear, text }: Extract<Routed, { kind: "offer" }>,
  ): Promise<Toast | undefined> {
    if (incoming.event.type !== "message") return undefined;
    const { event } = incoming;
    const wait = this.#deps.office.config.params.unclearMinutes;
    this.#asked = true;
    await this.#tx.ask({
      at: Math.min(event.at, this.#now),
      dueAt: this.#now + wait * 60_000,
      chat: this.#chat,
      sender: event.from,
      known: event.known,
      messageId: event.messageId,
      text,
      attachments: event.attachments.length,
      evidence: this.#evidence(incoming),
    });
    const card = plainCard(clear ? "这条像是舆情报送，要登记吗？" : "这是舆情报送吗？", [
      `${wait}分钟内无人回答，将先行编号。`,
    ]);
    const values = { 问题: event.messageId };
    card.buttons = [
      { action: "上报", label: "是，登记上报", style: "primary", values },
      { action: "上报", label: "不是", values: { ...values, 结论: "不是" } },
    ];
    return this.#close("asked", card, "reply");
  }

  async #command(
    { spec, word, rest, answers, values: filled = {} }: Extract<Routed, { kind: "command" }>,
    incoming: Incoming,
  ): Promise<Toast | undefined> {
    const { event } = incoming;
    const values = { ...filled, ...incoming.values };
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
    const context = this.#context(
      { ...split, word, text: split.text || carried, fields, raw: rest },
      incoming,
      pressed,
    );
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
      ownReports: spec.who.includes("报送人"),
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
      answer.kind === "refusal"
        ? leading(withHistory(answer, await this.#since(found, values)), found, pressed)
        : answer,
      spec,
      found,
    );
  }

  #denied(spec: CommandSpec, c: Case | null): Answer | undefined {
    const roles = rolesOf(this.#actor, c, this.#deps.office, this.#now);
    if (spec.who.some((who) => roles.has(who))) return undefined;
    if (!this.#actor.known)
      return { kind: "refusal", text: "您不在通讯录中，可以上报舆情；其他操作请联系管理员把您加入通讯录。" };
    const units = c && c.parts.length > 0 ? `(${c.parts.map((p) => p.unit).join("、")})` : "";
    const who = spec.who
      .filter((w) => w !== "报送人")
      .map((w) => (w === "联络员" || w === "承办单位" ? `${w}${units}` : w))
      .join("、");
    const text = c
      ? `请 ${midNo(c.id)} 的${who}${spec.word}；您可以用〔状态〕查看进展。`
      : `〔${spec.word}〕由${who}使用；您能用的请看 /舆情 帮助。`;
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
    const evidence = this.#evidence(incoming);
    return {
      now: this.#now,
      actor: this.#actor,
      office,
      chat: this.#event.chat,
      args,
      attachments: incoming.event.type === "message" ? incoming.event.attachments : [],
      evidence,
      quoted: incoming.quoted,
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
          evidence,
        });
        if ("refused" in decision) return { ok: false, refused: decision.refused };
        this.#touched = await record(tx, c, decision.events, recording);
        if (action === "triage" || action === "assign") await learnFrom(tx, this.#touched, this.#actor, recording);
        return { ok: true, case: this.#touched };
      },
      find: (ref) => byNumber(tx, ref, this.#now),
      merge: async (source, target, reason) => {
        const merged = await mergeCases(tx, { source, target }, reason, this.#actor, recording);
        if ("source" in merged) this.#touched = merged.source;
        return merged;
      },
      question: async (messageId) => tx.openQuestion(messageId),
      settleQuestion: async (id, caseId) => tx.settleQuestion(id, "answered", caseId),
      noteWord: (entry) => tx.noteWord(entry),
      anchor: () => tx.anchor(dayOf(this.#now), this.#now),
      inspect: () => inspect(tx),
    };
  }

  async #answer(answer: Answer, spec: CommandSpec, c?: Case): Promise<Toast | undefined> {
    if (answer.kind === "refusal") return this.#close(answer.text, answer.card ?? refusalCard(answer.text), "refusal");
    if (answer.kind === "messages") {
      const [first, ...rest] = answer.messages;
      await this.#tx.queue(first ? [{ ...first, card: this.#withAside(first.card) }, ...rest] : [], this.#now);
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

  #withAside(card: Card): Card {
    if (this.#aside === undefined) return card;
    return { ...card, lines: [...card.lines, { kind: "text", text: this.#aside, emphasis: "quiet" }] };
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
      card: fitting(this.#withAside(card)),
      mentions: this.#chat.kind === "group" ? (mentions.length > 0 ? mentions : [this.#actor.name]) : [],
      ...(c ? { caseId: c.id } : {}),
      ...(this.#event.type === "message" ? { replyTo: this.#event.messageId } : {}),
    };
    await this.#tx.queue([message], this.#now);
    return undefined;
  }
}

type Refusal = Extract<Answer, { kind: "refusal" }>;

/** What is said about a merged case leads to the one it went into; a card that was pressed has the button itself. */
function leading(answer: Refusal, c: Case, pressed: boolean): Answer {
  if (!c.mergedInto || answer.card || pressed) return answer;
  return { ...answer, card: { ...refusalCard(answer.text), buttons: leadButtons(c) } };
}

function withHistory(answer: Refusal, since: string): Refusal {
  return since === "" || answer.text.includes("已于")
    ? answer
    : { ...answer, text: `${answer.text}(您看到的卡片之后：${since})` };
}
