import { setTimeout as pause } from "node:timers/promises";
import { SECOND } from "#core/time.ts";
import { arrived, OPENED, PER_SECOND, PLACES, queue, queueEscalation, scaled } from "./feishu-messages.ts";
import { type Figure, figure, type Goal } from "./figures.ts";
import type { BenchFeishu, BenchParts } from "./parts.ts";

const DIGESTS = 500;
/** Of the 1000 calls that Feishu allows in a minute, so many have been made. */
const USED = 900;
/** Share of answers among them: digests alone may not use so much of a minute. */
const ANSWERS = 0.04;
const ESCALATIONS = 5;

const P13: Goal = { id: "P13", of: "value", is: "<=", limit: 2 * SECOND };

/** How soon an escalation leaves while digests wait: at first, and when most of the minute's allowance is used up. */
export async function benchEscalation(parts: BenchParts, folder: string, size: number): Promise<Figure[]> {
  const count = scaled(DIGESTS, size, 20);
  const feishu = await parts.openFeishu(folder, PLACES, OPENED);
  try {
    await queue(feishu, 3, "日报", count);
    const sent = feishu.bot.engine.wake();
    // Spread over the time in which most of the digests leave.
    const behind = await escalations(feishu, "升级", (0.8 * count * SECOND) / PER_SECOND / ESCALATIONS);
    await sent;
    const used = await useUp(feishu, scaled(USED, size, 40));
    await queue(feishu, 3, "后续日报", count);
    void feishu.bot.engine.wake();
    const late = await escalations(feishu, "再升级", SECOND / PER_SECOND);
    const { refused } = await feishu.service.sent();
    return [
      worst("feishu.escalation.behind", `升级排在 ${count} 条日报之后，最迟`, behind),
      worst("feishu.escalation.used", `同上，一分钟的 1000 次已用 ${used}，最迟`, late),
      figure({
        id: "feishu.escalation.refused",
        name: "其间因过快被拒",
        value: refused,
        unit: "次",
        goals: [{ ...P13, limit: 0 }],
      }),
    ];
  } finally {
    await feishu.close();
  }
}

/** Sends until so many calls were made; the last of them are answers. @returns how many there were */
async function useUp(feishu: BenchFeishu, calls: number): Promise<number> {
  await queue(feishu, 3, "补足", Math.round(calls * (1 - ANSWERS)) - (await arrived(feishu)));
  await feishu.bot.engine.wake();
  await queue(feishu, 0, "答复", calls - (await arrived(feishu)));
  await feishu.bot.engine.wake();
  return arrived(feishu);
}

/** One after another, so long apart. @returns milliseconds from each commit to the arrival */
async function escalations(feishu: BenchFeishu, name: string, apart: number): Promise<number[]> {
  const took: number[] = [];
  for (let i = 0; i < ESCALATIONS; i++) {
    await pause(apart);
    const title = await queueEscalation(feishu, name, i);
    const from = feishu.now();
    void feishu.bot.engine.wake();
    took.push((await feishu.service.arrival(title)) - from);
  }
  return took;
}

const worst = (id: string, name: string, all: readonly number[]): Figure =>
  figure({ id, name, value: Math.max(...all), unit: "毫秒", goals: [P13] });
