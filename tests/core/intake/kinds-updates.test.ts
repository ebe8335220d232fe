import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Amendment, amend } from "#core/intake/amend.ts";
import type { Report } from "#core/intake/types.ts";
import { CHATTER_IN_REPLY, FACTS_IN_REPLY } from "../../chat/corpus/chatter.ts";
import { qingyan, SENDERS, take, takeReport } from "./support.ts";

const RECEIVED = "2026-11-20T12:00:00+08:00";

/** A report in which every field that a correction can name is filled. */
const FULL = takeReport(
  "【舆情上报】昨晚8点石门镇一辆客车坠崖，已致12人死亡、9人受伤，涉及县公安局，微博阅读860万，" +
    "昨晚9点半网友首发，https://weibo.com/1/a",
  { receivedAt: "2026-11-20T09:00:00+08:00" },
);
const HOSPITAL = takeReport("昨晚8点急诊排队5小时，5人受伤，微博转发2000\n涉事单位：县医院、县卫健委\n涉事地：城关镇");
const OPEN = takeReport("石门镇一客车坠崖，多人受伤，抖音播放3万");

const say = (before: Report, text: string, corrects = false): Amendment =>
  amend(before, { text, receivedAt: RECEIVED, sender: SENDERS.qingyan }, qingyan, corrects);
/** What changes besides the text that is kept and the list of what is still to be asked. */
const changed = (before: Report, text: string): Partial<Report> => {
  const { patch } = say(before, text);
  const kept = (key: string): boolean => !["summary", "missing", "needsConfirm"].includes(key);
  const old = new Map<string, string>(Object.entries(before).map(([key, value]) => [key, JSON.stringify(value)]));
  return Object.fromEntries(
    Object.entries(patch).filter(([key, v]) => kept(key) && JSON.stringify(v) !== old.get(key)),
  );
};

describe("which message is an update", () => {
  test.each([
    ["更正：伤1人（轻伤）", "correct"],
    ["订正，伤者为3人", "correct"],
    ["【勘误】地点应为云岭乡", "correct"],
    ["刚才那条说错了，伤的是3人不是5人", "correct"],
    ["不好意思，刚才报错了数字，更正：伤3人", "correct"],
    ["说错了，是3人受伤", "correct"],
    ["撤回：这条是外地视频", "propose-false-alarm"],
    ["撤回", "propose-false-alarm"],
    ["误报：拍摄地不在本县", "propose-false-alarm"],
    ["补充一下，伤者已送医", "supplement"],
    ["补充：供水车已到", "supplement"],
    ["续报二：死亡人数升至13人", "supplement"],
    ["【续报3】现场搜救结束", "supplement"],
    ["补报：链接 https://weibo.com/1/b", "supplement"],
    ["最新进展：已恢复供水", "supplement"],
    ["补一下，孩子在同学家找到了", "supplement"],
    ["补报：伤者2人", "supplement"],
    ["最新情况：城关镇停水今早6点已恢复供水，抖音播放到20万", "supplement"],
    ["续报二：昨晚8点石门镇客车坠崖，死亡升至13人，微博阅读900万", "supplement"],
    ["补充 20261120-001：昨晚8点石门镇客车坠崖，2人死亡，抖音播放3万", "supplement"],
    ["误报误报", "propose-false-alarm"],
    ["刚才天价停车费那个，热搜已经掉到第31了", "supplement"],
  ])("%s", (text, action) => {
    expect(take(text)).toMatchObject({ kind: "update", action });
  });
  test.each([
    "补报：昨晚10点石门镇一客车侧翻，3人受伤，视频在抖音传开",
    "【补报】昨天下午3点云岭乡采石场塌方，2人受伤，快手播放5万",
    "最新消息：今早8点石门镇卫生院门口有人拉横幅，抖音播放3万",
  ])("%s: a report, told from its beginning, whatever its first word", (text) => {
    expect(take(text).kind).toBe("report");
    expect(take(text, { replyTo: "20261120-001" }).kind).toBe("update");
  });
  test.each([
    ["撤了吧", "propose-false-alarm"],
    ["先撤掉吧，是厂里搞演练放的烟", "propose-false-alarm"],
    ["现场是消防演练", "propose-false-alarm"],
    ["核过了，视频是外省去年的，不是东岭这边的，按误报处理吧", "propose-false-alarm"],
    ["不是我们这的", "propose-false-alarm"],
    ["误报了，厂里试锅炉", "propose-false-alarm"],
    ["网友说是演练，实际真着火了", "supplement"],
    ["家属已劝返，撤了", "supplement"],
    ["伤亡误报了，是3人", "supplement"],
    ["视频是去年的", "supplement"],
    ["不是县医院是中医院", "correct"],
    ["不是县医院，是青岩县中医院", "correct"],
    ["伤1人（轻伤）", "supplement"],
    ["3人", "supplement"],
    ["县水务局", "supplement"],
    ["https://weibo.com/1/b", "supplement"],
    ["这条是误报，视频拍摄地在外省", "propose-false-alarm"],
    ["网友说不是误报，现场确有停水", "supplement"],
    ["责任单位补一下，是东岭区交通运输局", "supplement"],
    ["是舆情，云川市那边的，责任单位市教育局", "supplement"],
    ["是晚上8点20，不是早上", "correct"],
  ])("in reply: %s", (text, action) => {
    expect(take(text, { replyTo: "20261120-001" })).toMatchObject({ kind: "update", ref: "20261120-001", action });
  });
  test.each(CHATTER_IN_REPLY)("talk in reply: %s", (text) => {
    expect(take(text, { replyTo: "20261120-001" }).kind).toBe("not-report");
  });
  test.each(["撤了吗？", "按误报处理吗？", "是不是演练？"])("asked in reply, nothing is taken back: %s", (text) => {
    expect(take(text, { replyTo: "20261120-001" }).kind).toBe("not-report");
  });
  test.each(["撤了吧", "把那条视频撤了吧"])("%s: only in answer to a case, and of the case itself", (text) => {
    expect(take(text).kind).toBe("refuse");
    expect(take("把那条视频撤了吧", { replyTo: "20261120-001" }).kind).toBe("refuse");
  });
  test.each(FACTS_IN_REPLY)("facts in reply: %s", (text) => {
    expect(take(text, { replyTo: "20261120-001" }).kind).toBe("update");
  });
});

