import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { formatMoment } from "#core/time.ts";
import { fireDue } from "#src/engine/fire.ts";
import { at, type Chat, openChat, textOf } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";
import type { Post } from "../support/fake-platform.ts";

let chat: Chat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
});

const when = (posts: readonly Post[]): string[] => posts.map((p) => formatMoment(p.at).slice(-5));
const reminders = (name: string): Post[] =>
  chat.toldTo(name).filter((p) => p.kind === "reminder" || p.kind === "escalation");

async function assignedCase(): Promise<void> {
  await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
  await chat.presses("周敏", "研判", { 舆情: "III", 单位: "青岩县水务局" });
  await chat.presses("周敏", "转办");
  await chat.presses("马超群", "签收");
}

describe("reminders", () => {
  test("come at their own time, to the post that the table names", async () => {
    await assignedCase();
    await chat.until("11-22 08:59");
    expect(when(reminders("马超群"))).toEqual(["09:00", "01:00"]);
    expect(when(reminders("韩青松"))).toEqual(["07:30"]);
    expect(textOf(reminders("韩青松")[0])).toMatch(/首次回应.*1小时30分/);
  });

  test("end with the evidence", async () => {
    await assignedCase();
    await chat.passes("1h");
    await chat.presses("马超群", "回应", { 链接: "https://www.qingyan.example/1", 形式: "首次回应" });
    await chat.until("11-22 12:00");
    for (const name of ["马超群", "姚倩", "沈立", "韩青松", "刘建华"])
      expect(reminders(name).filter((p) => /首次回应(时限)?(还剩|已|$)/.test(p.card.title))).toEqual([]);
  });

  test("that were waiting go with the limit when it moves, and its new stages come", async () => {
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.crash}`);
    const c = await chat.case();
    const release = c.clocks.find((k) => k.key === "release.authoritative");
    expect(release?.dueAt).toBe(at("11-20 11:20"));
    await chat.says("王晓梅", "/舆情 补充 更正:发生时间是今早6点整");
    const moved = (await chat.case()).clocks.find((k) => k.key === "release.authoritative");
    expect(moved?.dueAt).toBe(at("11-20 11:00"));
    const waiting = (await chat.store.write((tx) => tx.reminders([c.id]))).filter(
      (r) => r.subject === "release.authoritative" && r.state === "waiting",
    );
    expect(new Set(waiting.map((r) => r.limit))).toEqual(new Set([at("11-20 11:00")]));
  });

  test("of a late report: one for where it stands, not one for everything it missed", async () => {
    await chat.until("11-20 14:00");
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.crash}`);
    await chat.passes("1m");
    const about = reminders("张志远").filter((p) => textOf(p).includes("权威信息"));
    expect(about).toHaveLength(1);
    expect(textOf(about[0])).toMatch(/已逾期 2小时4\d分/);
  });
});

describe("the same stage never fires twice", () => {
  test("when ticks crowd", async () => {
    await assignedCase();
    await chat.until("11-21 08:59");
    chat.clock.set(at("11-21 09:00"));
    await Promise.all([chat.engine.tick(), chat.engine.tick(), chat.engine.tick()]);
    await chat.engine.tick();
    expect(when(reminders("马超群"))).toEqual(["09:00"]);
  });

  test("when the bot is killed right after and starts again", async () => {
    await assignedCase();
    await chat.until("11-21 09:00");
    await chat.isDownFor("1s");
    await chat.engine.tick();
    expect(when(reminders("马超群"))).toEqual(["09:00"]);
  });

  test("when two bots run on one database", async () => {
    await assignedCase();
    await chat.until("11-21 08:59");
    const first = chat.engine;
    await chat.starts();
    chat.clock.set(at("11-21 09:00"));
    await Promise.all([first.tick(), chat.engine.tick()]);
    expect(when(reminders("马超群"))).toEqual(["09:00"]);
  });
});

describe("a post that nobody can be reached in", () => {
  test("is passed on in the same minute, and the office is told once", async () => {
    chat.platform.loses("沈立");
    await assignedCase();
    await chat.until("11-22 09:00");
    expect(reminders("韩青松").length).toBeGreaterThan(0);
    for (const name of ["周敏", "罗文博"]) {
      const gaps = chat.toldTo(name).filter((p) => p.card.title.includes("岗位空缺"));
      expect(gaps).toHaveLength(1);
      expect(textOf(gaps[0])).toMatch(/水务局分管领导.*已改为通知韩青松/);
    }
  });
});

describe("one case that cannot be told", () => {
  test("keeps no other from being told, stays due, and is told when it can be", async () => {
    await assignedCase();
    await chat.says("王晓梅", "/舆情 上报 网传县一中食堂饭菜发霉,家长群传得很凶");
    await chat.presses("周敏", "研判", { 舆情: "III", 单位: "青岩县教育局" });
    await chat.presses("周敏", "转办");
    await chat.presses("孙浩", "签收");
    chat.platform.failsFor("马超群");
    await chat.until("11-21 09:01");
    expect(when(reminders("孙浩"))).toEqual(["09:00"]);
    expect(reminders("马超群")).toEqual([]);
    expect(chat.errors.splice(0).length).toBeGreaterThan(0);
    chat.platform.failsFor(undefined);
    await chat.passes("1m");
    expect(when(reminders("马超群"))).toEqual(["09:02"]);
  });

  test("is tried once a minute, and the auditor finds it all the while", async () => {
    await assignedCase();
    await chat.until("11-21 08:59");
    const tries: string[] = [];
    const reaches = (name: string): boolean => {
      if (name === "马超群") throw new Error("the adapter is broken");
      return true;
    };
    for (let second = 0; second <= 150; second++) {
      const now = at("11-21 09:00") + second * 1000;
      const onError = (): void => void tries.push(formatMoment(now).slice(-5));
      await chat.store.write((tx) => fireDue(tx, { office: chat.office, now, reaches, onError }));
    }
    expect(tries).toEqual(["09:00", "09:01", "09:02"]);
    expect(await chat.store.write((tx) => tx.overdueReminders(at("11-21 09:02")))).toBe(1);
  });

  test("with more stages than one transaction takes starves no other", async () => {
    await assignedCase();
    await chat.says("王晓梅", "/舆情 上报 网传县一中食堂饭菜发霉,家长群传得很凶");
    await chat.presses("周敏", "研判", { 舆情: "III", 单位: "青岩县教育局" });
    await chat.presses("周敏", "转办");
    await chat.presses("孙浩", "签收");
    await chat.until("11-21 08:58");
    const { id } = await chat.case(1);
    const [stage] = (await chat.store.write((tx) => tx.reminders([id]))).filter((r) => r.dueAt === at("11-21 09:00"));
    if (stage?.subject !== "response.first") throw new Error("no stage at nine");
    const { limit, stage: name } = stage;
    const held = Array.from({ length: 600 }, (_, i) => ({
      caseId: id, subject: "response.first" as const, limit, stage: name, dueAt: at("11-21 08:59"), who: `p${i}`,
    })); // biome-ignore format: one row
    await chat.store.write((tx) => tx.addReminders(held));
    chat.platform.failsFor("马超群");
    chat.clock.set(at("11-21 09:00"));
    await chat.engine.tick();
    expect(when(reminders("孙浩"))).toEqual(["09:00"]);
    expect(chat.errors.splice(0).length).toBeGreaterThan(0);
  });
});
