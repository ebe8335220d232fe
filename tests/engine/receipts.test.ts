import { afterEach, beforeEach, expect, test } from "vitest";
import { DeliveryError } from "#core/ports.ts";
import { type Chat, DUTY_GROUP, openChat } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";

let chat: Chat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const receipts = async () => chat.store.receipts((await chat.case()).id);
const stateOf = async (messageId: string | undefined) =>
  (await chat.store.deliveries((await chat.case()).id)).find((m) => m.messageId === messageId)?.state;

test("a platform that can tell is asked who has read, more and more seldom", async () => {
  await chat.says("王晓梅", `/舆情 上报 ${REPORTS.crash}`);
  const alarm = chat.lastFor("周敏")?.id ?? "";
  for (let minute = 0; minute < 30; minute++) {
    chat.clock.set(chat.clock.now() + 60_000);
    await chat.engine.tick();
  }
  const times = chat.platform.asked.filter((id) => id === alarm).length;
  expect(times).toBeGreaterThanOrEqual(4);
  expect(times).toBeLessThanOrEqual(6);
});

test("who has read is on record, and is not asked about again", async () => {
  await chat.says("王晓梅", `/舆情 上报 ${REPORTS.crash}`);
  const alarm = chat.lastFor("周敏")?.id;
  const card = chat.lastIn(DUTY_GROUP)?.id;
  chat.platform.reads = (id) => (id === alarm ? ["周敏"] : id === card ? ["周敏", "贺强"] : []);
  await chat.passes("2m");
  await chat.engine.tick();
  expect((await receipts()).map((r) => `${r.messageId === card ? "group" : "alarm"} ${r.name}`).sort()).toEqual([
    "alarm 周敏",
    "group 周敏",
    "group 贺强",
  ]);
  expect(await stateOf(alarm)).toBe("read");
  const before = chat.platform.asked.filter((id) => id === alarm).length;
  await chat.passes("1h");
  expect(chat.platform.asked.filter((id) => id === alarm)).toHaveLength(before);
});

test("one that fails to tell breaks nothing, and the others are on record", async () => {
  await chat.says("王晓梅", `/舆情 上报 ${REPORTS.crash}`);
  const alarm = chat.lastFor("周敏")?.id;
  chat.platform.reads = (id) => {
    if (id === alarm) return ["周敏"];
    throw new DeliveryError("no", { retry: true });
  };
  await chat.passes("2m");
  expect(await stateOf(alarm)).toBe("read");
  expect(chat.errors.length).toBeGreaterThan(0);
  expect(chat.errors.every((e) => e instanceof DeliveryError)).toBe(true);
});

test("of a closed case nobody is asked", async () => {
  await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
  await chat.says("周敏", "/舆情 误报 001 原因=视频拍摄地为外省");
  await chat.presses("罗文博", "确认");
  expect((await chat.case()).state).toBe("falseAlarm");
  await chat.passes("30m");
  expect(chat.platform.asked).toEqual([]);
});

test("not more often than every fifteen seconds, and a platform that cannot tell not at all", async () => {
  await chat.says("王晓梅", `/舆情 上报 ${REPORTS.crash}`);
  let looks = 0;
  const unread = chat.store.unread.bind(chat.store);
  chat.store.unread = (...args) => {
    looks += 1;
    return unread(...args);
  };
  for (let second = 0; second < 60; second++) {
    chat.clock.set(chat.clock.now() + 1_000);
    await chat.engine.tick();
  }
  expect(looks).toBe(4);
  Object.assign(chat.platform, { readers: undefined });
  await chat.passes("10m");
  expect(looks).toBe(4);
});

test("when the bot stops, the question under way ends, and nothing more is asked", async () => {
  await chat.says("王晓梅", `/舆情 上报 ${REPORTS.crash}`);
  const asked: string[] = [];
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  chat.platform.readers = async (id) => {
    asked.push(id);
    await answered;
    return ["周敏"];
  };
  chat.clock.set(chat.clock.now() + 60_000);
  const looked = chat.engine.tick();
  await expect.poll(() => asked).toHaveLength(1);
  chat.clock.set(chat.clock.now() + 60_000);
  const stopped = chat.engine.stop();
  answer();
  await Promise.all([looked, stopped]);
  expect(await receipts()).toMatchObject([{ messageId: asked[0], name: "周敏" }]);
  chat.store.unread = () => Promise.reject(new Error("the database is closed"));
  chat.clock.set(chat.clock.now() + 60_000);
  await chat.engine.tick();
  expect(asked).toHaveLength(1);
  expect(chat.errors).toEqual([]);
});
