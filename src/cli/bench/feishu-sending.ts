import { SECOND } from "#core/time.ts";
import { arrived, OPENED, PER_SECOND, PLACES, queue, scaled } from "./feishu-messages.ts";
import { type Figure, figure, type Goal } from "./figures.ts";
import type { BenchParts } from "./parts.ts";

const MESSAGES = 500;
const RATE: Goal = { id: "P12", of: "value", is: ">=", limit: 90 };
const REFUSED: Goal = { id: "P12", of: "value", is: "<=", limit: 0 };

/**
 * Many messages to many people and groups, and how near to the rate that Feishu allows they leave.
 * @param delayMs how long Feishu takes for each answer
 */
export async function benchSending(
  parts: BenchParts,
  folder: string,
  size: number,
  delayMs: number,
): Promise<Figure[]> {
  const count = scaled(MESSAGES, size, 20);
  const feishu = await parts.openFeishu(folder, PLACES, OPENED);
  try {
    await feishu.service.answersAfter(delayMs);
    const before = await arrived(feishu);
    const from = feishu.now();
    await queue(feishu, 3, "日报", count);
    await feishu.bot.engine.wake();
    const { arrivals, refused } = await feishu.service.sent();
    if (arrivals.length !== before + count) throw new Error(`${arrivals.length - before} of ${count} messages arrived`);
    const [first = from, last = from] = [arrivals[before], arrivals.at(-1)];
    const what = `${count} 条发往 ${2 * PLACES} 处（服务 ${delayMs} 毫秒后答）`;
    const id = `feishu.send${delayMs}`;
    return [
      figure({ id: `${id}.time`, name: `${what}，用时`, value: (last - from) / SECOND, unit: "秒" }),
      figure({
        id: `${id}.rate`,
        name: `${what}，第一条到最后一条，占每秒 ${PER_SECOND} 条`,
        value: (100 * (count - 1) * SECOND) / (last - first) / PER_SECOND,
        unit: "%",
        goals: [RATE],
      }),
      figure({ id: `${id}.refused`, name: `${what}，因过快被拒`, value: refused, unit: "次", goals: [REFUSED] }),
    ];
  } finally {
    await feishu.close();
  }
}
