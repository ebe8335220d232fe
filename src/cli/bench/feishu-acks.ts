import { type Figure, figure, type Goal } from "./figures.ts";
import { REPORTS, TALK } from "./office.ts";
import type { BenchParts } from "./parts.ts";
import { percentile } from "./statistics.ts";

/** A Monday morning at work. */
const OPENED = Date.UTC(2026, 10, 23, 1, 0);
const PER_SECOND = 100;
const SECONDS = 30;
/** The floor moves less: a third of the time tells enough. */
const FLOOR_SECONDS = 10;
const FULL_SIZE = 100_000;

/** Feishu waits three seconds for an acknowledgement; a person who presses should notice no wait at all. */
const P11: Goal = { id: "P11", of: "value", is: "<=", limit: 100 };
const P11_MISSED: Goal = { ...P11, limit: 0 };

/** From the arrival of events at the SDK to their acknowledgement, as Feishu sees it; then the same with nothing behind it. */
export async function benchAcks({ openFeishu }: BenchParts, folder: string, size: number): Promise<Figure[]> {
  const feishu = await openFeishu(folder, 1, OPENED);
  const share = Math.min(1, size / FULL_SIZE);
  const during = (seconds: number) => ({
    reports: REPORTS,
    talk: TALK,
    perSecond: PER_SECOND,
    seconds: Math.max(1, Math.round(seconds * share)),
  });
  try {
    // The first events compile the program.
    await feishu.service.act(during(1));
    const { acks, missed } = await feishu.service.act(during(SECONDS));
    await feishu.answerAtOnce();
    await feishu.service.act(during(1));
    const bare = await feishu.service.act(during(FLOOR_SECONDS));
    const at = (part: string, name: string, rank: number, goals: Goal[] = []): Figure =>
      figure({
        id: `feishu.ack.${part}`,
        name: `确认飞书事件(每秒 ${PER_SECOND} 件),${name}(基准为收到就答)`,
        value: percentile(acks, rank),
        unit: "毫秒",
        floor: percentile(bare.acks, rank),
        goals,
      });
    return [
      at("p50", "中位", 0.5),
      at("p99", "p99", 0.99, [P11]),
      at("max", "最多", 1),
      figure({
        id: "feishu.ack.missed",
        name: `没有按时确认,${acks.length} 件中`,
        value: missed,
        unit: "件",
        goals: [P11_MISSED],
      }),
    ];
  } finally {
    await feishu.close();
  }
}