describe("a correction", () => {
  test.each<[Report, string, Partial<Report>]>([
    [FULL, "更正：死亡10人", { casualties: { ...FULL.casualties, dead: 10 } as Report["casualties"] }],
    [FULL, "刚才那条说错了，伤的是3人不是9人", { casualties: { status: "stated", dead: 12, injured: 3 } }],
    [FULL, "不是9人是3人", { casualties: { status: "stated", dead: 12, injured: 3 } }],
    [FULL, "不是12人是11人", { casualties: { status: "stated", dead: 11, injured: 9 } }],
    [FULL, "更正：受伤人数应为8人", { casualties: { status: "stated", dead: 12, injured: 8 } }],
  ])("%#: numbers", (before, text, expected) => {
    expect(changed(before, text)).toEqual(expected);
  });

  test.each([
    ["不是县医院是中医院", ["县卫健委", "中医院"]],
    ["更正：县医院应为青岩县中医院", ["县卫健委", "青岩县中医院"]],
    ["把县卫健委改成县市场监管局", ["县医院", "县市场监管局"]],
    ["更正 涉事单位：县住建局", ["县住建局"]],
    ["更正：涉事单位应为县住建局", ["县住建局"]],
  ])("%s: only the unit that it names", (text, units) => {
    const patch = changed(HOSPITAL, text);
    expect(new Set(patch.units)).toEqual(new Set(units));
    expect(Object.keys(patch).filter((k) => !/^unit/.test(k))).toEqual([]);
  });

  test.each([
    ["不是8点是9点", "occurredAt", "2026-11-19T21:00:00+08:00"],
    ["更正：发生时间应为昨晚7点半", "occurredAt", "2026-11-19T19:30:00+08:00"],
    ["更正：首发时间是昨晚10点", "surfacedAt", "2026-11-19T22:00:00+08:00"],
  ] as const)("%s: only that time", (text, key, value) => {
    const patch = changed(FULL, text);
    expect(Object.keys(patch)).toEqual([key]);
    expect(patch[key]?.value).toBe(value);
  });

  test.each([
    ["勘误：石门镇应为云岭乡", "places", "云岭乡"],
    ["订正：不是微博，是抖音", "platforms", "抖音"],
  ] as const)("%s", (text, key, value) => {
    const patch = changed(FULL, text);
    expect(Object.keys(patch)).toEqual([key]);
    expect(JSON.stringify(patch[key])).toContain(value);
  });

  test("that names no field changes nothing, and says so", () => {
    expect(changed(FULL, "更正：网友反映的情况有误")).toEqual({});
    expect(say(FULL, "更正：网友反映的情况有误").unclear).toBe(true);
  });

  test("behind the word 更正 itself stands in place of what was reported", () => {
    expect(say(HOSPITAL, "县住建局", true).patch.units).toEqual(["县住建局"]);
    expect(say(HOSPITAL, "县住建局").patch.units).toEqual(["县医院", "县卫健委", "县住建局"]);
  });

  test("changes exactly what was said, whatever else the sentence mentions", () => {
    const SAID: readonly (readonly [keyof Report, (n: number) => string])[] = [
      ["casualties", (n) => `受伤${n}人，不是9人`],
      ["casualties", (n) => `死亡${n}人`],
      ["casualties", (n) => `受伤人数应为${n}人`],
      ["occurredAt", (n) => `发生时间应为昨晚7点${10 + (n % 50)}分`],
      ["units", () => "不是县公安局，是县应急局"],
      ["units", () => "涉事单位应为县住建局"],
      ["places", () => "石门镇应为云岭乡"],
      ["platforms", () => "不是微博，是抖音"],
    ];
    const PASSING = ["", "，已联系水务局老李", "，请县教育局知悉", "，已报告县政府", "，稍后再报"];
    const derived: readonly string[] = [
      "summary",
      "missing",
      "needsConfirm",
      "flags",
      "eventLevelHint",
      "unitIds",
      "unitSuggested",
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...SAID),
        fc.integer({ min: 2, max: 60 }),
        fc.constantFrom("更正：", "订正：", "勘误：", "刚才那条说错了，"),
        fc.constantFrom(...PASSING),
        ([field, text], n, head, passing) => {
          const patch = changed(FULL, `${head}${text(n)}${passing}`);
          expect(Object.keys(patch).filter((key) => key !== field && !derived.includes(key))).toEqual([]);
          if (!(field === "casualties" && (n === 9 || n === 12))) expect(patch[field]).toBeDefined();
        },
      ),
      { numRuns: 250 },
    );
  });
});

