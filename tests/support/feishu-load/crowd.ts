import { setTimeout as pause } from "node:timers/promises";
import type { BenchTalk } from "#src/cli/bench/parts.ts";
import { contentOf, nodesOf } from "../feishu-server/card-tree.ts";
import { isObject, type Message, type User } from "../feishu-server/model.ts";
import type { MeasuredServer } from "./measured-server.ts";

/** What ten people do: one reports, one asks, two press something, the others talk. */
const TEN = ["report", "talk", "press", "talk", "query", "talk", "press", "talk", "talk", "talk"] as const;

/** On receipts one opens the form and fills it in; on lists one asks for a case. */
const WORTH_PRESSING = /^(补充|提交.*|\d{8}-\d+)$/;

/** The people of the office, who all do something at a steady rate, whether they are answered or not. */
export class Crowd {
  readonly #server: MeasuredServer;
  readonly #texts: Pick<BenchTalk, "reports" | "talk">;
  /** Cards in private chats on which something can be pressed. */
  readonly #cards: Message[] = [];
  #actions = 0;

  constructor(server: MeasuredServer, texts: Pick<BenchTalk, "reports" | "talk">) {
    this.#server = server;
    this.#texts = texts;
    server.onBotMessage = (message) => {
      if (server.chat(message.chatId)?.mode === "p2p") this.#cards.push(message);
    };
  }

  /** Resolves when everything is acknowledged, or has waited too long. */
  async act(perSecond: number, seconds: number): Promise<void> {
    const under = new Set<Promise<unknown>>();
    const from = performance.now();
    for (let i = 0; i < perSecond * seconds; i++) {
      const early = from + (i * 1000) / perSecond - performance.now();
      if (early > 1) await pause(early);
      const done = this.#one(i).finally(() => under.delete(done));
      under.add(done);
    }
    await Promise.all(under);
  }

  async #one(i: number): Promise<unknown> {
    const { reports } = this.#texts;
    const n = this.#actions++;
    const user = pick(this.#server.users, n);
    switch (TEN[i % TEN.length]) {
      case "report":
        // Every second one in front of everybody.
        return Math.floor(i / TEN.length) % 2 === 0
          ? this.#server.says(user, "p2p", pick(reports, n))
          : this.#says(pick(reports, Math.floor(n / 2)), 0);
      case "query":
        return this.#server.says(user, "p2p", "/舆情 列表");
      case "press":
        return this.#press(n);
      default:
        return this.#says(pick(this.#texts.talk, n), n);
    }
  }

  /** Somebody of a group says this in it. */
  async #says(text: string, group: number): Promise<unknown> {
    const groups = this.#server.chats.filter((chat) => chat.mode === "group");
    const chat = pick(groups, group);
    const speaker = this.#server.user([...chat.members][0] ?? "");
    return speaker && this.#server.says(speaker, chat, text);
  }

  /** The card that waits longest; while there is none, people talk. */
  async #press(n: number): Promise<unknown> {
    for (let message = this.#cards.shift(); message; message = this.#cards.shift()) {
      const label = labelOn(message);
      const user = this.#reader(message);
      if (label === undefined || !user) continue;
      const pressed = await this.#server.presses(user, message.id, label, filled(message, label));
      if (label === "补充" && pressed.card) this.#cards.push(message);
      return pressed;
    }
    return this.#says(pick(this.#texts.talk, n), n);
  }

  #reader({ chatId }: Message): User | undefined {
    return this.#server.user([...(this.#server.chat(chatId)?.members ?? [])][0] ?? "");
  }
}

const pick = <T>(all: readonly T[], n: number): T => {
  const found = all[n % all.length];
  if (found === undefined) throw new Error("there is nothing to choose from");
  return found;
};

const componentsOf = ({ content }: Message) => (isObject(content) ? nodesOf(content) : []);

function labelOn(message: Message): string | undefined {
  const labels = componentsOf(message).flatMap(({ element, tag }) =>
    tag === "button" && element["disabled"] !== true ? [contentOf(element["text"])] : [],
  );
  return labels.find((label) => WORTH_PRESSING.test(label));
}

/** The first field of the form, if the button sends one. */
function filled(message: Message, label: string): Record<string, string> | undefined {
  if (!label.startsWith("提交")) return undefined;
  const input = componentsOf(message).find(({ tag }) => tag === "input");
  return input ? { [String(input.element["name"])]: "现场已有人到，正在核实。" } : {};
}
