import type { Lane } from "#core/ports.ts";
import { type Instant, MINUTE, SECOND } from "#core/time.ts";
import { FeishuError } from "./errors.ts";

/** What a call uses up: the allowance of a chat (id of a person or a group), that of a message that is edited, and the app's. */
export interface Use {
  chat?: string;
  edits?: string;
}

/**
 * Feishu allows an app 50 calls a second and 1000 a minute, and 5 a second for each person, each group and each message that
 * is edited. A little less is used, because calls that leave evenly do not arrive evenly.
 */
const PER_MINUTE = 960;
const APART = SECOND / 46;
/**
 * A call that leaves later than it could have is made up for, but one only: waking up and reading from the database always take
 * some milliseconds, which would add up to a tenth of the rate. At most 48 calls leave in a second, so that 65 ms by which some
 * are held up on their way do not make it more than 50.
 */
const CATCH_UP = APART;
const APART_IN_ONE_PLACE = SECOND / 4.8;

/** Calls of a minute that only answers, reminders and escalations may use. */
const RESERVE = PER_MINUTE / 10;

/** Code of a refusal because of what one person, group or message gets; other bots of a group count, too. */
const TOO_MUCH_HERE = 230020;
/** The same for the app as a whole; newer services say it by the HTTP status alone. */
const TOO_MUCH = 99991400;
const TOO_MANY_REQUESTS = 429;

/** Keeps the rates of one app: says from when a call may be made, and takes note of each. */
export class Limiter {
  readonly #now: () => Instant;
  /** The last calls, oldest first: a ring as long as a minute's allowance. */
  readonly #calls: Instant[] = [];
  #oldest = 0;
  /** From when on the app may be used again. */
  #free: Instant = 0;
  /** The same for single chats and messages, as far as that is not over. */
  readonly #freePlaces = new Map<string, Instant>();

  constructor(now: () => Instant) {
    this.#now = now;
  }

  /** The instant from which such a call of this lane may be made: now, if that is so already. */
  freeAt(use: Use, lane: Lane): Instant {
    const allowed = lane >= 2 ? PER_MINUTE - RESERVE : PER_MINUTE;
    // The call that must be a minute old before there is room for another.
    const before = this.#callBefore(allowed);
    const places = placesOf(use).map((place) => this.#freePlaces.get(place) ?? 0);
    return Math.ceil(Math.max(this.#now(), this.#free, before === undefined ? 0 : before + MINUTE, ...places));
  }

  /** Takes note of a call that is being made. */
  take(use: Use): void {
    const now = this.#now();
    this.#calls[this.#oldest] = now;
    this.#oldest = (this.#oldest + 1) % PER_MINUTE;
    this.#free = Math.max(this.#free, now - CATCH_UP) + APART;
    this.#forget(now);
    for (const place of placesOf(use)) this.#block(place, now + APART_IN_ONE_PLACE);
  }

  /** Feishu says from when on it takes calls again: of this chat, of edits of this message, or with neither of the app. */
  blockUntil(scope: Use, until: Instant): void {
    const places = placesOf(scope);
    if (places.length === 0) this.#free = Math.max(this.#free, until);
    for (const place of places) this.#block(place, until);
  }

  /** Takes note of a refusal for going too fast; `account` is the chat or the message. Other errors change nothing. */
  refused(error: unknown, account: string): void {
    if (!(error instanceof FeishuError)) return;
    const until = this.#now() + (error.retryAfterMs ?? SECOND);
    if (error.code === TOO_MUCH_HERE) this.blockUntil({ chat: account, edits: account }, until);
    else if (error.code === TOO_MUCH || error.status === TOO_MANY_REQUESTS) this.blockUntil({}, until);
  }

  #block(place: string, until: Instant): void {
    this.#freePlaces.set(place, Math.max(this.#freePlaces.get(place) ?? 0, until));
  }

  /** When the call was made that lies so many calls back; undefined when there were fewer. */
  #callBefore(count: number): Instant | undefined {
    return this.#calls[(this.#oldest - count + PER_MINUTE) % PER_MINUTE];
  }

  #forget(now: Instant): void {
    if (this.#freePlaces.size < PER_MINUTE) return;
    for (const [place, free] of this.#freePlaces) if (free <= now) this.#freePlaces.delete(place);
  }
}

const placesOf = ({ chat, edits }: Use): string[] => [
  ...(chat === undefined ? [] : [`chat ${chat}`]),
  ...(edits === undefined ? [] : [`edit ${edits}`]),
];
