import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { chatLog } from "#src/cli/simulate/chat-log.ts";
import { entriesOf, play, playSteps, withScenario } from "./play.ts";

const REPORT = "/舆情 上报 幸福里小区停水,县水务局负责,抖音播放2万 https://v.douyin.com/iDEMO002/";
const report = (at: string) => `{ at: ${at}, by: 赵磊, say: "${REPORT}" }`;

describe("steps", () => {
  it("say goes to the group on duty, to a named group, or to the bot alone", async () => {
    const entries = await playSteps([
      '{ at: +0m, by: 周敏, say: "/舆情 值班" }',
      '{ at: +1m, by: 周敏, in: 教育系统工作群, say: "/舆情 值班" }',
      '{ at: +2m, by: 周敏, in: dm, say: "/舆情 值班" }',
      "{ at: +3m, by: 周敏, in: dm, say: 收到 }",
      '{ at: +4m, by: 周敏, say: "@机器人 舆情 值班" }',
    ]);
    expect(entries.map((e) => [e.kind, e.to])).toEqual([
      ["reply", "group:青岩县舆情值班群"],
      ["reply", "group:教育系统工作群"],
      ["reply", "user:周敏"],
      ["reply", "group:青岩县舆情值班群"],
    ]);
  });

  it("press takes the form as filled in beforehand, with what the step changes", async () => {
    const entries = await playSteps([report("+0m"), "{ at: +5m, by: 周敏, press: 研判, fill: { 舆情: III } }"]);
    const card = entries.findLast((e) => e.kind === "update");
    expect(card?.text).toContain("舆情 Ⅲ级");
    expect(card?.text).toContain("第一责任主体 县水务局");
    expect(entries.find((e) => e.kind === "toast")).toMatchObject({
      to: "user:周敏",
      case: "YQ-990121-20261118-001",
      buttons: [],
      mentions: [],
    });
  });

  it("case: n means the n-th case of this run, reply: n its newest card in that chat", async () => {
    const entries = await playSteps([
      report("+0m"),
      report("+20m").replace("幸福里小区停水", "云岭乡水库漏水"),
      "{ at: +30m, by: 周敏, press: 研判, case: 1 }",
      '{ at: +31m, by: 赵磊, reply: 2, say: "涉及200户", attach: 现场.jpg }',
    ]);
    const changed = entries.filter((e) => e.kind === "update").map((e) => e.case);
    expect(changed).toEqual(["YQ-990121-20261118-001", "YQ-990121-20261118-002"]);
  });

  it("read marks what this person was sent so far, and nothing of others", async () => {
    const steps = [
      report("+0m"),
      "{ at: +5m, by: 周敏, press: 研判 }",
      "{ at: +6m, by: 周敏, press: 转办 }",
      "{ at: +7m, read: 马超群 }",
    ];
    const notices = (await playSteps(steps)).filter((e) => e.kind === "notice");
    expect(notices.map((e) => [e.to, e.state])).toEqual([
      ["user:马超群", "read"],
      ["user:姚倩", "sent"],
    ]);
  });

  it("what people send during an outage is answered once when the bot is back", async () => {
    const entries = await playSteps(["{ at: +1m, outage: 20m }", report("+5m"), "{ at: +30m, by: 周敏, press: 研判 }"]);
    expect(entries[0]).toMatchObject({ at: "2026-11-18T09:21:00+08:00", kind: "reply" });
    expect(entries.filter((e) => e.kind === "reply")).toHaveLength(1);
    expect(entries.find((e) => e.kind === "toast")?.text).toBe("已研判");
  });

  it("a report that waited for the bot counts from when it was sent: 刚刚 is not when the bot came back", async () => {
    const said = '{ at: +5m, by: 贺强, say: "/舆情 上报 刚刚石门镇客车坠崖,12人死亡,县公安局在现场" }';
    const [receipt] = await playSteps(["{ at: +1m, outage: 3h }", said], undefined, "+3h2m");
    expect(receipt?.at).toBe("2026-11-18T12:01:00+08:00");
    expect(receipt?.text).toContain("权威信息 11月18日(周三)14:05");
  });

  it("what a platform refuses for good has failed, what it still refuses at the end too", async () => {
    const steps = ["{ at: +0m, fault: { platform: 403, for: 1m } }", report("+0m")];
    const [receipt] = await playSteps(steps);
    expect(receipt).toMatchObject({ kind: "reply", state: "failed" });
    const [waiting] = await playSteps([steps[0]?.replace("403, for: 1m", "429, for: 2h") ?? "", report("+0m")]);
    expect(waiting).toMatchObject({ at: "2026-11-18T09:00:00+08:00", kind: "reply", state: "failed" });
  });

  it("a message that was delivered late says by how much", async () => {
    const [receipt] = await playSteps(["{ at: +0m, fault: { platform: 429, for: 10m } }", report("+0m")]);
    expect((receipt?.at ?? "") > "2026-11-18T09:10").toBe(true);
    expect(receipt?.lateBy).toBeGreaterThanOrEqual(10);
  });
});

describe("a scenario's head", () => {
  it("overrides the office's configuration and rule packs", async () => {
    const start = "start: 2026-11-18T09:00:00+08:00";
    const usual = await playSteps([report("+0m")], start);
    expect(usual[0]?.text).toContain("国办发〔2016〕61号");
    const triage = await playSteps([report("+0m")], `${start}\nconfig: { params: { triage: { normal: 20 } } }`);
    expect(triage.find((e) => e.clock === "triage")).toMatchObject({ at: "2026-11-18T09:10:00+08:00", stage: "50%" });
    const rules = await playSteps([report("+0m")], `${start}\nrules: [cn.gb80]`);
    expect(rules[0]?.text).not.toContain("国办发〔2016〕61号");
  });
});

describe("the database", () => {
  const text = `start: 2026-11-18T09:00:00+08:00\nroster: $ROSTER\nsteps:\n  - ${report("+0m")}\n  - { at: +5m, by: 周敏, press: 研判, case: 1 }`;

  it("is a file of one's own when asked for; a second run on it goes on from there and tells of itself only", async () => {
    const folder = mkdtempSync(join(tmpdir(), "huiying-simulate-test-"));
    try {
      const url = `sqlite:${join(folder, "kept.db")}`;
      const cases = await withScenario(text, async (file) => {
        const first = entriesOf((await play(file, url)).lines);
        const second = entriesOf((await play(file, url)).lines);
        return [first, second].map((entries) => [...new Set(entries.map((e) => e.case))]);
      });
      expect(cases).toEqual([["YQ-990121-20261118-001"], ["YQ-990121-20261118-002"]]);
      expect(existsSync(join(folder, "kept.db"))).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

it("without --json the same is a chat log that people read", async () => {
  const entries = await playSteps([report("+0m"), "{ at: +5m, by: 周敏, press: 研判 }"], undefined, "+6m");
  const log = chatLog(entries);
  expect(log[0]).toBe("11月18日(周三)09:00 → 群“青岩县舆情值班群” @周敏 @罗文博(回复)");
  expect(log[1]).toBe("    【已受理】YQ-990121-20261118-001");
  expect(log).toContain("11月18日(周三)09:05 → 周敏(提示)");
  expect(log.filter((line) => line === "")).toHaveLength(entries.length - 1);
});
