import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkTogether, problemText } from "#core/policy/check-packs.ts";
import { parsePack } from "#core/policy/parse-pack.ts";

const good = readFileSync("rules/cn.gb80.yaml", "utf8");
const lineOf = (text: string, passage: string): number => text.slice(0, text.indexOf(passage)).split("\n").length;

function problems(text: string, file = "rules/cn.gb80.yaml"): string[] {
  const parsed = parsePack(file, text);
  return "problems" in parsed ? parsed.problems.map(problemText) : [];
}

describe("a pack file", () => {
  it("that is right has no problems", () => {
    expect(problems(good)).toEqual([]);
  });

  it.each([
    ["an unknown field", "note:", "nota:", "不认识的字段 nota"],
    ["no word of what the bot does", /^ {4}behaviour: .*\n/m, "", "缺少 behaviour"],
    [
      "words that nobody read and that come from nowhere",
      /^ {6}via: .*\n/m,
      "",
      "via:未读原文的(source 不是 seed)须写明出处",
    ],
    ["a place and no test", /^ {6}test: .*\n/m, "", "缺少 test"],
    ["a test and no place", /^ {6}where: .*\n/m, "", "缺少 where"],
    ["an unknown condition", "eventLevel: [I, II]", "eventLevl: [I, II]", "不认识的字段 eventLevl"],
    ["a wrong level", "[I, II]", "[I, 2]", "eventLevel 只能是 I、II、III、IV"],
    ["a limit of nothing", "value: 5", "value: 0", "value:期限须大于 0"],
    ["a limit in words", "value: 5", "value: 五", "value 的类型不对,应为数字"],
    ["a wrong unit", "unit: naturalHour", "unit: hour", "unit:只能是 naturalHour、day、workingDay"],
    ["a field written twice", "docNo:", "id: again\ndocNo:", "同一层里有重复的字段"],
    ["a wrong status", "presumed-in-force", "valid", "status 只能是 in-force"],
    ["a wrong date", '"2016-11-10"', "2016.11.10", "date:日期应写作 2026-11-22"],
    ["a tab", "    key:", "\tkey:", "缩进须用空格,不能用制表符"],
    ["a missing colon", "key: release", "key release", "字段名后缺少冒号"],
    ["extension without its end", "kind: hard }", "kind: extendable }", "extendTo:kind: extendable 与 extendTo"],
    ["a day that no calendar has", 'validFrom: "2016-11-10"', 'validFrom: "2016-02-30"', "validFrom:没有这一天"],
    [
      "an extension that shortens",
      "kind: hard }",
      "kind: extendable, extendTo: { value: 4, unit: naturalHour } }",
      "extendTo:延长后的期限须比原期限长",
    ],
    ["an empty condition", "when: { eventLevel: [I, II] }", "when: {}", "when:不能为空"],
    ["no document", good, "", "内容 的类型不对"],
    ["another name than its id", "id: cn.gb80", "id: cn.gb81", "文件名应为 cn.gb81.yaml,与 id 一致"],
  ])("with %s is refused with its reason", (_, before, after, reason) => {
    const [first = ""] = problems(good.replace(before, after));
    expect(first).toContain(reason);
  });

  it("names the line of a problem", () => {
    const wrong = good.replace("value: 5", "value: 0");
    expect(problems(wrong)[0]).toMatch(new RegExp(`^rules/cn\\.gb80\\.yaml:${lineOf(wrong, "value: 0")}:\\d+ `));
    const silent = good.replace(/^ {4}behaviour: .*\n/m, "");
    expect(problems(silent)).toEqual([`rules/cn.gb80.yaml:${lineOf(silent, "- id:")}:5 缺少 behaviour`]);
    const origin = good.replace(/^ {6}via: .*\n/m, "");
    expect(problems(origin)[0]).toMatch(new RegExp(`^rules/cn\\.gb80\\.yaml:${lineOf(origin, "cite:")}:\\d+ via:`));
    const missing = good.replace(/ {6}article: .*\n/, "");
    expect(problems(missing)).toEqual([`rules/cn.gb80.yaml:${lineOf(missing, "cite:")}:5 缺少 article`]);
  });

  it("reports every problem at once", () => {
    expect(problems(good.replace("value: 5", "value: 0").replace("issuer:", "isuer:"))).toHaveLength(3);
  });

  it("reports them in order of their lines, the wrong name of the file among them", () => {
    const wrong = problems(good.replace("id: cn.gb80", "id: cn.gb81").replace("value: 5", "value: 0"));
    expect(wrong).toEqual([
      expect.stringContaining(":2:1 文件名应为 cn.gb81.yaml"),
      expect.stringContaining("期限须大于 0"),
    ]);
  });

  it("guesses which field a misspelt one was meant to be", () => {
    const misspelt = problems(good.replace("behaviour:", "behavior:"));
    expect(misspelt).toEqual([
      expect.stringContaining("缺少 behaviour"),
      expect.stringContaining("不认识的字段 behavior,是不是 behaviour?"),
    ]);
  });

  it("holds one pack", () => {
    expect(problems(`${good}---\n${good}`)[0]).toContain("一个文件只写一份");
  });
});

describe("pack files together", () => {
  const read = (file: string, text: string) => {
    const parsed = parsePack(file, text);
    if ("problems" in parsed) throw new Error(parsed.problems.map(problemText).join());
    return { file, parsed };
  };
  const own = (change: (text: string) => string) => read("b/cn.gb80.yaml", change(good));

  it("an id that occurs twice is named with the other file", () => {
    const found = checkTogether([read("a/cn.gb80.yaml", good), own((t) => t)]).map(problemText);
    expect(found[0]).toMatch(/^b\/cn\.gb80\.yaml:2:1 规则包 cn\.gb80 在 a\/cn\.gb80\.yaml 里已有$/);
    expect(found.filter((text) => text.includes("条目"))).toHaveLength(3);
  });

  it("a pack that adds to one which is not there is named", () => {
    const found = checkTogether([own((t) => t)]).map(problemText);
    expect(found).toEqual([expect.stringContaining("extends 里的 cn.gb61 没有对应的规则包文件")]);
  });
});
