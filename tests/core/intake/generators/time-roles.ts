import fc from "fast-check";
import { type Instant, MINUTE, toIso } from "#core/time.ts";
import { dateOf, moment, plusDays } from "./calendar.ts";
import { two } from "./numerals.ts";

export type Role = "occurredAt" | "surfacedAt" | "detectedAt" | "snapshotAt" | "deadlineAt" | "plannedAt";

/** Sentences that say whose time ⏱ is, as offices, hotlines and people on the telephone write them. */
export const PHRASES: Readonly<Record<Role, readonly string[]>> = {
  occurredAt: [
    "⏱，县城解放路发生火灾",
    "⏱县城一工地发生坍塌",
    "县城解放路于⏱发生交通事故",
    "石门镇⏱发生一起斗殴",
    "事情发生在⏱",
    "事件发生于⏱",
    "事发时间为⏱",
    "事发时间是⏱",
    "事发⏱",
    "据了解，⏱一辆货车在S216线侧翻",
    "据反映⏱石门镇有人落水",
    "解放路一商铺⏱起火",
    "幸福里小区自⏱起停水",
    "⏱，三中食堂多名学生呕吐",
    "⏱有人在县政府门口聚集讨薪",
    "⏱许，客车与货车相撞",
    "⏱左右县城多处停电",
    "事故发生在⏱左右",
    "孩子⏱在学校被打",
    "经查，⏱，物业工作人员与业主发生冲突",
    "发生时间：⏱",
    "事发时间:⏱",
    "案发时间 ⏱",
    "发生时间=⏱",
    "【事发时间】⏱",
    "一、事发时间：⏱",
    "发生时间（大致）：⏱",
  ],
  surfacedAt: [
    "⏱，网友在抖音发帖称路灯不亮",
    "⏱网民发布视频反映路灯不亮",
    "有网友于⏱在微博发文称路灯不亮",
    "该视频⏱首发于快手",
    "该帖于⏱发布",
    "帖子发布于⏱",
    "帖子是⏱发的",
    "视频最早于⏱上传抖音",
    "视频⏱传到网上",
    "首次发帖时间为⏱",
    "⏱首次在小红书曝光",
    "⏱有博主爆料此事",
    "⏱家长在朋友圈晒出食堂照片",
    "⏱某媒体报道了此事",
    "⏱，某微信公众号推送文章《路灯何时亮》",
    "网民“路人甲”⏱在论坛发帖",
    "最早一条微博发于⏱",
    "⏱网上出现相关视频",
    "相关视频⏱开始在网上流传",
    "晚报⏱刊发稿件",
    "晚报⏱发稿",
    "⏱有网友留言反映路灯不亮",
    "⏱市民拨打12345投诉",
    "首发时间：⏱",
    "发布时间 ⏱",
    "发帖时间:⏱",
    "首发：微博 ⏱",
    "12345工单：来电时间⏱，反映路灯不亮",
    "【发布时间】⏱",
    "发布时间=⏱",
  ],
  detectedAt: [
    "我办⏱监测到该视频",
    "⏱我办监测发现",
    "⏱我中心在抖音发现该视频",
    "⏱在抖音发现",
    "⏱在微博上看到这条",
    "⏱值班员巡查发现",
    "⏱，县委网信办监测发现该帖",
    "县委网信办于⏱发现",
    "我局⏱关注到该舆情",
    "⏱工作人员巡网时发现该帖",
    "⏱接到群众来电反映",
    "⏱接群众举报",
    "⏱接到报警",
    "⏱，110接警",
    "我办⏱接报",
    "⏱收到市网信办提示",
    "我⏱刷到这条视频",
    "⏱我们在群里看到有人转这个视频",
    "⏱舆情系统预警",
    "⏱监测平台推送预警信息",
    "监测发现时间为⏱",
    "发现时间是⏱",
    "发现于⏱",
    "发现时间：⏱",
    "发现时间 ⏱",
    "监测时间:⏱",
    "发现时间=⏱",
    "【发现时间】⏱",
    "报警时间：⏱",
    "接警时间：⏱",
    "接报时间 ⏱",
    "时间：⏱（发现）",
  ],
  snapshotAt: [
    "截至⏱，播放12万",
    "截止⏱播放12万",
    "截止到⏱，点赞300",
    "截至目前（⏱）播放12万",
    "（截至⏱）",
    "数据截至⏱",
    "统计时间：⏱",
    "数据截止：⏱",
    "播放12万（截至⏱）",
    "⏱的数据，播放12万",
    "⏱统计，播放12万",
  ],
  deadlineAt: [
    "请于⏱前反馈",
    "请在⏱前报送情况",
    "要求⏱前上报",
    "要求于⏱前反馈办理情况",
    "务必在⏱之前报送",
    "限⏱前办结",
    "⏱以前书面回复",
    "反馈时限：⏱前",
    "办理时限：⏱",
    "请核实，⏱前报府办",
    "须于⏱前回复",
    "最迟⏱反馈",
    "不晚于⏱反馈",
    "截止时间为⏱，请按时反馈",
  ],
  plannedAt: [
    "群里号召⏱去县政府门口集合",
    "有人号召⏱到县政府讨说法",
    "拟于⏱召开新闻发布会",
    "计划⏱到市里上访",
    "计划于⏱集体维权",
    "定于⏱举行听证会",
    "扬言⏱到县政府拉横幅",
    "业主约定⏱在广场集合",
    "⏱将举行听证会",
    "⏱准备去市里上访",
    "打算⏱去堵路",
    "相约⏱到售楼部维权",
    "组织⏱去县政府",
    "⏱要去县政府讨薪",
    "预计⏱恢复供水",
    "原定⏱开工",
    "听说⏱还要聚集",
  ],
};

