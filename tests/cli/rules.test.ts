import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { OfficeConfigSchema } from "#core/config.ts";
import { BotError } from "#core/errors.ts";
import type { Pack } from "#core/policy/pack.ts";
import { choosePacks, loadPacks } from "#src/cli/load-rules.ts";
import { showParams } from "#src/cli/params.ts";
import { checkRules, listRules, type RulesContext, showRule } from "#src/cli/rules.ts";
import { qingyan, rulesOf, shipped } from "../core/policy/packs.ts";

const FOLDERS = ["rules", "examples/qingyan/rules"];
const text = { json: false };
const json = { json: true };
const context = (packs: readonly Pack[] = shipped): RulesContext => ({ packs, config: qingyan, today: "2026-11-20" });

/** A folder with the given files. */
function folder(files: Record<string, string>): string {
  const path = mkdtempSync(join(tmpdir(), "rules-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}
const gb80 = readFileSync("rules/cn.gb80.yaml", "utf8");

function thrown(run: () => unknown): BotError {
  try {
    run();
  } catch (error) {
    if (error instanceof BotError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("a start", () => {
  it("with very many problems tells the first twenty, how many there are and where to see the rest", () => {
    const obligation = (no: number) => `  - { id: x.n${no}, treat: rule }\n`;
    const pack = gb80.replace(/obligations:[\s\S]*/u, `obligations:\n${[1, 2, 3, 4, 5].map(obligation).join("")}`);
    const lines = thrown(() => loadPacks([folder({ "cn.gb80.yaml": pack })])).message.split("\n");
    expect(lines[0]).toBe("规则包有 30 处问题,请改正后再启动:");
    expect(lines).toHaveLength(22);
    expect(lines.at(-1)).toBe("…以上是前 20 处,其余 10 处用 rules check 查看");
  });
});

describe("rules list", () => {
  it("shows each pack with its document and validity, each obligation with clause and limit", () => {
    const lines = listRules(context(), text);
    expect(lines).toContain(
      "cn.gb61 国办发〔2016〕61号 国务院办公厅关于在政务公开工作中进一步做好政务舆情回应的通知[推定有效,自 2016-07-30]",
    );
    expect(lines).toContain("  gb61.press24  三  24小时  规则  与 gb80.press24 相同");
    expect(lines).toContain("  law.tf17  中华人民共和国突发事件应对法(2024年修订) 第十七条  立即  规则");
  });

  it("names a configured pack that has no file", () => {
    const config = { ...qingyan, packs: [...qingyan.packs, "xx.none"] };
    expect(listRules({ ...context(), config }, text).at(-1)).toBe("配置里列出但没有文件的规则包:xx.none");
    expect(JSON.parse(listRules({ ...context(), config }, json)[0] ?? "").missing).toEqual(["xx.none"]);
  });

  it("as JSON holds the packs and every obligation", () => {
    const [line, ...rest] = listRules(context(), json);
    const { packs, obligations } = JSON.parse(line ?? "");
    expect(rest).toEqual([]);
    expect(packs.map((p: Pack) => p.id)).toEqual(["cn.law", "cn.gb61", "cn.gb80", "qingyan.office"]);
    expect(obligations).toHaveLength(44);
  });
});

describe("rules show", () => {
  it("shows words, document, article, validity and what the bot does", () => {
    expect(showRule("gb61.resp48", context(), text)).toEqual([
      "gb61.resp48(国务院办公厅关于在政务公开工作中进一步做好政务舆情回应的通知)",
      "文号:国办发〔2016〕61号",
      "条款:三",
      "原文:“对其他政务舆情应在48小时内予以回应”",
      "来源:据原文",
      "效力:推定有效,自 2016-07-30",
      "时限:48小时",
      "系统处理:规则——起 48 小时首次回应时限,自发现起算;研判前和突发事件等级为Ⅲ、Ⅳ、无、待定时有效",
    ]);
  });

  it("says through whom the words are known", () => {
    expect(showRule("gb80.auth5", context(), text)).toContain(
      "原文:“最迟要在5小时内发布权威信息”(中新网2016-11-15引述)",
    );
  });

  it("says that a pack is only advisory, and that the office does not use it", () => {
    const lines = showRule("hakh.hot24", context(), text);
    expect(lines).toContain("效力:效力待核,自 2016-12-28;只作参考:效力待核;本单位未采用这个规则包");
    expect(lines).toContain("现状:只作参考(效力待核)");
  });

  it("as JSON holds the whole obligation", () => {
    const shown = JSON.parse(showRule("law.tf17", context(), json)[0] ?? "");
    expect(shown).toMatchObject({
      id: "law.tf17",
      configured: true,
      treat: "rule",
      effect: { to: ["上一级人民政府"] },
    });
  });

  it("an unknown id is answered with the nearest", () => {
    const error = thrown(() => showRule("gb61.press42", context(), text));
    expect(error.code).toBe("not-found");
    expect(error.message).toContain("gb61.press24");
  });
});

describe("rules check", () => {
  it("finds nothing wrong with the shipped packs", () => {
    expect(checkRules([], FOLDERS, text)).toEqual({ lines: ["11 个规则包、116 个条目,没有问题"], status: 0 });
  });

  it("names file, line, column and reason, and fails", () => {
    const path = folder({ "cn.gb80.yaml": gb80.replace("value: 5", "value: 0") });
    const file = join(path, "cn.gb80.yaml");
    const { lines, status } = checkRules([file], FOLDERS, text);
    expect(status).toBe(1);
    const line = gb80.slice(0, gb80.indexOf("value: 5")).split("\n").length;
    expect(lines[0]).toMatch(new RegExp(`^${file}:${line}:\\d+ value:期限须大于 0$`));
    const { problems } = JSON.parse(checkRules([file], FOLDERS, json).lines[0] ?? "");
    expect(problems).toEqual([{ file, line, column: expect.any(Number), reason: "value:期限须大于 0" }]);
  });

  it("a draft stands for the installed pack of the same id", () => {
    const path = folder({ "cn.gb80.yaml": gb80 });
    expect(checkRules([join(path, "cn.gb80.yaml")], FOLDERS, text).status).toBe(0);
  });

  it("an obligation id of an installed pack is taken", () => {
    const own = gb80.replace("id: cn.gb80", "id: own.pack");
    const { lines, status } = checkRules([join(folder({ "own.pack.yaml": own }), "own.pack.yaml")], FOLDERS, text);
    expect(status).toBe(1);
    expect(lines[0]).toContain("条目 gb80.auth5 在 rules/cn.gb80.yaml 里已有");
  });

  it("a file that is not there is bad input", () => {
    expect(thrown(() => checkRules(["no/such.yaml"], FOLDERS, text)).message).toBe(
      "读不了文件 no/such.yaml,请检查路径",
    );
  });
});

describe("a broken pack stops the start", () => {
  it("with every problem of every file", () => {
    const broken = folder({ "cn.gb80.yaml": gb80.replace("docNo:", "docNumber:"), "x.y.yaml": "id: x.y\n" });
    const error = thrown(() => loadPacks(["rules", broken]));
    expect(error.code).toBe("bad-rules");
    expect(error.message).toContain(`${join(broken, "cn.gb80.yaml")}:4:1 不认识的字段 docNumber`);
    expect(error.message).toContain(`${join(broken, "x.y.yaml")}:1:1 缺少 obligations`);
  });

  it("with ids that occur twice", () => {
    expect(thrown(() => loadPacks(["rules", folder({ "cn.gb80.yaml": gb80 })])).message).toContain("里已有");
  });

  it("an empty folder is told", () => {
    expect(thrown(() => loadPacks([folder({}), "no/such/folder"])).message).toContain("没有找到规则包");
  });
});

describe("advice on a pack", () => {
  const office = { config: qingyan, today: "2026-11-20" };
  /** A pack of the example county as a file, changed. */
  const advice = (change: (yaml: string) => string): string[] => {
    const own = readFileSync("examples/qingyan/packs/qingyan.first24.yaml", "utf8");
    const file = join(folder({ "qingyan.first24.yaml": change(own) }), "qingyan.first24.yaml");
    const config = { ...qingyan, packs: [...qingyan.packs, "qingyan.first24"] };
    const { lines, status } = checkRules([file], FOLDERS, text, { ...office, config });
    expect(status).toBe(0);
    return lines.slice(0, -1).map((line) => line.replace(/^提醒 .*yaml:/u, ""));
  };

  it("has nothing to say of a pack that tightens", () => {
    expect(advice((yaml) => yaml)).toEqual([]);
  });

  it.each<[string, (yaml: string) => string, RegExp]>([
    ["a loosening", (y) => y.replace("value: 24", "value: 72"), /:\d+ 期限比上级文件 gb61\.resp48 宽,放宽无效/u],
    ["a validity that is past", (y) => y.replace("validUntil: null", 'validUntil: "2026-11-19"'), /^9:\d+ 已过有效期/u],
    [
      "a term that ends before it begins",
      (y) => y.replace("validUntil: null", 'validUntil: "2020-01-01"'),
      /早于施行/u,
    ],
    ["another jurisdiction", (y) => y.replace('"990121"', '"370000"'), /^11:\d+ 不在本级链条/u],
    ["a key that no clock runs by", (y) => y.replace("key: response.first", "key: response.second"), /时限程序不计时/u],
    ["a condition for people", (y) => y.replace("null] }", "null], flag: 热点问题 }"), /“热点问题”要由人判断/u],
    ["a start that nobody knows", (y) => y.replace("[detectedAt]", "[learnedAt]"), /不知道起算时刻/u],
    [
      "及时 without a number",
      (y) => y.replace("value: 24, unit: naturalHour", "value: null, unit: timely"),
      /没有写数字/u,
    ],
    ["a long quotation", (y) => y.replace("quote: 对", `quote: ${"长".repeat(200)}对`), /请摘到 200 字以内/u],
    ["a status that does not bind", (y) => y.replace("status: in-force", "status: unknown"), /效力待核/u],
  ])("tells %s", (_, change, told) => {
    expect(advice(change)).toEqual([expect.stringMatching(told)]);
  });

  it("tells that a pack is not in the office's list, and leaves out what nobody asked about", () => {
    const { lines } = checkRules(["examples/qingyan/packs/qingyan.first24.yaml"], FOLDERS, text, office);
    expect(lines[0]).toContain("单位配置的 packs 里没有 qingyan.first24");
    expect(checkRules([], FOLDERS, text, office).lines).toHaveLength(1);
  });

  it("as JSON stands beside the problems", () => {
    const { lines } = checkRules(["examples/qingyan/packs/qingyan.first24.yaml"], FOLDERS, json, office);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ problems: [], advice: [{ line: 3 }] });
  });
});

describe("packs chosen for one run", () => {
  it("a file stands for the installed pack of the same id, and ids stay ids", () => {
    const path = folder({ "cn.gb80.yaml": gb80.replace("value: 5", "value: 4") });
    const { use, packs } = choosePacks(["cn.gb61", join(path, "cn.gb80.yaml")], shipped);
    expect(use).toEqual(["cn.gb61", "cn.gb80"]);
    expect(packs.filter((p) => p.id === "cn.gb80")).toHaveLength(1);
    expect(JSON.stringify(packs.find((p) => p.id === "cn.gb80"))).toContain('"value":4');
  });

  it("a file that is missing or wrong is told", () => {
    expect(thrown(() => choosePacks(["no/such.yaml"], shipped)).message).toContain("no/such.yaml");
    const path = folder({ "own.pack.yaml": "id: own.pack" });
    expect(thrown(() => choosePacks([join(path, "own.pack.yaml")], shipped)).message).toContain("own.pack.yaml:1");
  });
});

describe("rules params", () => {
  it("is a sheet with name, value, default, use, basis and a place to sign", () => {
    const lines = showParams(qingyan, text);
    expect(lines).toContain("11. 紧急报送时限[内部目标]");
    expect(lines).toContain("   现值 60(分钟);默认 60;配置项 params.reportUp");
    expect(lines.some((line) => line.startsWith("主要负责人签字:"))).toBe(true);
  });

  it("marks what the office changed", () => {
    const config = OfficeConfigSchema.parse({ ...qingyan, params: { reportUp: 30 } });
    expect(showParams(config, text)).toContain("   现值 30(分钟);默认 60,已修改;配置项 params.reportUp");
  });

  it("prints on A4: no line is wider than 76 columns, a Chinese character counting two", () => {
    const wide = showParams({ ...qingyan, name: "很长的单位名称".repeat(8) }, text, rulesOf());
    const columns = wide.map((line) =>
      Array.from(line).reduce((sum, c) => sum + (/[\u1100-\uffdc]/u.test(c) ? 2 : 1), 0),
    );
    expect(Math.max(...columns)).toBeLessThanOrEqual(76);
    expect(wide.join("").replaceAll(" ", "")).toContain("很长的单位名称".repeat(8));
  });

  it("as JSON holds every value", () => {
    const sheet = JSON.parse(showParams(qingyan, json, rulesOf())[0] ?? "");
    expect(sheet.params.map((row: { path: string }) => row.path)).toContain("params.sign.IV");
    expect(sheet.presumed).toEqual([]);
  });
});
