import { describe, expect, test } from "vitest";
import { BotError } from "#core/errors.ts";
import type { Account, PlatformNews } from "#core/ports.ts";
import { movableClock } from "#core/virtual-time.ts";
import { Directory } from "#src/platforms/feishu/inbound/directory.ts";
import { Phones } from "#src/platforms/feishu/inbound/phones.ts";
import { exampleSetup } from "../../support/office.ts";
import { at, span } from "../../support/time.ts";
import { DUTY_GROUP, dutyRoom, type Room } from "./inbound-fixture.ts";

const reaches = (room: Room, name: string): boolean => room.directory.reaches({ kind: "user", name });
const findings = (room: Room): string[] => room.news.flatMap((n) => (n.type === "finding" ? [n.text] : []));

const person = (name: string, account: string, how: Account["how"]): Account => ({
  kind: "person",
  name,
  account,
  how,
  at: at("11-01 09:00"),
});

/** A directory over these accounts, with these in the roster's file. */
async function loaded(kept: Account[], written: Record<string, string>, roster = exampleSetup({}).roster) {
  roster.file.accounts["feishu"] = written;
  let all = [...kept];
  const put = async (a: Account): Promise<void> => {
    all = [...all.filter((k) => k.account !== a.account && !(k.kind === a.kind && k.name === a.name)), a];
  };
  const told: PlatformNews[] = [];
  const accounts = { all: async () => all, put };
  const clock = movableClock(at("11-20 09:00"));
  const directory = new Directory({ accounts, roster, clock, news: async (n) => void told.push(n) });
  await directory.load();
  return { directory, told };
}

describe("people of the roster", () => {
  test("are found by telephone number at the start, and after a restart without asking", async () => {
    const { room, server, xiaomei, clock } = await dutyRoom();
    expect(room.directory.openIdOf("王晓梅")).toBe(xiaomei.openId);
    expect(room.directory.nameOf(xiaomei.openId)).toBe("王晓梅");
    expect(reaches(room, "周敏")).toBe(false);
    const remove = server.fault({ match: () => true, kind: "500" });
    const accounts = { all: () => room.store.accounts("feishu"), put: () => Promise.reject(new Error("no")) };
    const again = new Directory({ accounts, roster: room.roster, clock, news: async () => {} });
    await again.load();
    expect(again.openIdOf("王晓梅")).toBe(xiaomei.openId);
    remove();
  });

  test("who join later are found when they speak, and numbers are asked for at most once a minute", async () => {
    const { room, server, clock, group } = await dutyRoom();
    const asked = (): number => server.requests.filter((r) => r.path.includes("batch_get_id")).length;
    const stranger = server.addUser({ name: "无名" });
    group.members.add(stranger.openId);
    const once = asked();
    clock.set(clock.now() + span("2m"));
    await server.says(stranger, group, "早");
    expect(asked()).toBe(2 * once);
    const minren = server.addUser({ name: "周敏", mobile: room.roster.person("周敏")?.phone ?? "" });
    group.members.add(minren.openId);
    const other = server.addUser({ name: "另一个" });
    group.members.add(other.openId);
    await server.says(other, group, "早");
    expect(asked()).toBe(2 * once);
    clock.set(clock.now() + span("1m"));
    await server.says(minren, group, "早");
    expect(room.messages.at(-1)).toMatchObject({ from: "周敏", known: true });
  });

  test("whose number is found no more are not reached; administrators are told once; coming back mends it", async () => {
    const { room, server, xiaomei, group } = await dutyRoom();
    await room.directory.lost(xiaomei.openId, "已离职。");
    await room.directory.lost(xiaomei.openId, "已离职。");
    expect(reaches(room, "王晓梅")).toBe(false);
    expect(findings(room).filter((t) => t.includes("联系不到王晓梅：已离职。"))).toHaveLength(1);
    await server.says(xiaomei, group, "我回来了");
    expect(room.messages.at(-1)).toMatchObject({ from: "王晓梅", known: true });
    expect(reaches(room, "王晓梅")).toBe(true);
  });

  test("nobody at all found by number means a missing permission, not that everybody has left", async () => {
    const { room, server, xiaomei, clock } = await dutyRoom();
    for (const user of server.users) user.mobile = undefined;
    clock.set(clock.now() + span("2m"));
    await server.says(server.addUser({ name: "谁" }), "p2p", "在吗");
    expect(room.directory.nameOf(xiaomei.openId)).toBe("王晓梅");
    expect(findings(room).join()).toContain("没有找到通讯录中的任何人");
  });

  test("one whose number is found no more has left", async () => {
    const { room, server, xiaomei, clock } = await dutyRoom();
    xiaomei.mobile = undefined;
    clock.set(clock.now() + span("2m"));
    await server.says(server.addUser({ name: "谁" }), "p2p", "在吗");
    expect(reaches(room, "王晓梅")).toBe(false);
    expect(reaches(room, "何伟")).toBe(true);
  });

  test("two of them with one number: the first keeps the account, the administrator learns of it", async () => {
    const roster = exampleSetup({}).roster;
    Object.assign(roster.file.phones, { 唐宁: roster.file.phones["王晓梅"] });
    const { directory, told } = await loaded([], {}, roster);
    const api = { openIdsByMobile: async () => new Map([[roster.file.phones["唐宁"] ?? "", "ou_a"]]) };
    const parts = { directory, roster, api, clock: movableClock(at("11-20 09:00")), report: () => {} };
    await new Phones({ ...parts, news: async (n) => void told.push(n) }).refresh();
    expect(directory.nameOf("ou_a")).toBe("王晓梅");
    expect(directory.openIdOf("唐宁")).toBeUndefined();
    expect(told).toMatchObject([{ text: expect.stringMatching(/王晓梅.*唐宁.*同一个飞书账号/) }]);
  });
});

