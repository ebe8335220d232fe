import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { expect, onTestFinished, test } from "vitest";
import { BotError } from "#core/errors.ts";
import { intakeScreen } from "#core/intake/intake.ts";
import type { PlatformEvent } from "#core/ports.ts";
import { platformRecords } from "#src/platform-records.ts";
import { FeishuPlatform } from "#src/platforms/feishu/feishu-platform.ts";
import { openStore } from "#src/runtime.ts";
import { exampleSetup } from "../../support/office.ts";
import { at } from "../../support/time.ts";
import { DUTY_GROUP, dutyRoom } from "./inbound-fixture.ts";
import { optionsFor, SECRETS, startServer } from "./transport-fixture.ts";

const NOW = at("11-20 09:00");

/** A bot at a public address, whose group and person were bound by an administrator; not yet started. */
async function atAddress() {
  const server = await startServer({ now: () => NOW });
  const store = await openStore("sqlite::memory:");
  const { roster } = exampleSetup();
  const records = platformRecords(store, "feishu");
  const user = server.addUser({ name: "小梅" });
  const group = server.addChat({ name: "随便聊聊", members: [user] });
  const bound = { how: "admin", at: NOW } as const;
  await records.accounts.put({ kind: "person", name: "王晓梅", account: user.openId, ...bound });
  await records.accounts.put({ kind: "group", name: DUTY_GROUP, account: group.chatId, ...bound });
  const platform = new FeishuPlatform(optionsFor(server, { transport: "webhook", ...SECRETS }), {
    ...records,
    sentCard: async () => undefined,
    roster,
    clock: { now: () => NOW },
    folder: "",
    env: {},
    options: {},
    token: undefined,
    screen: intakeScreen(roster),
    keepsFiles: false,
    report: () => {},
  });
  const listening = Promise.withResolvers<AddressInfo>();
  const fetch = (request: Request) => platform.web?.fetch(request) ?? new Response(null, { status: 404 });
  const web = serve({ fetch, port: 0, hostname: "127.0.0.1" }, listening.resolve);
  server.useWebhook(`http://127.0.0.1:${(await listening.promise).port}/feishu/events`);
  onTestFinished(async () => {
    web.close();
    await server.close();
    await store.close();
  });
  const events: PlatformEvent[] = [];
  const handlers = {
    onEvent: async (event: PlatformEvent) => void events.push(event),
    onNews: async () => {},
    denies: async () => undefined,
  };
  return { server, platform, records, user, group, events, starts: () => platform.start(handlers) };
}

test("an event before the start is through is delivered again, and takes no binding away", async () => {
  const { server, platform, records, user, group, events, starts } = await atAddress();
  const kept = await records.accounts.all();
  const says = async () => (await server.says(user, group, "/舆情 我的")).ack.code;
  expect(await says()).toBe(500);
  const isToken = (path: string): boolean => path.includes("tenant_access_token");
  server.fault({ match: ({ path }) => isToken(path), kind: "slow", delayMs: 500, times: 1 });
  const starting = starts();
  await expect.poll(() => server.requests.some(({ path }) => isToken(path))).toBe(true);
  // Who is who is known as soon as anything can be asked of the bot.
  expect(platform.reaches({ kind: "user", name: "王晓梅" })).toBe(true);
  expect(await says()).toBe(500);
  expect(events).toEqual([]);
  expect(await records.accounts.all()).toEqual(kept);
  await starting;
  expect(await says()).toBe(200);
  expect(events).toMatchObject([{ from: "王晓梅", known: true, chat: { kind: "group", name: DUTY_GROUP } }]);
  await platform.stop();
  expect(await says()).toBe(500);
  expect(events).toHaveLength(1);
});

test("an event after the end is thrown back, whichever way it came", async () => {
  const { room } = await dutyRoom();
  await room.close();
  await expect(room.inbound.onEvent("im.message.receive_v1", {})).rejects.toThrow(BotError);
  await expect(room.inbound.onEvent("card.action.trigger", {})).rejects.toThrow("飞书会再推送");
});
