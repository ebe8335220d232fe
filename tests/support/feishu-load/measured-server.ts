import type { Envelope } from "../feishu-server/events.ts";
import type { Ack, PushOptions } from "../feishu-server/long-connection.ts";
import { isObject, type Message } from "../feishu-server/model.ts";
import { FeishuServer } from "../feishu-server/server.ts";

/** A loopback Feishu that notes how long it waits for each acknowledgement, and when the bot's messages arrive. */
export class MeasuredServer extends FeishuServer {
  /** Milliseconds from pushing an event to its acknowledgement. */
  readonly acks: number[] = [];
  /** Events without a good acknowledgement. */
  missed = 0;
  /** When messages of the bot arrived, oldest first, by the clock of the server. */
  readonly arrivals: number[] = [];
  readonly #byTitle = new Map<string, number>();
  /** Told of every message of the bot. */
  onBotMessage: (message: Message) => void = () => {};

  /** When a card with this title arrived; waits for it. */
  arrival(title: string): Promise<number> {
    return this.waitFor(() => this.#byTitle.get(title), 60_000);
  }

  override post(message: Parameters<FeishuServer["post"]>[0]): Message {
    if (message.sender.kind === "bot") {
      const now = this.now();
      this.arrivals.push(now);
      this.#byTitle.set(titleOf(message.content), now);
    }
    const posted = super.post(message);
    if (posted.sender.kind === "bot") this.onBotMessage(posted);
    return posted;
  }

  protected override async deliver(event: Envelope, options: PushOptions): Promise<Ack> {
    const from = performance.now();
    const ack = await super.deliver(event, options);
    this.acks.push(performance.now() - from);
    if (ack.code !== 200) this.missed += 1;
    return ack;
  }
}

function titleOf(card: unknown): string {
  const header = isObject(card) && isObject(card["header"]) ? card["header"] : {};
  return isObject(header["title"]) ? String(header["title"]["content"]) : "";
}
