import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DeliveryError } from "#core/ports.ts";
import { MINUTE } from "#core/time.ts";
import { Client, card, DUTY, delivery, START, setup } from "./fixture.ts";

test("the same key is delivered once, also after a restart", async () => {
  const folder = mkdtempSync(join(tmpdir(), "huiying-local-"));
  const file = join(folder, "chat.sqlite");
  const first = await setup({ file });
  const sent = await first.platform.send(delivery({ key: "YQ-1/T-3h" }));
  expect(await first.platform.send(delivery({ key: "YQ-1/T-3h" }))).toEqual(sent);
  await first.platform.stop();
  const second = await setup({ file });
  expect(await second.platform.send(delivery({ key: "YQ-1/T-3h" }))).toEqual(sent);
  expect(await new Client(second.platform, "周敏").chat(DUTY)).toHaveLength(1);
  await second.platform.stop();
  rmSync(folder, { recursive: true });
});

test("a card arrives as it is, with kind and mentions, and can be marked as urgent", async () => {
  const { platform } = await setup();
  const sent = delivery({
    kind: "reminder",
    mentions: ["周敏"],
    card: card("【还剩 30分】", { tone: "red" }),
  });
  const { messageId } = await platform.send(sent);
  const [seen] = await new Client(platform, "周敏").chat(DUTY);
  expect(seen).toMatchObject({ card: sent.card, kind: "reminder", mentions: ["周敏"], at: START });
  expect(seen).not.toHaveProperty("urgent");
  await platform.urge(messageId, "周敏", "app");
  expect(await new Client(platform, "周敏").chat(DUTY)).toMatchObject([{ id: messageId, urgent: true }]);
  await expect(platform.urge(messageId, "周敏", "sms")).rejects.toMatchObject({ retry: false });
  expect(seen).not.toHaveProperty("from");
});

test("an edit changes the message in place and says when", async () => {
  const { platform, clock } = await setup();
  const { messageId } = await platform.send(delivery());
  clock.pass(5 * MINUTE);
  await platform.update(messageId, card("【处置中】001"));
  const messages = await new Client(platform, "周敏").chat(DUTY);
  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatchObject({ id: messageId, at: START, editedAt: START + 5 * MINUTE });
  expect(messages[0]?.card?.title).toBe("【处置中】001");
});

test("what cannot be delivered says so, and that trying again is of no use", async () => {
  const { platform } = await setup();
  const nobody = platform.send(delivery({ to: { kind: "user", name: "无名氏" } }));
  await expect(nobody).rejects.toThrow(DeliveryError);
  await expect(nobody).rejects.toMatchObject({ retry: false });
  await expect(platform.update("no-such-id", card("x"))).rejects.toMatchObject({ retry: false });
  await new Client(platform, "王晓梅").say(DUTY, "人写的");
  const [own] = await new Client(platform, "王晓梅").chat(DUTY);
  await expect(platform.update(own?.id ?? "", card("x"))).rejects.toThrow(DeliveryError);
});

test("reaches the people and groups of the roster", async () => {
  const { platform } = await setup();
  expect(platform.reaches({ kind: "user", name: "张志远" })).toBe(true);
  expect(platform.reaches({ kind: "group", name: "值班群" })).toBe(true);
  expect(platform.reaches({ kind: "group", name: "张志远" })).toBe(false);
  expect(platform.reaches({ kind: "user", name: "无名氏" })).toBe(false);
});

test("older messages come page by page", async () => {
  const { platform } = await setup();
  for (let i = 1; i <= 60; i += 1) await platform.send(delivery({ card: card(`第 ${i} 条`) }));
  const reader = new Client(platform, "周敏");
  const newest = (await (await reader.get(`chats/${encodeURIComponent(DUTY)}/messages`)).json()) as {
    messages: { seq: number }[];
    more: boolean;
  };
  expect(newest).toMatchObject({ more: true });
  expect(newest.messages).toHaveLength(50);
  const before = newest.messages[0]?.seq;
  const older = await reader.get(`chats/${encodeURIComponent(DUTY)}/messages?before=${before}`);
  expect(await older.json()).toMatchObject({ more: false, messages: { length: 10 } });
});
