import { idOf, isEarlierName } from "#core/account.ts";
import { BotError } from "#core/errors.ts";
import type { Account, Accounts, Address, Clock, PlatformNews } from "#core/ports.ts";
import type { Roster } from "#core/roster/roster.ts";
import type { Instant } from "#core/time.ts";
import { isChatId, isOpenId } from "../ids.ts";

export interface DirectoryParts {
  accounts: Accounts;
  roster: Roster;
  clock: Clock;
  news: (news: PlatformNews) => Promise<void>;
}

type Kind = Account["kind"];

/** Who has which account, and which chat is which group. Nothing is kept of a person but an id and a name. */
export class Directory {
  readonly #parts: DirectoryParts;
  readonly #byId = new Map<string, Account>();
  readonly #byName = new Map<string, Account>();
  /** Chats that were groups, also those whose name another one has by now: none of them is a private chat. */
  readonly #groupIds = new Set<string>();

  constructor(parts: DirectoryParts) {
    this.#parts = parts;
  }

  /** Reads what is bound. What the roster's file says stands above everything else. @throws BotError bad-roster */
  async load(): Promise<void> {
    const written = this.#writtenAccounts();
    const kept = await this.#parts.accounts.all();
    const now = this.#parts.clock.now();
    const isWrong = (a: Account): boolean => a.kind === "person" && a.gone === undefined && !isOpenId(a.account);
    // In one go: between two messages nobody may be a stranger.
    this.#byId.clear();
    this.#byName.clear();
    for (const account of kept) if (!isWrong(account)) this.#index(account);
    for (const a of [...this.#byId.values()])
      if (a.kind === "guest" && this.#isPerson(a.name))
        await this.put({ ...a, name: `${a.name}·群成员${a.account.slice(-4)}` });
    for (const { name } of kept.filter(isWrong)) await this.#complain(name, now);
    for (const a of [...this.#byId.values()])
      if (a.how === "roster" && !written.some((w) => w.account === a.account && w.name === a.name))
        await this.put({ ...a, how: "seen", gone: a.gone ?? now });
    for (const { kind, name, account } of written) {
      const known = this.#byId.get(account);
      if (known?.name !== name || known.how !== "roster")
        await this.put({ kind, name, account, how: "roster", at: now });
    }
  }

  async #complain(name: string, at: Instant): Promise<void> {
    const text = `绑定给${name}的账号不是飞书账号(应以 ou_ 开头)，联系不到${name}。请发 /舆情 绑定 ${name} @本人。`;
    await this.#parts.news({ type: "finding", at, key: `account/${name}`, text });
  }

  /** Accounts in the roster's file. */
  #writtenAccounts(): Pick<Account, "kind" | "name" | "account">[] {
    const { roster } = this.#parts;
    const wrong: string[] = [];
    const found = Object.entries(roster.file.accounts["feishu"] ?? {}).map(([name, account]) => {
      const kind: Kind = roster.group(name) ? "group" : "person";
      if (kind === "person" && !roster.person(name)) wrong.push(`${name} 不是通讯录里的人或群`);
      else if (kind === "person" ? !isOpenId(account) : !isChatId(account))
        wrong.push(`${name} 的账号应以 ${kind === "person" ? "ou_" : "oc_"} 开头`);
      return { kind, name, account };
    });
    if (wrong.length > 0) throw new BotError("bad-roster", `通讯录 accounts.feishu 有误：\n${wrong.join("\n")}`);
    return found;
  }

  /** Account of a person of the roster, or of a guest; undefined when there is none that can be reached. */
  openIdOf(name: string): string | undefined {
    // A guest never stands for somebody of the roster who has no account.
    return this.#live(this.#isPerson(name) ? "person" : "guest", name)?.account;
  }

  chatIdOf(group: string): string | undefined {
    const account = this.#live("group", group);
    return account && this.groupOf(idOf(account)) !== undefined ? idOf(account) : undefined;
  }

  /** Name in the roster of the person with this account; of nobody else. */
  nameOf(openId: string): string | undefined {
    const account = this.#byId.get(openId);
    return account?.kind === "person" && this.#live("person", account.name) === account ? account.name : undefined;
  }

  /** Name of a member of an enrolled group who is in no roster. */
  guestOf(openId: string): string | undefined {
    const account = this.#byId.get(openId);
    return account?.kind === "guest" ? account.name : undefined;
  }

  isGroup(chatId: string): boolean {
    return this.#groupIds.has(chatId);
  }

  groupOf(chatId: string): string | undefined {
    const account = this.#byId.get(chatId);
    return account?.kind === "group" && account.gone === undefined ? account.name : undefined;
  }

  /** The groups in which the bot is. */
  groups(): Account[] {
    return [...this.#byId.values()].filter((a) => a.kind === "group" && a.gone === undefined && !isEarlierName(a));
  }

  /** How many of the roster's people and groups have an account. */
  found(): { people: number; of: number; groups: number } {
    const names = [...this.#parts.roster.people.keys()];
    const people = names.filter((name) => this.#live("person", name) !== undefined).length;
    return { people, of: names.length, groups: this.groups().length };
  }

  reaches({ kind, name }: Address): boolean {
    return (kind === "group" ? this.chatIdOf(name) : this.openIdOf(name)) !== undefined;
  }

  /** What is known of an account or, with `kind`, of a name; also when it is gone. */
  find(account: string): Account | undefined {
    return this.#byId.get(account);
  }

  named(kind: Kind, name: string): Account | undefined {
    return this.#byName.get(`${kind}:${name}`);
  }

  /** Adds an account, or replaces what was known of it and of its name. */
  async put(account: Account): Promise<void> {
    await this.#parts.accounts.put(account);
    this.#index(account);
  }

  /**
   * A person's account, or a group, cannot be reached any more. Administrators are told once of each loss.
   * @param why in plain words, for administrators
   */
  async lost(id: string, why: string): Promise<void> {
    const account = this.#byId.get(id);
    if (!account || account.gone !== undefined) return;
    const { clock, news, roster } = this.#parts;
    const at = clock.now();
    await this.put({ ...account, gone: at });
    const { kind, name } = account;
    if (kind === "group") return news({ type: "group", id: `lost:${id}:${at}`, at, name, what: "left" });
    if (kind !== "person" || !roster.person(name)) return;
    const advice = `之后的消息改发给下一位。请核对通讯录；仍在岗的，发 /舆情 绑定 ${name} @本人。`;
    await news({
      type: "finding",
      at,
      key: `lost/${name}`,
      text: `飞书联系不到${name}：${why.replace(/。$/u, "")}。${advice}`,
    });
  }

  /** Somebody who was lost speaks again. */
  async back(id: string): Promise<void> {
    const account = this.#byId.get(id);
    if (account?.gone === undefined || this.named(account.kind, account.name) !== account) return;
    // What was taken out of the roster's file stays out.
    if (account.kind === "person" && account.how === "seen") return;
    const { gone: _, ...reachable } = account;
    await this.put(reachable);
  }

  #live(kind: Kind, name: string): Account | undefined {
    const account = this.named(kind, name);
    const isOurs = kind !== "person" || this.#isPerson(name);
    return isOurs && account?.gone === undefined ? account : undefined;
  }

  #isPerson(name: string): boolean {
    return this.#parts.roster.person(name) !== undefined;
  }

  #index(account: Account): void {
    if (account.kind === "group") this.#groupIds.add(idOf(account));
    const before = this.#byId.get(account.account);
    if (before) this.#byName.delete(keyOf(before));
    const displaced = this.#byName.get(keyOf(account));
    if (displaced) this.#byId.delete(displaced.account);
    this.#byId.set(account.account, account);
    this.#byName.set(keyOf(account), account);
  }
}

const keyOf = ({ kind, name }: Account): string => `${kind}:${name}`;
