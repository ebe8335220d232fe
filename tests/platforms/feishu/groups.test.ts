import { describe, expect, test } from "vitest";
import { BotError } from "#core/errors.ts";
import type { Account, Accounts, PlatformNews } from "#core/ports.ts";
import { movableClock } from "#core/virtual-time.ts";
import { Directory } from "#src/platforms/feishu/inbound/directory.ts";
import { Groups, type GroupsParts } from "#src/platforms/feishu/inbound/groups.ts";
import { exampleSetup } from "../../support/office.ts";
import { at, span } from "../../support/time.ts";
import { DUTY_GROUP, dutyRoom, type Room } from "./inbound-fixture.ts";
import { startServer } from "./transport-fixture.ts";

const WORK_GROUP = "教育系统工作群";
const memory = (): Accounts => ({ all: async () => [], put: async () => {} });
const groupNews = (room: Room) => room.news.flatMap((n) => (n.type === "group" ? [[n.what, n.name]] : []));
const findings = (room: Room): string[] => room.news.flatMap((n) => (n.type === "finding" ? [n.text] : []));

describe("a group that the bot is added to", () => {
  test("while it was down is found at the start, and is the roster's group of this name", async () => {
    const { room, group } = await dutyRoom();
    expect(room.directory.groupOf(group.chatId)).toBe(DUTY_GROUP);
    expect(room.directory.chatIdOf(DUTY_GROUP)).toBe(group.chatId);
    expect(groupNews(room)).toEqual([["joined", DUTY_GROUP]]);
    await room.settles();
    expect(room.told("何伟")).toContain("已登记");
  });

  test("is bound by its name, and the administrator learns who did it", async () => {
    const { room, server, xiaomei } = await dutyRoom();
    const chat = server.addChat({ name: WORK_GROUP, members: [xiaomei], botIn: false });
    await server.addsBot(xiaomei, chat);
    expect(room.directory.chatIdOf(WORK_GROUP)).toBe(chat.chatId);
    await room.settles();
    expect(room.told("何伟")).toMatch(/教育系统工作群.*王晓梅/);
  });

  test("with the name of one that is bound already is another group, and its messages are its own", async () => {
    const { room, server, xiaomei, group } = await dutyRoom();
    const second = server.addChat({ name: DUTY_GROUP, members: [xiaomei], botIn: false });
    await server.addsBot(xiaomei, second);
    expect(room.directory.chatIdOf(DUTY_GROUP)).toBe(group.chatId);
    await server.says(xiaomei, second, "早");
    expect(room.messages[0]?.chat.name).toBe(`${DUTY_GROUP}·${second.chatId.slice(-4)}`);
    expect(groupNews(room).at(-1)?.[0]).toBe("unknown");
  });

  test("is found by its name however wide its brackets are", async () => {
    const roster = exampleSetup({}).roster;
    Object.assign(roster.group(WORK_GROUP) ?? {}, { name: "教育系统（内部）群" });
    const directory = new Directory({ accounts: memory(), roster, clock: { now: () => 0 }, news: async () => {} });
    const groups = new Groups({
      directory,
      roster,
      api: { chat: async () => undefined, chats: async () => [] },
      clock: { now: () => 0 },
      news: async () => {},
      say: async () => {},
    });
    expect(await groups.meet({ chatId: "oc_a", name: "教育系统(内部)群 ", external: false })).toBe(
      "教育系统（内部）群",
    );
  });

  test("whose name cannot be had at first is asked about again, and is then what it is", async () => {
    const { room, server, xiaomei } = await dutyRoom();
    const chat = server.addChat({ name: WORK_GROUP, members: [xiaomei] });
    const again = server.fault({ match: (r) => r.path === `/open-apis/im/v1/chats/${chat.chatId}`, kind: "500" });
    await server.says(xiaomei, chat, "早");
    expect(room.messages.at(-1)?.chat.name).toBe(`群·${chat.chatId.slice(-4)}`);
    again();
    await server.says(xiaomei, chat, "早");
    expect(room.directory.chatIdOf(WORK_GROUP)).toBeUndefined();
    room.clock.set(room.clock.now() + 61_000);
    await server.says(xiaomei, chat, "早");
    expect(room.directory.chatIdOf(WORK_GROUP)).toBe(chat.chatId);
    // What was said of it meanwhile still goes there.
    expect(room.directory.chatIdOf(`群·${chat.chatId.slice(-4)}`)).toBe(chat.chatId);
    expect(groupNews(room).slice(-2)).toEqual([
      ["unknown", `群·${chat.chatId.slice(-4)}`],
      ["joined", WORK_GROUP],
    ]);
  });

  test("and that is in no roster is kept under its own name; its members may report", async () => {
    const { room, server, xiaomei } = await dutyRoom();
    const chat = server.addChat({ name: "老同学群", members: [xiaomei], botIn: false });
    await server.addsBot(xiaomei, chat);
    expect(groupNews(room).at(-1)).toEqual(["unknown", "老同学群"]);
    await server.says(xiaomei, chat, "/舆情 上报 幸福里小区停水两天，网友不满");
    await room.settles();
    expect(await room.store.countCases({})).toBe(1);
    expect(room.directory.reaches({ kind: "group", name: "老同学群" })).toBe(true);
  });

  test("with outsiders is refused: it is told so once, the administrator too, and nothing said there is read", async () => {
    const { room, server, xiaomei } = await dutyRoom();
    const chat = server.addChat({ name: "记者群", members: [xiaomei], external: true, botIn: false });
    await server.addsBot(xiaomei, chat);
    await server.says(xiaomei, chat, "/舆情 上报 幸福里小区停水");
    await server.says(xiaomei, chat, "在吗");
    expect(room.messages).toEqual([]);
    expect(server.chatText(chat).match(/外部群/g)?.length).toBeGreaterThan(0);
    expect(server.messages.filter((m) => m.chatId === chat.chatId && m.sender.kind === "bot")).toHaveLength(1);
    expect(findings(room).join()).toContain("记者群");
  });

  test("with outsiders is refused too when the bot met it first by a message", async () => {
    const { room, server, xiaomei } = await dutyRoom();
    const chat = server.addChat({ name: "记者群", members: [xiaomei], external: true });
    await server.says(xiaomei, chat, "/舆情 上报 幸福里小区停水");
    expect(room.messages).toEqual([]);
    expect(server.chatText(chat)).toContain("外部群");
  });
});

