import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { OfficeConfigSchema } from "#core/config.ts";
import { commandsPage, type DocsContext, docsReport, fillReadme, rulesPage } from "#src/cli/docs.ts";
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

  it("show each obligation with document, clause, limit and words, on any day alike", () => {
    const text = rulesPage(context);
    expect(text).toContain("## cn.gb61 国务院办公厅关于在政务公开工作中进一步做好政务舆情回应的通知");
    expect(text).toMatch(/\| `gb61\.resp48` \| 三 \| 48小时 \| .+ \| “对其他政务舆情应在48小时内予以回应” \|/u);
  });

  it("replace what stands between the markers of the README, and nothing else", () => {
    const readme =
      "# 题\n<!-- commands:begin -->\n旧\n<!-- commands:end -->\n中间 $1\n<!-- rules:begin -->\n<!-- rules:end -->\n尾";
    const { text, missing } = fillReadme(readme, context);
    expect(missing).toEqual([]);
    expect(text).toMatch(/^# 题\n<!-- commands:begin -->\n\n\| 命令 [\s\S]*\n\n<!-- commands:end -->\n中间 \$1\n/u);
    expect(text).not.toContain("旧");
    expect(fillReadme(text, context).text).toBe(text);
    expect(fillReadme("没有标记", context).missing).toEqual(["commands", "rules"]);
  });

  it("report what changed, or what is stale", () => {
    expect(docsReport([], true)).toEqual({ lines: ["文档都是最新的。"], status: 0 });
    expect(docsReport(["README.md"], false).status).toBe(0);
    expect(docsReport(["README.md"], true)).toMatchObject({ status: 1 });
  });

  it("name every pack the example office works by", () => {
    const rules = readFileSync("docs/rules.md", "utf8");
    for (const id of ["cn.law", "cn.gb61", "cn.gb80", "qingyan.office"]) expect(rules).toContain(`## ${id} `);
  });
});
