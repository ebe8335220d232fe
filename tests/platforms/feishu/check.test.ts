import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { noAccount } from "#core/account.ts";
import type { Check } from "#core/check.ts";
import type { Account, CheckContext } from "#core/ports.ts";
import { MINUTE } from "#core/time.ts";
import { checkFeishu } from "#src/platforms/feishu/check.ts";
import { SCOPES } from "#src/platforms/feishu/scopes.ts";
import { FeishuServer } from "../../support/feishu-server/server.ts";
import { exampleSetup } from "../../support/office.ts";

const { roster } = exampleSetup();
let server: FeishuServer;

beforeEach(async () => {
  server = await FeishuServer.start();
  for (const { scope } of SCOPES) server.grantScope(scope);
  const members = [...roster.people.values()].map(({ name, phone }) =>
    server.addUser(phone ? { name, mobile: phone } : { name }),
  );
  for (const { name } of roster.file.groups) server.addChat({ name, members });
});
afterEach(() => server.close());

interface More {
  env?: Record<string, string>;
  options?: unknown;
  now?: () => number;
  bound?: Account[];
  limitMs?: number;
}

function check({ env = {}, options, now = Date.now, bound = [], limitMs }: More = {}): Promise<Check[]> {
  const context: CheckContext = {
    roster,
    clock: { now },
    env: { FEISHU_APP_ID: server.appId, FEISHU_APP_SECRET: server.appSecret, FEISHU_DOMAIN: server.domain, ...env },
    options,
    bound,
  };
  return checkFeishu(context, limitMs);
}
const states = (checks: readonly Check[]): string[] => checks.map((c) => `${c.state} ${c.name}`);
const notOk = (checks: readonly Check[]): Check[] => checks.filter((c) => c.state !== "ok");
const said = ({ finding, mend = "" }: Partial<Check> = {}): string => `${finding} ${mend}`;

