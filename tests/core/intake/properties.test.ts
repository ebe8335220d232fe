import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intake } from "#core/intake/intake.ts";
import { parse } from "#core/intake/parse.ts";
import { screen } from "#core/intake/screen.ts";
import type { TimeValue } from "#core/intake/types.ts";
import { fromIso } from "#core/iso.ts";
import { addDays, DAY, dayOf, HOUR, startOfDay, toIso } from "#core/time.ts";
import { card, identity, mobile as phone } from "./generators/personal-data.ts";
import { fixtureSamples, qingyan, SENDERS, takeReport } from "./support.ts";

/** Pieces of real messages, glued in any order with noise between them. */
const PIECES = [
  ...fixtureSamples().flatMap((s) => s.text.split(/(?<=[，。；\n])/)),
  "2月30日",
  "1969年7月20日",
  "2099-12-31 23:59",
  "<at id=all></at>",
  "<script>alert(1)</script>",
  "'; DROP TABLE cases;--",
  "=HYPERLINK(1)",
  "**标题**：",
  "\u202e\u200b",
  "https://",
  "【】",
  "报：",
];
const piece = fc.oneof(
  fc.constantFrom(...PIECES),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ maxLength: 12 }),
);
const message = fc.array(piece, { maxLength: 12 }).map((list) => list.join(""));
const instant = fc.integer({ min: Date.UTC(2016, 0, 1), max: Date.UTC(2035, 0, 1) });

describe("any message", () => {
  it("is read without an exception, and no stated time is later than its receipt or long past", () => {
    fc.assert(
      fc.property(message, instant, fc.boolean(), (text, at, asReport) => {
        const { parsed } = intake({ text, receivedAt: toIso(at), sender: SENDERS.qingyan, asReport }, qingyan);
        if (parsed.kind !== "report") return;
        for (const time of [parsed.occurredAt, parsed.surfacedAt, parsed.detectedAt]) {
          if (!time) continue;
          const value = fromIso(time.value) as number;
          expect(value).toBeLessThanOrEqual(at + 5 * 60_000);
          expect(value).toBeGreaterThan(at - 21 * 366 * DAY);
        }
      }),
      { seed: 61, numRuns: 1500 },
    );
  });

  it("is read the same whether its labels are full-width or half-width", () => {
    for (const sample of fixtureSamples()) {
      const half = { ...sample, text: sample.text.replaceAll("：", ":") };
      expect(intake(half, qingyan).parsed.kind).toBe(intake(sample, qingyan).parsed.kind);
    }
  });
});

const fullWidth = (text: string): string =>
  text.replace(/[\dX]/g, (c) => String.fromCodePoint((c.codePointAt(0) as number) + 0xfee0));
const grouped =
  (sign: string) =>
  (text: string): string =>
    (text.match(/.{1,4}/g) ?? []).join(sign);
const writing = fc.constantFrom<(text: string) => string>(
  (t) => t,
  fullWidth,
  grouped(" "),
  grouped("-"),
  grouped("\u200b"),
  (t) => fullWidth(grouped(" ")(t)),
);

/** Neither digits nor a link may stand directly beside the number: then it is another number, or part of an address. */
const around = fc.constantFrom("", "家长电话", "，", "反映\n", "（", "停水12天，", "联系", "卡号:", "x");

describe("personal data", () => {
  it.each([
    ["telephone numbers", phone, "[电话]"],
    ["identity numbers", identity, "[身份证号]"],
    ["bank cards", card, "[银行卡号]"],
  ] as const)("%s are masked wherever and however they are written", (_name, numbers, placeholder) => {
    fc.assert(
      fc.property(numbers, writing, around, around, (number, write, before, after) => {
        const result = screen(before + write(number) + after);
        if (result.verdict === "withheld") throw new Error("withheld");
        expect(result.text).toContain(placeholder);
        const plain = result.text.normalize("NFKC").replace(/[^\dX]/g, "");
        expect(plain).not.toContain(number);
      }),
      { seed: 80, numRuns: 600 },
    );
  });

  it("never appears in what is read from the message", () => {
    fc.assert(
      fc.property(phone, identity, message, (tel, id, text) => {
        const { parsed, screened } = intake(
          { text: `${text}\n家长${tel}，身份证${id}`, receivedAt: "2026-11-20T10:00:00+08:00" },
          qingyan,
        );
        const output = JSON.stringify({ parsed, screened });
        expect(output).not.toContain(tel);
        expect(output).not.toContain(id);
      }),
      { seed: 21, numRuns: 400 },
    );
  });
});

