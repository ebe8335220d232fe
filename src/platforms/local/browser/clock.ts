import { useEffect, useState } from "preact/hooks";
import type { Instant } from "#core/time.ts";
import type { ClockView } from "../views.ts";

let heard: ClockView = { now: Date.now(), speed: 1 };
let heardAt = performance.now();

/** Takes over the server's time; the clock of this machine may be wrong, and in the time-lapse room means nothing. */
export function setClock(view: ClockView): void {
  heard = view;
  heardAt = performance.now();
}

/** The server's time. */
export function serverNow(): Instant {
  return heard.now + (performance.now() - heardAt) * heard.speed;
}

export function clockSpeed(): number {
  return heard.speed;
}

/** The server's time, again every so many milliseconds of real time. */
export function useNow(everyMs: number): Instant {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return serverNow();
}
