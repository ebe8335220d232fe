import type { RoleName, RosterFile } from "../schema.ts";
import type { Draft } from "./draft.ts";
import { type DraftUnit, type DraftUnits, set } from "./read-units.ts";
import type { Cell } from "./table.ts";
import type { PostWord } from "./words.ts";

interface Holder {
  name: string;
  cell: Cell;
  order?: number | undefined;
}

type PostKind = PostWord["post"];

const POST_NAMES: Record<PostKind, string> = { liaison: "联络员", deputy: "分管领导", head: "主要负责人" };

/** Who holds which post and role by a file. What the file has no column or word for stays as the office has it. */
export class DraftPosts {
  readonly #draft: Draft;
  readonly #said = new Set<PostKind>();
  readonly #holders = new Map<DraftUnit, Record<PostKind, Holder[]>>();
  readonly #roles = new Map<RoleName, Holder[]>();

  constructor(draft: Draft) {
    this.#draft = draft;
  }

  /** The file speaks of this post, if only to leave it empty. */
  speaksOf(post: PostKind): void {
    this.#said.add(post);
  }

  hold(unit: DraftUnit, { post, order }: PostWord, name: string, cell: Cell): void {
    this.#said.add(post);
    const posts = this.#holders.get(unit) ?? { liaison: [], deputy: [], head: [] };
    this.#holders.set(unit, posts);
    const twin = posts[post].find((h) => (post === "liaison" ? order !== undefined && h.order === order : true));
    if (!twin) posts[post].push({ name, cell, order });
    else if (twin.name === name)
      this.#draft.note(cell, `${name} 写了两遍，按一遍算(另一处在第 ${twin.cell.place.row} 行)`);
    else
      this.#draft.error(
        cell,
        `${unit.name} 的${POST_NAMES[post]}在第 ${twin.cell.place.row} 行已写 ${twin.name}，这里又写 ${name}，${
          post === "liaison" ? "请改成不同的岗" : "只能写一人"
        }`,
      );
  }

  play(role: RoleName, name: string, cell: Cell): void {
    const holders = this.#roles.get(role) ?? [];
    this.#roles.set(role, holders);
    if (holders.some((h) => h.name === name)) this.#draft.note(cell, `${name} 的${role}写了两遍，按一遍算`);
    else holders.push({ name, cell });
  }

  /** Writes the posts into the units that the file names. @param all the file is a whole roster: every post of it is said */
  giveTo(units: DraftUnits, all: boolean): void {
    const said: PostKind[] = all ? ["liaison", "deputy", "head"] : [...this.#said];
    for (const unit of units.named) {
      const at = units.list.indexOf(unit);
      const posts = this.#holders.get(unit);
      for (const post of said) {
        const holders = post === "liaison" ? inOrder(posts?.liaison ?? []) : (posts?.[post] ?? []);
        if (post === "liaison") unit.liaison = holders.map((h) => h.name);
        else set(unit, post, holders[0]?.name);
        holders.forEach((h, i) => {
          this.#draft.put(["units", at, post, ...(post === "liaison" ? [i] : [])], h.cell);
        });
      }
    }
  }

  /** The roles of the roster: those that the file speaks of, and of the others what the office has. */
  roles(base: RosterFile["roles"], all: boolean): RosterFile["roles"] {
    const roles: RosterFile["roles"] = all ? {} : { ...base };
    for (const [role, holders] of this.#roles) {
      roles[role] = holders.map((h) => h.name);
      holders.forEach((h, i) => {
        this.#draft.put(["roles", role, i], h.cell);
      });
    }
    return roles;
  }
}

/** Those whose word says A, B … at their place, the others behind them as they come. */
function inOrder(holders: readonly Holder[]): Holder[] {
  const set = holders.filter((h) => h.order !== undefined).sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  return [...set, ...holders.filter((h) => h.order === undefined)];
}
