import { describe, expect, it } from "vitest";
import { type ImportPlan, planImport } from "#core/import/plan-import.ts";
import { tableOf } from "#core/import/table.ts";
import { formatMoment } from "#core/time.ts";
import { exampleOffice } from "../../support/office.ts";
import { at } from "../../support/time.ts";

const NOW = at("11-22 09:00");
const HEAD = [
  "序号",
  "收到时间",
  "标题",
  "来源",
  "链接",
  "承办单位",
  "舆情等级",
  "回应时间",
  "回应链接",
  "办理状态",
  "联系电话",
];

type Row = [received: string, title: string, more?: Partial<Record<string, string>>];

function plan(rows: readonly Row[], options: { skip?: number[]; head?: string[] } = {}): ImportPlan {
  const head = options.head ?? HEAD;
  const cells = rows.map(([received, title, more = {}], i) =>
    head.map((h) =>
      h === "序号" ? String(i + 1) : h === "收到时间" ? received : h === "标题" ? title : (more[h] ?? ""),
    ),
  );
  const table = tableOf({ name: "11月", rows: [["青岩县舆情台账"], head, ...cells] });
  if (!table) throw new Error("no table");
  return planImport(table, [], options.skip ?? [], {
    office: exampleOffice(),
    now: NOW,
    actor: { name: "周敏", known: true },
    file: "台账.xlsx",
    origin: { kind: "group", name: "青岩县舆情值班群" },
  });
}

const errors = (p: ImportPlan): string[] =>
  p.problems.filter((x) => x.kind === "error").map((x) => `${x.row} ${x.reason}`);

describe("a row of a running 台账", () => {
  it("becomes a case whose limits count from its own time, not from the import", () => {
    const p = plan([
      ["2026-11-21 15:05", "一中食堂饭菜有虫", { 承办单位: "县教育局", 舆情等级: "较大", 办理状态: "在办" }],
    ]);
    expect(errors(p)).toEqual([]);
    const c = p.rows[0]?.case;
    expect(c?.state).toBe("assigned");
    expect(c?.id).toBe("YQ-990121-20261121-000");
    expect(c?.parts.map((x) => x.unit)).toEqual(["青岩县教育局"]);
    const first = c?.clocks.find((k) => k.key === "response.first");
    expect(formatMoment(first?.dueAt ?? 0, NOW)).toBe("11月23日(周一)15:05");
    expect(c?.imported).toEqual({ file: "台账.xlsx", row: 3, no: "1" });
  });

  it("that states nothing but the matter is left to 研判", () => {
    const c = plan([["2026-11-21 15:05", "一中食堂饭菜有虫"]]).rows[0]?.case;
    expect(c?.state).toBe("reported");
    expect(c?.triage).toBeUndefined();
  });

  it("with a link to its response has met or missed its limit by the time of publication", () => {
    const answered = { 承办单位: "县水务局", 回应链接: "https://www.qingyan.example/1" };
    const p = plan([
      ["2026-11-16 09:20", "幸福里停水", { ...answered, 回应时间: "2026-11-17 10:00", 办理状态: "已办结" }],
      ["2026-11-16 09:20", "石门镇停水", { ...answered, 回应时间: "2026-11-19 10:00", 办理状态: "已办结", 链接: "" }],
    ]);
    expect(errors(p)).toEqual([]);
    expect(p.rows.map((r) => r.case.state)).toEqual(["closed", "closed"]);
    expect(p.rows.map((r) => r.case.closing?.tag)).toEqual(["导入", "导入"]);
    expect(p.rows.map((r) => r.case.responses[0]?.publishedAt)).toEqual([at("11-17 10:00"), at("11-19 10:00")]);
  });

  it("with a time of response and no proof is taken as not answered, and says so", () => {
    const p = plan([["2026-11-16 09:20", "幸福里停水", { 承办单位: "县水务局", 回应时间: "2026-11-17 10:00" }]]);
    expect(p.rows[0]?.case.responses).toEqual([]);
    expect(p.problems).toEqual([
      expect.objectContaining({
        row: 3,
        column: "respondedAt",
        kind: "note",
        reason: expect.stringContaining("没有凭证"),
      }),
    ]);
  });

  it("keeps no personal data: known columns are not read, text is masked", () => {
    const p = plan([
      ["2026-11-21 15:05", "患者反映收费贵,电话13912345678", { 联系电话: "13900001111", 承办单位: "县卫健委" }],
    ]);
    const stored = JSON.stringify(p.rows);
    expect(stored).not.toContain("13912345678");
    expect(stored).not.toContain("13900001111");
    expect(stored).toContain("[电话]");
  });

  it("with a secrecy marking is an error that repeats nothing of it", () => {
    const p = plan([["2026-11-21 15:05", "【机密】关于某事的通知"]]);
    expect(p.rows).toEqual([]);
    expect(JSON.stringify(p.problems)).not.toContain("某事");
    expect(errors(p)[0]).toContain("密级");
  });

  it("tells all that is wrong with it at once, by row and column", () => {
    const p = plan([["十三月", "看不懂", { 承办单位: "县外星局", 舆情等级: "十级" }]]);
    expect(p.problems.map((x) => [x.row, x.column])).toEqual([
      [3, "receivedAt"],
      [3, "opinionLevel"],
      [3, "assigned"],
    ]);
  });

  it("refuses what the work flow refuses: a response before the matter was known", () => {
    const p = plan([
      [
        "2026-11-16 09:20",
        "幸福里停水",
        { 承办单位: "县水务局", 回应时间: "2026-11-10 10:00", 回应链接: "https://www.qingyan.example/1" },
      ],
    ]);
    expect(errors(p)[0]).toContain("早于本件最早的时间");
  });

  it("may be left out by a person; nothing else changes", () => {
    const rows: Row[] = [
      ["十三月", "看不懂"],
      ["2026-11-21 15:05", "一中食堂饭菜有虫"],
    ];
    expect(errors(plan(rows))).toHaveLength(1);
    const p = plan(rows, { skip: [3] });
    expect(errors(p)).toEqual([]);
    expect(p.rows.map((r) => r.row.no)).toEqual([4]);
    expect(p.leftOut).toEqual([3]);
  });
});

