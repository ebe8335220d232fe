import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DeliveryError } from "#core/ports.ts";
import type { Outgoing } from "#core/store.ts";
import { Engine } from "#src/engine/engine.ts";
import { Limiter } from "#src/platforms/feishu/limiter.ts";
import { type Chat, openChat, textOf } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";
import { FakePlatform } from "../support/fake-platform.ts";

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

  test("sends what is queued at the very moment at which a run ends, before the call returns", async () => {
    const waiting = chat.store.waitingMessages.bind(chat.store);
    for (let turns = 0; turns < 30; turns++) {
      let isQueued = false;
      chat.store.waitingMessages = async (above) => (isQueued ? waiting(above) : []);
      await queue(message(`after ${turns}`, 1));
      void chat.engine.wake();
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      isQueued = true;
      await chat.engine.wake();
      expect(sent()).toContain(`after ${turns}`);
    }
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

  test("says which message failed, and never to whom it goes", async () => {
    const said: string[] = [];
    const { store, office, clock, platform } = chat;
    const engine = new Engine({ store, office, clock, platforms: [platform], onError: (_, doing) => said.push(doing) });
    platform.refuses(busy);
    await queue(message("told/周敏", 1));
    await engine.wake();
    const [{ id } = { id: 0 }] = await store.deliveries();
    expect(said).toEqual([`message ${id} (notice)`]);
  });

  test("gives up after as many tries as the platform says, when nobody knows what is wrong", async () => {
    chat.platform.refuses(new DeliveryError("什么也没说。", { retry: true, tries: 3 }));
    await queue(message("k", 0));
    await chat.passes("10m");
    expect(chat.platform.attempts).toEqual(["k", "k", "k"]);
    expect((await chat.store.deliveries()).map((m) => m.state)).toEqual(["failed"]);
    expect(chat.errors.splice(0)).toHaveLength(3);
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

/** A delivery that is held open until it is told how to end. */
function holdDeliveries(): { titles: () => string[]; end: (title: string) => void } {
  const open = new Map<string, () => void>();
  chat.platform.meets = ({ card }) => new Promise((resolve) => open.set(card.title, resolve));
  return {
    titles: () => [...open.keys()],
    end: (title) => {
      open.get(title)?.();
      open.delete(title);
    },
  };
}

describe("deliveries at the same time", () => {
  test("go to different people, never two to one, and no more than eight", async () => {
    const held = holdDeliveries();
    const people = Array.from({ length: 10 }, (_, i) => `p${i}`);
    await queue(...people.flatMap((name) => [message(`${name} first`, 2, name), message(`${name} second`, 2, name)]));
    const sending = chat.engine.wake();
    await expect.poll(held.titles).toEqual(people.slice(0, 8).map((name) => `${name} first`));
    held.end("p3 first");
    await expect.poll(held.titles).toHaveLength(8);
    expect(held.titles()).toContain("p3 second");
    expect(held.titles()).not.toContain("p8 first");
    chat.platform.meets = async () => {};
    for (const title of held.titles()) held.end(title);
    await sending;
    expect(sent()).toHaveLength(20);
    for (const name of people) expect(sent().indexOf(`${name} first`)).toBeLessThan(sent().indexOf(`${name} second`));
  });

  test("a slow one keeps nobody else waiting, and no reminder from firing", async () => {
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.crash}`);
    const held = holdDeliveries();
    await queue(message("slow", 3, "贺强"));
    void chat.engine.wake();
    await expect.poll(held.titles).toEqual(["slow"]);
    chat.platform.meets = async () => {};
    chat.clock.set(chat.clock.now() + 30 * 60_000);
    await chat.engine.look();
    await expect.poll(() => chat.toldTo("罗文博").map(textOf).join()).toMatch(/研判/);
    expect(sent()).not.toContain("slow");
    held.end("slow");
    await chat.engine.wake();
    expect(sent()).toContain("slow");
  });

  test("an edit comes after its message", async () => {
    const held = holdDeliveries();
    const to = { kind: "user", name: "周敏" } as const;
    const later = { title: "second", tone: "blue", lines: [], buttons: [] } as const;
    await queue({ ...message("first", 2), slot: "s" });
    const sending = chat.engine.wake();
    await expect.poll(held.titles).toEqual(["first"]);
    await queue({ ...message("edit", 0), to, kind: "update", slot: "s", card: { ...later, lines: [], buttons: [] } });
    void chat.engine.wake();
    held.end("first");
    await sending;
    expect(chat.platform.posts).toMatchObject([{ key: "first", edits: 1, card: { title: "second" } }]);
  });

  test("when the bot stops, what is on its way arrives and the rest waits for the next start", async () => {
    const held = holdDeliveries();
    await queue(message("on its way", 1), message("next", 1));
    void chat.engine.wake();
    await expect.poll(held.titles).toEqual(["on its way"]);
    const stopping = chat.engine.stop();
    held.end("on its way");
    await stopping;
    expect(chat.platform.attempts).toEqual(["on its way"]);
    chat.platform.meets = async () => {};
    expect((await chat.store.deliveries()).map((m) => m.state)).toEqual(["sent", "queued"]);
    await chat.isDownFor("1s");
    expect(sent()).toEqual(["on its way", "next"]);
  });
});

describe("a platform that takes only so much", () => {
  test("is left alone until it is free, for that person and lane only", async () => {
    const free = Date.now() + 150;
    chat.platform.freeAt = (to, lane) => (to.name === "周敏" && lane >= 2 ? free : 0);
    const times: [string, number][] = [];
    chat.platform.meets = async ({ key }) => void times.push([key, Date.now()]);
    await queue(message("held", 2, "周敏"), message("other", 3, "贺强"));
    const sending = chat.engine.wake();
    await expect.poll(sent).toEqual(["other"]);
    await queue(message("urgent", 1, "周敏"));
    await Promise.all([chat.engine.wake(), sending]);
    expect(times.map(([key]) => key)).toEqual(["other", "urgent", "held"]);
    expect(times[2]?.[1]).toBeGreaterThanOrEqual(free);
    expect(times[1]?.[1]).toBeLessThan(free);
  });

  test("that takes its time to say now is sent to now", async () => {
    chat.platform.freeAt = () => {
      const later = Date.now() + 3;
      while (Date.now() < later);
      return later;
    };
    await queue(message("k", 1), message("l", 1, "贺强"));
    void chat.engine.wake();
    await expect.poll(sent).toEqual(["k", "l"]);
  });

  test("is asked about the message that is edited, too", async () => {
    await queue({ ...message("first", 1), slot: "s" });
    await chat.engine.wake();
    const free = Date.now() + 100;
    const asked = new Set<string | undefined>();
    chat.platform.freeAt = (_to, _lane, edits) => {
      asked.add(edits);
      return edits === "bot-1" ? free : 0;
    };
    await queue({ ...message("edit", 0), kind: "update", slot: "s" });
    await chat.engine.wake();
    expect(Date.now()).toBeGreaterThanOrEqual(free);
    expect(asked).toContain("bot-1");
    expect(chat.platform.posts[0]?.edits).toBe(1);
  });

  test("an escalation leaves within two seconds, although 500 digests wait and the minute is nearly used up", async () => {
    let shift = -30_000;
    const limiter = new Limiter(() => Date.now() + shift);
    for (; shift < -30_000 + 864 * 25; shift += 25) limiter.take({});
    shift = 0;
    chat.platform.freeAt = (to, lane) => limiter.freeAt({ chat: to.name }, lane);
    chat.platform.meets = async ({ to }) => limiter.take({ chat: to.name });
    await queue(...Array.from({ length: 500 }, (_, i) => message(`digest ${i}`, 3, `p${i}`)));
    void chat.engine.wake();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const from = Date.now();
    await queue(message("escalation", 1, "刘建华"));
    void chat.engine.wake();
    await expect.poll(sent, { timeout: 5_000 }).toContain("escalation");
    expect(Date.now() - from).toBeLessThan(2_000);
    expect(sent()).toEqual(["escalation"]);
    await chat.engine.stop();
  });

  test("says when to try again, and that counts however often it was tried", async () => {
    chat.platform.refuses(busy);
    await queue(message("k", 1));
    await chat.passes("5m");
    expect(chat.platform.attempts).toHaveLength(11);
    chat.errors.length = 0;
  });
});

describe("with several platforms", () => {
  test("an answer goes where the question was asked, everything else to the first that reaches the person", async () => {
    const second = new FakePlatform(chat.clock, "second");
    const { platform, clock } = chat;
    await chat.close();
    chat = await openChat({ platform, clock, others: [second] });
    second.posts.push({ ...message("asked", 0), id: "second-1", at: 0, edits: 0 });
    await queue({ ...message("answer", 0), replyTo: "second-1" }, message("notice", 2));
    await chat.engine.wake();
    expect(second.posts.map((p) => p.key)).toEqual(["asked", "answer"]);
    expect(sent()).toEqual(["notice"]);
    platform.loses("周敏");
    second.loses("贺强");
    await queue(message("elsewhere", 1), { ...message("here", 1, "贺强"), replyTo: "second-1" });
    await chat.engine.wake();
    expect(second.posts.at(-1)?.key).toBe("elsewhere");
    expect(sent().at(-1)).toBe("here");
  });
});