describe("generated reports", () => {
  const clock = fc.record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) });
  const two = (n: number): string => String(n).padStart(2, "0");
  const styles: ((day: string, h: number, m: number) => string)[] = [
    (d, h, m) => `${d} ${two(h)}:${two(m)}`,
    (d, h, m) => `${d.slice(0, 4)}年${Number(d.slice(5, 7))}月${Number(d.slice(8))}日${h}时${two(m)}分`,
    (d, h, m) => `${d.replaceAll("-", "/")} ${two(h)}:${two(m)}`,
    (d, h, m) => `${Number(d.slice(5, 7))}月${Number(d.slice(8))}日${two(h)}:${two(m)}`,
    (d, h, m) => `${Number(d.slice(5, 7))}.${Number(d.slice(8))} ${two(h)}:${two(m)}`,
  ];

  it("give back the time that was written, whatever its style and the time of receipt", () => {
    fc.assert(
      fc.property(
        instant,
        fc.integer({ min: 1, max: 300 }),
        clock,
        fc.constantFrom(...styles),
        (at, daysAgo, { hour, minute }, write) => {
          const day = addDays(dayOf(at), -daysAgo);
          // The year is left out in some styles: the last such day is meant.
          const report = takeReport(`发现时间：${write(day, hour, minute)}\n标题：停水`, { receivedAt: toIso(at) });
          expect(report.detectedAt.value).toBe(toIso(startOfDay(day) + hour * HOUR + minute * 60_000));
        },
      ),
      { seed: 2016, numRuns: 800 },
    );
  });

  const days: [string, number][] = [
    ["今天", 0],
    ["昨天", -1],
    ["前天", -2],
    ["大前天", -3],
  ];
  const parts: [string, number, number][] = [
    ["凌晨", 1, 5],
    ["早上", 6, 9],
    ["上午", 8, 11],
    ["下午", 13, 17],
    ["晚上", 18, 23],
  ];
  const numerals = ["十二", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十", "十一"];

  it("give back relative days with a part of the day, in Arabic or Chinese numerals", () => {
    fc.assert(
      fc.property(
        instant,
        fc.constantFrom(...days),
        fc
          .constantFrom(...parts)
          .chain(([word, from, to]) =>
            fc.record({ word: fc.constant(word), hour: fc.integer({ min: from, max: to }) }),
          ),
        fc.boolean(),
        fc.constantFrom("", "半", "左右", "多", "许"),
        (at, [day, offset], { word, hour }, chinese, suffix) => {
          const value = startOfDay(addDays(dayOf(at), offset)) + hour * HOUR + (suffix === "半" ? HOUR / 2 : 0);
          fc.pre(value <= at);
          const said = hour > 12 ? hour - 12 : hour;
          const written = `${day}${word}${chinese ? numerals[said % 12] : said}点${suffix}`;
          const time = takeReport(`${written}县城发生停水`, { receivedAt: toIso(at) }).occurredAt as TimeValue;
          expect([time.text, time.value, time.approx]).toEqual([
            written,
            toIso(value),
            suffix !== "" && suffix !== "半",
          ]);
        },
      ),
      { seed: 1224, numRuns: 800 },
    );
  });

  const amounts: [string, number, string][] = [
    ["8.6w", 86000, "="],
    ["１．２萬", 12000, "="],
    ["10万+", 100000, ">="],
    ["10萬＋", 100000, ">="],
    ["300多万", 3_000_000, ">="],
    ["十来万", 100000, "≈"],
    ["五百来", 500, "≈"],
    ["3千+", 3000, ">="],
    ["近2万", 20000, "≈"],
    ["约3500", 3500, "≈"],
    ["1,386", 1386, "="],
    ["两千", 2000, "="],
    ["一百二十", 120, "="],
    ["5K", 5000, "="],
    ["1.1亿", 110_000_000, "="],
    ["超100万", 1_000_000, ">="],
    ["五六千", 5000, "≈"],
    ["破千万", 10_000_000, ">="],
    ["9800", 9800, "="],
  ];
  const metrics: [string, string][] = [
    ["播放", "views"],
    ["阅读量", "views"],
    ["点赞", "likes"],
    ["评论", "comments"],
    ["转发", "shares"],
    ["在看", "recommends"],
  ];

  it("give back every figure, in any order, joined by any punctuation", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.constantFrom(...metrics), fc.constantFrom(...amounts)), {
          minLength: 1,
          maxLength: 4,
          selector: ([[, metric]]) => metric,
        }),
        fc.constantFrom("，", "、", " ", "；", ","),
        fc.constantFrom("", "：", "已经", "约".slice(1)),
        (figures, join, between) => {
          const text = `县城停水。${figures.map(([[word], [amount]]) => `${word}${between}${amount}`).join(join)}`;
          const { heat } = takeReport(text);
          const expected = Object.fromEntries(figures.map(([[, metric], [, value, op]]) => [metric, { value, op }]));
          expect(heat).toEqual(expected);
        },
      ),
      { seed: 86, numRuns: 800 },
    );
  });

  it("give back places and units of the roster wherever they stand", () => {
    const spots = qingyan.file.jurisdictions.filter((j) => /[县区市]$/.test(j.name) && j.code !== "990100");
    const units = qingyan.units.filter((u) => u.role === undefined && u.id !== "swj2" && u.id !== "sthj");
    fc.assert(
      fc.property(
        fc.constantFrom(...spots),
        fc.constantFrom(...units),
        fc.constantFrom("今早", "网友称", "据反映，", ""),
        (j, unit, lead) => {
          const report = takeReport(`${lead}${j.name}解放路停水。${unit.name}已到场`);
          expect(report.places).toEqual([{ text: `${j.name}解放路`, code: j.code }]);
          expect([report.units, report.unitIds]).toEqual([[unit.name], [unit.id]]);
        },
      ),
      { seed: 99, numRuns: 300 },
    );
  });
});

