import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DeliveryError } from "#core/ports.ts";
import { formatMoment } from "#core/time.ts";
import { type Chat, openChat, textOf } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";

let chat: Chat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(async () => {
  expect(chat.errors.filter((e) => !(e instanceof DeliveryError))).toEqual([]);
  await chat.close();
});

const refused = (text: string, more: { retry?: boolean; unreachable?: boolean } = {}): DeliveryError =>
  new DeliveryError(text, { retry: false, ...more });

/** Level II, at the public security bureau: authoritative release by 11:20. */
async function graveCase(): Promise<void> {
  await chat.says("王晓梅", `/舆情 上报 ${REPORTS.crash}`);
  await chat.presses("周敏", "研判", { 突发: "II", 舆情: "II", 单位: "青岩县公安局" });
  await chat.presses("周敏", "转办");
  await chat.presses("贺强", "签收");
}

/** How a person was urged about the authoritative release: time and channel. */
const urgedFor = (name: string): string[] =>
  chat.platform.urged
    .filter((u) => u.name === name && u.about.includes("权威信息"))
    .map((u) => `${formatMoment(u.at).slice(-5)} ${u.channel}`);
const receipt = async (name: string, stage: string) =>
  (await chat.store.deliveries((await chat.case()).id)).find(
    (m) => m.to.name === name && m.subject === "release.authoritative" && m.stage === stage,
  );

