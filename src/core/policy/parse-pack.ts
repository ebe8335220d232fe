import { isMap, isScalar, LineCounter, type Node, parseDocument, type YAMLError } from "yaml";
import { nearestName } from "#core/nearest-name.ts";
import { type Pack, PackSchema } from "./pack.ts";
import { PACK_FIELDS } from "./pack-fields.ts";
import { check, type SchemaProblem } from "./schema-problems.ts";

/** One thing that is wrong in a pack file. */
export interface PackProblem {
  file: string;
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
  /** One Chinese sentence. */
  reason: string;
}

type Place = Pick<PackProblem, "line" | "column">;

/** The pack and where its values stand in the file, or everything that is wrong. */
export type ParsedPack = { pack: Pack; at: (path: readonly PropertyKey[]) => Place } | { problems: PackProblem[] };

/**
 * Reads one pack: one YAML document per file, named after the pack. Every problem is reported with its place in the file.
 * @param file name for the report; its last part must be "<id>.yaml"
 */
export function parsePack(file: string, text: string): ParsedPack {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  // One mistake in the syntax makes many errors; those after the first mislead.
  const [syntaxError] = document.errors;
  if (syntaxError)
    return { problems: [{ file, ...place(lines, syntaxError.pos[0]), reason: syntaxReason(syntaxError) }] };
  const root = document.contents;
  const at = (path: readonly PropertyKey[]): Place => place(lines, offsetOf(root, path));
  const data: unknown = document.toJS();
  const checked = check(PackSchema, data);
  const problems = "problems" in checked ? withoutEchoes(checked.problems).map(guessed) : [];
  const found = [...problems, ...wrongName(file, data)].map(({ path, reason }) => ({ file, ...at(path), reason }));
  if ("problems" in checked || found.length > 0)
    return { problems: found.sort((a, b) => a.line - b.line || a.column - b.column) };
  return { pack: checked.value, at };
}

function wrongName(file: string, data: unknown): SchemaProblem[] {
  const id = (data as { id?: unknown } | null)?.id;
  if (typeof id !== "string" || file.split(/[\\/]/).at(-1) === `${id}.yaml`) return [];
  return [{ path: ["id"], reason: `文件名应为 ${id}.yaml,与 id 一致` }];
}

const UNKNOWN = "不认识的字段 ";

/** A map whose only field is misspelt is not empty as well. */
function withoutEchoes(problems: readonly SchemaProblem[]): SchemaProblem[] {
  const holders = new Set(
    problems.filter(({ reason }) => reason.startsWith(UNKNOWN)).map(({ path }) => path.slice(0, -1).join()),
  );
  return problems.filter(({ path, reason }) => !reason.includes(":不能为空") || !holders.has(path.join()));
}

const FIELD_NAMES = [...new Set(Object.keys(PACK_FIELDS).flatMap((path) => path.split(".")))];

/** A field that no pack has, with the one that was meant. */
function guessed({ path, reason }: SchemaProblem): SchemaProblem {
  const field = String(path.at(-1));
  const near = reason === `${UNKNOWN}${field}` ? nearestName(field, FIELD_NAMES) : undefined;
  return { path, reason: near === undefined ? reason : `${reason},是不是 ${near}?` };
}

function place(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** Where the value at a path stands; for a field that is missing, where its map starts. */
function offsetOf(root: Node | null, path: readonly PropertyKey[]): number {
  let node: unknown = root;
  let offset = startOf(root);
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((p) => isScalar(p.key) && p.key.value === step);
      if (!pair) return offset;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else {
      const items = (node as { items?: unknown[] } | null)?.items;
      if (!items || typeof step !== "number") return offset;
      node = items[step];
      offset = startOf(node) ?? offset;
    }
  }
  return offset;
}

function startOf(node: unknown): number {
  return (node as { range?: [number, number, number] } | null)?.range?.[0] ?? 0;
}

const SYNTAX: Partial<Record<YAMLError["code"], string>> = {
  DUPLICATE_KEY: "同一层里有重复的字段",
  TAB_AS_INDENT: "缩进须用空格,不能用制表符",
  BAD_INDENT: "缩进不对",
  MULTIPLE_DOCS: "一个文件只写一个规则包",
  MISSING_CHAR: "缺少引号、括号或冒号",
  MULTILINE_IMPLICIT_KEY: "字段名后缺少冒号",
};

function syntaxReason(error: YAMLError): string {
  return SYNTAX[error.code] ?? `YAML 写法不对(${error.code})`;
}
