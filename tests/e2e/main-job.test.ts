import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Running, start } from "#src/start.ts";
import { DESKTOP, hasChromium, launchChromium, PHONE } from "../support/chromium.ts";

const DUTY = "group:青岩县舆情值班群";
const REPORT =
  "/舆情 上报 半小时前,石门镇S216线一辆客车坠崖,已致12人死亡、9人受伤,县公安局在现场,微博阅读860万 https://weibo.com/1/T1";

describe.skipIf(!hasChromium)("the main job in the browser", () => {
  let browser: Browser;
  let running: Running;
  let folder: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "huiying-e2e-"));
    process.env["HUIYING_DATA"] = folder;
    running = await start({ port: 0 });
    complaints.length = 0;
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await running.stop();
    delete process.env["HUIYING_DATA"];
    rmSync(folder, { recursive: true, force: true });
  });

  /** A window of its own for one person. */
  async function window(room: "chat" | "lapse", person: string, chat: string, size = DESKTOP): Promise<Page> {
    const context = await browser.newContext({ viewport: size });
    const page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    await page.goto(`${running.url}${room}/#as=${encodeURIComponent(person)}&chat=${encodeURIComponent(chat)}`);
    await page.getByRole("textbox").waitFor();
    return page;
  }

  const dm = (person: string): string => `user:${person}`;
  const lastCard = (page: Page): Locator => page.locator("article").last();
  const says = async (page: Page, text: string): Promise<void> => {
    await page.getByRole("textbox").fill(text);
    await page.getByRole("button", { name: "发送", exact: true }).click();
  };
  const cardWith = (page: Page, text: string | RegExp): Locator =>
    page.locator("article").filter({ hasText: text }).last();

  test("from a messy report to its closing, with the reminder and the leader's private message on the way", async () => {
    const reporter = await window("lapse", "王晓梅", DUTY);
    await says(reporter, REPORT);
    const receipt = cardWith(reporter, "【已受理】YQ-990121-");
    await receipt.waitFor();
    await expect(receipt.innerText()).resolves.toMatch(
      /县公安局[\s\S]*权威信息[\s\S]*新闻发布会[\s\S]*国办发〔2016〕80号/u,
    );

    const organiser = await window("lapse", "周敏", DUTY);
    await cardWith(organiser, "【已受理】").getByRole("button", { name: "研判", exact: true }).click();
    await organiser.getByRole("button", { name: "提交研判" }).click();
    await cardWith(organiser, "【已研判】").getByRole("button", { name: "转办", exact: true }).click();
    await organiser.getByRole("button", { name: "提交转办" }).click();
    await cardWith(organiser, "【待签收】").waitFor();
    // The reporter's window followed without reloading.
    await cardWith(reporter, "【待签收】").waitFor();

    const liaison = await window("lapse", "贺强", dm("贺强"), PHONE);
    await lastCard(liaison).getByRole("button", { name: "签收", exact: true }).click();
    await cardWith(reporter, "贺强").waitFor();

    const deputy = await window("lapse", "邵军", dm("邵军"), PHONE);
    const jump = organiser.getByRole("button", { name: "跳到下一条提醒" });
    for (let i = 0; i < 20 && (await cardWith(deputy, "权威信息").count()) === 0; i++) {
      await jump.click();
      await organiser.locator("button:enabled", { hasText: "跳到下一条提醒" }).waitFor();
    }
    const escalation = cardWith(deputy, "【请您关注】权威信息");
    await escalation.waitFor();
    await expect(escalation.innerText()).resolves.toMatch(/请您督促/u);
    await escalation.getByRole("button", { name: "已知悉" }).click();
    // The one who signed was reminded before the leader was.
    await cardWith(liaison, "权威信息前")
      .or(cardWith(liaison, /还剩 .*】权威信息/u))
      .first()
      .waitFor();

    await says(liaison, "/舆情 回应 形式=权威信息 链接=https://www.example.gov.cn/a1 保密审查=曹正 签发=武振国");
    await cardWith(reporter, "【已首次回应】").waitFor();
    await says(liaison, "/舆情 回应 形式=新闻发布会 链接=https://www.example.gov.cn/a2");
    await cardWith(reporter, "新闻发布会").waitFor();

    const head = await window("lapse", "张志远", dm("张志远"), PHONE);
    await says(head, "/舆情 办结 001 标签=良好 结果=已发布权威信息并召开发布会,善后完成");
    await cardWith(reporter, "【已办结】").waitFor();
    expect(complaints).toEqual([]);
  }, 60_000);

  test("the real room: the sample button answers within a second, text stays text, nothing scrolls sideways on a phone", async () => {
    const page = await window("chat", "王晓梅", DUTY, PHONE);
    const before = Date.now();
    await page.getByRole("button", { name: "发一条样例上报" }).first().click();
    await cardWith(page, "【已受理】").waitFor();
    expect(Date.now() - before).toBeLessThan(3000);
    await says(
      page,
      '/舆情 上报 <at id=all></at><img src=x onerror=alert(1)> **加粗** =HYPERLINK("http://x") 城关镇停水',
    );
    const second = cardWith(page, /-002/u);
    await second.waitFor();
    await expect(page.locator("article img").count()).resolves.toBe(0);
    await expect(page.evaluate(() => document.documentElement.scrollWidth)).resolves.toBeLessThanOrEqual(390);
    expect(complaints).toEqual([]);
  }, 30_000);
});
