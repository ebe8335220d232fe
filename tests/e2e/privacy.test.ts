import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MessageView } from "#src/platforms/local/views.ts";
import { MARKED } from "../chat/corpus/markings.ts";
import { BotProcess, DUTY_GROUP, installation, Window } from "../support/bot-process.ts";

/** Passages as people type them: none of them may ever stand on the disk. */
const PERSONAL = {
  phone: "13912345678",
  "phone with spaces": "139 1234 5679",
  "phone with hyphens": "139-1234-5670",
  "phone in full width": "１３９１２３４５６７１",
  "phone with country code": "+8613912345672",
  "phone with invisible characters": "139\u200b1234\u200b5673",
  "phone in Chinese digits": "一三九一二三四五六七四",
  "identity number": "110105199003078350",
  "identity number with x": "11010519491231002x",
  "identity number in full width": "１１０１０５１９９００３０７８３５０",
  "identity number with spaces": "110105 19900307 8350",
  "bank card": "6222021234567890128",
  "bank card in groups": "6222 0212 3456 7890 128",
  address: "和平路12号3栋2单元501室",
} as const;

const SECRET = {
  head: "机密★5年 关于某部驻地道路管控的通知",
  body: "秘密★ 县里拟于下周调整某项目选址",
  file: "绝密★长期.pdf",
} as const;

const office = installation();
let bot: BotProcess;
let reporter: Window;
let organiser: Window;

/** The bot's answer stands in the chat when its outbox has run. */
async function cardOf(title: RegExp): Promise<MessageView> {
  for (let i = 0; i < 100; i++) {
    const card = (await reporter.messages(DUTY_GROUP)).findLast((m) => m.card && title.test(m.card.title));
    if (card) return card;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no card ${title} among ${JSON.stringify((await reporter.messages(DUTY_GROUP)).map((m) => m.text))}`);
}

beforeAll(async () => {
  bot = new BotProcess(office);
  const url = await bot.ready();
  reporter = new Window(url, "王晓梅");
  organiser = new Window(url, "周敏");
}, 30_000);
afterAll(async () => {
  await bot.kill();
  rmSync(office.folder, { recursive: true, force: true });
});

/** Every file of the installation as raw bytes, with what the process printed. */
function everythingWritten(): [string, Buffer][] {
  const files = readdirSync(office.data).map((name): [string, Buffer] => [name, readFileSync(join(office.data, name))]);
  return [...files, ["output", Buffer.from(bot.output)]];
}

const found = (passages: Iterable<string>): string[] =>
  [...passages].flatMap((text) =>
    everythingWritten().flatMap(([name, bytes]) => (bytes.includes(Buffer.from(text)) ? [`${text} in ${name}`] : [])),
  );

describe("personal data and classified texts", () => {
  test("typed into reports, forms, answers and file names they reach no file", { timeout: 60_000 }, async () => {
    const all = Object.values(PERSONAL);
    await reporter.say(DUTY_GROUP, "/舆情 上报 昨天中午幸福里小区停水,抖音播放12.3万,网友质疑县水务局不作为");
    const receipt = await cardOf(/已受理/);
    const number = /YQ-\d+-\d+-\d+/.exec(receipt.card?.title ?? "")?.[0] ?? "";
    for (const [i, text] of all.entries()) {
      const said = text === PERSONAL.address ? `当事人家住${text}` : `当事人号码${text}`;
      // As a report, as ordinary talk, as an answer to the card, in a private chat, as a file name.
      await reporter.say(DUTY_GROUP, `/舆情 上报 昨晚城关镇第${i}处路灯不亮,${said},请核实`);
      await reporter.say(DUTY_GROUP, `大家看一下,${said}`);
      await reporter.say(DUTY_GROUP, `补充:${said}`, { replyTo: receipt.id });
      await reporter.say("user:王晓梅", `/舆情 查 ${said}`);
      await reporter.say("user:王晓梅", `/舆情 ${said}`);
      await reporter.say(DUTY_GROUP, `/舆情 补充 ${number} 见附件`, {
        attachments: [{ name: `${said}.jpg`, sha256: "0".repeat(64) }],
      });
      await organiser.press(receipt.id, "补充", { 编号: number, 内容: said, 业务审核: said });
      await organiser.press(receipt.id, "研判", { 编号: number, 突发: "无", 舆情: "IV", 单位: "县水务局", 理由: said });
      await organiser.press(receipt.id, "误报", { 编号: number, 理由: said });
      await organiser.press(receipt.id, "催办", { 编号: number, 内容: said });
    }
    // While it runs: the write-ahead logs are there.
    expect(readdirSync(office.data)).toEqual(expect.arrayContaining(["huiying.db", "huiying.db-wal", "local-chat.db"]));
    expect(found(["幸福里小区停水"]).join()).toMatch(/huiying\.db.*local-chat\.db/);
    expect(found(all)).toEqual([]);
    // Nor bare digits, however they were typed.
    expect(
      found(["13912345679", "13912345670", "13912345671", "13912345672", "13912345673", "6222021234567890128"]),
    ).toEqual([]);
  });

  test("a marked message is not written down at all", { timeout: 30_000 }, async () => {
    await reporter.say(DUTY_GROUP, SECRET.head);
    await reporter.say(DUTY_GROUP, `/舆情 上报 ${SECRET.body}`);
    await reporter.say(DUTY_GROUP, "/舆情 上报 请看附件", {
      attachments: [{ name: SECRET.file, sha256: "1".repeat(64) }],
    });
    const card = await cardOf(/./);
    await organiser.press(card.id, "补充", { 内容: SECRET.body });
    expect(found([...Object.values(SECRET), "某部驻地道路管控", "调整某项目选址", "请看附件"])).toEqual([]);
  });

  test(`nor in any other of ${MARKED.length} shapes, as talk, behind a command, in reply, in private`, {
    timeout: 60_000,
  }, async () => {
    const card = await cardOf(/./);
    for (const [i, text] of MARKED.entries()) {
      const ways = [
        () => reporter.say(DUTY_GROUP, text),
        () => reporter.say(DUTY_GROUP, `/舆情 上报 ${text}`),
        () => reporter.say(DUTY_GROUP, text, { replyTo: card.id }),
        () => reporter.say("user:王晓梅", text),
      ];
      await ways[i % ways.length]?.();
    }
    expect(found(["驻地道路管控", "驻地道路管控方案"])).toEqual([]);
  });

  test("nor do they stand in the files after the bot has ended", { timeout: 30_000 }, async () => {
    expect(await bot.stop()).toBe(0);
    expect(found([...Object.values(PERSONAL), ...Object.values(SECRET), "某部驻地道路管控"])).toEqual([]);
  });
});
