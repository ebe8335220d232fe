import { earlierName } from "#core/account.ts";
import { BotError } from "#core/errors.ts";
import type { Account, Clock, PlatformNews } from "#core/ports.ts";
import type { Roster } from "#core/roster/roster.ts";
import { dayOf, type Instant, MINUTE } from "#core/time.ts";
import type { Directory } from "./directory.ts";
import { type Lookup, plainName, soon } from "./lookup.ts";

export interface GroupsParts {
  directory: Directory;
  roster: Roster;
  api: Pick<Lookup, "chat" | "chats">;
  clock: Clock;
  news: (news: PlatformNews) => Promise<void>;
  /** Says a line in a chat that is no group of ours; `key` is said once. */
  say: (chatId: string, text: string, key: string) => Promise<void>;
}

/** What an event tells of a group; what it leaves out is asked of the platform. */
export interface Meeting {
  chatId: string;
  name?: string | undefined;
  external?: boolean | undefined;
  /** Id of the event, by which it is told once. */
  id?: string;
  at?: Instant;
  /** Who did it. */
  by?: string | undefined;
}

const ASK_AGAIN = MINUTE;

/** A group of which nobody could tell yet what it is called, or whether it has outsiders. */
const nameless = (chatId: string): string => `群·${chatId.slice(-4)}`;

const EXTERNAL = "这是外部群，群里有本单位以外的人。机器人不在外部群里接收舆情，请把它移出本群，在内部群或私聊中使用。";

const unclear = (name: string): BotError =>
  new BotError("platform", `群“${name}”是不是外部群，飞书没有及时回答，群里的消息等飞书再次推送时处理。`);

/** The groups in which the bot is, and under which name each is known. A group with outsiders is none. */
export class Groups {
  readonly #parts: GroupsParts;
  readonly #external = new Set<string>();
  /** When a group's name was last asked for. */
  readonly #asked = new Map<string, Instant>();
  readonly #meeting = new Map<string, Promise<string | undefined>>();

  constructor(parts: GroupsParts) {
    this.#parts = parts;
  }

  /** Name of a group that is known; undefined for others, and for private chats. */
  nameOf(chatId: string): string | undefined {
    return this.#parts.directory.groupOf(chatId);
  }

  /** A group in which the bot does nothing, or nothing any more. */
  isClosed(chatId: string): boolean {
    return this.#external.has(chatId) || (this.#parts.directory.isGroup(chatId) && this.nameOf(chatId) === undefined);
  }

  /**
   * Name of the group with this chat id, learned if need be; undefined for a group with outsiders.
   * @throws BotError for one that was gone, as long as nobody can say whether outsiders are in it
   */
  meet(meeting: Meeting): Promise<string | undefined> {
    const { chatId } = meeting;
    if (this.#external.has(chatId)) return Promise.resolve(undefined);
    const known = this.#parts.directory.groupOf(chatId);
    if (known !== undefined && meeting.external !== true && !this.#mayLearnName(known, meeting))
      return Promise.resolve(known);
    const running = this.#meeting.get(chatId) ?? this.#learn(meeting).finally(() => this.#meeting.delete(chatId));
    this.#meeting.set(chatId, running);
    return running;
  }

  /** A group of which too little is known is asked about again, as often as it does not matter. */
  #mayLearnName(known: string, { chatId, name }: Meeting): boolean {
    if (known !== nameless(chatId)) return false;
    return name !== undefined || this.#parts.clock.now() - (this.#asked.get(chatId) ?? 0) >= ASK_AGAIN;
  }

  async #learn({ chatId, name, external, id, at, by }: Meeting): Promise<string | undefined> {
    const { directory, roster, api, clock, news } = this.#parts;
    const asked = name !== undefined && external !== undefined ? undefined : await soon(api.chat(chatId));
    const now = clock.now();
    this.#asked.set(chatId, now);
    const isExternal = external ?? asked?.external;
    const told = this.#named(name ?? asked?.name ?? "");
    if (isExternal) {
      await this.#refuse(chatId, told || "（未知）");
      return undefined;
    }
    const before = directory.find(chatId);
    // It may be full of outsiders by now: what it was stays as it is until that is known.
    if (isExternal === undefined && before?.gone !== undefined) throw unclear(told || before.name);
    // What may have outsiders is none of the roster's groups, whatever it is called.
    const shown = isExternal === undefined ? "" : told;
    const account = await this.#enrol(chatId, shown, before);
    if (before?.gone === undefined && before?.name === account.name) return account.name;
    const what = roster.group(account.name) ? "joined" : "unknown";
    const event = { id: id ?? `joined:${chatId}:${before?.gone ?? 0}`, at: at ?? now, name: account.name };
    await news({ type: "group", ...event, what, ...(by ? { by } : {}) });
    return account.name;
  }

