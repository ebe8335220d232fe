import { describe, expect, it } from "vitest";
import { resolveTime } from "#core/intake/times/resolve.ts";
import { scanTimes } from "#core/intake/times/scan.ts";
import { fromIso } from "#core/iso.ts";
import { take, takeReport } from "./support.ts";

const instant = (local: string): number => fromIso(`${local}:00+08:00`) as number;

/** The first time in a text as "start" or "start/end", past of a Friday 10:00. */
function read(text: string, receivedAt = "2026-11-20T10:00"): string | undefined {
  const [mention] = scanTimes(text);
  const found = mention && resolveTime(mention, { receivedAt: instant(receivedAt), direction: "past" });
  if (!found) return undefined;
  const short = (iso: string): string => iso.slice(0, 16);
  const { value, to, ambiguous } = found.time;
  return short(value) + (to ? `/${short(to)}` : "") + (ambiguous ? "?" : "");
}

describe("times of a message", () => {
  it.each([
    ["2026年11月20日9时20分", "2026-11-20T09:20"],
    ["2026-11-19 21:05", "2026-11-19T21:05"],
    ["2026/11/19 21:05", "2026-11-19T21:05"],
    ["2026.11.19 21:05", "2026-11-19T21:05"],
    ["11月18日", "2026-11-18T00:00/2026-11-19T00:00"],
    ["十一月十八日", "2026-11-18T00:00/2026-11-19T00:00"],
    ["11月18日晚8点半", "2026-11-18T20:30"],
    ["11/17 16:40", "2026-11-17T16:40"],
    ["11.19 17:30", "2026-11-19T17:30"],
    ["11-19 17:30", "2026-11-19T17:30"],
    ["12月30日", "2025-12-30T00:00/2025-12-31T00:00"],
    ["19号晚上", "2026-11-19T18:00/2026-11-20T00:00"],
    ["二十号早上", "2026-11-20T06:00/2026-11-20T09:00"],
    ["30日晚", "2026-10-30T18:00/2026-10-31T00:00"],
    ["昨晚8点半左右", "2026-11-19T20:30"],
    ["昨晚12点", "2026-11-20T00:00"],
    ["昨晚1点多", "2026-11-20T01:00?"],
    ["昨天下午3点一刻", "2026-11-19T15:15"],
    ["昨日中午12点", "2026-11-19T12:00"],
    ["昨天中午1点", "2026-11-19T13:00"],
    ["前天", "2026-11-18T00:00/2026-11-19T00:00"],
    ["大前天傍晚6点来钟", "2026-11-17T18:00"],
    ["今早", "2026-11-20T06:00/2026-11-20T09:00"],
    ["今晨5时许", "2026-11-20T05:00"],
    ["今天凌晨2点20分", "2026-11-20T02:20"],
    ["半夜2点", "2026-11-20T02:00"],
    ["上周五(13号)", "2026-11-13T00:00/2026-11-14T00:00"],
    ["上周五（13日）", "2026-11-13T00:00/2026-11-14T00:00"],
    ["本周一", "2026-11-16T00:00/2026-11-17T00:00"],
    ["这周三下午", "2026-11-18T13:00/2026-11-18T18:00"],
    ["周六", "2026-11-14T00:00/2026-11-15T00:00"],
    ["礼拜天", "2026-11-15T00:00/2026-11-16T00:00"],
    ["上上周日", "2026-11-08T00:00/2026-11-09T00:00"],
    ["上周", "2026-11-09T00:00/2026-11-16T00:00"],
    ["半小时前", "2026-11-20T09:30"],
    ["两个半小时前", "2026-11-20T07:30"],
    ["20分钟前", "2026-11-20T09:40"],
    ["三天前", "2026-11-17T00:00/2026-11-18T00:00"],
    ["刚刚", "2026-11-20T10:00"],
    ["昨夜今晨", "2026-11-19T20:00/2026-11-20T10:00"],
    ["9点10分", "2026-11-20T09:10?"],
    ["下午3点", "2026-11-19T15:00"],
    ["昨天3点", "2026-11-19T15:00?"],
    ["今天3点", "2026-11-20T03:00"],
    ["08:15", "2026-11-20T08:15"],
    ["22:15", "2026-11-19T22:15"],
    ["昨天14:00至16:00", "2026-11-19T14:00/2026-11-19T16:00"],
    ["11月16日至18日", "2026-11-16T00:00/2026-11-19T00:00"],
    ["11月17日、18日、19日", "2026-11-17T00:00/2026-11-20T00:00"],
    ["17日和18日", "2026-11-17T00:00/2026-11-19T00:00"],
    ["昨日（11月19日）15时许", "2026-11-19T15:00"],
    ["元旦凌晨1点40", "2026-01-01T01:40"],
    ["去年国庆当天", "2025-10-01T00:00/2025-10-02T00:00"],
    ["9月份以来", "2026-09-01T00:00/2026-10-01T00:00"],
    ["12月起", "2025-12-01T00:00/2026-01-01T00:00"],
    ["去年10月底以来", "2025-10-21T00:00/2025-11-01T00:00"],
    ["2026年2月中旬开始", "2026-02-11T00:00/2026-02-21T00:00"],
    ["上个月以来", "2026-10-01T00:00/2026-11-01T00:00"],
    ["11.18有网友发帖", "2026-11-18T00:00/2026-11-19T00:00"],
    ["自11-18起", "2026-11-18T00:00/2026-11-19T00:00"],
    ["11.12号", "2026-11-12T00:00/2026-11-13T00:00"],
  ])("reads %s", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ["30日晚", "2027-01-02T08:00", "2026-12-30T18:00/2026-12-31T00:00"],
    ["12月31日23时50分", "2027-01-01T00:30", "2026-12-31T23:50"],
    ["昨晚11点", "2027-01-01T00:30", "2026-12-31T23:00"],
    ["29号", "2027-03-02T08:00", "2027-01-29T00:00/2027-01-30T00:00"],
    ["2月29日", "2028-03-02T08:00", "2028-02-29T00:00/2028-03-01T00:00"],
    ["上周日", "2027-01-01T09:00", "2026-12-27T00:00/2026-12-28T00:00"],
    ["今晚7点许", "2026-11-20T22:08", "2026-11-20T19:00"],
    ["周一", "2026-11-23T09:00", "2026-11-23T00:00/2026-11-24T00:00"],
  ])("reads %s received %s", (text, receivedAt, expected) => {
    expect(read(text, receivedAt)).toBe(expected);
  });

  it.each([
    "2月30日",
    "2026年2月30日10:00",
    "11月31日",
    "13月1日",
    "2026-00-10 10:00",
    "1969年7月20日",
    "2099-01-01 00:00",
    "明天上午9点",
    "今晚8点",
  ])("finds no past time in %s, and rolls nothing over", (text) => {
    expect(read(text)).toBeUndefined();
  });

  it.each([
    "早一点处理",
    "这一时间",
    "3号楼停水",
    "解放路12号",
    "5日内反馈",
    "播放1.2万",
    "第三点意见",
    "24小时内报送",
    "早上好",
    "日报",
    "S216线",
    "12号线",
    "周报",
    "省政府令第12号文",
    "五一路停水",
    "国庆假期景区人多",
    "3个月以来",
    "9月份的账单",
    "13月以来",
    "均价涨到3.15起",
    "，11.18起拍",
    "本周内已发生三起停水",
  ])("takes nothing in %s for a time", (text) => {
    expect(read(text)).toBeUndefined();
  });
});

