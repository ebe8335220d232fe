import { describe, expect, it } from "vitest";
import { examine, sheet, told } from "../../../support/roster-sheets.ts";

const unit = (read: ReturnType<typeof examine>, id: string) => read.roster?.units.find((u) => u.id === id);
const phone = (read: ReturnType<typeof examine>, name: string) => read.roster?.file.phones[name];

describe("one row per unit", () => {
  const read = examine([
    sheet(
      "联络员名单",
      `青岩县政务舆情回应联络员名单
       （2026年11月）
       序号|单位名称|分管领导|联系电话|主要负责人|手机号码|联络员A岗|电话|联络员（B岗）|电话|办公电话
       1|县教育局|黄蔚|１９９０００００１１１|董国强||王 强|139-0000-2222|彭雪|+86 13900003333|68430001
       2|县水务局|沈 立||韩青松||马超群、姚倩||||68430002
       审核人：高建平`,
    ),
  ]);

  it("finds the headings below a title, in any order, and leaves the rows below the data out", () => {
    expect(told(read.findings, "error")).toEqual([]);
    expect(read.tables[0]).toMatchObject({ kind: "units", headingRow: 3 });
    expect(read.tables[0]?.rows).toHaveLength(2);
  });

  it("takes names without the spaces that align them, and several in one cell as A and B", () => {
    expect(unit(read, "jyj")).toMatchObject({ liaison: ["王强", "彭雪"], deputy: "黄蔚", head: "董国强" });
    expect(unit(read, "swj")).toMatchObject({ liaison: ["马超群", "姚倩"], deputy: "沈立" });
  });

  it("gives each number to the person on its left, however it is set; an office's own number to nobody", () => {
    expect([phone(read, "黄蔚"), phone(read, "王强"), phone(read, "彭雪")]).toEqual([
      "19900000111",
      "13900002222",
      "13900003333",
    ]);
    expect(phone(read, "姚倩")).toBe("19900000020");
  });

  it("leaves units that it does not name as they are, and forgets the number of somebody who left", () => {
    expect(unit(read, "gaj")?.liaison).toEqual(["贺强", "顾敏"]);
    expect(read.roster?.person("孙浩")).toBeUndefined();
    expect(phone(read, "孙浩")).toBeUndefined();
  });

  it("leaves posts alone for which it has no column", () => {
    const some = examine([sheet("s", "单位|联络员\n县教育局|王强")]);
    expect(unit(some, "jyj")).toMatchObject({ liaison: ["王强"], deputy: "黄蔚", head: "董国强" });
  });

  it("reads a number that stands behind the name in one cell", () => {
    const some = examine([sheet("s", "单位|联络员A\n县教育局|王强 139 0000 2222")]);
    expect([unit(some, "jyj")?.liaison, phone(some, "王强")]).toEqual([["王强"], "13900002222"]);
  });
});

describe("one row per person", () => {
  it("takes an empty unit for the one above, as merged cells have it, and posts in any of their names", () => {
    const read = examine([
      sheet(
        "通讯录",
        `姓名|手机|部门|职务
         王强|13900002222|县教育局|联络员（A岗）
         彭雪|||B角
         黄蔚|||分管负责同志
         董国强|||主要负责同志
         尤佳||—|督查人员`,
      ),
    ]);
    expect(told(read.findings, "error")).toEqual([]);
    expect(unit(read, "jyj")).toMatchObject({ liaison: ["王强", "彭雪"], deputy: "黄蔚", head: "董国强" });
    expect(read.roster?.withRole("督查")).toEqual(["尤佳"]);
  });

  it("puts A before B, whichever comes first", () => {
    const read = examine([sheet("s", "单位|姓名|岗位\n县教育局|彭雪|联络员B岗\n|王强|联络员A岗")]);
    expect(unit(read, "jyj")?.liaison).toEqual(["王强", "彭雪"]);
  });

  it("takes a unit that nobody knows as a new one and asks about a likely slip", () => {
    const read = examine([sheet("s", "单位|姓名|岗位\n县教育居|王强|联络员A岗\n青岩县档案馆|李明|联络员A岗")]);
    expect(read.roster?.unit("青岩县档案馆")).toMatchObject({ id: "青岩县档案馆", jurisdiction: "990121" });
    expect(told(read.findings, "note")).toContainEqual(
      "s 2 A 单位：通讯录里没有“县教育居”，作为新单位加入，是不是 县教育局？",
    );
  });
});

describe("what is wrong is told at once, with sheet, row and column", () => {
  it("in a list of people", () => {
    const read = examine([
      sheet(
        "人员",
        `单位|姓名|岗位|手机
         县教育局|王强|联络员A岗|1390000222
         |李明|联络员A岗|1.39E+10
         |黄蔚|副局长|见群
         |赵一|分管领导|13900001111
         |赵一|分管领导|13900009999
         |钱二、孙三|主要负责人|
         |周四||`,
      ),
    ]);
    expect(read.roster).toBeUndefined();
    expect(told(read.findings, "error")).toEqual([
      "人员 3 C 岗位：青岩县教育局 的联络员在第 2 行已写 王强，这里又写 李明，请改成不同的岗",
      "人员 3 D 手机：李明 的电话“1.39E+10”被表格软件改成了科学计数，请把这一列设为文本后重填",
      expect.stringContaining("人员 4 C 岗位：黄蔚 的“副局长”不是岗位，可填 联络员A岗"),
      "人员 4 D 手机：黄蔚 的电话“见群”不是电话号码",
      expect.stringContaining("人员 6 D 手机：赵一 的电话和“人员”第 5 行的不同"),
      "人员 7 B 姓名：“钱二、孙三”是几个人，请一人一行",
      expect.stringContaining("人员 8 C 岗位：周四 没有写岗位"),
    ]);
    expect(told(read.findings, "note")).toContainEqual(
      "人员 2 D 手机：王强 的号码不是 11 位手机号，平台按手机号认人，请核对",
    );
    expect(told(read.findings, "note")).toContainEqual("人员 6 C 岗位：赵一 写了两遍，按一遍算(另一处在第 5 行)");
  });

  it("in lists of groups and leaders: names that nobody has, with the near one", () => {
    const read = examine([
      sheet("群", "群名称|用途|单位|成员\n青岩县舆情值班群|值班||全体联络员\n教育群|工作|县教育居|彭学"),
      sheet("领导", "姓名|职务|分管单位\n张志远|县长|\n钟慧||县文旅局"),
    ]);
    expect(told(read.findings, "error")).toEqual([
      "群 3 C 单位：没有“县教育居”这个单位，是不是 县教育局？",
      "领导 3 B 职务：钟慧 没有写职务，如 副县长",
      expect.stringContaining("领导 3 C 分管单位：没有“县文旅局”这个单位"),
    ]);
  });

  it("says what a usable roster lacks", () => {
    const read = examine([
      sheet("s", "单位|姓名|岗位|手机\n县教育局|王强|联络员A岗|19900000020"),
      sheet("群", "群名称|用途|成员\n值班群|值班|全体联络员\n空群|工作|\n教育群|工作|彭学"),
    ]);
    const notes = told(read.findings, "note");
    expect(notes).toContainEqual(expect.stringContaining("青岩县教育局 只有一名联络员"));
    expect(notes).toContainEqual(expect.stringMatching(/姚倩、王强|王强、姚倩/));
    expect(notes).toContainEqual("群 3 A 群名称：“空群”没有成员");
    expect(notes).toContainEqual(expect.stringMatching(/^群 4 C 成员：“教育群”的成员 彭学 不在人员里/));
  });
});
