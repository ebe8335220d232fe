import { describe, expect, it } from "vitest";
import { OfficeConfigSchema } from "#core/config.ts";
import { paramsSheet } from "#core/policy/params-sheet.ts";
import { qingyan } from "./packs.ts";

describe("the sheet of values that the office signs", () => {
  const sheet = paramsSheet(qingyan);

  it("describes every value of the configuration that is not the office's identity", () => {
    expect(sheet.filter((row) => row.acts === "" || row.name === row.path)).toEqual([]);
    expect(sheet.map((row) => row.path)).toEqual(
      expect.arrayContaining(["deadlineTime", "workingHours", "quietHours", "digests", "params.sign.IV"]),
    );
    expect(sheet).toHaveLength(20);
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
