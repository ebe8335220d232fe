import { mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadEnv, withValues, writeEnv } from "#src/env-file.ts";

const fresh = (): string => join(mkdtempSync(join(tmpdir(), "huiying-env-")), ".env");

describe("the file with credentials", () => {
  it("keeps lines, comments and order; a new key comes last", () => {
    expect(withValues("# 甲\nA=1\n\nB=2", { A: "3", C: "4" })).toBe("# 甲\nA=3\n\nB=2\nC=4\n");
    expect(withValues("", { A: "1" })).toBe("A=1\n");
  });

  it("leaves one line of a key that stood there twice: the last one would win", () => {
    expect(withValues("A=1\nexport A=2\nA_B=5\n", { A: "3" })).toBe("A=3\nA_B=5\n");
  });

  it("refuses to write where a value of several lines holds what looks like a key", () => {
    const file = fresh();
    const text = 'X="first\nA=inside\n"\n';
    writeFileSync(file, text);
    expect(() => writeEnv(file, { A: "3" })).toThrow("跨行");
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  it("writes through a link, and leaves nothing else behind", () => {
    const file = fresh();
    const link = fresh();
    writeFileSync(file, "A=1\n");
    symlinkSync(file, link);
    writeEnv(link, { A: "2" });
    expect(readFileSync(file, "utf8")).toBe("A=2\n");
    expect(readdirSync(join(file, ".."))).toEqual([".env"]);
  });

  it("yields to the real environment, and may be missing", () => {
    const file = fresh();
    loadEnv(file);
    writeFileSync(file, "HUIYING_TEST_GIVEN=file\nHUIYING_TEST_NEW=file\n");
    process.env["HUIYING_TEST_GIVEN"] = "environment";
    loadEnv(file);
    expect(process.env["HUIYING_TEST_GIVEN"]).toBe("environment");
    expect(process.env["HUIYING_TEST_NEW"]).toBe("file");
  });
});
