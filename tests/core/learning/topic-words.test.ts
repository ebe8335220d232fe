import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { topicWords } from "#core/learning/topic-words.ts";
import { exampleOffice } from "../../support/office.ts";

const { roster } = exampleOffice();
const words = (text: string): string[] => topicWords(text, roster);

describe("topic words", () => {
  test.each([
    ["昨天下午解放路窨井盖丢失，抖音播放1.2万", ["窨井", "窨井盖", "丢失"]],
    ["广场舞噪音扰民，居民睡不着", ["广场舞", "噪音", "扰民"]],
    ["路灯不亮半个月了", ["路灯"]],
    ["老旧小区加装电梯受阻", ["加装", "电梯"]],
    ["流浪狗咬伤小孩", ["流浪"]],
    ["共享单车乱停乱放", ["共享", "单车", "乱停"]],
  ])("%s has %j", (text, expected) => {
    expect(words(text)).toEqual(expect.arrayContaining(expected));
  });

  test("places, units, people, streets, numbers, masks and what every report says are none", () => {
    const text =
      "周敏报：昨晚8点30分，青岩县石门镇解放路，网友质疑县水务局，电话[电话]，死者李某，抖音播放十二万，请尽快核实处理";
    expect(words(text)).toEqual([]);
  });

  test("each is 2 to 4 characters of the text itself, once", () => {
    const han = fc.string({ unit: fc.constantFrom(...Array.from("窨井盖丢失停水电梯路灯噪音扰民不的了三，。 a1")) });
    fc.assert(
      fc.property(han, (text) => {
        const found = words(text);
        expect(new Set(found).size).toBe(found.length);
        for (const word of found) {
          expect(word).toMatch(/^\p{Script=Han}{2,4}$/u);
          expect(text).toContain(word);
        }
      }),
      { numRuns: 150 },
    );
  });
});