describe("long and hostile messages", () => {
  const receivedAt = "2026-11-20T10:00:00+08:00";
  const times = (text: string, length: number): string => text.repeat(Math.ceil(length / text.length)).slice(0, length);

  it.each([
    "停",
    "a",
    "1",
    "1 ",
    "一",
    "\n",
    " ",
    "【",
    "“",
    "#",
    "@",
    "（",
    "青岩县",
    "青岩与石桥",
    "青岩县解放路",
    "青岩县教育局、",
    "好的",
    "收到",
    "https://v.douyin.com/a/ ",
    "https://a.cn/)))",
    "标题：",
    "昨晚8点半左右，",
    "三天前",
    "3人死亡，",
    "网传死3人，",
    "学生张三被打，",
    "家住解放路",
    "e\u0301\u0301",
    "\u200b",
    "机密",
    "内部资料",
    "播放12万",
    "12万",
    "|11.20 17:30|",
    "云A12",
    "👍",
    "<at id=all>",
    "标题 停水\n",
    "抖音播放1万、快手",
    "转发、评论、",
    "3名学生",
    "网传死了，不实",
    "青岩县某公司",
    "张三 2026-11-20 17:58:\n",
    "0668-88",
    "播放从3",
  ])("of 100 KB of %j are read in linear time", (unit) => {
    const text = times(unit, 100_000);
    const start = performance.now();
    parse({ text, receivedAt }, qingyan);
    screen(text);
    // Ten times the usual time: only quadratic growth comes near it.
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  it("keep a title of 10,000 characters and 500 links whole", () => {
    const title = times("停水", 10_000);
    const urls = Array.from({ length: 500 }, (_, k) => `https://weibo.com/1/${k}`);
    const report = takeReport(`标题：${title}\n链接：${urls.join("、")}`);
    expect(report.title).toBe(title);
    expect(report.urls).toEqual(urls);
  });

  it.each(["<at id=all></at>", "<b>停水</b>", "[点我](javascript:alert(1))", "'; DROP TABLE cases; --", "=1+1"])(
    "keep %s as plain words",
    (text) => {
      expect(takeReport(`标题：停水\n摘要：${text}`).summary).toBe(text);
    },
  );
});
