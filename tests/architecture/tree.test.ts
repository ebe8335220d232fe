import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkModule, checkPlatforms, checkText, SUBPATHS, type Violation } from "./rules.ts";

const ROOT = join(import.meta.dirname, "../..");
const SKIPPED = new Set(["node_modules", ".git", "data", "coverage"]);

function files(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : files(path);
    return entry.isFile() ? [path] : [];
  });
}

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const lines = (violations: Violation[]): string[] =>
  violations.map((v) => `${v.path}:${v.line} ${v.rule}: ${v.message}`);

const all = files("");
const modules = all.filter((path) => /\.[cm]?[jt]s$/.test(path));

describe("the tree keeps the rules of docs/architecture.md", () => {
  test("there is a tree to check", () => {
    expect(modules).toContain("src/core/time.ts");
    expect(modules).toContain("tests/architecture/tree.test.ts");
  });

  test("imports, purity, date-fns, suppressions", () => {
    expect(lines(modules.flatMap((path) => checkModule(path, read(path))))).toEqual([]);
  });

  test("no path of one machine in any text file", () => {
    const texts = all.filter((path) =>
      /\.([cm]?[jt]s|json|ya?ml|md|sh|css|html|csv)$|(^|\/)(run|\.npmrc|LICENSE)$/.test(path),
    );
    expect(lines(texts.flatMap((path) => checkText(path, read(path))))).toEqual([]);
  });

  test("every chat platform has the same role files", () => {
    const own = all.filter((path) => path.startsWith("src/platforms/")).map((path) => path.split("/").slice(2));
    const folders: Record<string, string[]> = {};
    for (const [name = "", ...rest] of own.filter((parts) => parts.length > 1))
      folders[name] = [...(folders[name] ?? []), rest.join("/")];
    expect(lines(checkPlatforms(folders))).toEqual([]);
  });

  test("the checker resolves the sub-path imports as package.json does", () => {
    const { imports } = JSON.parse(read("package.json")) as { imports: Record<string, string> };
    const expected = Object.entries(SUBPATHS).map(([prefix, folder]) => [`${prefix}*`, `./${folder}*`]);
    expect(imports).toEqual(Object.fromEntries(expected));
  });
});