describe("what stands above what", () => {
  test("the roster's file stands above an administrator", async () => {
    const { directory } = await loaded([person("周敏", "ou_b", "admin")], { 周敏: "ou_a" });
    expect(directory.openIdOf("周敏")).toBe("ou_a");
    expect(directory.nameOf("ou_b")).toBeUndefined();
  });

  test("what is taken out of the file is bound no more", async () => {
    const { directory } = await loaded([person("周敏", "ou_a", "roster")], {});
    expect(directory.openIdOf("周敏")).toBeUndefined();
    expect(directory.nameOf("ou_a")).toBeUndefined();
  });

  test("somebody who is in the roster no more has no account, whatever was bound once", async () => {
    const { directory } = await loaded([person("离任的人", "ou_c", "admin")], {});
    expect(directory.nameOf("ou_c")).toBeUndefined();
    expect(directory.reaches({ kind: "user", name: "离任的人" })).toBe(false);
  });

  test("a wrong line in the file stops the start and names it", async () => {
    const wrong = { 周敏: "zhoumin", 无此人: "ou_a", [DUTY_GROUP]: "ou_b" };
    const failure = await loaded([], wrong).catch((e: unknown) => e);
    expect(failure).toBeInstanceOf(BotError);
    expect(String(failure)).toMatch(/周敏[\s\S]*无此人[\s\S]*舆情值班群/);
  });

  test("an administrator stands above the telephone number, also who took an account away", async () => {
    const { room, server, xiaomei, admin, group, clock } = await dutyRoom();
    await server.says(admin, group, "/舆情 解绑 王晓梅");
    await room.settles();
    expect(reaches(room, "王晓梅")).toBe(false);
    clock.set(clock.now() + span("2m"));
    await server.says(xiaomei, group, "/舆情 上报 幸福里小区停水两天");
    expect(room.messages.at(-1)).toMatchObject({ known: false });
    expect(room.directory.nameOf(xiaomei.openId)).toBeUndefined();
  });
});

