import fc from "fast-check";
import { expect, test } from "vitest";
import { resolveAudience } from "#core/escalation/audience.ts";
import { rowOf } from "#core/escalation/plan.ts";
import { HOUR, MINUTE } from "#core/time.ts";
import { type Chat, openChat } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";

interface Scenario {
  report: string;
  at: number;
  level: string;
  units: string;
  triageAfter: number;
  assignAfter: number;
  signAfter: number | null;
}

/** When the report comes, and after how many minutes people do the next step. */
const scenario: fc.Arbitrary<Scenario> = fc.record({
  report: fc.constantFrom(...Object.values(REPORTS)),
  at: fc.integer({ min: 0, max: 48 * 60 }),
  level: fc.constantFrom("I", "II", "III", "IV"),
  units: fc.constantFrom("青岩县水务局", "青岩县水务局、青岩县住房和城乡建设局"),
  triageAfter: fc.integer({ min: 0, max: 300 }),
  assignAfter: fc.integer({ min: 0, max: 300 }),
  signAfter: fc.option(fc.integer({ min: 0, max: 600 })),
});

const STAGES = ["T-24h", "T-8h", "T-2h", "T", "T+4h"];

async function play(s: Scenario): Promise<Chat> {
  const chat = await openChat({ at: "11-20 09:00" });
  const goesOn = (minutes: number): Promise<void> => chat.skipsTo(chat.clock.now() + minutes * MINUTE);
  await goesOn(s.at);
  await chat.says("王晓梅", `/舆情 上报 ${s.report}`);
  await goesOn(s.triageAfter);
  await chat.says("周敏", `/舆情 研判 突发=无 舆情=${s.level} 单位=${s.units}`);
  await goesOn(s.assignAfter);
  await chat.says("周敏", "/舆情 转办");
  if (s.signAfter !== null) {
    await goesOn(s.signAfter);
    await chat.says("马超群", "/舆情 签收");
  }
  // The limit is 48 hours after the report; what the night held back is told by then, too.
  await chat.skipsTo((await chat.case()).receivedAt + 66 * HOUR);
  return chat;
}

/** How often each person was told of each stage, from the messages that were queued. */
async function tellings(chat: Chat, caseId: string): Promise<Map<string, number>> {
  const told = new Map<string, number>();
  for (const m of await chat.store.deliveries(caseId))
    for (const s of m.meta?.stages ?? []) {
      const key = `${s.subject} ${s.limit} ${s.stage} → ${m.to.name}`;
      told.set(key, (told.get(key) ?? 0) + 1);
    }
  return told;
}

test("every stage reaches everyone whom the table names, exactly once, however night and flood limit move it", async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (s) => {
      const chat = await play(s);
      const { office } = chat;
      const c = await chat.case();
      const told = await tellings(chat, c.id);
      expect([...told].filter(([, n]) => n > 1)).toEqual([]);
      const limit = c.clocks.find((k) => k.key === "response.first")?.dueAt ?? 0;
      const known = Math.max(c.receivedAt, c.assignment?.at ?? 0);
      for (const stage of STAGES) {
        const hours = stage === "T" ? 0 : Number.parseInt(stage.slice(1), 10);
        if (limit + hours * HOUR <= known) continue;
        // Who acts changes with the signature; officers, deputies, heads and leaders are the same throughout.
        const to = rowOf(office.stages["response.first"], stage)?.to.filter((word) => word !== "承办") ?? [];
        const now = chat.clock.now();
        const { recipients } = resolveAudience(to, { c, subject: "response.first", office, now, reaches: () => true });
        for (const { name } of recipients)
          expect(told.get(`response.first ${limit} ${stage} → ${name}`), `${stage} → ${name}`).toBe(1);
      }
      expect(chat.errors).toEqual([]);
      await chat.close();
    }),
    { seed: 20261120, numRuns: 25 },
  );
});

test("nobody gets two messages of one case in ten minutes, except for what may not wait", async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (s) => {
      const chat = await play({ ...s, report: REPORTS.water, level: "IV" });
      const c = await chat.case();
      const byPerson = Map.groupBy(
        (await chat.store.deliveries(c.id)).filter((m) => m.to.kind === "user" && m.kind !== "update"),
        (m) => m.to.name,
      );
      for (const [name, messages] of byPerson)
        for (const [i, m] of messages.entries()) {
          const before = messages.slice(0, i).findLast((x) => x.createdAt <= m.createdAt);
          const mayNotWait =
            m.meta === undefined || m.meta.stages.some((x) => x.subject === "sign" || /^T($|\+)/.test(x.stage));
          if (before && !mayNotWait)
            expect(m.createdAt - before.createdAt, `${name}: ${m.key}`).toBeGreaterThanOrEqual(10 * MINUTE);
        }
      await chat.close();
    }),
    { seed: 7, numRuns: 12 },
  );
});