describe("duplicates", () => {
  it("are found by link, and by title and day, and block until left out", () => {
    const p = plan([
      ["2026-11-20 15:05", "食堂饭菜有虫", { 链接: "https://weibo.com/1/b2" }],
      ["2026-11-20 16:05", "一中食堂又出事", { 链接: "https://weibo.com/1/b2" }],
      ["2026-11-20 18:05", "食堂饭菜有虫"],
      ["2026-11-21 18:05", "食堂饭菜有虫"],
    ]);
    expect(errors(p)).toEqual(["4 与第 3 行 链接相同", "5 与第 3 行 标题和日期相同"]);
    expect(p.rows.map((r) => r.row.no)).toEqual([3, 6]);
  });
});

describe("an export of a hotline", () => {
  const HOTLINE = ["工单编号", "收到时间", "标题", "诉求类型", "承办单位", "答复时间", "答复内容", "办理状态"];

  it("runs by the limits of its kind: complaint, suggestion", () => {
    const p = plan(
      [
        [
          "2026-11-16 10:11",
          "烧烤店噪音扰民",
          { 工单编号: "12345202611160001", 诉求类型: "投诉", 承办单位: "县市场监管局" },
        ],
        [
          "2026-11-17 08:11",
          "建议增设公交站",
          { 工单编号: "12345202611170003", 诉求类型: "建议", 承办单位: "县住建局" },
        ],
      ],
      { head: HOTLINE },
    );
    expect(errors(p)).toEqual([]);
    const due = p.rows.map(({ case: c }) =>
      c.clocks.filter((k) => k.kind !== "soft").map((k) => `${k.key} ${formatMoment(k.dueAt ?? 0, NOW)}`),
    );
    expect(due).toEqual([["reply.complaint 12月7日(周一)18:00"], ["reply.suggestion 11月26日(周四)18:00"]]);
  });

  it("keeps the limit that the hotline set, also one that has passed", () => {
    const head = [...HOTLINE, "办理时限"];
    const p = plan(
      [["2026-11-10 10:11", "烧烤店噪音扰民", { 诉求类型: "投诉", 承办单位: "县市场监管局", 办理时限: "2026-11-20" }]],
      { head },
    );
    expect(errors(p)).toEqual([]);
    expect(p.rows[0]?.case.requestedDueAt).toBe(at("11-20 18:00"));
  });

  it("proves a reply by its own number", () => {
    const p = plan(
      [
        [
          "2026-11-10 10:11",
          "医保报销比例",
          {
            工单编号: "12345202611100002",
            诉求类型: "咨询",
            承办单位: "县卫健委",
            答复时间: "2026-11-12 15:30",
            答复内容: "已电话答复",
            办理状态: "已办结",
          },
        ],
      ],
      { head: HOTLINE },
    );
    expect(p.rows[0]?.case.responses[0]).toMatchObject({ form: "答复", proof: "来源编号 12345202611100002" });
  });
});

