import { describe, expect, test } from "vitest";
import type { Card } from "#core/message/card.ts";
import type { PressEvent, Toast } from "#core/ports.ts";
import { movableClock } from "#core/virtual-time.ts";
import { renderCard } from "#src/platforms/feishu/card/card.ts";
import { refusal } from "#src/platforms/feishu/errors.ts";
import { type PressAnswer, type Presser, Presses, type PressParts } from "#src/platforms/feishu/inbound/press.ts";
import { at, span } from "../../support/time.ts";
import { DUTY_GROUP, dutyRoom, expectNothingReported, type Room } from "./inbound-fixture.ts";

const VALUES = { 编号: "YQ-990121-20261120-001", 版本: "3" };
const CARD: Card = {
  title: "【待签收】停水",
  tone: "blue",
  lines: [{ kind: "text", text: "幸福里小区停水" }],
  buttons: [
    { action: "签收", label: "签收", values: VALUES },
    {
      action: "退回",
      label: "退回",
      values: VALUES,
      form: { title: "退回", submit: "退回", fields: [{ name: "理由", label: "理由", type: "text", required: true }] },
    },
  ],
};
const DONE: Card = { ...CARD, title: "【处置中】停水" };

const IN_GROUP: Presser = {
  id: "e1",
  at: at("11-20 09:00"),
  openId: "ou_a",
  from: "马超群",
  known: true,
  chat: { kind: "group", name: DUTY_GROUP },
  messageId: "om_a",
};
const IN_PRIVATE: Presser = { ...IN_GROUP, chat: { kind: "private", name: "马超群" } };

/** What presses need of a bot that does nothing. */
const parts = (handlers: Partial<PressParts["handlers"]>): PressParts => ({
  handlers: { onEvent: async () => undefined, denies: async () => undefined, ...handlers },
  clock: movableClock(at("11-20 09:00")),
  nameOf: () => undefined,
  openIdOf: () => undefined,
  sentCard: async (id) => (id === "om_a" ? CARD : undefined),
  sendForm: async () => {},
  tell: async () => {},
  report: () => {},
  patience: 30,
});

/** Presses over a bot that answers like this. */
function desk(
  bot: (event: PressEvent) => Promise<Toast | undefined> | Toast | undefined,
  other: Partial<PressParts> = {},
) {
  const clock = movableClock(at("11-20 09:00"));
  const handled: PressEvent[] = [];
  const forms: { to: string; card: object; uuid: string }[] = [];
  const told: string[] = [];
  const reports: unknown[] = [];
  const presses = new Presses({
    ...parts({
      onEvent: async (event) => {
        if (event.type !== "press") return undefined;
        handled.push(event);
        return bot(event);
      },
      denies: async ({ from }) => (from === "路人" ? { text: "〔退回〕由联络员使用。", tone: "warning" } : undefined),
    }),
    clock,
    sendForm: async (to, card, uuid) => void forms.push({ to, card, uuid }),
    tell: async (_, text) => void told.push(text),
    report: (error) => void reports.push(error),
    ...other,
  });
  const answer = (presser: Presser, data: unknown): Promise<PressAnswer> =>
    presses.answer(presser, Promise.resolve(presser), data);
  return { presses: { answer }, clock, handled, forms, told, reports };
}

const press = (value: unknown, more: object = {}) => ({ action: { tag: "button", value, ...more } });
const SIGN = press({ a: "签收", v: VALUES });
const OPEN = press({ a: "退回", v: VALUES, o: "退回" });
const titleOf = (answer: PressAnswer): string => JSON.stringify(answer.card?.data ?? "");

