import { describe, expect, test } from "vitest";
import { normalise } from "#core/intake/normalise.ts";
import { declinedAsk, offlineMatterOf } from "#core/intake/refusals.ts";
import { MIXED, NEIGHBOURS, OTHER_DECLINED, PROFILING, TAKEDOWN } from "../../chat/corpus/refusals.ts";
import { fixtureSamples, take } from "./support.ts";

describe("what the bot does not do", () => {
  test.each(PROFILING)("after a person: %s", (text) => {
    expect(take(text)).toMatchObject({ kind: "refuse", reason: "profiling-individual", store: true });
  });
  test.each([...TAKEDOWN, ...OTHER_DECLINED])("out of scope: %s", (text) => {
    expect(take(text)).toMatchObject({ kind: "refuse", reason: "out-of-scope", store: true });
  });
  test.each([...PROFILING, ...TAKEDOWN, ...OTHER_DECLINED])(
    "in full width and with invisible characters: %s",
    (text) => {
      const dressed = Array.from(
        text.replace(/[a-z]/giu, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0)),
      ).join("\u200b");
      expect(take(dressed).kind).toBe("refuse");
    },
  );
  test("every refusal says what to do instead", () => {
    for (const text of [...PROFILING, ...TAKEDOWN, ...OTHER_DECLINED]) {
      const parsed = take(text);
      expect(parsed.kind === "refuse" ? parsed.reply : text).toMatch(/可选：|请|移交/);
    }
  });
});

describe("its neighbours", () => {
  test.each(NEIGHBOURS)("%s", (text) => {
    expect(take(text).kind).not.toBe("refuse");
    expect(declinedAsk(normalise(text).text)).toBeNull();
  });
  test("no report of the fixture asks for anything declined", () => {
    const asked = fixtureSamples().filter(
      (s) => s.expected["kind"] !== "refuse" && declinedAsk(normalise(s.text).text),
    );
    expect(asked.map((s) => s.id)).toEqual([]);
  });
});

test.each(MIXED)("a report that asks for it besides stays a report: %s", (text) => {
  expect(take(text).kind).toBe("report");
  expect(declinedAsk(normalise(text).text)).not.toBeNull();
});

describe("matters that are handled offline", () => {
  test.each([
    ["某清真寺前发生民族纠纷，网友热议", "民族宗教"],
    ["有人在县城传播邪教传单", "民族宗教"],
    ["驻军车辆与村民车辆相撞", "涉军"],
    ["武警战士救人视频走红", "涉军"],
    ["外籍教师在幼儿园打人", "涉外"],
    ["境外媒体报道我县化工园区污染", "涉外"],
  ])("%s: %s", (text, matter) => {
    expect(offlineMatterOf(text)).toBe(matter);
  });
  test.each([
    "幸福里小区停水",
    "县退役军人事务局窗口排队",
    "武警医院急诊排队",
    "外国语学校食堂发霉",
    "国外旅游合同纠纷",
  ])("%s: none", (text) => {
    expect(offlineMatterOf(text)).toBeNull();
  });
});
