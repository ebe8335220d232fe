import type { StreamEvents } from "./views.ts";

/** A window that has not taken this many frames is cut off; it comes back and catches up from the log. */
const MAX_WAITING = 512;

/** Milliseconds between heartbeats: real time, also where the bot's clock is virtual. */
interface HubOptions {
  heartbeatMs: number;
  heartbeat: () => string;
}

/** One event of the stream in the text/event-stream format. `id` is where a window resumes after it. */
export function frame<T extends keyof StreamEvents>(event: T, data: StreamEvents[T], id?: string): string {
  return `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** The open windows of all people. */
export class LiveHub {
  readonly #windows = new Map<ReadableStreamDefaultController<Uint8Array>, string>();
  readonly #encoder = new TextEncoder();
  readonly #options: HubOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: HubOptions) {
    this.#options = options;
  }

  /** Opens a window of a person: first these frames, then all that is published to that person. */
  open(person: string, first: string): ReadableStream<Uint8Array> {
    let self: ReadableStreamDefaultController<Uint8Array> | undefined;
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          self = controller;
          controller.enqueue(this.#encoder.encode(first));
          this.#windows.set(controller, person);
          this.#timer ??= setInterval(() => this.broadcast(this.#options.heartbeat()), this.#options.heartbeatMs);
        },
        cancel: () => {
          if (self) this.#forget(self);
        },
      },
      new CountQueuingStrategy({ highWaterMark: MAX_WAITING }),
    );
  }

  publish(people: readonly string[], text: string): void {
    const bytes = this.#encoder.encode(text);
    for (const [window, person] of this.#windows) if (people.includes(person)) this.#push(window, bytes);
  }

  broadcast(text: string): void {
    const bytes = this.#encoder.encode(text);
    for (const window of this.#windows.keys()) this.#push(window, bytes);
  }

  /** Ends every stream. */
  close(): void {
    for (const window of [...this.#windows.keys()]) this.#end(window);
  }

  #push(window: ReadableStreamDefaultController<Uint8Array>, bytes: Uint8Array): void {
    if ((window.desiredSize ?? 0) <= 0) this.#end(window);
    else window.enqueue(bytes);
  }

  #end(window: ReadableStreamDefaultController<Uint8Array>): void {
    this.#forget(window);
    window.close();
  }

  #forget(window: ReadableStreamDefaultController<Uint8Array>): void {
    this.#windows.delete(window);
    if (this.#windows.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
