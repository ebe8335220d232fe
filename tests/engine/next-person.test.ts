import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DeliveryError } from "#core/ports.ts";
import { formatMoment } from "#core/time.ts";
import { type Chat, openChat, textOf } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";
import type { Post } from "../support/fake-platform.ts";

let chat: Chat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(async () => {
  expect(chat.errors.filter((e) => !(e instanceof DeliveryError))).toEqual([]);
  await chat.close();
});

async function assignedCase(): Promise<void> {
  await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
  await chat.presses("周敏", "研判", { 舆情: "III", 单位: "青岩县水务局" });
  await chat.presses("周敏", "转办");
}
const instead = (): string[] =>
  chat.platform.posts
    .filter((p) => textOf(p).includes("原应通知"))
    .map((p) => `${formatMoment(p.at).slice(-5)} ${p.to.name} ${/原应通知(\S+?),/.exec(textOf(p))?.[1]}`);
const gaps = (name: string): Post[] => chat.toldTo(name).filter((p) => p.card.title.includes("岗位空缺"));

describe("who cannot be reached, which only shows when it is tried", () => {
  test("does not keep the step waiting: the next person is told at once, and the office of the gap, once", async () => {
    chat.platform.failsToReach("沈立");
    await assignedCase();
    await chat.until("11-20 09:31");
    expect(instead()).toEqual(["09:30 韩青松 沈立"]);
    const told = chat.lastFor("韩青松");
    expect(textOf(told)).toMatch(/^【请您关注】签收(时限)?(已到|已逾期|已超).*\n原应通知沈立,未能送达,改为通知您。\n/);
    expect(told?.kind).toBe("escalation");
    for (const name of ["周敏", "罗文博"]) {
      expect(gaps(name)).toHaveLength(1);
      expect(textOf(gaps(name)[0])).toMatch(
        /应通知青岩县水务局单位分管沈立,但未能送达,已改为通知韩青松。沈立 不在可用范围内。/,
      );
    }
    await chat.isDownFor("10s");
    await chat.passes("5m");
    expect(instead()).toHaveLength(1);
    expect(gaps("周敏")).toHaveLength(1);
  });

  test("and neither can the next: the one after is told, until nobody is left", async () => {
    chat.platform.failsToReach("沈立", "韩青松");
    await assignedCase();
    await chat.until("11-20 09:30");
    expect(instead()).toEqual(["09:30 罗文博 韩青松"]);
    expect(textOf(gaps("周敏").at(-1))).toContain("已改为通知罗文博");
    const everybody = [...chat.office.roster.people.keys()].filter((name) => name !== "周敏");
    chat.platform.failsToReach(...everybody);
    await chat.until("11-21 09:01");
    expect(textOf(gaps("周敏").at(-1))).toContain("没有可接替的人");
    const tried = chat.platform.attempts.length;
    await chat.engine.tick();
    expect(chat.platform.attempts).toHaveLength(tried);
  });

  test("and somebody else of the post was told: nobody is told twice", async () => {
    chat.platform.failsToReach("姚倩");
    await assignedCase();
    await chat.passes("1m");
    expect(instead()).toEqual([]);
    expect(textOf(gaps("周敏")[0])).toMatch(/应通知青岩县水务局联络员姚倩,.*已改为通知马超群/);
  });

  test("an assignment that reaches no liaison officer goes to the deputy, as it was written", async () => {
    chat.platform.failsToReach("马超群", "姚倩");
    await assignedCase();
    expect(instead().map((line) => line.slice(6, 8))).toEqual(["沈立"]);
    expect(textOf(chat.lastFor("沈立"))).toMatch(/^【转办】20261120-001 请签收\n原应通知/);
    expect(await chat.presses("沈立", "签收")).toBe("已签收");
  });

  test("the alarm that misses the leader of duty goes on", async () => {
    chat.platform.failsToReach("罗文博");
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.crash}`);
    expect(instead()).toEqual(["09:00 高建平 罗文博"]);
    expect(chat.lastFor("高建平")?.card.title).toContain("重大情况");
    expect(chat.platform.urged.map((u) => u.name)).toContain("高建平");
  });

  test("at night the office learns of it in the morning; whoever stands in is told at once", async () => {
    await assignedCase();
    await chat.presses("马超群", "签收");
    await chat.until("11-21 22:30");
    chat.platform.failsToReach("马超群");
    await chat.until("11-22 07:29");
    expect(instead()).toEqual(["01:00 姚倩 马超群"]);
    expect(gaps("周敏")).toEqual([]);
    await chat.until("11-22 07:30");
    expect(gaps("周敏")).toHaveLength(1);
  });
});

describe("what the platform will not take", () => {
  test("is for the administrators to mend: one finding with the advice, nobody told in place", async () => {
    const advice = "飞书认为内容敏感，未发送。请改用电话。";
    chat.platform.meets = async ({ to }) => {
      if (to.name === "沈立") throw new DeliveryError(advice, { retry: false });
    };
    await assignedCase();
    await chat.until("11-20 09:50");
    expect(instead()).toEqual([]);
    const told = chat.toldTo("何伟").filter((p) => textOf(p).includes("发给沈立"));
    expect(told).toHaveLength(1);
    expect(textOf(told[0])).toMatch(
      /20261120-001:发给沈立的消息“.*签收.*”未能送达。飞书认为内容敏感,未发送。请改用电话。/,
    );
  });

  test("of a message about no case nothing follows, or it would never end", async () => {
    chat.platform.failsToReach("何伟", "沈立", "韩青松");
    chat.platform.meets = async ({ to }) => {
      if (to.name === "何伟") throw new DeliveryError("no", { retry: false });
    };
    await assignedCase();
    await chat.until("11-20 10:30");
    const toHim = chat.platform.attempts.filter((key) => key.endsWith("/何伟"));
    expect(new Set(toHim).size).toBe(toHim.length);
    expect(toHim.length).toBeLessThan(5);
  });
});
