import { createHash } from "node:crypto";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startWeb, type WebServer } from "#src/web/server.ts";
import { DESKTOP, hasChromium, launchChromium, PHONE } from "../../support/chromium.ts";
import { DUTY, type Setup, setup } from "./fixture.ts";

/** The smallest picture there is: one green dot. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const sha = (content: Buffer): string => createHash("sha256").update(content).digest("hex");
const picture = { name: "现场.png", mimeType: "image/png", buffer: PIXEL };

describe.skipIf(!hasChromium)("files in Chromium", () => {
  let browser: Browser;
  let context: BrowserContext;
  let web: WebServer;
  let room: Setup;
  let complaints: string[];
  /** Bodies that the page sent. */
  let sent: string[];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    complaints = [];
    sent = [];
    room = await setup();
    web = await startWeb({ port: 0, mounts: [room.platform.web], health: () => ({ ok: true }) });
    context = await browser.newContext({ viewport: DESKTOP });
    context.setDefaultTimeout(8_000);
  });
  afterEach(async () => {
    await context.close();
    await room.platform.stop();
    await web.close();
    expect(complaints).toEqual([]);
  });

  async function window(name: string, viewport = DESKTOP): Promise<Page> {
    const page = await context.newPage();
    await page.setViewportSize(viewport);
    page.on("console", (m) => {
      if (m.type() === "error" || m.type() === "warning") complaints.push(m.text());
    });
    page.on("pageerror", (e) => complaints.push(e.message));
    page.on("request", (r) => {
      if (r.method() === "POST" && r.url().includes("/messages")) sent.push(r.postData() ?? "");
    });
    await page.goto(`${web.url}chat/#${new URLSearchParams({ as: name, chat: DUTY })}`);
    await page.getByRole("textbox", { name: /发给/ }).waitFor();
    return page;
  }

  /** Chooses files with the paperclip, as the keyboard would. */
  async function attaches(page: Page, files: (typeof picture)[]): Promise<void> {
    const opened = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "添加图片或文件" }).press("Enter");
    await (await opened).setFiles(files);
  }

  test("a picture goes out as name, size, kind and hash; the sender sees it, others see a chip", async () => {
    const sender = await window("王晓梅");
    const other = await window("周敏");
    await attaches(sender, [picture, { name: "函.pdf", mimeType: "application/pdf", buffer: Buffer.from("pdf") }]);
    const picked = sender.getByRole("list", { name: "要发的附件" });
    await picked.getByText("现场.png").waitFor();
    await sender.getByRole("textbox", { name: /发给/ }).fill("/舆情 上报");
    await sender.getByRole("button", { name: "发送" }).click();
    await sender.locator(".bubble img").waitFor();
    expect(await sender.locator(".bubble img").evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1);
    await other.getByText("现场.png").waitFor();
    await other.getByText("图片 · 70 B").waitFor();
    expect(await other.locator(".bubble img").count()).toBe(0);
    expect(room.bot.messages()).toMatchObject([
      {
        text: "/舆情 上报",
        attachments: [
          { kind: "image", name: "现场.png", size: PIXEL.length, sha256: sha(PIXEL) },
          { kind: "file", name: "函.pdf", size: 3, sha256: sha(Buffer.from("pdf")) },
        ],
      },
    ]);
    expect(sent.filter((body) => body.includes("现场"))).toHaveLength(1);
    expect(sent.join()).not.toContain("IHDR");
    expect(room.bot.messages()[0]?.attachments[0]?.content).toBeUndefined();
  });

  test("a file can be taken away again, and a message may be nothing but files", async () => {
    const page = await window("王晓梅");
    const send = page.getByRole("button", { name: "发送" });
    expect(await send.isDisabled()).toBe(true);
    await attaches(page, [picture, { ...picture, name: "午饭.png" }]);
    await page.getByRole("button", { name: "去掉 午饭.png" }).click();
    await send.click();
    await page.locator(".bubble img").waitFor();
    expect(room.bot.messages()).toMatchObject([{ text: "", attachments: [{ name: "现场.png" }] }]);
    expect(await page.getByRole("list", { name: "要发的附件" }).count()).toBe(0);
  });

  test("a pasted screenshot is attached under a name of its own", async () => {
    const page = await window("王晓梅");
    await page.getByRole("textbox", { name: /发给/ }).evaluate(
      (box, bytes) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], "image.png", { type: "image/png" }));
        box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
      },
      [...PIXEL],
    );
    await page.getByText("截图.png").waitFor();
    await page.getByRole("textbox", { name: /发给/ }).press("Enter");
    await page.locator(".bubble img").waitFor();
    expect(room.bot.messages()).toMatchObject([{ attachments: [{ name: "截图.png", sha256: sha(PIXEL) }] }]);
  });

  test("on a phone the box with files is not wider than the screen", async () => {
    const page = await window("王晓梅", PHONE);
    await attaches(page, [picture, { ...picture, name: `${"很长的文件名".repeat(12)}.png` }]);
    await page.getByText(/很长的文件名/).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    await page.getByRole("button", { name: "发送" }).click();
    await page.locator(".bubble img").first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
  });

  test("where the office keeps contents they are sent along, and the server computes the hash itself", async () => {
    await room.platform.stop();
    await web.close();
    room = await setup({ keepsFiles: true });
    web = await startWeb({ port: 0, mounts: [room.platform.web], health: () => ({ ok: true }) });
    const page = await window("王晓梅");
    await attaches(page, [picture]);
    await page.getByRole("button", { name: "发送" }).click();
    await page.locator(".bubble img").waitFor();
    const [attachment] = room.bot.messages()[0]?.attachments ?? [];
    expect(attachment).toMatchObject({ name: "现场.png", sha256: sha(PIXEL), size: PIXEL.length });
    expect(Buffer.from((await attachment?.content?.()) ?? [])).toEqual(PIXEL);
  });
});
