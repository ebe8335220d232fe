import { setTimeout as pause } from "node:timers/promises";
import type { Card } from "#core/message/card.ts";
import type { Address, Lane } from "#core/ports.ts";
import type { Outgoing } from "#core/store.ts";
import { HOUR, SECOND } from "#core/time.ts";
import { type Figure, figure, type Goal } from "./figures.ts";
import type { BenchFeishu, BenchParts } from "./parts.ts";

/** A Monday morning at work. */
const OPENED = Date.UTC(2026, 10, 23, 1, 0);
const FULL_SIZE = 100_000;
const DIGESTS = 500;
/** People, and groups, to whom they go. */
const PLACES = 100;
/** What Feishu allows in a second; no place gets so much that its own five a second matter. */
const ALLOWED = 50;
/** Of the 1000 calls that Feishu allows in a minute, so many have been made. */
const USED = 900;
/** Answers are among them: digests alone may not use so much of a minute. */
const ANSWERS = 40;
const ESCALATIONS = 5;

const RATE: Goal = { id: "P12", of: "value", is: ">=", limit: 90 };
const REFUSED: Goal = { id: "P12", of: "value", is: "<=", limit: 0 };
const P13: Goal = { id: "P13", of: "value", is: "<=", limit: 2 * SECOND };

const scaled = (count: number, size: number): number =>
  Math.max(Math.round((count * Math.min(size, FULL_SIZE)) / FULL_SIZE), 20);

/** Many messages to many groups and people, and how near to the allowed rate they leave. @param delayMs of each answer of Feishu */
export async function benchSending(
  { openFeishu }: BenchParts,
  folder: string,
  size: number,
  delayMs: number,
): Promise<Figure[]> {
  const feishu = await openFeishu(folder, PLACES, OPENED);
  const count = scaled(DIGESTS, size);
  try {
    await feishu.service.answersAfter(delayMs);
    const before = (await feishu.service.sent()).arrivals.length;
    const from = feishu.now();
    await queue(feishu, digests(feishu, count, "批"));
    await feishu.bot.engine.wake();
    const { arrivals, refused } = await feishu.service.sent();
    const times = arrivals.slice(before);
    if (times.length !== count) throw new Error(`${times.length} of ${count} messages arrived`);
    const ms = Math.max(...times) - from;
    const one = (part: string, name: string, value: number, unit: string, goals: Goal[] = []): Figure =>
      figure({
        id: `feishu.send${delayMs}.${part}`,
        name: `${count} 条发给 ${2 * PLACES} 处(服务 ${delayMs} 毫秒后答),${name}`,
        value,
        unit,
        goals,
      });
    return [
      one("time", "用时", ms / SECOND, "秒"),
      one("rate", `占每秒 ${ALLOWED} 条`, (count / ALLOWED / (ms / SECOND)) * 100, "%", [RATE]),
      one("refused", "因过快被拒", refused, "次", [REFUSED]),
    ];
  } finally {
    await feishu.close();
  }
}

/** How soon an escalation leaves while digests wait: at first, and when most of the minute's allowance is used up. */
export async function benchEscalation({ openFeishu }: BenchParts, folder: string, size: number): Promise<Figure[]> {
  const feishu = await openFeishu(folder, PLACES, OPENED);
  const count = scaled(DIGESTS, size);
  const used = scaled(USED, size);
  const answers = Math.ceil((used * ANSWERS) / 1000);
  try {
    await feishu.service.answersAfter(5);
    await queue(feishu, digests(feishu, count, "先"));
    const waking = feishu.bot.engine.wake();
    const behind = await escalations(feishu, "先", (count / ALLOWED / ESCALATIONS / 2) * SECOND);
    await waking;
    const sent = async (): Promise<number> => (await feishu.service.sent()).arrivals.length;
    await queue(feishu, digests(feishu, used - answers - (await sent()), "再"));
    await feishu.bot.engine.wake();
    await queue(feishu, digests(feishu, used - (await sent()), "答", 0));
    await feishu.bot.engine.wake();
    const before = await sent();
    await queue(feishu, digests(feishu, count, "后"));
    void feishu.bot.engine.wake();
    const late = await escalations(feishu, "后", SECOND / ALLOWED);
    const one = (id: string, name: string, all: readonly number[]): Figure =>
      figure({
        id,
        name: `升级排在 ${count} 条日报之后${name},最迟`,
        value: Math.max(...all),
        unit: "毫秒",
        goals: [P13],
      });
    return [
      one("feishu.escalation.behind", "", behind),
      one("feishu.escalation.used", `,本分钟 1000 条已用 ${before}`, late),
      figure({
        id: "feishu.escalation.refused",
        name: "其间因过快被拒",
        value: (await feishu.service.sent()).refused,
        unit: "次",
        goals: [REFUSED],
      }),
    ];
  } finally {
    await feishu.close();
  }
}

/** One after another, so long apart. @returns milliseconds from each commit to the arrival */
async function escalations(feishu: BenchFeishu, what: string, apart: number): Promise<number[]> {
  const took: number[] = [];
  for (let i = 0; i < ESCALATIONS; i++) {
    await pause(apart);
    const title = `升级${what}${i}`;
    const to = feishu.addresses[(i * 37) % feishu.addresses.length];
    if (!to) break;
    const dueAt = feishu.now() + 5 * HOUR;
    await queue(feishu, [outgoing(1, to, title, [{ kind: "limit", label: "首次回应", startAt: feishu.now(), dueAt }])]);
    const from = feishu.now();
    void feishu.bot.engine.wake();
    took.push((await feishu.service.arrival(title)) - from);
  }
  return took;
}

const digests = ({ addresses }: BenchFeishu, count: number, what: string, lane: Lane = 3): Outgoing[] =>
  Array.from({ length: count }, (_, i) => {
    const to = addresses[i % addresses.length];
    if (!to) throw new Error("there is nobody to write to");
    return outgoing(lane, to, `日报${what}${i}`, LINES);
  });

const LINES: Card["lines"] = Array.from({ length: 8 }, () => ({ kind: "text", text: "一行六十个字".repeat(6) }));

const KINDS = ["reply", "escalation", "notice", "digest"] as const;

const outgoing = (lane: Lane, to: Address, title: string, lines: Card["lines"]): Outgoing => ({
  key: title,
  lane,
  to,
  kind: KINDS[lane],
  card: { title, tone: "blue", lines, buttons: [] },
  mentions: [],
});

const queue = ({ bot, now }: BenchFeishu, messages: readonly Outgoing[]): Promise<void> =>
  bot.store.write((tx) => tx.queue(messages, now()));
