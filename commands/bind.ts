import { earlierName, isEarlierName, noAccount } from "#core/account.ts";
import { nearestName } from "#core/nearest-name.ts";
import type { Account } from "#core/ports.ts";
import type { Roster } from "#core/roster/roster.ts";
import { type AccountBook, type Answer, type CommandContext, defineCommand, note, refusal } from "#src/chat/command.ts";

/** 绑定: tells the bot which account on the chat platform is whose, and which group is which. */
export default defineCommand({
  name: "bind",
  word: "绑定",
  aliases: ["解绑"],
  summary: "把聊天账号绑定到通讯录人员，或把本群绑定为通讯录中的群",
  usage: "/舆情 绑定 张志远 @张志远",
  who: ["管理员"],
  target: "none",
  fields: [{ name: "账号", hint: "平台账号；填“无”为解绑" }],
  async run(context) {
    const { args, book, office } = context;
    if (!book) return refusal("这个平台不用绑定：人员和群以通讯录为准。");
    const mentions = book.mentioned.map((m) => m.written);
    const name = mentions.reduce((text, m) => text.replace(m, " "), args.text).trim();
    const known = await book.all();
    if (name === "") return standing(known, office.roster);
    if (office.roster.group(name)) return bindGroup(name, known, book, context);
    if (office.roster.person(name)) return bindPerson(name, known, book, context);
    const names = [...office.roster.people.keys(), ...office.roster.file.groups.map((g) => g.name)];
    const near = names.filter((n) => nearestName(name, [n]) !== undefined).slice(0, 3);
    const hint = near.length > 0 ? `相近的有：${near.join("、")}。` : "请写通讯录中的人名或群名。";
    return refusal(`通讯录里没有“${name}”。${hint}`);
  },
});

/** Ids of accounts on the platforms that there are. */
const ACCOUNT = /^[\w-]{5,100}$/u;
const IN_FILE = "写在通讯录文件的 accounts 里，请改通讯录文件后重启";
const SHOWN = 20;

async function bindPerson(
  name: string,
  known: readonly Account[],
  book: AccountBook,
  { args, now }: CommandContext,
): Promise<Answer> {
  const before = known.find((a) => a.kind === "person" && a.name === name);
  if (before?.how === "roster") return refusal(`${name}的账号${IN_FILE}。`);
  const typed = args.fields["账号"]?.trim();
  if (args.word === "解绑" || typed === "无") {
    if (!before || before.gone !== undefined) return refusal(`${name}没有绑定账号，不用解绑。`);
    await book.put(noAccount(name, now));
    return note(`已解绑 ${name}`, ["机器人不再给原账号发消息，也不再接受它以此身份办事。"]);
  }
  const [first, second] = book.mentioned;
  if (second) return refusal(`一次绑定一人，请只 @${name}本人。`);
  const account = typed ?? first?.account;
  if (account === undefined) return refusal(`请 @${name}本人，例如：/舆情 绑定 ${name} @${name}；或写 账号=。`);
  if (!ACCOUNT.test(account)) return refusal("账号的格式不对，请从平台管理后台复制。");
  const holder = known.find((a) => a.account === account && a.kind === "person" && a.gone === undefined);
  if (holder?.how === "roster") return refusal(`这个账号是${holder.name}的，${IN_FILE}。`);
  await book.put({ kind: "person", name, account, how: "admin", at: now });
  const written = typed === undefined ? (first?.written ?? "") : account;
  const moved =
    holder && holder.name !== name ? [`这个账号原来绑定的是${holder.name}，${holder.name}现在没有账号。`] : [];
  return note(`已绑定 ${name}`, [`${name} 的账号是 ${written}。`, ...moved, "绑错了请发：/舆情 解绑 姓名。"]);
}

async function bindGroup(
  name: string,
  known: readonly Account[],
  book: AccountBook,
  { chat, now }: CommandContext,
): Promise<Answer> {
  if (chat.kind !== "group") return refusal(`请在要绑定的群里发：/舆情 绑定 ${name}。`);
  const groups = known.filter((a) => a.kind === "group" && !isEarlierName(a));
  const here = groups.find((a) => a.name === chat.name);
  if (!here) return refusal("还没有取得本群的账号，请把机器人移出后重新加入本群。");
  if (here.name === name) return refusal(`本群已经是“${name}”，不用重复绑定。`);
  const before = groups.find((a) => a.name === name && a.gone === undefined);
  if (before?.how === "roster" || here.how === "roster") return refusal(`“${name}”的群账号${IN_FILE}。`);
  await book.put(earlierName(here));
  await book.put({ kind: "group", name, account: here.account, how: "admin", at: now });
  const moved = before ? [`原来绑定为“${name}”的群不再接收案件卡片和日报。`] : [];
  return note(`本群已绑定为“${name}”`, [...moved, "案件卡片和日报将发到本群。"]);
}

/** Who and what has no account yet. */
function standing(known: readonly Account[], roster: Roster): Answer {
  const has = (kind: Account["kind"], name: string): boolean =>
    known.some((a) => a.kind === kind && a.name === name && a.gone === undefined);
  const people = [...roster.people.keys()];
  const unbound = people.filter((n) => !has("person", n));
  const groups = roster.file.groups.map((g) => g.name).filter((n) => !has("group", n));
  const more = unbound.length > SHOWN ? `等 ${unbound.length} 人` : "";
  return note(`已绑定 ${people.length - unbound.length}/${people.length} 人`, [
    unbound.length > 0 ? `未绑定：${unbound.slice(0, SHOWN).join("、")}${more}` : "人员都已绑定。",
    groups.length > 0 ? `未绑定的群：${groups.join("、")}` : "群都已绑定。",
    "绑定人员：/舆情 绑定 姓名 @本人；绑定群：在该群发 /舆情 绑定 群名。",
  ]);
}
