import type { Kysely } from "kysely";
import type { Anchor } from "#core/store.ts";
import { type Day, dayOf } from "#core/time.ts";
import type { Break } from "#core/verification.ts";
import { headsHash } from "./chain.ts";
import type { Row, Tables } from "./schema.ts";

/**
 * Recomputes every anchor while the events pass by in the order in which they were appended: an anchor covers all events up to
 * its last one.
 */
export class AnchorWalk {
  readonly #anchors: Row<"anchors">[];
  readonly #heads = new Map<string, string>();
  /** Case numbers in order. They come nearly in order, so that keeping them so costs next to nothing. */
  readonly #ids: string[] = [];
  readonly #perDay = new Map<Day, number>();
  #next = 0;
  #last = 0;
  broken: Break | undefined;

  private constructor(anchors: Row<"anchors">[]) {
    this.#anchors = anchors;
  }

  static async over(db: Kysely<Tables>): Promise<AnchorWalk> {
    return new AnchorWalk(await db.selectFrom("anchors").selectAll().orderBy("last_event").orderBy("at").execute());
  }

  list(): Anchor[] {
    return this.#anchors.map(({ day, at, hash, events }) => ({ day, at: Number(at), hash, events }));
  }

  /** The event with this id is next: anchors that end before it are checked. */
  before(id: number): void {
    for (;;) {
      const anchor = this.#anchors[this.#next];
      if (anchor === undefined || Number(anchor.last_event) >= id) return;
      this.#next++;
      this.#check(anchor);
    }
  }

  append({ id, case_id, at, hash }: { id: number; case_id: string; at: number; hash: string }): void {
    if (!this.#heads.has(case_id)) insert(this.#ids, case_id);
    this.#heads.set(case_id, hash);
    const day = dayOf(at);
    this.#perDay.set(day, (this.#perDay.get(day) ?? 0) + 1);
    this.#last = id;
  }

  /** No more events. */
  finish(): void {
    this.before(Number.POSITIVE_INFINITY);
  }

  #check(anchor: Row<"anchors">): void {
    if (this.broken) return;
    const isWhole = Number(anchor.last_event) === this.#last;
    if (!isWhole || headsHash(this.#inOrder()) !== anchor.hash || (this.#perDay.get(anchor.day) ?? 0) !== anchor.events)
      this.broken = { fault: "anchor", day: anchor.day, at: Number(anchor.at) };
  }

  *#inOrder(): Generator<{ id: string; head: string }> {
    for (const id of this.#ids) yield { id, head: this.#heads.get(id) ?? "" };
  }
}

function insert(sorted: string[], id: string): void {
  let at = sorted.length;
  while (at > 0 && (sorted[at - 1] as string) > id) at--;
  sorted.splice(at, 0, id);
}