export interface StatedTime {
  role: Role;
  value: string;
  sentence: string;
}

export interface Message {
  text: string;
  receivedAt: Instant;
  stated: readonly StatedTime[];
}

type Write = (at: Instant) => string;
const clockOf = (at: Instant): [h: number, m: number] => {
  const minutes = Math.floor((at - moment(dateOf(at), 0)) / MINUTE);
  return [Math.floor(minutes / 60), minutes % 60];
};
const dated =
  (write: (m: number, d: number) => string, clock: (h: number, m: number) => string): Write =>
  (at) => {
    const { m, d } = dateOf(at);
    return write(m, d) + clock(...clockOf(at));
  };
/** Each can mean one instant only, so that a misread role cannot hide behind a misread time. */
const WRITERS: readonly Write[] = [
  dated(
    (m, d) => `${m}月${d}日`,
    (h, m) => `${two(h)}:${two(m)}`,
  ),
  dated(
    (m, d) => `${m}月${d}日`,
    (h, m) => `${h}时${m}分`,
  ),
  dated(
    (m, d) => `${m}.${d} `,
    (h, m) => `${two(h)}:${two(m)}`,
  ),
  dated(
    (m, d) => `${m}/${d} `,
    (h, m) => `${two(h)}:${two(m)}`,
  ),
  (at) => `${dateOf(at).y}-${two(dateOf(at).m)}-${two(dateOf(at).d)} ${clockOf(at).map(two).join(":")}`,
];

/** How far from receipt each time lies, hours: a story runs from event to receipt, what is asked or planned lies ahead. */
const HOURS: Readonly<Record<Role, readonly [from: number, to: number]>> = {
  occurredAt: [-90, -60],
  surfacedAt: [-50, -30],
  detectedAt: [-24, -5],
  snapshotAt: [-4, -1],
  deadlineAt: [5, 40],
  plannedAt: [50, 200],
};

/** One to four times of different roles, each in its sentence, in any order. */
export const message = (receipt: fc.Arbitrary<Instant>): fc.Arbitrary<Message> =>
  fc
    .record({
      receivedAt: receipt,
      roles: fc.shuffledSubarray(Object.keys(PHRASES) as Role[], { minLength: 1, maxLength: 4 }),
      draws: fc.array(
        fc.tuple(fc.nat(1_000), fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(WRITERS.length - 1)),
        {
          minLength: 4,
          maxLength: 4,
        },
      ),
      join: fc.constantFrom("。", "\n", "；", "。\n"),
    })
    .map(({ receivedAt, roles, draws, join }) => {
      const stated = roles.map((role, index) => {
        const [pick, share, writer] = draws[index] as [number, number, number];
        const [from, to] = HOURS[role];
        const at = receivedAt + Math.floor((from + (to - from) * share) * 60) * MINUTE;
        const phrases = PHRASES[role];
        const phrase = phrases[pick % phrases.length] as string;
        const sentence = phrase.replace("⏱", (WRITERS[writer] as Write)(at));
        return { role, value: toIso(at), sentence };
      });
      return { text: stated.map((s) => s.sentence).join(join), receivedAt, stated };
    });

/** Days ahead in words: 明天上午9点, 下周一. */
export const aheadInWords = (receivedAt: Instant): fc.Arbitrary<{ text: string; value: string }> =>
  fc
    .tuple(
      fc.constantFrom<[string, number]>(["明天", 1], ["明日", 1], ["后天", 2], ["大后天", 3]),
      fc.integer({ min: 9, max: 11 }),
    )
    .map(([[word, days], hour]) => ({
      text: `${word}上午${hour}点`,
      value: toIso(moment(plusDays(dateOf(receivedAt), days), hour)),
    }));
