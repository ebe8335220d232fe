import { describe, expect } from "vitest";
import type { FeishuOffice } from "../support/feishu-office.ts";
import type { Json } from "../support/feishu-server/model.ts";
import { ACCIDENT, expectConfirmed, POTHOLE, receipts, report, test } from "../support/feishu-soundness.ts";

const cases = (office: FeishuOffice): Promise<number> => office.store.countCases({});

describe.concurrent("an event that comes again", () => {
  test("after six hours, and after a restart of the bot, is handled once", async ({ office }) => {
    const { eventId, ack } = await office.server.says(office.user("王晓梅"), office.group(), POTHOLE);
    expect(ack.code).toBe(200);
    await office.settles();
    await office.until("11-20 15:00");
    const spoken = office.server.messages.length;
    expect(await office.server.redeliver(eventId)).toMatchObject({ code: 200 });
    await office.stops();
    await office.starts();
    expect(await office.server.redeliver(eventId)).toMatchObject({ code: 200 });
    await office.settles();
    expect(await cases(office)).toBe(1);
    expect(office.server.messages).toHaveLength(spoken);
  });

  test("under another id, as the same message, is handled once", async ({ office }) => {
    const id = await office.says("王晓梅", POTHOLE);
    await office.says("王晓梅", POTHOLE, { messageId: id });
    expect(await cases(office)).toBe(1);
    expect(receipts(office.server)).toHaveLength(1);
  });

  test("as a press, with the same id, has one effect and the same answer", async ({ office }) => {
    await assigned(office);
    const card = office.newest("贺强", (text) => text.includes("请签收"));
    const first = await office.presses("贺强", "签收", undefined, card);
    const { envelope } = office.server.deliveries.at(-1) ?? {};
    const again = await office.server.push("card.action.trigger", envelope?.event as Json, {
      eventId: envelope?.header.event_id ?? "",
    });
    await office.settles();
    expect(again).toMatchObject({ code: 200, data: { toast: { content: first.toast?.content } } });
    expect(await signatures(office)).toBe(1);
  });

  test("as a press by a double tap, with ids of their own, has one effect and the same answer", async ({ office }) => {
    await assigned(office);
    const { server } = office;
    const { id } = office.newest("贺强", (text) => text.includes("请签收"));
    const [one, two] = await Promise.all([1, 2].map(() => server.presses(office.user("贺强"), id, "签收")));
    await office.settles();
    expect(one?.toast).toMatchObject({ type: "success" });
    expect(two?.toast).toEqual(one?.toast);
    expect(await signatures(office)).toBe(1);
  });

  test("as a press after a restart, on the card as it was, is told how it stands and changes nothing", async ({
    office,
  }) => {
    await assigned(office);
    await office.presses(
      "贺强",
      "签收",
      undefined,
      office.newest("贺强", (text) => text.includes("请签收")),
    );
    const { envelope } = office.server.deliveries.at(-1) ?? {};
    await office.stops();
    await office.starts();
    const again = await office.server.push("card.action.trigger", envelope?.event as Json);
    await office.settles();
    expect(again).toMatchObject({ code: 200, data: { toast: { content: expect.stringMatching(/\p{Script=Han}/u) } } });
    expect(await signatures(office)).toBe(1);
  });
});

describe.concurrent("a message that is recalled", () => {
  test("before the event of it came leaves nothing behind", async ({ office }) => {
    const { server } = office;
    const user = office.user("王晓梅");
    const { id } = server.post({
      chatId: office.group().chatId,
      sender: { kind: "user", id: user.openId },
      type: "text",
      content: { text: POTHOLE },
    });
    await server.recalls(user, id);
    await office.says("王晓梅", POTHOLE, { messageId: id });
    await office.passes("10m");
    expect(await cases(office)).toBe(0);
    expect(receipts(office.server)).toEqual([]);
  });

  test("while its picture is being fetched leaves nothing behind", async ({ office }) => {
    const { server } = office;
    server.fault({ match: ({ path }) => path.includes("/resources/"), kind: "503" });
    const { messageId } = await server.says(office.user("王晓梅"), office.group(), POTHOLE, {
      attachments: [new Uint8Array(100)],
    });
    expect(await office.store.arrivals("feishu")).toHaveLength(1);
    await server.recalls(office.user("王晓梅"), messageId);
    expect(await office.store.arrivals("feishu")).toEqual([]);
    await office.stops();
    await office.starts();
    await office.passes("10m");
    expect(await cases(office)).toBe(0);
    expect(receipts(office.server)).toEqual([]);
  });

  test("after it was numbered keeps its number, and the group is told what to do", async ({ office }) => {
    const id = await office.says("王晓梅", POTHOLE);
    await office.server.recalls(office.user("王晓梅"), id);
    await office.settles();
    expect(await cases(office)).toBe(1);
    expect(office.server.chatText(office.group())).toContain("王晓梅撤回了原消息");
  });

  test("while its answer waits is answered all the same, not as an answer to it", async ({ office }) => {
    office.server.fault({ match: ({ path }) => path.endsWith("/reply"), kind: "503", times: 2 });
    const id = await office.says("王晓梅", POTHOLE);
    await office.server.recalls(office.user("王晓梅"), id);
    await office.passes("1m");
    expect(receipts(office.server).map((m) => m.parentId)).toEqual([undefined]);
  });
});

describe.concurrent("two bots of the same app on one database", () => {
  test("share the events: each report is numbered and answered once", async ({ office }) => {
    await office.secondStarts();
    await office.server.waitFor(() => office.server.connections === 2);
    const said = Array.from({ length: 6 }, (_, i) =>
      office.server.says(office.user("王晓梅"), office.group(), report(`城关镇第${i + 1}小学食堂饭菜变质`), {
        connection: i % 2,
      }),
    );
    const ids = (await Promise.all(said)).map((s) => s.messageId);
    await office.settles();
    expect(await cases(office)).toBe(6);
    expectConfirmed(office.server, ...ids);
  });

  test("each get the same event: it is handled once, and reminded of once", async ({ office }) => {
    await office.secondStarts();
    await office.server.waitFor(() => office.server.connections === 2);
    const { eventId } = await office.server.says(office.user("王晓梅"), office.group(), ACCIDENT, { connection: 0 });
    await office.server.redeliver(eventId, { connection: 1 });
    await office.settles();
    expect(await cases(office)).toBe(1);
    expect(receipts(office.server)).toHaveLength(1);
    // Both of them look at what is due, too.
    await office.passes("1h");
    const told = office.toldTo("罗文博").filter((m) => office.text(m).startsWith("【请您关注】"));
    expect(new Set(told.map((m) => office.text(m))).size).toBe(told.length);
    expect(told.length).toBeGreaterThan(0);
  });
});

/** A grave case on its way to 县公安局. */
async function assigned(office: FeishuOffice): Promise<void> {
  await office.says("王晓梅", ACCIDENT);
  await office.says("周敏", "/舆情 研判 #1 突发=II 舆情=II 单位=县公安局");
  await office.says("周敏", "/舆情 转办 #1");
}

async function signatures(office: FeishuOffice): Promise<number> {
  const [c] = await office.store.cases({ limit: 1 });
  return (await office.store.history(c?.id ?? "")).filter(({ event }) => event.type === "acknowledged").length;
}
