import { describe, expect, test } from "vitest";
import { checkModule, checkPlatforms, checkText, type Rule } from "./rules.ts";

const broken = (path: string, text: string): Rule[] => checkModule(path, text).map((v) => v.rule);

/** [file, its text]; the comments that the samples hold are built from parts, so that no linter takes them as meant. */
type Sample = [path: string, text: string];

describe("import direction", () => {
  const bad: Sample[] = [
    ["src/core/a.ts", 'import { x } from "../chat/x.ts";'],
    ["src/core/a.ts", 'import { x } from "#src/store/x.ts";'],
    ["src/core/a.ts", 'import type { X } from "../engine/x.ts";'],
    ["src/core/a.ts", 'export * from "../web/x.ts";'],
    ["src/core/a.ts", 'export { x } from "../web/x.ts";'],
    ["src/core/a.ts", 'type X = import("../engine/x.ts").X;'],
    ["src/core/a.ts", 'import fs from "node:fs";'],
    ["src/core/a.ts", 'import fs from "fs";'],
    ["src/core/a.ts", 'import type { Kysely } from "kysely";'],
    ["src/core/a.ts", 'import * as chrono from "chrono-node";'],
    ["src/core/a.ts", 'import x from "#elsewhere/x.ts";'],
    ["src/core/case/a.ts", 'import { x } from "../../bot.ts";'],
    ["src/chat/a.ts", 'import { x } from "../engine/x.ts";'],
    ["src/chat/a.ts", 'const x = await import("../engine/x.ts");'],
    ["src/chat/a.ts", "const x = await import(name);"],
    ["src/chat/a.ts", "const x = await import(`../engine/$" + "{name}.ts`);"],
    ["src/chat/a.ts", 'import x = require("../engine/x.ts");'],
    ["src/chat/a.ts", 'const x = require("../engine/x.ts");'],
    ["src/chat/a.ts", 'import { x } from "../../tests/support/x.ts";'],
    ["src/chat/a.ts", 'import { x } from "../../commands/x.ts";'],
    ["src/engine/deep/er/a.ts", 'import type { X } from "../../../store/x.ts";'],
    ["src/documents/a.ts", 'import { x } from "#src/cli/x.ts";'],
    ["src/web/a.ts", 'import { x } from "../bot.ts";'],
    ["src/cli/a.ts", 'import { x } from "../main.ts";'],
    ["src/bot.ts", 'import { x } from "./main.ts";'],
    ["src/platforms/a/index.ts", 'import { x } from "../b/x.ts";'],
    ["src/platforms/a/index.ts", 'import { x } from "#src/platforms/b/index.ts";'],
    ["commands/上报.ts", 'import { x } from "../src/chat/router.ts";'],
    ["commands/上报.ts", 'import { x } from "#src/store/x.ts";'],
    ["commands/上报.ts", 'import { x } from "./签收.ts";'],
    ["commands/上报.ts", 'import fs from "node:fs";'],
  ];
  test.each(bad)("%s refuses %s", (path, text) => expect(broken(path, text)).toContain("direction"));

  const good: Sample[] = [
    [
      "src/core/case/a.ts",
      'import { z } from "zod"; import type { X } from "../time.ts"; import { y } from "#core/y.ts";',
    ],
    [
      "src/core/a.ts",
      'import { parse } from "yaml"; import t2cn from "opencc-js/t2cn"; import * as zh from "chrono-node/zh";',
    ],
    [
      "src/core/a.ts",
      'import days from "chinese-days/dist/chinese-days.json" with { type: "json" }; import { addDays } from "date-fns/addDays";',
    ],
    ["src/core/a.ts", '// import { x } from "../chat/x.ts"\nconst x = `import { x } from "../chat/x.ts"`;'],
    [
      "src/chat/a.ts",
      'import { x } from "./b.ts"; import { y } from "#core/y.ts"; import z from "pino"; import "node:fs";',
    ],
    [
      "src/platforms/a/x.ts",
      'import { x } from "./y.ts"; import { y } from "#src/platforms/a/z.ts"; import "#core/ports.ts";',
    ],
    [
      "src/main.ts",
      'import "./bot.ts"; import "./chat/x.ts"; import "./platforms/local/index.ts"; await import(name);',
    ],
    ["src/bot.ts", 'import "./engine/x.ts"; import "../commands/上报.ts";'],
    [
      "commands/上报.ts",
      'import { defineCommand } from "#src/chat/command.ts"; import "../src/core/time.ts"; import "zod";',
    ],
    ["tests/chat/a.test.ts", 'import "../../src/main.ts"; import "../../src/store/x.ts"; await import(name);'],
  ];
  test.each(good)("%s takes %s", (path, text) => expect(checkModule(path, text)).toEqual([]));
});

