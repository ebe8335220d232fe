import { describe, expect, it } from "vitest";
import { z } from "zod";
import { OfficeConfigSchema } from "#core/config.ts";
import { paramsSheet, presumedLimits } from "#core/policy/params-sheet.ts";
import { packNamed, qingyan, rulesOf, shipped, sourcePacks } from "./packs.ts";

/** Paths of the values in a JSON Schema; a record or a list is one value. */
function leavesOf(schema: object, path = ""): string[] {
  const { properties } = schema as { properties?: Record<string, object> };
  if (!properties) return [path];
  return Object.entries(properties).flatMap(([key, inner]) => leavesOf(inner, path === "" ? key : `${path}.${key}`));
}

describe("the sheet of values that the office signs", () => {
  const sheet = paramsSheet(qingyan);

  it("describes every value of the configuration that is not the office's identity", () => {
    expect(sheet.filter((row) => row.acts === "" || row.name === row.path)).toEqual([]);
    const identity = ["name", "jurisdiction", "packs", "timezone"];
    const leaves = leavesOf(z.toJSONSchema(OfficeConfigSchema, { io: "input" })).filter(
      (path) => !identity.includes(path),
    );
    expect(sheet.map((row) => row.path).sort()).toEqual(leaves.sort());
  });

  // Every ⚙ of the rulings: a value that is dropped from the configuration would otherwise become a hidden constant.
  it.each([
    ["deadlineTime", "18:00", "推定"],
    ["quietHours", "22:00-07:30", "推定"],
    ["params.oldMatterHours", "72", "推定"],
    ["params.triage.urgent", "30", "内部目标"],
    ["params.triage.normal", "120", "内部目标"],
    ["params.sign.I", "15", "内部目标"],
    ["params.sign.II", "15", "内部目标"],
    ["params.sign.III", "30", "内部目标"],
    ["params.sign.IV", "60", "内部目标"],
    ["params.reportUp", "60", "内部目标"],
    ["params.continuous.I", "6", "内部目标"],
    ["params.continuous.II", "12", "内部目标"],
    ["params.continuous.III", "24", "内部目标"],
    ["params.tellPublicity", "是", "推定"],
    ["params.floodMinutes", "10", "推定"],
  ])("%s is %s by default, labelled %s", (path, value, label) => {
    expect(sheet.find((row) => row.path === path)).toMatchObject({ default: value, present: value, label });
  });

  it("names the limits whose reminders the office rewrote", () => {
    const own = { ...qingyan, stages: { "response.first": [] } };
    expect(paramsSheet(own).find((row) => row.path === "stages")?.present).toBe("改写了 response.first");
  });

  it("lists the numbers that a pack puts in place of 第一时间", () => {
    const set = rulesOf({ use: ["gd.yf109"], jurisdiction: "440300" }, [
      ...shipped.filter((p) => p.id !== "gd.yf109"),
      packNamed("gd.yf109"),
    ]);
    expect(presumedLimits(set)).toContainEqual({
      rule: "yf109.report",
      docNo: "粤府办〔2016〕109号",
      article: "二",
      limit: "第一时间(内部按1小时)",
    });
    expect(presumedLimits(rulesOf({ use: ["gd.yf109"] }, sourcePacks))).toEqual([]);
  });

  it("shows the present value beside the default", () => {
    const changed = OfficeConfigSchema.parse({ ...qingyan, deadlineTime: "17:30", params: { triage: { urgent: 15 } } });
    const row = (path: string) => paramsSheet(changed).find((r) => r.path === path);
    expect(row("deadlineTime")).toMatchObject({ default: "18:00", present: "17:30" });
    expect(row("params.triage.urgent")).toMatchObject({ default: "30", present: "15" });
    expect(row("params.triage.normal")).toMatchObject({ default: "120", present: "120" });
  });

  it("calls targets targets, and never lends them a document's number", () => {
    expect(sheet.filter((row) => row.label === "内部目标").map((row) => row.path.split(".")[1])).toEqual([
      ...["triage", "triage", "sign", "sign", "sign", "sign", "reportUp", "continuous", "continuous", "continuous"],
    ]);
  });
});