test("while bindings are read anew, nobody is a stranger", async () => {
  const gate = Promise.withResolvers<Account[]>();
  const known = [person("周敏", "ou_a", "admin")];
  const answers = [Promise.resolve(known), gate.promise];
  const accounts = { all: () => answers.shift() ?? Promise.resolve([]), put: async () => {} };
  const { roster } = exampleSetup();
  const clock = movableClock(at("11-20 09:00"));
  const directory = new Directory({ accounts, roster, clock, news: async () => {} });
  await directory.load();
  const loading = directory.load();
  expect(directory.nameOf("ou_a")).toBe("周敏");
  gate.resolve(known);
  await loading;
  expect(directory.nameOf("ou_a")).toBe("周敏");
});

describe("guests", () => {
  test("of a group have the name that the platform shows, may report there, and afterwards in private", async () => {
    const { room, server, guest, group } = await dutyRoom();
    await server.says(guest, group, "/舆情 上报 幸福里小区停水两天，网友不满");
    await server.says(guest, "p2p", "/舆情 上报 石门镇小学门口积水，家长不满");
    expect(room.messages.map((m) => [m.from, m.known])).toEqual([
      ["路过的人", false],
      ["路过的人", false],
    ]);
    await room.settles();
    expect(await room.store.countCases({})).toBe(2);
    expect(room.directory.reaches({ kind: "user", name: "路过的人" })).toBe(true);
  });

  test("never pass for somebody of the roster, however the name is spelt", async () => {
    const { room, server, group } = await dutyRoom();
    for (const name of ["周敏", "周 敏", "周\u200b敏", "县府办-周敏", "周敏2"]) {
      const fake = server.addUser({ name });
      group.members.add(fake.openId);
      await server.says(fake, group, "/舆情 研判 001");
    }
    for (const { from, known } of room.messages) {
      expect(known).toBe(false);
      expect(from).toContain("·群成员");
    }
    expect(new Set(room.messages.map((m) => m.from)).size).toBe(5);
  });

  test("whose name the roster bears by now have another one, and nothing meant for that person", async () => {
    const guest: Account = { kind: "guest", name: "周敏", account: "ou_0000abcd", how: "seen", at: 0 };
    const { directory } = await loaded([guest], {});
    expect(directory.guestOf("ou_0000abcd")).toBe("周敏·群成员abcd");
    expect(directory.reaches({ kind: "user", name: "周敏·群成员abcd" })).toBe(true);
    expect(directory.reaches({ kind: "user", name: "周敏" })).toBe(false);
    await directory.put(guest);
    expect(directory.openIdOf("周敏")).toBeUndefined();
  });

  test("of the same name are two", async () => {
    const { room, server, group } = await dutyRoom();
    for (const _ of [1, 2]) {
      const user = server.addUser({ name: "老张" });
      group.members.add(user.openId);
      await server.says(user, group, "早");
    }
    const [first, second] = room.messages.map((m) => m.from);
    expect(first).toBe("老张");
    expect(second).toMatch(/^老张·\w{4}$/);
  });

  test("whose name cannot be had are members of the group", async () => {
    const { room, server, guest, group } = await dutyRoom();
    server.denyScope("contact:user.base:readonly");
    server.fault({ match: (r) => r.path.includes("/contact/v3/users/"), kind: "500" });
    await server.says(guest, group, "早");
    expect(room.messages[0]?.from).toMatch(/^群成员·\w{4}$/);
  });
});

describe("somebody whom nobody knows", () => {
  test("is told once a day in private what to do, and not handled", async () => {
    const { room, server, clock } = await dutyRoom();
    const stranger = server.addUser({ name: "陌生人" });
    await server.says(stranger, "p2p", "我的秘密");
    await server.says(stranger, "p2p", "在吗");
    const text = (): string[] => server.chatText(server.p2p(stranger)).match(/您还没有绑定/g) ?? [];
    expect(text()).toHaveLength(1);
    expect(room.messages).toEqual([]);
    clock.set(clock.now() + span("24h"));
    await server.says(stranger, "p2p", "在吗");
    expect(text()).toHaveLength(2);
  });
});