describe("the four times of a report", () => {
  it.each<[string, Partial<Record<"occurredAt" | "surfacedAt" | "detectedAt", string>>]>([
    [
      "昨天下午3点县城一工地坍塌，今天早上8点网友发视频，刚刚监测到",
      { occurredAt: "昨天下午3点", surfacedAt: "今天早上8点", detectedAt: "刚刚" },
    ],
    ["视频发布于昨晚9点，事情发生在前天", { surfacedAt: "昨晚9点", occurredAt: "前天" }],
    ["昨天家长发现食堂饭菜发霉", { occurredAt: "昨天" }],
    ["昨天村民看到河面有大量死鱼", { occurredAt: "昨天" }],
    ["今天8:30值班员接到群众电话，称幸福里小区停水", { detectedAt: "今天8:30" }],
    ["昨晚8点起火，9点10分扑灭", { occurredAt: "昨晚8点" }],
    ["该视频11月19日冲上热搜", {}],
    ["昨天15:00县教育局发布通报", {}],
    ["昨天15:00县教育局发布辟谣声明", {}],
    ["警方昨天22点通报已刑拘", {}],
    ["网传停课系谣言，截图最早出现在昨晚的家长群", { surfacedAt: "昨晚" }],
    ["上周五有工人在抖音说工地欠薪", { surfacedAt: "上周五" }],
    ["今早7点，有人在业主群号召去县政府讨说法", { surfacedAt: "今早7点" }],
    ["昨天下午起，微信群里又在转抢孩子的视频", { surfacedAt: "昨天下午" }],
    ["昨天傍晚5点半有村民在云岭乡小河沟边上看到死猪", { occurredAt: "昨天傍晚5点半" }],
    ["化工园区20分钟前爆了一声", { occurredAt: "20分钟前" }],
    ["就是昨晚七点四十幸福里电梯卡住了里面困了六个人有一个送医院了", { occurredAt: "昨晚七点四十" }],
    ["昨天上午果农把橘子倒到路边了有人拍了发快手", { occurredAt: "昨天上午" }],
    ["农民工聚集，今天上午9:20开始，已有人发快手", { occurredAt: "今天上午9:20" }],
    ["10月起频繁停水，昨晚8点又停", { occurredAt: "昨晚8点" }],
    ["10月起频繁停水", { occurredAt: "10月" }],
    ["12345本月以来共受理37件", {}],
    ["昨天上午县城停水\n王晓梅 11-20 09:41\n现场还没来水", { occurredAt: "昨天上午" }],
    ["县城停水\n王晓梅（县委网信办） 11-20 09:41\n现场还没来水", {}],
  ])("are told apart in: %s", (text, expected) => {
    const report = takeReport(text);
    const stated = (field: "occurredAt" | "surfacedAt" | "detectedAt") => report[field]?.text ?? undefined;
    expect({ o: stated("occurredAt"), s: stated("surfacedAt"), d: stated("detectedAt") }).toEqual({
      o: expected.occurredAt,
      s: expected.surfacedAt,
      d: expected.detectedAt,
    });
  });

  it("quotes a full-width time as it was written, behind a mask too", () => {
    expect(
      takeReport("家长电话１３９００００１１１１，事发２０２６年１１月１８日　０９：３０").occurredAt,
    ).toMatchObject({
      text: "２０２６年１１月１８日　０９：３０",
      value: "2026-11-18T09:30:00+08:00",
    });
  });

  it("asks for a detection time that lies in the future instead of believing it", () => {
    const report = takeReport("发现时间：2099年1月1日 09:00\n标题：停水");
    expect(report.detectedAt).toMatchObject({ inferred: true, value: "2026-11-20T10:00:00+08:00" });
    expect(report.needsConfirm).toContain("detectedAt");
  });

  it.each<[string, string | undefined]>([
    ["请月底前反馈", "2026-12-01T00:00:00+08:00"],
    ["要求12月底前办结", "2027-01-01T00:00:00+08:00"],
    ["请于本周内反馈结果", "2026-11-23T00:00:00+08:00"],
    ["要求年底前完成整改", "2027-01-01T00:00:00+08:00"],
    ["请今年内完成整改", "2027-01-01T00:00:00+08:00"],
    ["供水公司去年说年底前修好", undefined],
    ["县政府拟今天18点前回应", undefined],
  ])("knows the end of a week, month or year as a limit: %s", (text, due) => {
    expect(takeReport(`城关镇停水，${text}`).requestedDueAt?.value).toBe(due);
  });

  it.each([
    ["县政府拟今天18点前回应", "今天18点"],
    ["供水公司承诺月底前修好", "月底"],
    ["下周一（23日）上午有司机串联停运", "下周一（23日）上午"],
  ])("keeps as planned what somebody announces for himself: %s", (text, planned) => {
    expect(takeReport(`城关镇停水，${text}`)).toMatchObject({ plannedAt: { text: planned }, flags: expect.anything() });
    expect(takeReport(`城关镇停水，${text}`).flags).not.toContain("superior-required");
  });

  it("lets a bare clock time go on from the time before it", () => {
    expect(takeReport("昨天下午2点县城停电，4点网友发帖").surfacedAt?.value).toBe("2026-11-19T16:00:00+08:00");
  });

  it("has no time for a message that is not a report", () => {
    expect(take("好的，明天9点开会")).toEqual({ kind: "not-report" });
  });
});