describe("a press", () => {
  test("is answered with a toast and the card as it stands now", async () => {
    const { presses, handled } = desk(() => ({ text: "已签收", tone: "ok", card: DONE }));
    const answer = await presses.answer(IN_GROUP, SIGN);
    expect(answer.toast).toEqual({ type: "success", content: "已签收" });
    expect(titleOf(answer)).toContain("处置中");
    expect(handled).toMatchObject([{ id: "e1", from: "马超群", action: "签收", values: VALUES, messageId: "om_a" }]);
  });

  test("that is refused is a warning, and the card stays", async () => {
    const { presses } = desk(() => ({ text: "请联络员签收。", tone: "warning" }));
    expect(await presses.answer(IN_GROUP, SIGN)).toEqual({ toast: { type: "warning", content: "请联络员签收。" } });
  });

  test("that fails is told so in plain words, and reported", async () => {
    const { presses, reports } = desk(() => Promise.reject(new Error("SQLITE_BUSY")));
    const { toast } = await presses.answer(IN_GROUP, SIGN);
    expect(toast).toEqual({ type: "warning", content: "暂时没有办成，请稍后再按一次。" });
    expect(reports).toHaveLength(1);
  });

  test("on something that is no button of ours is told so", async () => {
    const { presses, handled } = desk(() => undefined);
    expect((await presses.answer(IN_GROUP, press("x"))).toast?.content).toContain("已失效");
    expect((await presses.answer(IN_GROUP, null)).toast?.content).toContain("已失效");
    expect(handled).toEqual([]);
  });

  test("that takes too long is answered in time; a refusal that comes later is told privately", async () => {
    const slow = Promise.withResolvers<Toast>();
    const { presses, told } = desk(() => slow.promise);
    expect((await presses.answer(IN_GROUP, SIGN)).toast).toEqual({ type: "info", content: "正在办理，稍候更新。" });
    slow.resolve({ text: "请联络员签收。", tone: "warning" });
    await expect.poll(() => told).toEqual(["请联络员签收。"]);
  });
});

test("a press is answered in time, however long it takes to find out who pressed", async () => {
  const slow = Promise.withResolvers<Presser>();
  const handled: string[] = [];
  const presses = new Presses(parts({ onEvent: async ({ type }) => void handled.push(type) }));
  expect(await presses.answer(IN_GROUP, slow.promise, SIGN)).toEqual({
    toast: { type: "info", content: "正在办理，稍候更新。" },
  });
  expect(handled).toEqual([]);
  slow.resolve(IN_GROUP);
  await expect.poll(() => handled).toEqual(["press"]);
});

test("a form or page that comes too late is asked for again", async () => {
  const { presses } = desk(() => undefined, { sentCard: () => new Promise(() => {}) });
  for (const data of [OPEN, press({ p: 2 }), press({ b: "om_a" })])
    expect((await presses.answer(IN_PRIVATE, data)).toast?.content).toContain("请再按一次");
});

describe("the same press again", () => {
  const submit = (id: string, reason: string): [Presser, unknown] => [
    { ...IN_PRIVATE, id },
    press({ a: "退回", v: VALUES, m: "om_a" }, { form_value: { 理由: reason } }),
  ];

  test("by a double tap has one effect and the same toast", async () => {
    const { presses, handled } = desk(() => ({ text: "已退回", tone: "ok" }));
    const answers = await Promise.all([
      presses.answer(...submit("e1", "不属本局")),
      presses.answer(...submit("e2", "不属本局")),
    ]);
    expect(answers.map((a) => a.toast?.content)).toEqual(["已退回", "已退回"]);
    expect(handled).toHaveLength(1);
    await presses.answer(...submit("e3", "不属本局"));
    expect(handled).toHaveLength(1);
  });

  test("with other words, by somebody else, or after a while is another press", async () => {
    const { presses, handled, clock } = desk(() => ({ text: "已退回", tone: "ok" }));
    await presses.answer(...submit("e1", "不属本局"));
    await presses.answer(...submit("e2", "属住建局"));
    const [who, data] = submit("e3", "不属本局");
    await presses.answer({ ...who, from: "姚倩" }, data);
    clock.set(clock.now() + span("11m"));
    await presses.answer(...submit("e4", "不属本局"));
    expect(handled).toHaveLength(4);
  });

  test("after a refusal or a failure is tried again", async () => {
    const results = [
      { text: "缺理由", tone: "warning" as const },
      new Error("busy"),
      { text: "已退回", tone: "ok" as const },
    ];
    const { presses, handled } = desk(() => {
      const next = results.shift();
      if (next instanceof Error) throw next;
      return next;
    });
    for (const id of ["e1", "e2", "e3"]) await presses.answer(...submit(id, "不属本局"));
    expect(handled).toHaveLength(3);
  });

  test("of a button without a version, such as a list, is asked anew", async () => {
    const { presses, handled } = desk(() => undefined);
    for (const id of ["e1", "e2"]) await presses.answer({ ...IN_PRIVATE, id }, press({ a: "列表", v: {} }));
    expect(handled).toHaveLength(2);
  });
});

