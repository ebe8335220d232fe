import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isEarlierName } from "#core/account.ts";
import type { Account } from "#core/ports.ts";
import { type Chat, DUTY_GROUP, openChat } from "../support/chat.ts";

let chat: Chat;
beforeEach(async () => {
  chat = await openChat();
  await keep({ kind: "group", name: "老同学群", account: "oc_here", how: "seen" });
});
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
});

const keep = (account: Omit<Account, "at">): Promise<void> =>
  chat.store.write((tx) => tx.putAccount("fake", { ...account, at: 0 }));
const bound = async (name: string): Promise<Account | undefined> =>
  (await chat.store.accounts("fake")).find((a) => a.name === name);
/** The answer to a line with these mentions. */
async function says(who: string, text: string, mentions: Record<string, string> = {}, where?: string): Promise<string> {
  const accounts = Object.entries(mentions).map(([written, account]) => ({ written, account }));
  await chat.says(who, text, { accounts, ...(where ? { in: where } : {}) });
  const last = chat.platform.posts.at(-1);
  return JSON.stringify(last?.card).normalize("NFKC");
}

describe("绑定", () => {
  test("binds a person to the account that is mentioned, shows it, and tells the platform after the commit", async () => {
    const told: (Account | undefined)[] = [];
    Object.assign(chat.platform, { rebound: async () => void told.push(await bound("张志远")) });
    expect(await says("何伟", "/舆情 绑定 张志远 @小张", { "@小张": "ou_a1b2c3" })).toContain("已绑定 张志远");
    expect(await bound("张志远")).toMatchObject({ kind: "person", account: "ou_a1b2c3", how: "admin" });
    expect(told).toMatchObject([{ account: "ou_a1b2c3" }]);
  });

  test("takes the account as a field", async () => {
    await says("何伟", "/舆情 绑定 张志远 账号=ou_a1b2c3");
    expect(await bound("张志远")).toMatchObject({ account: "ou_a1b2c3", how: "admin" });
  });

  test("is for administrators", async () => {
    expect(await says("王晓梅", "/舆情 绑定 张志远 @小张", { "@小张": "ou_a1b2c3" })).toMatch(/管理员.*何伟|由管理员/);
    expect(await says("张三", "/舆情 绑定 张志远 @小张", { "@小张": "ou_a1b2c3" })).not.toContain("已绑定");
    expect(await bound("张志远")).toBeUndefined();
  });

  test("of an account that somebody else has says who has none now", async () => {
    await keep({ kind: "person", name: "刘建华", account: "ou_a1b2c3", how: "phone" });
    expect(await says("何伟", "/舆情 绑定 张志远 @小张", { "@小张": "ou_a1b2c3" })).toContain("刘建华现在没有账号");
    expect(await bound("刘建华")).toBeUndefined();
  });

  test("refuses what is in the roster's file", async () => {
    await keep({ kind: "person", name: "张志远", account: "ou_file", how: "roster" });
    expect(await says("何伟", "/舆情 绑定 张志远 @小张", { "@小张": "ou_a1b2c3" })).toContain("通讯录文件");
    expect(await says("何伟", "/舆情 绑定 刘建华 @小张", { "@小张": "ou_file" })).toContain("张志远");
    expect(await bound("张志远")).toMatchObject({ account: "ou_file" });
  });

  test.each([
    ["/舆情 绑定 张志元 @小张", /没有“张志元”.*相近的有:张志远/],
    ["/舆情 绑定 孙悟空大圣 @小张", /没有“孙悟空大圣”/],
    ["/舆情 绑定 张志远", /请 @张志远本人/],
    ["/舆情 绑定 张志远 账号=../../x", /账号的格式不对/],
    ["/舆情 绑定 教育系统工作群", /还没有取得本群的账号/],
  ])("%s", async (line, answer) => {
    expect(await says("何伟", line, line.includes("@小张") ? { "@小张": "ou_a1b2c3" } : {})).toMatch(answer);
  });

  test("of two people at once is refused", async () => {
    expect(await says("何伟", "/舆情 绑定 张志远 @甲 @乙", { "@甲": "ou_aaaaa", "@乙": "ou_bbbbb" })).toContain(
      "一次绑定一人",
    );
    expect(await bound("张志远")).toBeUndefined();
  });

  test("without a name says who is missing", async () => {
    await says("何伟", "/舆情 绑定 张志远 @小张", { "@小张": "ou_a1b2c3" });
    const answer = await says("何伟", "/舆情 绑定");
    expect(answer).toMatch(/已绑定 1\/\d+ 人/);
    expect(answer).toContain(`未绑定的群:${DUTY_GROUP}`);
    expect(answer).not.toMatch(/未绑定:[^"]*张志远/);
  });

  test("on a platform without accounts is refused clearly", async () => {
    await chat.says("何伟", "/舆情 绑定 张志远 账号=ou_a1b2c3");
    expect(chat.answer()).toContain("不用绑定");
  });
});

describe("解绑", () => {
  test("takes the account away, so that it acts and receives as this person no more", async () => {
    await says("何伟", "/舆情 绑定 张志远 @小张", { "@小张": "ou_a1b2c3" });
    expect(await says("何伟", "/舆情 解绑 张志远")).toContain("已解绑 张志远");
    const all = await chat.store.accounts("fake");
    expect(all.some((a) => a.account === "ou_a1b2c3")).toBe(false);
    expect(await bound("张志远")).toMatchObject({ how: "admin", gone: expect.any(Number) });
    expect(await says("何伟", "/舆情 绑定 张志远 账号=无")).toContain("不用解绑");
  });

  test("can be taken back", async () => {
    await says("何伟", "/舆情 绑定 张志远 @小张", { "@小张": "ou_a1b2c3" });
    await says("何伟", "/舆情 绑定 张志远 账号=无");
    await says("何伟", "/舆情 绑定 张志远 @小张", { "@小张": "ou_a1b2c3" });
    expect(await bound("张志远")).toMatchObject({ account: "ou_a1b2c3" });
    expect((await bound("张志远"))?.gone).toBeUndefined();
  });
});

describe("binding this group", () => {
  test("gives it the roster's name, and keeps the one it had for what is under way", async () => {
    expect(await says("何伟", `/舆情 绑定 ${DUTY_GROUP}`, {}, "老同学群")).toContain(`本群已绑定为“${DUTY_GROUP}”`);
    expect(await bound(DUTY_GROUP)).toMatchObject({ kind: "group", account: "oc_here", how: "admin" });
    const earlier = await bound("老同学群");
    expect(earlier && isEarlierName(earlier)).toBe(true);
    expect(await says("何伟", `/舆情 绑定 ${DUTY_GROUP}`, {}, DUTY_GROUP)).toContain("不用重复绑定");
  });

  test("takes the name from the group that had it, and says so", async () => {
    await keep({ kind: "group", name: DUTY_GROUP, account: "oc_before", how: "name" });
    expect(await says("何伟", `/舆情 绑定 ${DUTY_GROUP}`, {}, "老同学群")).toContain("原来绑定为");
    expect((await chat.store.accounts("fake")).some((a) => a.account === "oc_before")).toBe(false);
  });

  test("is done in the group", async () => {
    expect(await says("何伟", `/舆情 绑定 ${DUTY_GROUP}`, {}, "dm")).toContain("请在要绑定的群里发");
  });
});
