import { describe, expect, it } from "vitest";
import { parseCommand } from "#src/cli/parse.ts";
import { qingyan } from "../core/intake/support.ts";

const run = (stdin: string, json = true): string[] => parseCommand({ stdin, roster: qingyan, json });
const message = { text: "昨晚8点半东岭区解放路起火，播放8.6w", receivedAt: "2026-11-20T08:55:00+08:00" };

describe("huiying parse", () => {
  it("answers one object, also when it is spread over several lines", () => {
    const lines = run(JSON.stringify(message, null, 2));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] as string)).toMatchObject({
      kind: "report",
      heat: { views: { value: 86000, op: "=" } },
    });
  });

  it("answers JSON Lines line by line and skips empty lines", () => {
    const lines = run(`${JSON.stringify(message)}\n\n${JSON.stringify({ ...message, text: "收到" })}\n`);
    expect(lines.map((l) => JSON.parse(l).kind)).toEqual(["report", "not-report"]);
  });

  it("screens before it reads: no personal data comes out", () => {
    const [line] = run(JSON.stringify({ ...message, text: "家长13900001111反映学校食堂发霉，抖音播放2万" }));
    expect(line).not.toContain("13900001111");
    expect(JSON.parse(line as string).pii).toEqual([{ type: "phone", masked: "[电话]" }]);
  });

  it.each([
    [`${JSON.stringify(message)}\n{"text": `, "第 2 行"],
    ["", "没有读到内容"],
    ["[1, 2]", "第 1 行"],
    ['{"text": "停水"}', "receivedAt"],
    ['{"text": "停水", "receivedAt": "2026-02-30T10:00:00+08:00x"}', "receivedAt"],
  ])("says in plain words what is wrong with %j", (stdin, words) => {
    expect(() => run(stdin)).toThrow(
      expect.objectContaining({ code: "bad-input", message: expect.stringContaining(words) }),
    );
  });

  it("prints a readable summary without --json", () => {
    const text = run(JSON.stringify(message), false).join("\n");
    expect(text).toContain("发生 11月19日(周四)20:30（原文：昨晚8点半）");
    expect(text).toContain("涉事地 东岭区解放路（990102）");
    expect(text).toContain("还缺 来源平台");
  });

  it.each([
    ["收到", "不是报送"],
    ["【机密★】通知", "不受理"],
    ["更正：伤1人", "更正或补充"],
    ["昨天停水那件几点到期？", "查询"],
  ])("summarises %s", (text, words) => {
    expect(run(JSON.stringify({ ...message, text }), false).join("\n")).toContain(words);
  });
});
