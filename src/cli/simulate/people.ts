import { hash } from "node:crypto";
import { kindOfFile } from "#core/case/evidence.ts";
import { BotError } from "#core/errors.ts";
import type { Attachment, ChatRef } from "#core/ports.ts";
import type { Roster } from "#core/roster/roster.ts";
import type { Reader } from "#core/store.ts";
import type { MovableClock } from "#core/virtual-time.ts";
import { PRIVATE } from "./check-names.ts";
import { findButton, pressValues } from "./find-button.ts";
import type { StepOf } from "./scenario.ts";
import { chatOf, type VirtualPlatform } from "./virtual-platform.ts";

export interface PeopleParts {
  platform: VirtualPlatform;
  clock: MovableClock;
  roster: Roster;
  /** What the bot has stored, whether it runs or not. */
  store: () => Pick<Reader, "cases" | "deliveries">;
}

/** A file of a scenario is its name: the same name is the same file. */
const attachmentOf = (file: StepOf<"say">["attach"][number]): Attachment => {
  if (typeof file === "string") return { kind: kindOfFile(file), name: file, sha256: hash("sha256", file) };
  if ("card" in file) {
    const { card, ...rest } = file;
    return { kind: "card", name: card, ...rest };
  }
  const lines = file.forward.map((line) => {
    const [from = "", ...said] = line.split(/[:：]/u);
    return said.length > 0 ? { from, text: said.join("：") } : { from: "", text: line };
  });
  return { kind: "forward", name: file.title, lines };
};

const MENTIONS_BOT = /[@＠]\s*(回应|机器人)/u;
/** More cases than any scenario opens. */
const ALL_CASES = 10_000;

/** What the people of a scenario do in their chats. @throws BotError bad-input for what cannot be done, naming the step */
export class People {
  readonly #parts: PeopleParts;
  readonly #said: { by: string; chat: ChatRef; messageId: string }[] = [];
  /** Cases that the database held before this run. */
  #earlier = new Set<string>();

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  async begin(): Promise<void> {
    this.#earlier = new Set(await this.#cases());
  }

  async say(step: StepOf<"say">, place: string): Promise<void> {
    const { platform, clock } = this.#parts;
    const chat = this.#chat(step.by, step.in);
    const messageId = platform.newId("m");
    const answered = step.reply === undefined ? undefined : await this.#cardOf(step.reply, chat, place);
    this.#said.push({ by: step.by, chat, messageId });
    await platform.hand({
      type: "message",
      id: messageId,
      at: clock.now(),
      chat,
      from: step.by,
      known: true,
      messageId,
      text: step.say,
      attachments: step.attach.map(attachmentOf),
      ...(answered === undefined ? {} : { replyTo: answered }),
      ...(chat.kind === "group" ? { mentioned: MENTIONS_BOT.test(step.say) } : {}),
    });
  }

  async press(step: StepOf<"press">, place: string): Promise<void> {
    const { platform, clock } = this.#parts;
    const caseId = step.case === undefined ? (await this.#cases()).at(-1) : await this.#caseNo(step.case, place);
    const found = findButton(platform.visibleTo(step.by), step.press, caseId, step.case !== undefined);
    if (!found)
      throw new BotError("bad-input", `${place}:${step.by}看得到的卡片上没有、也没有过“${step.press}”这个按钮`);
    await platform.hand({
      type: "press",
      id: platform.newId("p"),
      at: clock.now(),
      chat: chatOf(found.post.to),
      from: step.by,
      known: true,
      messageId: found.post.id,
      action: found.button.action,
      values: pressValues(found.button, step.fill),
    });
  }

  async recall(step: StepOf<"recall">, place: string): Promise<void> {
    const { platform, clock } = this.#parts;
    const chat = step.in === undefined ? undefined : this.#chat(step.by, step.in);
    const last = this.#said.findLast((m) => m.by === step.by && (!chat || m.chat.name === chat.name));
    if (!last) throw new BotError("bad-input", `${place}:${step.by}还没有发过可以撤回的消息`);
    await platform.hand({
      type: "recall",
      id: platform.newId("r"),
      at: clock.now(),
      chat: last.chat,
      from: step.by,
      known: true,
      messageId: last.messageId,
    });
  }

  async read(step: StepOf<"read">): Promise<void> {
    const { platform, clock } = this.#parts;
    for (const from of step.who) {
      const messageIds = platform.visibleTo(from).map((p) => p.id);
      if (messageIds.length > 0) await platform.hand({ type: "read", at: clock.now(), from, messageIds });
    }
  }

  #chat(by: string, chat: string | undefined): ChatRef {
    if (chat === PRIVATE) return { kind: "private", name: by };
    const duty = this.#parts.roster.dutyGroup()?.name;
    const name = chat ?? duty;
    return name === undefined ? { kind: "private", name: by } : { kind: "group", name };
  }

  /** Message id of the newest card of a case in a chat. */
  async #cardOf(no: number, chat: ChatRef, place: string): Promise<string> {
    const rows = await this.#parts.store().deliveries(await this.#caseNo(no, place));
    const card = rows.findLast(
      (r) =>
        r.messageId !== undefined &&
        r.to.name === chat.name &&
        r.to.kind === (chat.kind === "group" ? "group" : "user"),
    );
    if (card?.messageId === undefined)
      throw new BotError("bad-input", `${place}:“${chat.name}”里没有第 ${no} 件案件的卡片可以回复`);
    return card.messageId;
  }

  async #caseNo(no: number, place: string): Promise<string> {
    const ids = await this.#cases();
    const id = ids[no - 1];
    if (id === undefined) throw new BotError("bad-input", `${place}:这时只有 ${ids.length} 件案件,没有第 ${no} 件`);
    return id;
  }

  /** Numbers of this run's cases, oldest first. */
  async #cases(): Promise<string[]> {
    const cases = await this.#parts.store().cases({ limit: ALL_CASES });
    cases.sort((a, b) => a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1));
    return cases.map((c) => c.id).filter((id) => !this.#earlier.has(id));
  }
}