describe("purity of the core", () => {
  const bad = [
    "const now = new Date();",
    "const now = new Date;",
    "const at = new Date(2026, 10, 20);",
    "const now = Date();",
    "const now = Date.now();",
    'const now = Date["now"]();',
    "const { now } = Date;",
    "const D = Date; new D();",
    "const hour = new Date(at).getHours();",
    "const t = performance.now();",
    "const r = Math.random();",
    "const { random } = Math;",
    "const id = crypto.randomUUID();",
    "const home = process.env.HOME;",
    "const text = `at $" + "{Date.now()}`;",
    "setTimeout(() => {}, 1);",
    "setInterval(() => {}, 1);",
    'await fetch("https://example.invalid");',
    "const io = { fetch };",
    'console.log("x");',
    "globalThis.x = 1;",
    "class A { at = Date.now(); }",
    "const f = (now = Date.now()) => now;",
    'const x = await import("./x.ts");',
    "const here = import.meta.url;",
    'const x = require("./x.ts");',
  ];
  test.each(bad)("src/core refuses %s", (text) => expect(broken("src/core/a.ts", text)).toContain("purity"));
  test.each(bad)("src/engine may say %s", (text) => expect(broken("src/engine/a.ts", text)).not.toContain("purity"));

  const good = [
    "const at = new Date(instant).getUTCHours() + Date.UTC(2026, 0, 1) + Date.parse(text) + Math.floor(1.5);",
    "const is = x instanceof Date; let d: Date;",
    "// Date.now()\n/* process.env */ const text = 'Date.now()' + `console.log(1)` + /process/.source;",
    "interface Web { fetch(request: Request): Response; process: string }",
    "const now = clock.now() + queue.process() + steps.performance; const o = { console: 1 };",
    'import { fetch as get } from "./get.ts"; get();',
  ];
  test.each(good)("src/core takes %s", (text) => expect(checkModule("src/core/a.ts", text)).toEqual([]));
});

describe("root import of date-fns", () => {
  const bad = ["date-fns", "date-fns/fp", "date-fns/locale", "date-fns/index.js"].flatMap((name) => [
    `import { addDays } from "${name}";`,
    `export { addDays } from "${name}";`,
    `const { addDays } = await import("${name}");`,
    `const { addDays } = require("${name}");`,
    `type F = typeof import("${name}");`,
  ]);
  for (const path of ["src/core/a.ts", "src/web/a.ts", "src/main.ts", "commands/a.ts", "tests/a.test.ts"])
    test.each(bad)(`${path} refuses %s`, (text) => expect(broken(path, text)).toContain("date-fns-root"));

  test("a sub-path is taken", () => {
    expect(checkModule("src/web/a.ts", 'import { addDays } from "date-fns/addDays";')).toEqual([]);
    expect(checkModule("src/web/a.ts", 'import { zhCN } from "date-fns/locale/zh-CN";')).toEqual([]);
  });
});

describe("comments that switch a check off", () => {
  const bad = [
    "// @ts-ignore because of this and that",
    "// @ts-nocheck",
    "/* @ts-expect-error */",
    "// @ts-expect-error",
    "// biome-ignore-all lint/suspicious/noExplicitAny: everywhere",
    "// eslint-disable-next-line no-console",
    "/* oxlint-disable */",
  ];
  test.each(bad)("%s is refused", (text) => {
    expect(broken("src/chat/a.ts", `${text}\nlet x = 1;`)).toEqual(["suppression"]);
    expect(broken("tests/a.test.ts", `let y = "舆情";\n${text}`)).toEqual(["suppression"]);
  });

  const good = [
    "// @ts-expect-error the argument is missing on purpose",
    "// biome-ignore lint/suspicious/noExplicitAny: the library types it so",
    "// oxlint-disable-next-line no-console -- the one place that prints",
    "const text = '// @ts-ignore';",
    "const text = `/* @ts-ignore */`;",
    "const text = /\\/\\/ @ts-ignore/;",
  ];
  test.each(good)("%s is taken", (text) => expect(checkModule("src/chat/a.ts", `${text}\nlet x = 1;`)).toEqual([]));
});

describe("paths of one machine", () => {
  const slash = (...parts: string[]): string => parts.join("/");
  const bad = [
    slash("", "home", "me", "x"),
    slash("", "Users", "me", "x"),
    slash("", "root", ".config"),
    slash("", "work", "x"),
    slash("", "tmp", "x"),
    slash("..", "shared"),
    slash("..", "..", "shared", "x.json"),
    ["C:", "data"].join("\\"),
    `file://${slash("", "home", "me", "x")}`,
  ];
  test.each(bad)("%s is refused in any text", (path) => {
    for (const text of [path, `"${path}"`, `see (${path})`, `root=${path}`])
      expect(checkText("docs/a.md", text).map((v) => v.rule)).toEqual(["machine-path"]);
  });

  test("an import that leaves the project is refused, in tests too", () => {
    expect(broken("tests/a.test.ts", 'import x from "../../elsewhere/x.ts";')).toEqual(["machine-path"]);
  });

  test.each([
    "https://www.example.gov.cn/work/2026/x.html",
    "./work/x",
    "~/work/x",
    "/usr/bin/chromium",
    "/var/lib/huiying",
    "../sharing/x.ts",
  ])("%s is taken", (text) => expect(checkText("docs/a.md", text)).toEqual([]));
});

test("a violation names file, line and reason", () => {
  expect(checkModule("src/core/a.ts", "// 舆情\n\nconst now = Date.now();\n")).toEqual([
    { rule: "purity", path: "src/core/a.ts", line: 3, message: expect.stringContaining("Date") },
  ]);
});

test("a file that does not parse is a violation, not a pass", () => {
  expect(broken("src/core/a.ts", "const = ;")).toEqual(["unreadable"]);
});

test("a platform folder without index.ts is a violation", () => {
  expect(checkPlatforms({ local: ["index.ts", "web.ts"], other: ["main.ts"] }).map((v) => v.path)).toEqual([
    "src/platforms/other",
  ]);
});