describe("doctor on Feishu", () => {
  it("finds nothing in an app that has everything, and opens no connection that would take events", async () => {
    const checks = await check();
    expect(states(checks)).toEqual([
      "ok 飞书凭证",
      "ok 飞书时钟",
      "ok 飞书机器人",
      "ok 飞书权限",
      "ok 飞书接收",
      "ok 飞书群",
      "ok 飞书人员",
    ]);
    expect(server.connections).toBe(0);
  });

  it("says how to get credentials when there are none", async () => {
    const [only, ...rest] = await check({ env: { FEISHU_APP_SECRET: "" } });
    expect(rest).toEqual([]);
    expect(only?.state).toBe("wrong");
    expect(said(only)).toContain("huiying connect feishu");
  });

  it("says where to find the right secret, asks nothing further with a wrong one, and shows neither", async () => {
    const checks = await check({ env: { FEISHU_APP_SECRET: "wrong-secret-of-the-test" } });
    expect(states(checks)).toEqual(["wrong 飞书凭证"]);
    expect(said(checks[0])).toContain("凭证与基础信息");
    expect(server.requests).toHaveLength(1);
    expect(JSON.stringify(checks)).not.toContain("wrong-secret-of-the-test");
    expect(JSON.stringify(await check())).not.toContain(server.appSecret);
  });

  it("names each scope that is missing, what stops without it, and the page that grants it", async () => {
    server.denyScope("im:message:send_as_bot");
    server.denyScope("im:message.urgent:sms");
    const found = notOk(await check());
    expect(states(found)).toEqual(["wrong 飞书权限", "attention 飞书权限"]);
    expect(said(found[0])).toContain("im:message:send_as_bot");
    expect(found[0]?.mend).toContain(`${server.domain}/app/${server.appId}/auth?q=im:message:send_as_bot`);
    expect(said(found[1])).toContain("短信加急");
  });

  it("takes a wider scope for a narrower one", async () => {
    server.denyScope("im:message:send_as_bot");
    server.grantScope("im:message");
    expect(notOk(await check())).toEqual([]);
  });

  it("says that only messages with a mention arrive until an administrator approves", async () => {
    server.denyScope("im:message.group_msg");
    const [only] = notOk(await check());
    expect(only?.state).toBe("attention");
    expect(only?.finding).toContain("群里只有 @机器人 的消息能收到");
    expect(only?.mend).toContain("权限管理");
  });

  it("asks for a look at the console where the platform tells nothing of scopes", async () => {
    server.fault({ match: ({ path }) => path.endsWith("/v6/scopes"), kind: "code", code: 404 });
    const [only] = notOk(await check());
    expect(only).toMatchObject({ state: "attention", name: "飞书权限", finding: "这个飞书部署查不了权限" });
  });

  it("tells of a clock that is more than a minute off, in either direction", async () => {
    for (const off of [-3 * MINUTE, 3 * MINUTE]) {
      const [only] = notOk(await check({ now: () => Date.now() + off }));
      expect(only?.name).toBe("飞书时钟");
      expect(only?.finding).toMatch(/相差 [23]分/);
    }
    expect(notOk(await check({ now: () => Date.now() + 30_000 }))).toEqual([]);
  });

  it("tells of a bot that is not in use", async () => {
    server.botEnabled = false;
    const [only] = notOk(await check());
    expect(only).toMatchObject({ state: "wrong", name: "飞书机器人" });
    expect(only?.mend).toContain("版本管理与发布");
  });

  it("tells why no long connection is to be had", async () => {
    server.endpointAnswers({ kind: "code", code: 1000040350 });
    expect(said(notOk(await check())[0])).toContain("停掉其他使用同一个应用的程序");
    server.endpointAnswers({ kind: "code", code: 403 });
    expect(said(notOk(await check())[0])).toContain("使用长连接接收事件");
  });

  it("asks for no connection when events come as requests", async () => {
    const env = { FEISHU_ENCRYPT_KEY: "key-of-the-test", FEISHU_VERIFICATION_TOKEN: "token-of-the-test" };
    const checks = await check({ env, options: { transport: "webhook" } });
    expect(notOk(checks)).toEqual([]);
    expect(server.requests.map((r) => r.path)).not.toContain("/callback/ws/endpoint");
    expect(JSON.stringify(checks)).not.toContain("of-the-test");
    const [without] = await check({ options: { transport: "webhook" } });
    expect(said(without)).toContain("Encrypt Key");
  });

  it("names the groups without the bot, and those with people of other organisations", async () => {
    const [duty, work] = server.chats;
    if (!duty || !work) throw new Error("the example has two groups");
    server.removeBot(duty);
    work.external = true;
    const found = notOk(await check());
    expect(states(found)).toEqual(["attention 飞书群", "attention 飞书群"]);
    expect(said(found[0])).toMatch(new RegExp(`${work.name}.*内部群`));
    expect(said(found[1])).toMatch(new RegExp(`${duty.name}.*群机器人`));
  });

  it("takes a group of another name that was bound by hand", async () => {
    const [duty] = server.chats;
    if (!duty) throw new Error("the example has groups");
    const name = duty.name;
    duty.name = "舆情值班(新)";
    expect(said(notOk(await check())[0])).toContain(name);
    const bound: Account[] = [{ kind: "group", name, account: duty.chatId, how: "admin", at: 0 }];
    expect(notOk(await check({ bound }))).toEqual([]);
  });

  it("names the people whom no number finds; somebody who was bound is not among them", async () => {
    const gone = server.users.find((user) => user.name === "孙浩");
    const moved = server.users.find((user) => user.name === "彭雪");
    if (!gone || !moved) throw new Error("the example has these people");
    server.resign(gone);
    moved.mobile = "19911111111";
    const [only] = notOk(await check());
    expect(only).toMatchObject({ state: "attention", name: "飞书人员", finding: "按手机号找不到 孙浩、彭雪" });
    const bound: Account[] = [{ kind: "person", name: "彭雪", account: moved.openId, how: "admin", at: 0 }];
    expect(notOk(await check({ bound }))[0]?.finding).toBe("按手机号找不到 孙浩");
  });

  it("does not count on the number of somebody whose account an administrator took away", async () => {
    const [only] = notOk(await check({ bound: [noAccount("彭雪", 1)] }));
    expect(only).toMatchObject({ state: "attention", finding: "管理员已解绑 彭雪" });
  });

  it("tells each failure on its own", async () => {
    server.fault({ match: ({ path }) => path.endsWith("/im/v1/chats"), kind: "503" });
    const found = notOk(await check());
    expect(states(found)).toEqual(["wrong 飞书群"]);
  });

  it("ends although Feishu never answers", async () => {
    server.fault({ match: ({ path }) => path.endsWith("/bot/v3/info"), kind: "hang" });
    const found = notOk(await check({ limitMs: 500 }));
    expect(found).toMatchObject([{ state: "wrong", name: "飞书机器人", finding: "0.5 秒内没有结果" }]);
  });

  it("says what to do when there is no Feishu at all", async () => {
    await server.close();
    const found = await check();
    expect(states(found)).toEqual(["wrong 飞书凭证"]);
    expect(said(found[0])).toContain("网络");
  });
});
