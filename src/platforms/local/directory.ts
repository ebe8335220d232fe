import type { Address, ChatRef } from "#core/ports.ts";
import type { Person, Roster } from "#core/roster/roster.ts";
import type { Unit } from "#core/roster/schema.ts";
import type { ChatId, PersonView, SuggestedPerson } from "./views.ts";

const POSTS = { liaison: "联络员", deputy: "分管负责人", head: "主要负责人" } as const;

/** Who exists, which chats there are, and who sees which: all of it follows from the roster. */
export class Directory {
  readonly people: readonly PersonView[];
  readonly #roster: Roster;
  readonly #byName: ReadonlyMap<string, PersonView>;
  readonly #groups: ReadonlyMap<ChatId, { name: string; members: readonly string[] }>;

  constructor(roster: Roster) {
    this.#roster = roster;
    this.people = [...roster.people.values()].map((p) => ({ name: p.name, post: postOf(p) }));
    this.#byName = new Map(this.people.map((p) => [p.name, p]));
    this.#groups = new Map(
      roster.file.groups.map((g) => [`group:${g.name}`, { name: g.name, members: roster.members(g) }]),
    );
  }

  person(name: string): PersonView | undefined {
    return this.#byName.get(name);
  }

  /** The chats a person takes part in; the private one with the bot comes first. */
  chatsOf(name: string): ChatId[] {
    return [`user:${name}`, ...[...this.#groups].filter(([, g]) => g.members.includes(name)).map(([id]) => id)];
  }

  sees(name: string, chat: ChatId): boolean {
    return this.members(chat).includes(name);
  }

  /** Names of the people in a chat, without the bot; none for an unknown chat. */
  members(chat: ChatId): readonly string[] {
    const group = this.#groups.get(chat);
    if (group) return group.members;
    const name = chat.startsWith("user:") ? chat.slice("user:".length) : "";
    return this.#byName.has(name) ? [name] : [];
  }

  chatOf(to: Address): ChatId | undefined {
    const id = `${to.kind}:${to.name}`;
    return this.members(id).length > 0 ? id : undefined;
  }

  refOf(chat: ChatId): ChatRef {
    return chat.startsWith("group:")
      ? { kind: "group", name: chat.slice("group:".length) }
      : { kind: "private", name: chat.slice("user:".length) };
  }

  /** One person for each part in the work, for somebody who sees this for the first time. */
  suggested(): SuggestedPerson[] {
    const roster = this.#roster;
    const unit = roster.units.find((u) => !u.role && u.jurisdiction === roster.home && u.liaison.length > 0);
    const parts: [string | undefined, string][] = [
      [roster.cyberspace?.liaison[0], "发现舆情，在群里上报"],
      [roster.withRole("组织协调")[0], "研判、转办、盯时限"],
      [unit?.liaison[0], "承办单位，签收和回应"],
      [roster.headOfGovernment?.name, "快到期时收到私信提醒"],
    ];
    return parts.flatMap(([name, does]) => {
      const person = name ? this.person(name) : undefined;
      return person ? [{ ...person, does }] : [];
    });
  }
}

function postOf(person: Person): string {
  const posts = new Map<Unit, string[]>();
  for (const { unit, post, order } of person.posts) {
    const label = post === "liaison" ? `${POSTS.liaison}${"AB"[order] ?? order + 1}岗` : POSTS[post];
    posts.set(unit, [...(posts.get(unit) ?? []), label]);
  }
  return [
    ...(person.leader ? [person.leader.post] : []),
    ...[...posts].map(([unit, labels]) => `${unit.aliases[0] ?? unit.name} ${labels.join("、")}`),
    ...person.roles,
  ].join(" · ");
}
