import { simplify } from "#core/intake/traditional.ts";
import type { Clock } from "#core/ports.ts";
import type { Roster } from "#core/roster/roster.ts";
import type { Directory } from "./directory.ts";
import { type Lookup, plainName, soon } from "./lookup.ts";

export interface GuestsParts {
  directory: Directory;
  roster: Roster;
  api: Pick<Lookup, "user">;
  clock: Clock;
}

/** Members of enrolled groups who are in no roster: they may report, and are known by a name that nobody else bears. */
export class Guests {
  readonly #parts: GuestsParts;
  readonly #meeting = new Map<string, Promise<string>>();

  constructor(parts: GuestsParts) {
    this.#parts = parts;
  }

  /** The name under which this account is known from now on. */
  meet(openId: string): Promise<string> {
    const known = this.#parts.directory.guestOf(openId);
    if (known !== undefined) return Promise.resolve(known);
    const meeting = this.#meeting.get(openId) ?? this.#introduce(openId).finally(() => this.#meeting.delete(openId));
    this.#meeting.set(openId, meeting);
    return meeting;
  }

  async #introduce(openId: string): Promise<string> {
    const { api, directory, clock } = this.#parts;
    const shown = plainName((await soon(api.user(openId)))?.name ?? "", 12);
    const name = this.#distinct(shown || "群成员", openId);
    await directory.put({ kind: "guest", name, account: openId, how: "seen", at: clock.now() });
    return name;
  }

  /** A guest must never pass for somebody of the roster, however the name is spelt, nor for another guest. */
  #distinct(shown: string, openId: string): string {
    const { directory, roster } = this.#parts;
    const looksKnown = [...roster.people.keys()].some((name) => bare(shown).includes(bare(name)));
    const isFree = (name: string): boolean =>
      directory.named("guest", name) === undefined && directory.named("person", name) === undefined;
    if (!looksKnown && shown !== "群成员" && isFree(shown)) return shown;
    const base = looksKnown ? `${shown}·群成员` : `${shown}·`;
    for (let length = 4; ; length += 4) {
      const name = base + openId.slice(-length);
      if (isFree(name) || length >= openId.length) return name;
    }
  }
}

/** What the eye reads of a name. */
const bare = (name: string): string => simplify(name).replace(/[^\p{L}\p{N}]/gu, "");
