import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PATH = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";

/** False, with a sentence on how to get it, where no browser is installed. */
export const hasChromium = existsSync(PATH);
if (!hasChromium)
  console.warn(
    `跳过浏览器测试：没有找到 ${PATH}。请安装 Chromium（Debian：apt-get install chromium fonts-noto-cjk），或用 CHROMIUM_PATH 指明位置。` +
      "\nBrowser tests skipped: install Chromium, or set CHROMIUM_PATH to it.",
  );

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A real browser without a window. */
export const launchChromium = (): Promise<Browser> => chromium.launch({ executablePath: PATH, args: FLAGS });

export const DESKTOP = { width: 1280, height: 860 };
export const PHONE = { width: 390, height: 844 };