describe("a form", () => {
  test("in a private chat takes the place of the card, and 返回 brings the card back", async () => {
    const { presses, handled, forms } = desk(() => undefined);
    const opened = await presses.answer(IN_PRIVATE, OPEN);
    expect(titleOf(opened)).toContain('"tag":"form"');
    expect(forms).toEqual([]);
    const back = await presses.answer(IN_PRIVATE, press({ b: "om_a" }));
    expect(titleOf(back)).toContain("待签收");
    expect(handled).toEqual([]);
  });

  test("from a group goes privately to the one who pressed, and the card in the group stays", async () => {
    const { presses, forms } = desk(() => undefined);
    const answer = await presses.answer(IN_GROUP, OPEN);
    expect(answer.card).toBeUndefined();
    expect(answer.toast?.content).toContain("私聊");
    expect(forms).toMatchObject([{ to: "ou_a", uuid: "form-e1" }]);
  });

  test("offers people by name when Feishu does not know one of the accounts", async () => {
    const person = { name: "决定", label: "领导", type: "person" as const, options: ["罗文博"] };
    const form = { title: "研判", submit: "提交", fields: [person] };
    const card: Card = { ...CARD, buttons: [{ action: "研判", label: "研判", values: VALUES, form }] };
    const open = press({ a: "研判", v: VALUES, o: "研判" });
    const { presses, forms } = desk(() => undefined, {
      sentCard: async () => card,
      openIdOf: () => "ou_1",
      sendForm: async (to, shown, uuid) => {
        if (JSON.stringify(shown).includes("ou_1")) throw refusal({ code: 230099, msg: "ErrCode: 100290; invalid" });
        forms.push({ to, card: shown, uuid });
      },
    });
    expect(titleOf(await presses.answer(IN_PRIVATE, open))).toContain("select_person");
    // Nobody presses again who saw the form.
    expect(titleOf(await presses.answer(IN_PRIVATE, open))).toContain("select_static");
    await presses.answer(IN_GROUP, open);
    expect(JSON.stringify(forms)).toContain("select_static");
  });

  test("is not opened for somebody who may not use it", async () => {
    const { presses, forms } = desk(() => undefined);
    const answer = await presses.answer({ ...IN_GROUP, from: "路人" }, OPEN);
    expect(answer).toEqual({ toast: { type: "warning", content: "〔退回〕由联络员使用。" } });
    expect(forms).toEqual([]);
  });

  test("of a card that has changed shows the card instead", async () => {
    const { presses, forms } = desk(() => undefined);
    const answer = await presses.answer(IN_GROUP, press({ a: "研判", v: VALUES, o: "研判" }));
    expect(answer.toast?.type).toBe("warning");
    expect(titleOf(answer)).toContain("待签收");
    expect(forms).toEqual([]);
  });

  test("is filled in as a press on the message it stands on; after it, that message shows the card again", async () => {
    const { presses, handled } = desk(() => ({ text: "已退回", tone: "ok" }));
    const data = press({ a: "退回", v: VALUES, m: "om_a" }, { form_value: { 理由: "不属本局" } });
    const inPlace = await presses.answer(IN_PRIVATE, data);
    expect(handled[0]).toMatchObject({ messageId: "om_a", values: { ...VALUES, 理由: "不属本局" } });
    expect(titleOf(inPlace)).toContain("待签收");
    const sentOver = await presses.answer({ ...IN_PRIVATE, messageId: "om_b" }, data);
    expect(handled[1]).toMatchObject({ messageId: "om_b", chat: { kind: "private" } });
    expect(titleOf(sentOver)).toContain("表单已关闭");
  });

  test("that was filled in wrongly stays open", async () => {
    const { presses } = desk(() => ({ text: "理由太短", tone: "warning" }));
    const data = press({ a: "退回", v: VALUES, m: "om_a" }, { form_value: { 理由: "无" } });
    expect((await presses.answer(IN_PRIVATE, data)).card).toBeUndefined();
  });
});

