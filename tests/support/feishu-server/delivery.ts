import type { Envelope } from "./events.ts";
import type { Ack, PushOptions } from "./long-connection.ts";

const SECOND = 1_000;
/** Pauses before the second to the fifth attempt. */
const PAUSES = [15 * SECOND, 300 * SECOND, 3_600 * SECOND, 6 * 3_600 * SECOND];

/** One event and what became of each attempt to deliver it. */
export interface Delivery {
  readonly envelope: Envelope;
  readonly attempts: { at: number; ack: Ack | undefined }[];
}

const isCallback = ({ header }: Envelope): boolean => header.event_type === "card.action.trigger";

type Push = (envelope: Envelope, options: PushOptions) => Promise<Ack>;

/** Remembers every event, and pushes again what was not acknowledged. Callbacks are never pushed again. */
export class Deliveries {
  readonly all: Delivery[] = [];
  readonly #push: Push;
  readonly #now: () => number;

  constructor(push: Push, now: () => number) {
    this.#push = push;
    this.#now = now;
  }

  async push(envelope: Envelope, options: PushOptions = {}): Promise<Ack> {
    const delivery: Delivery = { envelope, attempts: [] };
    this.all.push(delivery);
    return this.#attempt(delivery, options);
  }

  /** Pushes an event again, acknowledged or not. @throws when there is no such event, or it is a callback */
  async redeliver(eventId: string, options: PushOptions = {}): Promise<Ack> {
    const delivery = this.all.find(({ envelope }) => envelope.header.event_id === eventId);
    if (!delivery) throw new Error(`no event ${eventId}`);
    if (isCallback(delivery.envelope)) throw new Error("the service never repeats a callback");
    return this.#attempt(delivery, options);
  }

  /** Pushes again what the schedule of the service has due by its clock. @returns the answers */
  async redeliverDue(): Promise<Ack[]> {
    const due = this.all.filter(({ envelope, attempts }) => {
      const last = attempts.at(-1);
      const pause = PAUSES[attempts.length - 1];
      if (isCallback(envelope) || !last?.ack || pause === undefined) return false;
      if (last.ack.code === 200 || last.ack.code === "queued") return false;
      return this.#now() >= last.at + pause;
    });
    return Promise.all(due.map((delivery) => this.#attempt(delivery, {})));
  }

  async #attempt(delivery: Delivery, options: PushOptions): Promise<Ack> {
    const attempt: Delivery["attempts"][number] = { at: this.#now(), ack: undefined };
    delivery.attempts.push(attempt);
    const onLate = (ack: Ack): void => {
      attempt.ack = ack;
    };
    const ack = await this.#push(delivery.envelope, { ...options, onLate });
    attempt.ack = ack;
    return ack;
  }
}
