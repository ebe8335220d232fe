import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { OfficeConfigSchema } from "#core/config.ts";
import { appParts, commandsPage, type DocsContext, docsReport, fillParts, readmeParts } from "#src/cli/docs.ts";
import { rulesPage } from "#src/cli/rules-page.ts";
import { staleDocs } from "#src/docs.ts";
import { shipped } from "../core/policy/packs.ts";

const context: DocsContext = {
  commands: [
    {
      word: "办结",
      aliases: ["结案"],
      summary: "评估并办结",
      usage: "/舆情 办结 #1 标签=良好|一般",
      who: ["组织协调"],
      fields: [{ name: "标签", hint: "良好|一般" }],
    },
    { word: "上报", aliases: [], summary: "上报<一件>", usage: "/舆情 上报 …", who: ["任何人"], fields: [] },
  ],
  packs: shipped,
  config: OfficeConfigSchema.parse({ name: "某县府办", jurisdiction: "990121", packs: ["cn.gb61"] }),
};

describe("generated documents", () => {
  it("are up to date: otherwise run npm run docs", async () => {
    expect(await staleDocs()).toEqual([]);
  });

  it("list commands in the order of the work, with what each says of itself", () => {
    const text = commandsPage(context);
    expect(text.indexOf("## 上报")).toBeLessThan(text.indexOf("## 办结"));
    expect(text).toContain("| 标签 | 良好\\|一般 |");
    expect(text).toContain("- 也可写:`结案`");
    expect(text).toContain("上报&lt;一件>");
  });

  it("lead from each clause to what the bot does, where, and the test, on any day alike", () => {
    const text = rulesPage(context);
    expect(text).toContain("## cn.gb61 国务院办公厅关于在政务公开工作中进一步做好政务舆情回应的通知");
    const row = text.split("\n").find((line) => line.includes("`gb61.resp48`"));
    expect(row).toMatch(/^\| 三 \| `gb61\.resp48` \| 48小时 \| .+ \| “对其他政务舆情应在48小时内予以回应” \|$/u);
    expect(row).toContain("〔[回应](commands.md#回应)〕");
    expect(row).toContain("[plan](../src/core/clocks/plan.ts)");
    expect(row).toContain("[evidence](../tests/core/case/evidence.test.ts)");
  });

  it("say where the bot only informs, where words come from, and on whom a document is binding", () => {
    const text = rulesPage(context);
    expect(text).toMatch(/`gb61\.bulletin` .* \| 只说明:本版未做 \|/u);
    expect(text).toContain("“最迟要在5小时内发布权威信息”(中新网2016-11-15引述)");
    expect(text).toMatch(
      /^某县2017年实施意见.*已满有效期\(有效期5年\),自 2017-01-01 至 2022-12-31。范围:不明\(不在任何链条上\)/mu,
    );
    expect(text).toMatch(/^豫农科办〔2017〕15号.*范围:仅河南省农业科学院。来源:据原文。/mu);
  });

  it("count in the overview what each document makes the bot do, and name what the office uses", () => {
    const rows = rulesPage(context)
      .split("\n")
      .filter((line) => line.startsWith("| ["));
    expect(rows.find((row) => row.includes("[cn.gb80]"))).toContain("| 3 | 3 | 0 | 推定有效,自 2016-11-10 |  |");
    expect(rows.find((row) => row.includes("[cn.gb61]"))).toMatch(/\| 26 \| \d+ \| \d+ \| .* \| 是 \|$/u);
    expect(rows).toHaveLength(shipped.length);
  });

  it("replace what stands between the markers of the README, and nothing else", () => {
    const readme =
      "# 题\n<!-- commands:begin -->\n旧\n<!-- commands:end -->\n中间 $1\n<!-- rules:begin -->\n<!-- rules:end -->\n尾";
    const { text, missing } = fillParts(readme, readmeParts(context));
    expect(missing).toEqual([]);
    expect(text).toMatch(/^# 题\n<!-- commands:begin -->\n\n\| 命令 [\s\S]*\n\n<!-- commands:end -->\n中间 \$1\n/u);
    expect(text).not.toContain("旧");
    expect(fillParts(text, readmeParts(context)).text).toBe(text);
    expect(fillParts("没有标记", readmeParts(context)).missing).toEqual(["commands", "rules"]);
  });

  it("list what an app must be granted, and give it to the console as it takes it", () => {
    const parts = appParts({
      scopes: [{ scope: "im:a", purpose: "读群消息", required: false, sensitive: true }],
      events: [{ event: "im.b", purpose: "收消息", required: true }],
      callbacks: [],
    });
    expect(parts["scopes"]).toContain("| `im:a` | 读群消息 | 建议，须管理员批准 |");
    expect(parts["events"]).toContain("| `im.b` | 收消息 | 是 |");
    expect(parts["import"]).toContain('{"scopes":{"tenant":["im:a"],"user":[]}}');
  });

  it("report what changed, or what is stale", () => {
    expect(docsReport([], true)).toEqual({ lines: ["文档都是最新的。"], status: 0 });
    expect(docsReport(["README.md"], false).status).toBe(0);
    expect(docsReport(["README.md"], true)).toMatchObject({ status: 1 });
  });

  it("name every pack that comes with the program, and in the README which of them the example office works by", () => {
    const rules = readFileSync("docs/rules.md", "utf8");
    const readme = readFileSync("README.md", "utf8").split("\n");
    for (const { id } of shipped) {
      expect(rules).toContain(`## ${id} `);
      const used = ["cn.law", "cn.gb61", "cn.gb80", "qingyan.office"].includes(id);
      expect(readme.find((line) => line.startsWith(`| \`${id}\` `))?.endsWith("| 是 |")).toBe(used);
    }
  });
});