describe("what is only mentioned", () => {
  test.each([
    "县公安局已到现场",
    "已联系县水务局",
    "已转县教育局办理",
    "请县住建局尽快核实",
    "县水务局马超群正在赶来，家属情绪稳定",
    "县医院已派救护车",
    "县委宣传部在云岭乡开会",
  ])("%s: the reported units and places stay", (text) => {
    expect(changed(FULL, text)).not.toHaveProperty("units");
    expect(changed(FULL, text)).not.toHaveProperty("places");
  });
  test.each(["已联系县教育局", "县公安局已到现场", "已转县住建局办理", "请县水务局尽快核实"])(
    "%s: it does not fill a field that was left open, either",
    (text) => {
      const bare = takeReport("食堂发霉，抖音上传得很凶");
      expect(bare.units).toEqual([]);
      expect(changed(bare, text)).not.toHaveProperty("units");
    },
  );
  test("a unit that is concerned fills it", () => {
    const bare = takeReport("食堂发霉，抖音上传得很凶");
    expect(changed(bare, "涉及县教育局的学校").units).toEqual(["县教育局"]);
  });
  test("10点消防到场 is not when it happened", () => {
    expect(changed(FULL, "10点20分消防到场")).not.toHaveProperty("occurredAt");
  });
});

describe("an answer to what the card asked", () => {
  test.each([
    ["9人", { injured: 9 }],
    ["伤者3人，均为轻伤", { injured: 3 }],
    ["无人员伤亡", { dead: 0, injured: 0 }],
  ])("%s", (text, casualties) => {
    expect(say(OPEN, text).patch.casualties).toMatchObject({ status: "stated", ...casualties });
    expect(say(OPEN, text).patch.needsConfirm).not.toContain("casualties");
  });
  test("a bare number where nobody knows whether dead or injured is asked about, never guessed", () => {
    const unknown = takeReport("石门镇一客车坠崖，抖音播放3万");
    expect(unknown.missing).toContain("casualties");
    expect(say(unknown, "3人")).toMatchObject({ askVictims: 3 });
    expect(say(unknown, "3人").patch.casualties).toBeUndefined();
  });
  test("a link, a unit, a picture", () => {
    const bare = takeReport("食堂发霉，抖音上传得很凶");
    expect(bare.missing).toEqual(expect.arrayContaining(["units", "url"]));
    expect(say(bare, "https://v.douyin.com/a/").patch.missing).not.toContain("url");
    expect(say(bare, "县教育局").patch).toMatchObject({ units: ["县教育局"], unitIds: ["jyj"] });
    const picture = amend(bare, { text: "", receivedAt: RECEIVED, attachments: 2 }, qingyan);
    expect(picture.patch.attachments).toBe(bare.attachments + 2);
  });
});
