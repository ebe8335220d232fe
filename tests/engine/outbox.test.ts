import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DeliveryError } from "#core/ports.ts";
import type { Outgoing } from "#core/store.ts";
import { type Chat, openChat, textOf } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";

let chat: Chat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const busy = new DeliveryError("429", { retry: true, retryAfterMs: 30_000 });
const message = (key: string, lane: Outgoing["lane"], to = "周敏"): Outgoing => ({
  key,
  lane,
  to: { kind: "user", name: to },
  kind: "notice",
  card: { title: key, tone: "blue", lines: [], buttons: [] },
  mentions: [],
});
const queue = (...messages: Outgoing[]): Promise<void> =>
  chat.store.write((tx) => tx.queue(messages, chat.clock.now()));
const sent = (): string[] => chat.platform.posts.map((p) => p.key);

describe("the outbox", () => {
  test("sends answers before reminders, reminders before notices, digests last", async () => {
    await queue(message("digest", 3), message("notice", 2), message("reminder", 1), message("answer", 0));
    await chat.engine.wake();
    expect(sent()).toEqual(["answer", "reminder", "notice", "digest"]);
  });

  test("lets what is queued meanwhile pass the notices that are still waiting", async () => {
    const send = chat.platform.send.bind(chat.platform);
    let answered = false;
    chat.platform.send = async (delivery) => {
      if (!answered) {
        answered = true;
        await queue(message("answer", 0));
        void chat.engine.wake();
      }
      return send(delivery);
    };
    await queue(...["1", "2", "3", "4"].map((n) => message(n, 2)));
    await chat.engine.wake();
    expect(sent()).toEqual(["1", "answer", "2", "3", "4"]);
  });

  test("tries again what the platform refuses for now, and loses nothing", async () => {
    chat.platform.refuses(busy);
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    expect(chat.platform.posts).toEqual([]);
    await chat.passes("10m");
    expect(chat.errors.splice(0).length).toBeGreaterThan(2);
    chat.platform.refuses();
    await chat.passes("5m");
    expect(chat.answer()).toMatch(/已受理.*YQ-990121-20261120-001/);
    expect(chat.platform.posts.filter((p) => p.kind === "reply")).toHaveLength(1);
  });

  test("draws a reminder anew when it was delayed: what it says is true when it is read", async () => {
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.crash}`);
    await chat.presses("周敏", "研判", { 突发: "II", 舆情: "II", 单位: "青岩县公安局" });
    await chat.presses("周敏", "转办");
    await chat.presses("贺强", "签收");
    await chat.until("11-20 09:49");
    chat.platform.refuses(new DeliveryError("429", { retry: true }));
    await chat.until("11-20 10:00");
    chat.platform.refuses();
    await chat.passes("6m");
    expect(textOf(chat.lastFor("邵军"))).toMatch(/还剩 1小时1\d分/);
    chat.errors.length = 0;
  });

  test("drops a reminder that nobody needs any more", async () => {
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.crash}`);
    await chat.presses("周敏", "研判", { 突发: "II", 舆情: "II", 单位: "青岩县公安局" });
    await chat.presses("周敏", "转办");
    await chat.until("11-20 09:49");
    chat.platform.refuses(new DeliveryError("429", { retry: true }));
    await chat.until("11-20 09:55");
    await chat.says("贺强", "/舆情 回应 001 形式=权威信息 链接=https://www.qingyan.example/1");
    chat.platform.refuses();
    await chat.passes("6m");
    expect(chat.toldTo("邵军").filter((p) => /权威信息/.test(p.card.title))).toEqual([]);
    const states = (await chat.store.deliveries((await chat.case()).id)).map((m) => m.state);
    expect(states).toContain("suppressed");
    chat.errors.length = 0;
  });

  test("gives up, and says so in the record, when trying again cannot help", async () => {
    chat.platform.refuses(new DeliveryError("no such account", { retry: false }));
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    await chat.passes("1h");
    const receipt = (await chat.store.deliveries((await chat.case()).id)).find((m) => m.kind === "reply");
    expect(receipt).toMatchObject({ state: "failed", attempts: 0 });
    chat.errors.length = 0;
  });

  test("sends nothing twice when the bot is killed between sending and recording", async () => {
    const send = chat.platform.send.bind(chat.platform);
    // The message goes out, and the process ends before the platform's answer is there.
    chat.platform.send = (delivery) => send(delivery).then(() => new Promise<never>(() => {}));
    await queue(message("once", 1));
    void chat.engine.wake();
    await expect.poll(() => chat.platform.attempts).toEqual(["once"]);
    chat.platform.send = send;
    await chat.isDownFor("10s");
    expect(chat.platform.attempts).toEqual(["once", "once"]);
    expect(sent()).toEqual(["once"]);
  });
});
