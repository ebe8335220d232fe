import type { StreamEvents } from "../views.ts";
import { apiUrl } from "./api.ts";

export interface LiveListener {
  event<T extends keyof StreamEvents>(name: T, data: StreamEvents[T]): void;
  /** The stream came up or broke off. */
  online(yes: boolean): void;
}

const NAMES = ["message", "read", "clock", "reset"] as const satisfies (keyof StreamEvents)[];
/** No event for so long, three heartbeats, means a dead connection that the browser has not noticed. */
const SILENCE = 45_000;
const RETRY = [500, 1_000, 2_000, 5_000];

/** Follows the event stream of a person from a cursor on, across breaks. Returns a function that ends it. */
export function followLive(me: string, from: string, listener: LiveListener): () => void {
  let cursor = from;
  let failures = 0;
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const later = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(connect, ms);
  };
  const lost = (): void => {
    source?.close();
    listener.online(false);
    later(RETRY[Math.min(failures, RETRY.length - 1)] ?? 0);
    failures += 1;
  };
  const connect = (): void => {
    source?.close();
    source = new EventSource(apiUrl("stream", { as: me, after: cursor }));
    later(SILENCE);
    source.onerror = lost;
    for (const name of NAMES)
      source.addEventListener(name, (event: MessageEvent<string>) => {
        failures = 0;
        listener.online(true);
        later(SILENCE);
        if (event.lastEventId) cursor = event.lastEventId;
        listener.event(name, JSON.parse(event.data));
      });
  };
  connect();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
