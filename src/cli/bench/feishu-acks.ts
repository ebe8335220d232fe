import { OPENED, scaled } from "./feishu-messages.ts";
import { type Figure, figure, type Goal } from "./figures.ts";
import { REPORTS, TALK } from "./office.ts";
import type { BenchParts } from "./parts.ts";
import { percentile } from "./statistics.ts";

const EVENTS_PER_SECOND = 100;
const SECONDS = 30;
/** The floor moves less: a third of the time tells enough. */
const FLOOR_SECONDS = 10;

/** Feishu gives up after three seconds; who presses a button should notice no wait at all. */
const P11: Goal = { id: "P11", of: "value", is: "<=", limit: 100 };

/** From pushing an event to its acknowledgement, as Feishu sees it, with the bot behind the SDK and with nothing behind it. */
export async function benchAcks(parts: BenchParts, folder: string, size: number): Promise<Figure[]> {
  const feishu = await parts.openFeishu(folder, 1, OPENED);
  const act = (seconds: number) =>
    feishu.service.act({ reports: REPORTS, talk: TALK, perSecond: EVENTS_PER_SECOND, seconds });
  try {
    // The first second of each warms up.
    await act(1);
    const { acks, missed } = await act(scaled(SECONDS, size, 1));
    await feishu.answerAtOnce();
    await act(1);
    const bare = await act(scaled(FLOOR_SECONDS, size, 1));
    const at = (part: string, name: string, rank: number, goals: Goal[] = []): Figure =>
      figure({
        id: `feishu.ack.${part}`,
        name: `确认飞书事件（每秒 ${EVENTS_PER_SECOND} 件），${name}（基准为收到就答）`,
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
        name: `${acks.length} 件中没有确认的`,
        value: missed,
        unit: "件",
        goals: [{ ...P11, limit: 0 }],
      }),
    ];
  } finally {
    await feishu.close();
  }
}
