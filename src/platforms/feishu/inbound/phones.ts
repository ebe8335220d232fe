import type { Account, Clock, PlatformNews } from "#core/ports.ts";
import type { Roster } from "#core/roster/roster.ts";
import { MINUTE } from "#core/time.ts";
import type { Directory } from "./directory.ts";
import type { Lookup } from "./lookup.ts";

export interface PhonesParts {
  directory: Directory;
  roster: Roster;
  api: Pick<Lookup, "openIdsByMobile">;
  clock: Clock;
  news: (news: PlatformNews) => Promise<void>;
  report: (error: unknown, doing: string) => void;
}

/** Binds the people of the roster by their telephone numbers; what the roster's file or an administrator says stands above it. */
export class Phones {
  readonly #parts: PhonesParts;
  #last = Number.NEGATIVE_INFINITY;
  #running: Promise<boolean> | undefined;

  constructor(parts: PhonesParts) {
    this.#parts = parts;
  }

  /** Looks all numbers up again: who joined the platform is bound, who left it is not reached any more. @returns false when it failed */
  refresh(): Promise<boolean> {
    this.#last = this.#parts.clock.now();
    const failed = (error: unknown): boolean => {
      this.#parts.report(error, "feishu phones");
      return false;
    };
    this.#running ??= this.#look()
      .then(() => true, failed)
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  /** The same because somebody unknown speaks: at most once a minute, and only while somebody is unbound. */
  async refreshForStranger(): Promise<void> {
    const { clock, directory } = this.#parts;
    const isDue = clock.now() - this.#last >= MINUTE;
    if (this.#running) await this.#running;
    else if (isDue && this.#byPhone().some((p) => directory.openIdOf(p.name) === undefined)) await this.refresh();
  }

  #byPhone(): { name: string; phone: string; account: Account | undefined }[] {
    const { directory, roster } = this.#parts;
    return Object.entries(roster.file.phones)
      .map(([name, phone]) => ({ name, phone, account: directory.named("person", name) }))
      .filter(({ account }) => account === undefined || account.how === "phone" || account.how === "seen");
  }

  async #look(): Promise<void> {
    const { api, directory, clock, news, roster } = this.#parts;
    const people = this.#byPhone();
    if (people.length === 0) return;
    const found = await api.openIdsByMobile([...new Set(people.map((p) => p.phone))]);
    const at = clock.now();
    // Nobody at all: a permission is missing, and the people are where they were.
    if (found.size === 0) {
      const text =
        "按手机号在飞书里没有找到通讯录中的任何人。请检查应用的可用范围和“通过手机号获取用户 ID”权限，或用 /舆情 绑定。";
      return news({ type: "finding", at, key: "phones/none", text });
    }
    for (const { name, phone, account } of people) {
      const openId = found.get(phone);
      if (openId === undefined) {
        if (account) await directory.lost(account.account, "飞书里已找不到通讯录登记的手机号");
        continue;
      }
      if (account?.account === openId && account.gone === undefined) continue;
      const holder = directory.find(openId);
      const isTaken = holder?.kind === "person" && holder.name !== name && roster.person(holder.name) !== undefined;
      if (!isTaken) await directory.put({ kind: "person", name, account: openId, how: "phone", at });
      else if (holder.how === "phone")
        await news({
          type: "finding",
          at,
          key: `phones/${name}`,
          text: `${holder.name}和${name}登记的是同一个飞书账号，消息只发给${holder.name}。请核对通讯录的 phones。`,
        });
    }
  }
}
