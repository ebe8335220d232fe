import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { FormField } from "#core/message/card.ts";
import { MINUTE } from "#core/time.ts";
import { startWeb, type WebServer } from "#src/web/server.ts";
import { DESKTOP, hasChromium, launchChromium, PHONE } from "../../support/chromium.ts";
import { card, DUTY, reportCard, type Setup, setup } from "./fixture.ts";

const SAMPLE = "/舆情 上报 县一中食堂今天中午多名学生腹痛，家长群在传";
describe.skipIf(!hasChromium)("in Chromium", () => {
  let browser: Browser;
  let context: BrowserContext;
  let web: WebServer;
  let room: Setup;
  /** What a browser complains of: a blocked script, a failed request, an exception. */
  let complaints: string[];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    complaints = [];
    room = await setup({ sample: [SAMPLE] });
    const { platform, bot } = room;
    bot.answer = async (event) => {
      if (event.type === "message" && event.text.includes("上报")) {
        const to = { kind: "group", name: event.chat.name } as const;
        const key = `receipt ${event.id}`;
        await platform.send({
          key,
          to,
          card: reportCard(),
          mentions: ["周敏"],
          replyTo: event.messageId,
          kind: "reply",
          lane: 0,
        });
      }
      if (event.type !== "press") return undefined;
      if (event.values.理由 === "不行") return { text: "请写清楚理由。", tone: "warning" };
      await platform.update(event.messageId, {
        ...reportCard(),
        title: "【处置中】YQ-990121-20261120-001",
        buttons: [],
      });
      return { text: "已研判 001", tone: "ok" };
    };
    web = await startWeb({ port: 0, mounts: [platform.web], health: () => ({ ok: true }) });
    context = await browser.newContext({ viewport: DESKTOP });
    context.setDefaultTimeout(8_000);
  });
  afterEach(async () => {
    await context.close();
    await room.platform.stop();
    await web.close();
    expect(complaints).toEqual([]);
  });

  async function window(hash = "", viewport = DESKTOP): Promise<Page> {
    const page = await context.newPage();
    await page.setViewportSize(viewport);
    page.on("console", (m) => {
      if (m.type() === "error" || m.type() === "warning") complaints.push(m.text());
    });
    page.on("pageerror", (e) => complaints.push(e.message));
    await page.goto(`${web.url}chat/${hash}`);
    return page;
  }

  const as = (name: string, chat = DUTY): string => `#${new URLSearchParams({ as: name, chat })}`;

  /** Waits until the page shows this text. */
  async function shows(page: Page, text: string | RegExp): Promise<void> {
    await page.getByText(text).filter({ visible: true }).first().waitFor();
  }

  test("two windows of one browser are two people, and a report is answered by a card with a form", async () => {
    const reporter = await window();
    await reporter.getByRole("searchbox").fill("网信办");
    await reporter.getByRole("list").last().getByRole("link", { name: "王晓梅" }).click();
    await reporter.getByRole("heading", { name: "三步看懂" }).waitFor();
    const coordinator = await window(as("周敏"));
    await shows(coordinator, "三步看懂");

    await reporter.getByRole("button", { name: "发一条样例上报" }).first().click();
    await shows(reporter, "【已受理】YQ-990121-20261120-001");
    expect(room.bot.messages()).toMatchObject([{ from: "王晓梅", text: SAMPLE }]);
    await shows(coordinator, SAMPLE);
    await coordinator.getByText("@周敏").waitFor();

    await coordinator.getByRole("button", { name: "研判" }).click();
    const sheet = coordinator.getByRole("dialog", { name: "研判 001" });
    await sheet.getByRole("button", { name: "提交研判" }).click();
    await sheet.getByText("请填写理由。").waitFor();
    await sheet.getByRole("button", { name: "I", exact: true }).click();
    await sheet.getByRole("button", { name: "县卫健委" }).click();
    await sheet.getByRole("textbox").fill("不行");
    await sheet.getByRole("button", { name: "提交研判" }).click();
    // A refusal keeps the form and what was typed.
    await sheet.getByRole("alert").getByText("请写清楚理由。").waitFor();
    expect(await sheet.getByRole("textbox").inputValue()).toBe("不行");
    await sheet.getByRole("textbox").fill("多名学生不适");
    await sheet.getByRole("button", { name: "提交研判" }).click();
    await sheet.waitFor({ state: "detached" });
    await shows(coordinator, "已研判 001");
    expect(room.bot.events.filter((e) => e.type === "press").at(-1)).toMatchObject({
      from: "周敏",
      action: "研判",
      values: { 编号: "20261120-001", 突发: "I", 单位: "县教育局、县卫健委", 理由: "多名学生不适" },
    });
    // The edit in place arrives in the other window without a reload.
    await shows(reporter, "【处置中】YQ-990121-20261120-001");
    await shows(reporter, /已更新/);
    await reporter.getByRole("button", { name: "已读 2/3" }).click();
    await reporter.getByRole("definition").getByText("孙浩").waitFor();
  });

  test("people are chosen, and a time may be written in words", async () => {
    const fields: FormField[] = [
      { name: "时间", label: "发布时间", type: "datetime", hint: "不填按现在" },
      { name: "决定", label: "决定的领导", type: "person", options: ["张志远", "钟慧"] },
    ];
    const form = { title: "回应 001", submit: "提交回应", fields };
    const to = { kind: "group", name: "值班群" } as const;
    const buttons = [{ action: "回应", label: "回应", values: {}, form }];
    await room.platform.send({ key: "k", to, card: card("请回应", { buttons }), mentions: [], kind: "reply", lane: 0 });
    const page = await window(as("周敏"));
    await page.getByRole("button", { name: "回应", exact: true }).click();
    const sheet = page.getByRole("dialog", { name: "回应 001" });
    await sheet.getByText("不填按现在；例如 今天14:30").waitFor();
    await sheet.getByRole("textbox").fill("今天14:30");
    await sheet.getByRole("button", { name: "钟慧" }).click();
    await sheet.getByRole("button", { name: "提交回应" }).click();
    await sheet.waitFor({ state: "detached" });
    expect(room.bot.events.at(-1)).toMatchObject({ action: "回应", values: { 时间: "今天14:30", 决定: "钟慧" } });
  });

  test("a press cannot be made twice while the first is under way", async () => {
    let finish = (): void => {};
    room.bot.answer = (event) =>
      event.type === "press"
        ? new Promise((resolve) => {
            finish = () => resolve({ text: "已签收", tone: "ok" });
          })
        : undefined;
    const buttons = [{ action: "签收", label: "签收", values: {} }];
    const to = { kind: "group", name: "值班群" } as const;
    await room.platform.send({
      key: "k",
      to,
      card: card("请签收", { buttons }),
      mentions: [],
      kind: "notice",
      lane: 0,
    });
    const page = await window(as("孙浩"));
    const button = page.getByRole("button", { name: "签收" });
    await button.dblclick();
    await expect.poll(() => button.isDisabled()).toBe(true);
    finish();
    await shows(page, "已签收");
    await expect.poll(() => button.isDisabled()).toBe(false);
    expect(room.bot.events.filter((e) => e.type === "press")).toHaveLength(1);
  });

  test("the countdown runs, from the server's time", async () => {
    const to = { kind: "group", name: "值班群" } as const;
    await room.platform.send({ key: "k", to, card: reportCard(), mentions: [], kind: "reply", lane: 0 });
    const page = await window(as("周敏"));
    const left = page.locator(".limit-left");
    await left.waitFor();
    const first = await left.textContent();
    expect(first).toMatch(/^还剩 1[12]分\d\d秒$/);
    await expect.poll(() => left.textContent(), { timeout: 5_000 }).not.toBe(first);
    // The clock of the test stands 13 minutes later for a window that comes then.
    room.clock.pass(13 * MINUTE);
    await page.reload();
    await shows(page, "已逾期 1分");
  });

  test("what people type is never markup, and Enter that ends an input method sends nothing", async () => {
    const page = await window(as("王晓梅"));
    const box = page.getByRole("textbox", { name: /发给/ });
    const typed = "<img src=x onerror=alert(1)><b>粗</b> https://evil.example [链](javascript:1)";
    await box.fill(typed);
    await box.dispatchEvent("keydown", { key: "Enter", isComposing: true });
    await box.press("Shift+Enter");
    expect(room.bot.messages()).toHaveLength(0);
    await box.press("Backspace");
    await box.press("Enter");
    await shows(page, typed);
    expect(await page.locator(".bubble").locator("img, a, script").count()).toBe(0);
    expect(room.bot.messages()).toMatchObject([{ text: typed }]);
  });

  test("a message is answered with a quotation, and taken back", async () => {
    const page = await window(as("王晓梅"));
    const box = page.getByRole("textbox", { name: /发给/ });
    await box.fill("第一句");
    await box.press("Enter");
    await shows(page, "第一句");
    await page.getByRole("button", { name: "回复" }).click();
    await box.fill("接着说");
    await box.press("Enter");
    await page.locator(".quoted", { hasText: "王晓梅：第一句" }).waitFor();
    expect(room.bot.messages()[1]?.replyTo).toBe(room.bot.messages()[0]?.messageId);
    await page.getByRole("button", { name: "撤回" }).first().click();
    await shows(page, "您撤回了一条消息");
    await expect.poll(() => room.bot.events.at(-1)?.type).toBe("recall");
  });

  test("a window that lost its connection catches up", async () => {
    const page = await window(as("周敏"));
    await shows(page, "三步看懂");
    complaints = [];
    await context.setOffline(true);
    await web.close();
    await shows(page, "连接断开，正在重新连接…");
    const to = { kind: "group", name: "值班群" } as const;
    await room.platform.send({ key: "k", to, card: card("断网时发的"), mentions: [], kind: "notice", lane: 0 });
    const port = Number(new URL(web.url).port);
    web = await startWeb({ port, mounts: [room.platform.web], health: () => ({ ok: true }) });
    await context.setOffline(false);
    await shows(page, "断网时发的");
    await page.getByText("连接断开").waitFor({ state: "detached" });
    complaints = complaints.filter((c) => !c.includes("net::ERR_"));
  });

  test("on a phone the list leads to a chat and back, the form comes from below, and nothing is wider than the screen", async () => {
    const page = await window("#as=%E5%91%A8%E6%95%8F", PHONE);
    const fits = async (): Promise<void> => {
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    };
    await fits();
    await page.getByRole("link", { name: /值班群/ }).click();
    await page.getByRole("button", { name: "发一条样例上报" }).first().click();
    await shows(page, "【已受理】YQ-990121-20261120-001");
    await fits();
    await page.getByRole("button", { name: "研判" }).click();
    const sheet = page.getByRole("dialog");
    await expect.poll(async () => (await sheet.boundingBox())?.x).toBe(0);
    await expect
      .poll(async () => {
        const box = await sheet.boundingBox();
        return box && Math.round(box.y + box.height);
      })
      .toBe(PHONE.height);
    await fits();
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });
    await page.getByRole("link", { name: "返回聊天列表" }).click();
    await page.getByRole("navigation", { name: "聊天列表" }).waitFor();
    await page.goBack();
    await shows(page, "【已受理】YQ-990121-20261120-001");
  });

  test("a page behind a token asks for it once", async () => {
    await room.platform.stop();
    await web.close();
    room = await setup({ token: "correct horse" });
    web = await startWeb({ port: 0, token: "correct horse", mounts: [room.platform.web], health: () => ({}) });
    const page = await window();
    await page.getByLabel("访问口令").fill("wrong");
    await page.getByRole("button", { name: "进入" }).click();
    await shows(page, "口令不对，请核对后再试。");
    await page.getByLabel("访问口令").fill("correct horse");
    await page.getByRole("button", { name: "进入" }).click();
    await page.getByRole("heading", { name: "您是谁？" }).waitFor();
    complaints = complaints.filter((c) => !c.includes("status of 40"));
  });
});