describe("a group that is met by a message", () => {
  test("is asked after once, even when many write at once", async () => {
    const { room, server, xiaomei } = await dutyRoom();
    const chat = server.addChat({ name: WORK_GROUP, members: [xiaomei] });
    await Promise.all([1, 2, 3].map((n) => server.says(xiaomei, chat, `早${n}`)));
    expect(server.requests.filter((r) => r.path.endsWith(chat.chatId))).toHaveLength(1);
    expect(room.messages.map((m) => m.chat.name)).toEqual([WORK_GROUP, WORK_GROUP, WORK_GROUP]);
  });

  test("and cannot be asked after is served all the same, and answered", async () => {
    const { room, server, xiaomei } = await dutyRoom();
    const chat = server.addChat({ name: WORK_GROUP, members: [xiaomei] });
    server.fault({ match: (r) => r.path.includes(chat.chatId), kind: "500" });
    await server.says(xiaomei, chat, "/舆情 上报 幸福里小区停水两天，网友不满");
    const name = `群·${chat.chatId.slice(-4)}`;
    expect(room.messages[0]?.chat.name).toBe(name);
    expect(room.directory.chatIdOf(name)).toBe(chat.chatId);
    await room.settles();
    expect(await room.store.countCases({})).toBe(1);
  });

  test("and whose list cannot be had does not keep the bot from starting", async () => {
    const server = await startServer();
    server.denyScope("im:chat:read");
    server.denyScope("im:chat");
    const { room, xiaomei, group } = await dutyRoom({ server });
    await server.says(xiaomei, group, "早");
    expect(room.messages).toHaveLength(1);
  });
});

/** Groups over a platform that answers like this. */
async function groupsOver(api: GroupsParts["api"], kept: Account[] = []) {
  const { roster } = exampleSetup({});
  const clock = movableClock(at("11-20 09:00"));
  const news: PlatformNews[] = [];
  const shared = { roster, clock, news: async (n: PlatformNews) => void news.push(n) };
  const directory = new Directory({ ...shared, accounts: { all: async () => kept, put: async () => {} } });
  await directory.load();
  return { directory, clock, news, groups: new Groups({ ...shared, directory, api, say: async () => {} }) };
}