  /** As the roster writes it, if it is one of its groups. */
  #named(name: string): string {
    const shown = plainName(name);
    return this.#parts.roster.file.groups.find((g) => plainName(g.name) === shown)?.name ?? shown;
  }

  /** First come, first bound: a second group of the same name is another group. */
  async #enrol(chatId: string, shown: string, before: Account | undefined): Promise<Account> {
    const { directory, roster, clock } = this.#parts;
    const free = (name: string): boolean => {
      const holder = directory.named("group", name);
      return holder === undefined || holder.account === chatId || (holder.gone !== undefined && holder.how === "name");
    };
    const own = shown ? `${shown}·${chatId.slice(-4)}` : nameless(chatId);
    // A group that comes back is what it was, unless another one has taken its place.
    const name =
      before && before.how !== "seen" && free(before.name) ? before.name : shown && free(shown) ? shown : own;
    const how =
      before?.name === name && before.how !== "seen" ? before.how : shown && roster.group(name) ? "name" : "seen";
    const account: Account = { kind: "group", name, account: chatId, how, at: clock.now() };
    await directory.put(account);
    // What was said of it before still goes there.
    if (before && before.name !== name) await directory.put(earlierName(before));
    return account;
  }

  async #refuse(chatId: string, shown: string): Promise<void> {
    const { directory, clock, news, say } = this.#parts;
    this.#external.add(chatId);
    const before = directory.find(chatId);
    if (before) await directory.put({ ...before, gone: before.gone ?? clock.now() });
    await say(chatId, EXTERNAL, `external:${chatId}`);
    const text = `机器人在外部群“${shown}”里。外部群里有本单位以外的人，机器人不在其中办事；请把它移出该群。`;
    await news({ type: "finding", at: clock.now(), key: `external/${chatId}`, text });
  }

  /** The bot was taken out of a group, or the group is gone. */
  async left({ chatId, id, at, by }: Meeting & { id: string; at: Instant }): Promise<void> {
    const { directory, news } = this.#parts;
    this.#external.delete(chatId);
    const account = directory.find(chatId);
    if (!account || account.gone !== undefined) return;
    await directory.put({ ...account, gone: at });
    await news({ type: "group", id, at, name: account.name, what: "left", ...(by ? { by } : {}) });
  }

  /** A group that is bound stays what it is, whatever it is called: cases and digests go where they went. */
  async renamed(chatId: string, to: string): Promise<void> {
    const { directory, roster, clock, news } = this.#parts;
    const name = directory.groupOf(chatId);
    const shown = this.#named(to);
    if (name === nameless(chatId) && shown !== "") {
      await this.meet({ chatId, name: shown });
      return;
    }
    if (name === undefined || name === shown || !roster.group(name)) return;
    const text = `群“${name}”在飞书里改名为“${shown}”，仍作为“${name}”使用。如已不是这个群，请把机器人移出。`;
    await news({ type: "finding", at: clock.now(), key: `renamed/${chatId}/${shown}`, text });
  }

  /** Learns of groups that the bot joined or left while it was down. Rejects when the platform cannot say. */
  async refresh(): Promise<void> {
    const { directory, api, clock } = this.#parts;
    // A group that the bot joins while the list is on its way stands in no list.
    const before = directory.groups();
    const chats = await api.chats();
    for (const { chatId, name, external } of chats) await this.meet({ chatId, name: name || undefined, external });
    // No list at all says nothing: the permission may be missing.
    if (chats.length === 0) return;
    const now = clock.now();
    const isSame = (g: Account): boolean => directory.find(g.account) === g;
    const missing = before.filter((g) => isSame(g) && !chats.some((c) => c.chatId === g.account));
    for (const g of missing) await this.left({ chatId: g.account, id: `missing:${g.account}:${dayOf(now)}`, at: now });
  }
}
