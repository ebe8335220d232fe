import { describe, expect } from "vitest";
import type { FeishuOffice } from "../support/feishu-office.ts";
import { ACCIDENT, expectConfirmed, POTHOLE, receipts, report, test } from "../support/feishu-soundness.ts";

const toldAdministrator = (office: FeishuOffice): string =>
  office
    .toldTo("何伟")
    .map((m) => office.text(m))
    .join("\n");

const connected = (office: FeishuOffice) =>
  office.server.waitFor(() => office.platform.status?.().startsWith("已连接"));

/** What was said while nobody listened is pushed by the service and answered by the bot. */
async function answersLate(office: FeishuOffice, ids: string[]): Promise<void> {
  await office.server.waitFor(() => office.server.deliveries.every((d) => d.attempts.at(-1)?.ack?.code === 200));
  await office.settles();
  expectConfirmed(office.server, ...ids);
}

describe.concurrent("the long connection", () => {
  test("is cut: it comes back by itself, and what was said meanwhile is answered", async ({ office }) => {
    office.server.dropConnections();
    const id = await office.says("王晓梅", POTHOLE);
    expect(receipts(office.server)).toEqual([]);
    await answersLate(office, [id]);
  });

  test("goes with the whole service, which comes back on the same port", async ({ office }) => {
    await office.server.stop();
    const ids = [await office.says("王晓梅", POTHOLE), await office.says("周敏", ACCIDENT)];
    await office.passes("20m");
    await office.server.resume();
    await answersLate(office, ids);
    // Twenty minutes late, and said so.
    expect(
      receipts(office.server)
        .map((m) => office.text(m))
        .join(),
    ).toMatch(/补收:这条消息发送于 (?:19|20)分钟前/);
    await office.passes("5m");
    expect(toldAdministrator(office)).not.toContain("请检查平台连接");
  });

  test("comes back after a while: what waited for another try goes out at once", async ({ office }) => {
    await office.says("王晓梅", ACCIDENT);
    await office.server.stop();
    await office.passes("18m");
    const told = office.toldTo("周敏").length;
    await office.server.resume();
    // The clock of the bot stands still: no next try falls due by itself.
    await office.server.waitFor(() => office.toldTo("周敏").length > told, 10_000);
    expect(office.text(office.toldTo("周敏").at(-1)?.id ?? "")).toContain("研判");
    await office.settles();
  });

  test("is only half there: this is noticed, and the event that it swallowed comes again", async ({ office }) => {
    office.server.halfOpen();
    const { ack, messageId } = await office.server.says(office.user("王晓梅"), office.group(), POTHOLE, {
      timeoutMs: 100,
    });
    expect(ack.code).toBe("timeout");
    await office.server.waitFor(() => !office.platform.status?.().startsWith("已连接"));
    await connected(office);
    await office.passes("15s");
    await office.server.redeliverDue();
    await answersLate(office, [messageId]);
  });

  test("is cut while an event is being handled: it comes again and is handled once", async ({ office }) => {
    const said = office.server.says(office.user("王晓梅"), office.group(), POTHOLE, { timeoutMs: 300 });
    office.server.dropConnections();
    const { messageId } = await said;
    await connected(office);
    await office.passes("15s");
    await office.server.redeliverDue();
    await answersLate(office, [messageId]);
  });

  test("is refused because the service is busy (1): tried again at once, and nobody is bothered", async ({
    office,
  }) => {
    await office.stops();
    office.server.endpointAnswers({ kind: "code", code: 1 });
    await office.starts();
    expect(office.platform.status?.()).toMatch(/^连接中断，正在重连，认出 .*。飞书长连接服务繁忙/u);
    office.server.endpointAnswers();
    await connected(office);
    const id = await office.says("王晓梅", POTHOLE);
    await answersLate(office, [id]);
    expect(toldAdministrator(office)).not.toContain("长连接");
  });

  const lasting: [number, RegExp][] = [
    [403, /使用长连接接收事件/],
    [514, /FEISHU_APP_ID 和 FEISHU_APP_SECRET/],
    [1000040350, /长连接已满 50 个/],
  ];
  test.for(lasting)(
    "is refused (%d): the administrator is told why, reminders go on, and after the mending nothing is lost",
    async ([code, why], { office }) => {
      await office.says("王晓梅", ACCIDENT);
      await office.stops();
      office.server.endpointAnswers({ kind: "code", code });
      await office.starts();
      await office.settles();
      expect(toldAdministrator(office)).toMatch(why);
      const late = await office.says("王晓梅", POTHOLE);
      await office.passes("3h");
      expect(
        office
          .toldTo("罗文博")
          .map((m) => office.text(m))
          .join(),
      ).toContain("请您关注");
      office.server.endpointAnswers();
      await office.stops();
      await office.starts();
      await answersLate(office, [receipts(office.server)[0]?.parentId ?? "", late]);
    },
  );

  test("does not come about, and Feishu is away altogether: the bot starts all the same, and catches up", async ({
    office,
  }) => {
    await office.says("王晓梅", ACCIDENT);
    await office.passes("14m");
    await office.stops();
    await office.server.stop();
    await office.starts();
    await office.passes("2m");
    expect(office.platform.status?.()).toMatch(/^连接中断，正在重连，认出 .*。连不上飞书/u);
    const before = office.toldTo("周敏").length;
    await office.server.resume();
    await connected(office);
    await office.passes("3m");
    expect(
      office
        .toldTo("周敏")
        .slice(before)
        .map((m) => office.text(m))
        .join(),
    ).toContain("研判");
    expect(toldAdministrator(office)).not.toContain("请处理");
  });
});

describe.concurrent("the secret of the app", () => {
  test("is wrong at the start: the bot runs, says what to do, and once it is mended everything arrives", async ({
    office,
  }) => {
    await office.stops();
    office.env = { FEISHU_APP_SECRET: "the-secret-of-another-app" };
    await office.starts();
    await office.settles();
    const id = await office.says("王晓梅", POTHOLE);
    await office.stops();
    office.env = {};
    await office.starts();
    await office.passes("10m");
    await answersLate(office, [id]);
    expect(toldAdministrator(office)).toContain("FEISHU_APP_SECRET");
    const shown = JSON.stringify(office.errors.map(({ error }) => String(error)));
    expect(shown).not.toContain("the-secret-of-another-app");
  });
});

describe.concurrent("the bot is down", () => {
  test("while people go on talking: the burst at its start is answered, each report once, with its own time", async ({
    office,
  }) => {
    await office.stops();
    const ids: string[] = [];
    for (let i = 1; i <= 6; i++) {
      ids.push(
        (await office.server.says(office.user("王晓梅"), office.group(), report(`城关镇第${i}小学食堂饭菜变质`)))
          .messageId,
      );
      office.clock.set(office.clock.now() + 60_000 * 10);
    }
    await office.starts();
    await answersLate(office, ids);
    const numbers = receipts(office.server).map((m) => /YQ-\d+-\d+-\d+/.exec(office.text(m))?.[0]);
    expect(new Set(numbers).size).toBe(6);
    expect(receipts(office.server).filter((m) => office.text(m).includes("补收"))).toHaveLength(6);
    const first = receipts(office.server).find((m) => m.parentId === ids[0]);
    expect(office.text(first?.id ?? "")).toContain("起算 11月20日(周五)09:00");
  });
});