describe("a group of which nobody can say whether outsiders are in it", () => {
  test("is none of the roster's, whatever it is called, until that is known", async () => {
    let answer: { name: string; external: boolean } | undefined;
    const { directory, groups, clock } = await groupsOver({ chat: async () => answer, chats: async () => [] });
    expect(await groups.meet({ chatId: "oc_0001", name: DUTY_GROUP })).toBe("群·0001");
    await groups.renamed("oc_0001", DUTY_GROUP);
    expect(directory.chatIdOf(DUTY_GROUP)).toBeUndefined();
    answer = { name: DUTY_GROUP, external: false };
    clock.set(clock.now() + span("1m"));
    expect(await groups.meet({ chatId: "oc_0001" })).toBe(DUTY_GROUP);
    expect(directory.chatIdOf(DUTY_GROUP)).toBe("oc_0001");
  });

  test("and that turns out to have some is left alone", async () => {
    let answer: { name: string; external: boolean } | undefined;
    const { directory, groups } = await groupsOver({ chat: async () => answer, chats: async () => [] });
    await groups.meet({ chatId: "oc_0001", name: DUTY_GROUP });
    answer = { name: DUTY_GROUP, external: true };
    await groups.renamed("oc_0001", DUTY_GROUP);
    expect(await groups.meet({ chatId: "oc_0001" })).toBeUndefined();
    expect(directory.reaches({ kind: "group", name: "群·0001" })).toBe(false);
  });

  test("and that was gone is asked about again before it is anything, and stays bound", async () => {
    let answer: { name: string; external: boolean } | undefined;
    const gone: Account = { kind: "group", name: DUTY_GROUP, account: "oc_0001", how: "admin", at: 0, gone: 1 };
    const { directory, groups } = await groupsOver({ chat: async () => answer, chats: async () => [] }, [gone]);
    await expect(groups.meet({ chatId: "oc_0001" })).rejects.toThrow(BotError);
    expect(directory.find("oc_0001")).toEqual(gone);
    answer = { name: "随便聊聊", external: false };
    expect(await groups.meet({ chatId: "oc_0001" })).toBe(DUTY_GROUP);
  });
});

test("a group that the bot joins while the list of groups is on its way is not missing", async () => {
  const list = Promise.withResolvers<{ chatId: string; name: string; external: boolean }[]>();
  const { directory, groups, news } = await groupsOver({ chat: async () => undefined, chats: () => list.promise });
  const refreshing = groups.refresh();
  await groups.meet({ chatId: "oc_0002", name: DUTY_GROUP, external: false });
  list.resolve([{ chatId: "oc_0001", name: WORK_GROUP, external: false }]);
  await refreshing;
  expect(directory.chatIdOf(DUTY_GROUP)).toBe("oc_0002");
  expect(directory.chatIdOf(WORK_GROUP)).toBe("oc_0001");
  expect(news).not.toContainEqual(expect.objectContaining({ what: "left" }));
});

describe("a group that the bot leaves", () => {
  test("is reached no more, and the administrator learns of it once", async () => {
    const { room, server, admin, group } = await dutyRoom();
    await server.removesBot(admin, group);
    await server.removesBot(admin, group);
    expect(room.directory.reaches({ kind: "group", name: DUTY_GROUP })).toBe(false);
    expect(groupNews(room).filter(([what]) => what === "left")).toHaveLength(1);
    await room.settles();
    expect(room.told("何伟")).toMatch(/失联.*舆情值班群/);
  });

  test("and comes back to is what it was", async () => {
    const { room, server, admin, group } = await dutyRoom();
    await server.removesBot(admin, group);
    await server.addsBot(admin, group);
    expect(room.directory.chatIdOf(DUTY_GROUP)).toBe(group.chatId);
    expect(groupNews(room).at(-1)).toEqual(["joined", DUTY_GROUP]);
  });

  test("makes room for another one of its name", async () => {
    const { room, server, admin, group, xiaomei } = await dutyRoom();
    await server.disbands(admin, group);
    const next = server.addChat({ name: DUTY_GROUP, members: [xiaomei], botIn: false });
    await server.addsBot(xiaomei, next);
    expect(room.directory.chatIdOf(DUTY_GROUP)).toBe(next.chatId);
  });

  test("is known from a refused message too", async () => {
    const { room, group } = await dutyRoom();
    await room.directory.lost(group.chatId, "机器人不在群里");
    expect(groupNews(room).at(-1)).toEqual(["left", DUTY_GROUP]);
    expect(room.directory.reaches({ kind: "group", name: DUTY_GROUP })).toBe(false);
  });
});

test("a group that is renamed stays what it is, and the administrator is asked to look", async () => {
  const { room, server, group, xiaomei } = await dutyRoom();
  group.name = "闲聊群";
  await server.push("im.chat.updated_v1", { chat_id: group.chatId, after_change: { name: "闲聊群" } });
  expect(findings(room).join()).toMatch(/舆情值班群.*闲聊群/);
  await server.says(xiaomei, group, "早");
  expect(room.messages[0]?.chat.name).toBe(DUTY_GROUP);
});

test("people of another organisation are not heard", async () => {
  const { room, server, group } = await dutyRoom();
  const foreigner = server.addUser({ name: "外人", tenantKey: "another" });
  group.members.add(foreigner.openId);
  await server.says(foreigner, group, "/舆情 上报 幸福里小区停水");
  expect(room.messages).toEqual([]);
});
