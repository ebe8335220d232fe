import type { Arrivals, Clock } from "#core/ports.ts";
import { dayOf } from "#core/time.ts";
import type { Directory } from "./directory.ts";
import type { Guests } from "./guests.ts";
import { soon } from "./lookup.ts";
import { once } from "./once.ts";
import type { Phones } from "./phones.ts";

export interface PeopleParts {
  directory: Directory;
  phones: Pick<Phones, "refreshForStranger">;
  guests: Guests;
  arrivals: Arrivals;
  clock: Clock;
  /** Says a line to somebody privately; the same uuid is sent once. */
  say: (openId: string, text: string, uuid: string) => Promise<void>;
}

/** Who is behind an account. `known` is a person of the roster; others may report and nothing else. */
export interface Who {
  name: string;
  known: boolean;
}

const UNBOUND = "您还没有绑定，机器人不知道您是谁。请管理员发 /舆情 绑定 您的姓名 @您，绑定后再来。";

/** Finds out who acts. */
export class People {
  readonly #parts: PeopleParts;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  /** @returns undefined for an account that nobody knows and that was never met in a group */
  async who(openId: string, inGroup: boolean): Promise<Who | undefined> {
    const { directory, phones, guests } = this.#parts;
    const person = (): Who | undefined => {
      const name = directory.nameOf(openId);
      return name === undefined ? undefined : { name, known: true };
    };
    // Whoever acts is there, whatever was thought before.
    await directory.back(openId);
    const known = person();
    if (known) return known;
    const guest = directory.guestOf(openId);
    if (guest !== undefined) return { name: guest, known: false };
    await soon(phones.refreshForStranger());
    return person() ?? (inGroup ? { name: await guests.meet(openId), known: false } : undefined);
  }

  /** Tells somebody whom nobody knows what to do; once a day. */
  async turnAway(openId: string): Promise<void> {
    const { arrivals, clock, say } = this.#parts;
    const now = clock.now();
    const day = dayOf(now);
    if (await once(arrivals, `unbound:${openId}:${day}`, now))
      await say(openId, UNBOUND, `ub-${day}-${openId}`.slice(0, 50));
  }
}