test("what a button holds cannot be replaced by what is sent along with a form", async () => {
  const { presses, handled } = desk(() => undefined);
  const forged = { 编号: "YQ-990121-20261120-009", 版本: "9", 理由: "不属本局" };
  await presses.answer(IN_PRIVATE, press({ a: "退回", v: VALUES, m: "om_a" }, { form_value: forged }));
  expect(handled[0]?.values).toEqual({ ...VALUES, 理由: "不属本局" });
});

test("another page of a card is shown in its place", async () => {
  const { presses } = desk(() => undefined);
  expect(titleOf(await presses.answer(IN_GROUP, press({ p: 2 })))).toContain("待签收");
  const old = await presses.answer({ ...IN_GROUP, messageId: "om_old" }, press({ p: 2 }));
  expect(old.toast?.type).toBe("warning");
});

describe("over the long connection", () => {
  const gone = [
    ["is gone", async (room: Room, chatId: string) => room.directory.lost(chatId, "机器人不在群里")],
    [
      "gave its name to another",
      async (room: Room) =>
        room.directory.put({ kind: "group", name: DUTY_GROUP, account: "oc_other", how: "admin", at: 0 }),
    ],
  ] as const;
  test.each(gone)("a press in a group that %s opens nothing and does nothing", async (_, happens) => {
    const { room, server, xiaomei, group } = await dutyRoom();
    const id = await room.posted(group, CARD, renderCard(CARD, { now: room.clock.now() }));
    await happens(room, group.chatId);
    for (const label of ["退回", "签收"]) {
      const { toast, card } = await server.presses(xiaomei, id, label);
      expect(toast?.content).toContain("机器人已不在本群");
      expect(card).toBeUndefined();
    }
    expect(room.events).toEqual([]);
  });

  test("a press in a group with outsiders is refused", async () => {
    const { room, server, xiaomei } = await dutyRoom();
    const outside = server.addChat({ name: "记者群", members: [xiaomei], external: true });
    const id = await room.posted(outside, CARD, renderCard(CARD, { now: room.clock.now() }));
    await server.says(xiaomei, outside, "早");
    expect((await server.presses(xiaomei, id, "签收")).toast?.content).toContain("机器人已不在本群");
    expect(room.events).toEqual([]);
  });

  test("a press in the group reaches the bot as the person who pressed, and the client takes the answer", async () => {
    const { room, server, xiaomei, group } = await dutyRoom();
    await server.says(xiaomei, group, "/舆情 上报 幸福里小区停水两天，网友不满");
    await room.settles();
    const card = room.posts.find((p) => p.to.name === DUTY_GROUP && p.card.buttons.length > 0)?.card;
    if (!card) throw new Error("no card");
    const id = await room.posted(group, card, renderCard(card, { now: room.clock.now() }));
    const { toast, error } = await server.presses(xiaomei, id, "误报");
    expect(error).toBeUndefined();
    expect(toast?.content).toContain("表单已私发给您");
    const form = server.messages.findLast((m) => m.sender.kind === "bot" && m.chatId === server.p2p(xiaomei).chatId);
    const sent = await server.presses(xiaomei, form?.id ?? "", (n) => n.element["form_action_type"] === "submit", {
      理由: "外省视频",
    });
    expect(sent.error).toBeUndefined();
    expect(sent.toast?.content).toMatch(/误报|已/);
    expect(room.events.findLast((e) => e.type === "press")).toMatchObject({
      from: "王晓梅",
      action: "误报",
      chat: { kind: "private", name: "王晓梅" },
      values: { 理由: "外省视频" },
    });
    expectNothingReported(room);
  });

  test("a press of somebody whom nobody knows is told what to do", async () => {
    const { room, server } = await dutyRoom();
    const stranger = server.addUser({ name: "陌生人" });
    const id = await room.posted(stranger, CARD, renderCard(CARD, { now: room.clock.now() }));
    const { toast } = await server.presses(stranger, id, "签收");
    expect(toast?.content).toContain("还没有绑定");
    expect(room.events).toEqual([]);
  });

  test("a press of a guest is refused by the bot", async () => {
    const { room, server, guest, group } = await dutyRoom();
    const id = await room.posted(group, CARD, renderCard(CARD, { now: room.clock.now() }));
    const { toast } = await server.presses(guest, id, "签收");
    expect(toast?.type).toBe("warning");
    expect(room.events.at(-1)).toMatchObject({ from: "路过的人", known: false });
  });
});
