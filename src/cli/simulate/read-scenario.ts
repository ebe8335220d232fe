import { dirname, resolve } from "node:path";
import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { zhCN } from "zod/locales";
import { OfficeConfigSchema } from "#core/config.ts";
import { BotError } from "#core/errors.ts";
import { isPackFile } from "../load-rules.ts";
import { type PlacedStep, type Scenario, ScenarioHead, STEP_KINDS } from "./scenario.ts";

type Path = readonly PropertyKey[];
const Overrides = OfficeConfigSchema.partial();
/** For what the schemas do not word themselves. */
const CHINESE = zhCN().localeError;

/**
 * Reads a scenario.
 * @param file where it came from: other paths are relative to it
 * @throws BotError bad-input, listing every problem with its line
 */
export function readScenario(text: string, file: string): Scenario {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken)
    throw new BotError(
      "bad-input",
      `场景文件 ${file} 第 ${broken.linePos?.[0].line ?? 1} 行不是正确的 YAML:${broken.message.split("\n")[0]}`,
    );
  const problems: string[] = [];
  const lineOf = (path: Path): number => lineWhere(document, lines, path);
  const report = (path: Path, message: string): void => {
    const step = path[0] === "steps" && typeof path[1] === "number" ? `第 ${path[1] + 1} 步:` : "";
    problems.push(`第 ${lineOf(path)} 行 ${step}${message}`);
  };
  const check = <S extends z.ZodType>(schema: S, value: unknown, path: Path): z.output<S> | undefined => {
    const parsed = schema.safeParse(value, { error: CHINESE, reportInput: true });
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) reportIssue(issue, path, report);
    return undefined;
  };

  const head = check(ScenarioHead, document.toJS() ?? {}, []);
  if (head?.config) check(Overrides, head.config, ["config"]);
  const steps = (head?.steps ?? []).flatMap((raw, i): PlacedStep[] => {
    const path = ["steps", i];
    const schema = schemaOf(raw, (message) => report(path, message));
    const step = schema && check(schema, raw, path);
    if (step?.do === "outage" && step.rules) step.rules = beside(step.rules, file);
    return step ? [{ step, place: `第 ${i + 1} 步(第 ${lineOf(path)} 行)` }] : [];
  });
  steps.sort((a, b) => a.step.at - b.step.at);
  const last = steps.at(-1)?.step.at ?? 0;
  if (head?.until !== undefined && head.until < last) report(["until"], "until 早于最后一步,后面的步骤不会执行");
  if (problems.length > 0 || !head)
    throw new BotError("bad-input", `场景文件 ${file} 有 ${problems.length} 处问题:\n${problems.join("\n")}`);
  return {
    start: head.start,
    roster: head.roster === undefined ? undefined : resolve(dirname(file), head.roster),
    rules: head.rules && beside(head.rules, file),
    config: head.config ?? {},
    steps,
    until: head.until ?? last,
  };
}

/** Pack files are named relative to the scenario. */
const beside = (rules: readonly string[], file: string): string[] =>
  rules.map((name) => (isPackFile(name) ? resolve(dirname(file), name) : name));

/** The schema of a step by the one key that says what happens. */
function schemaOf(
  raw: unknown,
  report: (message: string) => void,
): (typeof STEP_KINDS)[keyof typeof STEP_KINDS] | undefined {
  if (typeof raw !== "object" || raw === null) {
    report("步骤应写作 { at: +5m, by: 姓名, say: 话 }");
    return undefined;
  }
  const kinds = (Object.keys(STEP_KINDS) as (keyof typeof STEP_KINDS)[]).filter((kind) => Object.hasOwn(raw, kind));
  const different = new Set(kinds.map((kind) => STEP_KINDS[kind]));
  const [kind] = kinds;
  if (kind && different.size === 1) return STEP_KINDS[kind];
  report(`每步写且只写 ${Object.keys(STEP_KINDS).slice(0, -1).join("、")} 中的一个`);
  return undefined;
}

function reportIssue(issue: z.core.$ZodIssue, base: Path, report: (path: Path, message: string) => void): void {
  const path = [...base, ...issue.path];
  const key = String(path.at(-1) ?? "");
  if (issue.code === "unrecognized_keys")
    for (const unknown of issue.keys) report([...path, unknown], `没有“${unknown}”这一项`);
  else if (issue.code === "invalid_type" && issue.input === undefined) report(path, `缺少 ${key}`);
  else report(path, `${key}:${issue.message}`);
}

/** The line of the nearest thing on the way to `path` that stands in the file. */
function lineWhere(document: Document, lines: LineCounter, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