describe("finding the headings", () => {
  it("skips titles above them and empty or total lines below", () => {
    const table = tableOf({
      name: "x",
      rows: [
        ["台账"],
        ["填表时间 2026年11月"],
        ["序号", "日期", "标题", "来源"],
        ["1", "2026-11-20", "停水", "抖音"],
        ["", "", "", ""],
        ["合计"],
      ],
    });
    expect(table?.headingRow).toBe(3);
    expect(table?.rows.map((r) => r.no)).toEqual([4]);
  });

  it("reads headings of two lines, and names the rows below the data that are none", () => {
    const table = tableOf({
      name: "x",
      rows: [
        ["序\n号", "接报时间\n（年/月/日）", "标题", "来源"],
        ["1", "2026-11-20", "停水", "抖音"],
        ["2", "2026-11-20", "合计多收费3元", "抖音"],
        ["", "", "合计", "2 件"],
        ["审核人：", "", "填表人：", ""],
      ],
    });
    expect(table?.columns.map((c) => c.heading)).toEqual(["序号", "接报时间（年/月/日）", "标题", "来源"]);
    expect(table?.rows.map((r) => r.no)).toEqual([2, 3]);
    expect(table?.footers).toEqual([4, 5]);
  });

  it("finds none in a sheet that is something else", () => {
    expect(
      tableOf({
        name: "x",
        rows: [
          ["姓名", "年龄"],
          ["甲", "3"],
        ],
      }),
    ).toBeUndefined();
    expect(tableOf({ name: "x", rows: [] })).toBeUndefined();
  });
});

describe("what a row does not say, or says of a person", () => {
  it("a state of 已回复 without time and proof is open, and the clerk is told", () => {
    const p = plan([["2026-11-20 09:00", "公积金怎么提取", { 办理状态: "已回复" }]]);
    expect(p.rows[0]?.case.state).toBe("reported");
    expect(p.problems).toContainEqual(expect.objectContaining({ row: 3, column: "state", kind: "note" }));
  });

  it("the name of who called goes from the whole row, an account of the same length stays", () => {
    const head = ["收到时间", "标题", "来源", "反映人", "账号"];
    const p = plan(
      [["2026-11-20 09:00", "王建国反映路灯不亮,青岩发布已转发", { 反映人: "王建国", 账号: "青岩发布" }]],
      {
        head,
      },
    );
    expect(p.rows[0]?.case.title).toContain("王某反映路灯不亮");
    expect(JSON.stringify(p.rows[0]?.case)).not.toContain("王建国");
    expect(JSON.stringify(p.rows[0]?.case)).toContain("青岩发布");
  });
});
