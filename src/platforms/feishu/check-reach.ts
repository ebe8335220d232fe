import { idOf } from "#core/account.ts";
import { attention, type Check, ok } from "#core/check.ts";
import type { CheckContext } from "#core/ports.ts";
import { PAGES } from "./console.ts";

interface Chat {
  chatId: string;
  name: string;
  external: boolean;
}

/** The groups of the roster among those that the bot is in. */
export function checkGroups({ roster, bound }: CheckContext, chats: readonly Chat[]): Check[] {
  const own = roster.file.accounts["feishu"] ?? {};
  const isIn = (name: string): boolean => {
    const known = bound.find((a) => a.kind === "group" && a.name === name && !a.gone);
    const account = own[name] ?? (known && idOf(known));
    return chats.some(
      (chat) => !chat.external && (account === undefined ? chat.name === name : chat.chatId === account),
    );
  };
  const names = roster.file.groups.map((group) => group.name);
  const missing = names.filter((name) => !isIn(name));
  const external = missing.filter((name) => chats.some((chat) => chat.external && chat.name === name));
  const absent = missing.filter((name) => !external.includes(name));
  return [
    ...(missing.length === 0 ? [ok("飞书群", `通讯录里的 ${names.length} 个群，机器人都在`)] : []),
    ...external.map((name) =>
      attention("飞书群", `“${name}”是外部群，机器人不在里面办事`, "请在本单位内建一个同名的内部群，把机器人加进去。"),
    ),
    ...(absent.length > 0
      ? [
          attention(
            "飞书群",
            `机器人不在 ${quoted(absent)} 里`,
            "请在群里点 设置 > 群机器人 > 添加机器人；群名与通讯录不同的，加入后由管理员在群里发 /舆情 绑定 群名。",
          ),
        ]
      : []),
  ];
}

/**
 * The people of the roster for whom an account is known or can be found by telephone number.
 * @param find account by number, for those that have one
 */
export async function checkPeople(
  { roster, bound }: CheckContext,
  find: (mobiles: string[]) => Promise<ReadonlyMap<string, string>>,
): Promise<Check[]> {
  const own = roster.file.accounts["feishu"] ?? {};
  const isBound = (name: string): boolean =>
    own[name] !== undefined || bound.some((a) => a.kind === "person" && a.name === name && !a.gone);
  // Whose account an administrator took away is not looked for by number either.
  const isFreed = (name: string): boolean =>
    bound.some((a) => a.name === name && a.how === "admin" && a.gone !== undefined);
  const people = [...roster.people.values()];
  const freed = people.map((person) => person.name).filter((name) => isFreed(name) && !isBound(name));
  const unbound = people.filter(({ name }) => !isBound(name) && !isFreed(name));
  const silent = unbound.filter((person) => person.phone === undefined).map((person) => person.name);
  const numbers = unbound.flatMap(({ phone }) => phone ?? []);
  const found = numbers.length > 0 ? await find(numbers) : new Map<string, string>();
  const lost = unbound.filter(({ phone }) => phone !== undefined && !found.has(phone)).map((person) => person.name);
  const reached = people.length - freed.length - silent.length - lost.length;
  const binding = "或由管理员在群里发 /舆情 绑定 姓名 @本人";
  return [
    ...(reached > 0 ? [ok("飞书人员", `${people.length} 人中有 ${reached} 人找到了飞书账号`)] : []),
    ...(lost.length > 0
      ? [
          attention(
            "飞书人员",
            `按手机号找不到 ${quoted(lost)}`,
            `请核对通讯录 phones 与本人飞书的手机号，并在“${PAGES.release}”把其部门加入可用范围；${binding}。`,
          ),
        ]
      : []),
    ...(freed.length > 0
      ? [attention("飞书人员", `管理员已解绑 ${quoted(freed)}`, "要送达的，由管理员在群里发 /舆情 绑定 姓名 @本人。")]
      : []),
    ...(silent.length > 0
      ? [attention("飞书人员", `没有手机号：${quoted(silent)}`, `请在通讯录 phones 里补上手机号，${binding}。`)]
      : []),
  ];
}

const MOST = 10;

const quoted = (names: readonly string[]): string =>
  `${names.slice(0, MOST).join("、")}${names.length > MOST ? ` 等 ${names.length} 个` : ""}`;
