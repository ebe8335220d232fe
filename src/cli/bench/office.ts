import type { Case } from "#core/case/case.ts";
import type { CaseEvent } from "#core/case/events.ts";
import { namedUnits } from "#core/case/responders.ts";
import { syncReminders } from "#core/escalation/sync.ts";
import type { MessageEvent, Platform } from "#core/ports.ts";
import type { Instant } from "#core/time.ts";
import { type MovableClock, movableClock } from "#core/virtual-time.ts";
import type { BenchBot, BenchParts } from "./parts.ts";

/** Reports as people of the example office type them. */
export const REPORTS = [
  "/舆情 上报 今早6点20左右,石门镇S216线一辆客车坠崖,已致12人死亡、9人受伤,县公安局和应急局在现场。微博话题阅读860万",
  "/舆情 上报 昨天中午开始幸福里小区停水,物业没贴通知,抖音播放12.3万、评论892,网友质疑县水务局不作为,请尽快核实",
  "/舆情 上报 网传县一中食堂饭菜发霉,家长群传得很凶,视频播放3万多,教育局正在核查 https://v.douyin.com/iDEMO003/",
] as const;

/** What people type besides commands. */
export const TALK = [
  "收到",
  "大家辛苦了,注意安全",
  "明天上午九点在三楼会议室开会,请相关单位准时参加。",
  "舆情已经处理好了吗?",
  "@周敏 材料发你邮箱了 https://example.com/a?b=c",
] as const;

/** An ordinary report: its cases are not urgent, and wait for 研判. */
const ORDINARY = REPORTS[1];
export const REPORTER = "王晓梅";
export const ADMINISTRATOR = "何伟";
export const GROUP = "青岩县舆情值班群";

/** Cases that one transaction of the preparation takes. */
const BATCH = 200;

/** A bot of the example office whose platform takes every message at once. */
export interface Bench extends BenchBot {
  clock: MovableClock;
  /** A person writes into the duty group; resolves when the answer is durable. */
  say(text: string): Promise<unknown>;
  /** Opens many like cases at the clock's present time, as reports do, but without reading a text for each. */
  openCases(count: number): Promise<void>;
}

export async function openBench(parts: BenchParts, databaseUrl: string, at: Instant): Promise<Bench> {
  const clock = movableClock(at);
  const failures: unknown[] = [];
  const bot = await parts.openBot({ platform: acceptsAtOnce(), clock, databaseUrl, onError: (e) => failures.push(e) });
  let messages = 0;
  const say = (text: string): Promise<unknown> => {
    const n = ++messages;
    const event: MessageEvent = {
      type: "message",
      id: `bench-${n}`,
      messageId: `bench-message-${n}`,
      at: clock.now(),
      chat: { kind: "group", name: GROUP },
      from: REPORTER,
      known: true,
      text,
      attachments: [],
    };
    return bot.handlers.onEvent(event);
  };
  return {
    ...bot,
    clock,
    say,
    openCases: async (count) => {
      await say(ORDINARY);
      await bot.engine.wake();
      const [template] = await bot.store.cases({ limit: 1 });
      if (template) await copies(bot, template, count - 1, clock.now());
    },
    close: async () => {
      await bot.engine.wake();
      await bot.close();
      if (failures.length > 0) throw new Error("the bot failed while it was measured", { cause: failures[0] });
    },
  };
}

/** Stores copies of a case under numbers of their own. */
async function copies({ store, office }: BenchBot, template: Case, count: number, now: Instant): Promise<void> {
  const events = (await store.history(template.id)).map((e) => e.event);
  const number = template.id.split("-");
  const first = Number(number.pop());
  for (let from = 0; from < count; from += BATCH)
    await store.write(async (tx) => {
      const cases = Array.from({ length: Math.min(BATCH, count - from) }, (_, i): Case => {
        const no = String(first + from + i + 1).padStart(3, "0");
        return { ...template, id: [...number, no].join("-") };
      });
      for (const c of cases)
        await tx.saveCase(
          null,
          c,
          events.map((e) => named(e, c.id)),
          namedUnits(c, office),
        );
      await syncReminders(tx, cases, office, now, true);
    });
}

const named = (event: CaseEvent, id: string): CaseEvent => (event.type === "reported" ? { ...event, id } : event);

function acceptsAtOnce(): Platform {
  let sent = 0;
  return {
    name: "bench",
    start: async () => {},
    stop: async () => {},
    send: async () => ({ messageId: `sent-${++sent}` }),
    update: async () => {},
    reaches: () => true,
    owns: () => true,
  };
}