describe("urgent channels", () => {
  test("are pressed once the message is there, stronger with every step", async () => {
    await graveCase();
    await chat.until("11-20 12:00");
    expect(urgedFor("邵军")).toEqual(["09:50 app", "11:20 sms", "11:50 phone"]);
    expect(await receipt("邵军", "T")).toMatchObject({ state: "delivered", urgent: "sms", urged: "sms" });
  });

  test("ring for the first notice of a suspected major emergency", async () => {
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.crash}`);
    expect(chat.platform.urged).toMatchObject([
      { name: "罗文博", channel: "app" },
      { name: "周敏", channel: "app" },
    ]);
    expect(chat.platform.urged.every((u) => u.about.includes("重大情况"))).toBe(true);
  });

  test("that are refused give way to the gentler one, and the administrators learn of it once a day", async () => {
    chat.platform.meetsUrging = (_name, channel) => {
      if (channel === "phone") throw refused("电话加急额度已用完，请充值。");
    };
    await graveCase();
    await chat.until("11-20 15:00");
    expect(urgedFor("邵军").slice(2, 4)).toEqual(["11:50 phone", "11:50 sms"]);
    expect(await receipt("邵军", "T+30m")).toMatchObject({
      state: "delivered",
      urged: "sms",
      error: "电话加急未成：电话加急额度已用完，请充值。",
    });
    const told = chat.toldTo("何伟").filter((p) => textOf(p).includes("额度已用完"));
    expect(told).toHaveLength(1);
  });

  test("are not pressed for somebody who has read the message", async () => {
    let tries = 0;
    chat.platform.meetsUrging = (name) => {
      if (name === "邵军" && ++tries > 0) throw refused("忙", { retry: true });
    };
    await graveCase();
    await chat.until("11-20 09:50");
    const message = chat.lastFor("邵军");
    expect(tries).toBe(1);
    await chat.store.write((tx) => tx.markRead([message?.id ?? ""], "邵军", chat.clock.now()));
    await chat.passes("5m");
    expect(tries).toBe(1);
  });

  test("that are busy are tried again, after ten minutes no longer", async () => {
    chat.platform.meetsUrging = (name) => {
      if (name === "邵军") throw refused("忙", { retry: true });
    };
    await graveCase();
    await chat.until("11-20 09:55");
    expect((await receipt("邵军", "T-1h30m"))?.urged).toBeUndefined();
    const tries = urgedFor("邵军").length;
    expect(tries).toBeGreaterThan(10);
    await chat.until("11-20 10:01");
    expect(await receipt("邵军", "T-1h30m")).toMatchObject({
      state: "sent",
      urged: "none",
      error: "应用内加急未成：忙",
    });
    const all = urgedFor("邵军").length;
    await chat.until("11-20 10:10");
    expect(urgedFor("邵军")).toHaveLength(all);
  });

  test("are pressed after a crash that came before, and not again after one that came later", async () => {
    await graveCase();
    await chat.until("11-20 09:49");
    const urge = chat.platform.urge.bind(chat.platform);
    chat.platform.urge = () => new Promise<never>(() => {});
    chat.clock.set(chat.clock.now() + 60_000);
    void chat.engine.tick();
    await expect.poll(() => textOf(chat.lastFor("邵军"))).toContain("权威信息");
    chat.platform.urge = urge;
    await chat.isDownFor("10s");
    expect(urgedFor("邵军")).toEqual(["09:50 app"]);
    await chat.isDownFor("10s");
    await chat.passes("5m");
    expect(urgedFor("邵军")).toEqual(["09:50 app"]);
  });

  test("are pressed once each, although the database fails for one while the others are under way", async () => {
    const pressed: string[] = [];
    const write = chat.store.write.bind(chat.store);
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    chat.platform.urge = async (_id, name) => {
      pressed.push(name);
      if (name !== "罗文博") return answered;
      chat.store.write = async () => {
        chat.store.write = write;
        throw new Error("disk full");
      };
    };
    const said = chat.says("王晓梅", `/舆情 上报 ${REPORTS.crash}`);
    await expect.poll(() => pressed).toEqual(["罗文博", "周敏"]);
    const looked = chat.engine.tick();
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    answer();
    await Promise.all([said, looked]);
    await chat.engine.tick();
    expect(pressed).toEqual(["罗文博", "周敏"]);
    expect(chat.errors.splice(0)).toMatchObject([{ message: "disk full" }]);
    const urged = (await chat.store.deliveries()).filter((m) => m.urged !== undefined);
    expect(urged.map((m) => m.urged)).toEqual(["app", "app"]);
  });

  test("stay silent when the limit has been kept meanwhile", async () => {
    await graveCase();
    await chat.until("11-20 09:49");
    chat.platform.urge = () => new Promise<never>(() => {});
    chat.clock.set(chat.clock.now() + 60_000);
    void chat.engine.tick();
    await expect.poll(() => textOf(chat.lastFor("邵军"))).toContain("权威信息");
    const pressed: string[] = [];
    chat.platform.urge = async (_id, name) => void pressed.push(name);
    const c = await chat.case();
    const stopped = { ...c, version: c.version + 1, clocks: c.clocks.map((k) => ({ ...k, stoppedAt: k.start ?? 0 })) };
    const [first] = await chat.store.history(c.id);
    await chat.store.write((tx) => tx.saveCase(c, stopped, first ? [first.event] : [], []));
    await chat.isDownFor("10s");
    expect(pressed).toEqual([]);
    expect((await receipt("邵军", "T-1h30m"))?.urged).toBe("none");
  });
});

describe("somebody whom no channel reaches", () => {
  test("at the limit the next person is told, plainly: what is used up for one is used up for all", async () => {
    chat.platform.meetsUrging = (name) => {
      if (name === "邵军") throw refused("没有加急权限。");
    };
    await graveCase();
    await chat.until("11-20 11:20");
    const before = chat.platform.posts.length;
    expect(urgedFor("邵军").slice(-2)).toEqual(["11:20 sms", "11:20 app"]);
    const instead = chat.platform.posts.filter((p) => textOf(p).includes("原应通知邵军"));
    expect(instead).toEqual([]);
    expect(await receipt("邵军", "T")).toMatchObject({ state: "sent", urged: "none" });
    // Everybody who could follow was told of the same stage already; the office learns of it all the same.
    expect(chat.toldTo("周敏").map(textOf).join()).toMatch(/应通知青岩县公安局单位分管邵军,但未能送达,已改为通知/);
    await chat.engine.tick();
    expect(chat.platform.posts).toHaveLength(before);
  });

  test("before the limit nobody else is told", async () => {
    chat.platform.meetsUrging = (_name, channel) => {
      if (channel === "app") throw refused("没有加急权限。");
    };
    await graveCase();
    await chat.until("11-20 11:19");
    expect(urgedFor("邵军")).toEqual(["09:50 app"]);
    const instead = chat.platform.posts.filter((p) => /原应通知/.test(textOf(p)) && p.card.title.includes("权威信息"));
    expect(instead).toEqual([]);
  });

  test("an account that is no longer valid: the next person is told and urged, whatever the stage", async () => {
    chat.platform.meetsUrging = (name) => {
      if (name === "邵军") throw refused("邵军已离职。", { unreachable: true });
    };
    await graveCase();
    await chat.until("11-20 09:50");
    const instead = chat.platform.posts.filter((p) => textOf(p).includes("原应通知邵军"));
    expect(instead.map((p) => [p.to.name, formatMoment(p.at).slice(-5)])).toEqual([["武振国", "09:50"]]);
    expect(urgedFor("武振国")).toEqual(["09:50 app"]);
  });
});
