import { isMap, isScalar, LineCounter, type Node, parseDocument, type YAMLError } from "yaml";
import type { z } from "zod";
import { type Pack, PackSchema } from "./pack.ts";

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
  if (document.errors.length > 0)
    return { problems: document.errors.map((e) => ({ file, ...place(lines, e.pos[0]), reason: syntaxReason(e) })) };
  const root = document.contents;
  const at = (path: readonly PropertyKey[]): Place => place(lines, offsetOf(root, path));
  const parsed = PackSchema.safeParse(document.toJS());
  if (!parsed.success)
    return {
      problems: parsed.error.issues.flatMap(leaves).map(({ path, reason }) => ({ file, ...at(path), reason })),
    };
  const name = file.split("/").at(-1);
  if (name !== `${parsed.data.id}.yaml`)
    return { problems: [{ file, ...at(["id"]), reason: `文件名应为 ${parsed.data.id}.yaml,与 id 一致` }] };
  return { pack: parsed.data, at };
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
};

function syntaxReason(error: YAMLError): string {
  return SYNTAX[error.code] ?? `YAML 写法不对(${error.code})`;
}

interface Leaf {
  path: readonly PropertyKey[];
  reason: string;
}

/** Takes an issue apart: one leaf for each unknown field, and of a union the branch that came furthest. */
function leaves(issue: z.core.$ZodIssue): Leaf[] {
  const { path } = issue;
  const field = path.filter((step) => typeof step === "string").at(-1) ?? "文件";
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({ path: [...path, key], reason: `不认识的字段 ${key}` }));
    case "invalid_type":
      return [
        {
          path,
          reason: issue.input === undefined ? `缺少 ${field}` : `${field} 的类型不对,应为${typeName(issue.expected)}`,
        },
      ];
    case "invalid_value":
      return [{ path, reason: `${field} 只能是 ${issue.values.map(String).join("、")}` }];
    case "too_small":
      return [{ path, reason: issue.origin === "number" ? issue.message : `${field} 不能为空` }];
    case "invalid_union": {
      const branches = issue.errors.map((branch) =>
        branch.flatMap((inner) => leaves({ ...inner, path: [...path, ...inner.path] })),
      );
      const best = branches.toSorted((a, b) => depth(b) - depth(a))[0];
      if (best && depth(best) > path.length) return best;
      return [{ path, reason: CHINESE.test(issue.message) ? issue.message : `${field} 的写法不对` }];
    }
    default:
      return [{ path, reason: CHINESE.test(issue.message) ? `${field}:${issue.message}` : `${field} 的写法不对` }];
  }
}

const CHINESE = /\p{Script=Han}/u;

const depth = (branch: Leaf[]): number => Math.max(0, ...branch.map((leaf) => leaf.path.length));

const TYPES: Record<string, string> = {
  string: "文字",
  number: "数字",
  int: "整数",
  array: "列表",
  object: "一组字段",
};

function typeName(expected: string): string {
  return TYPES[expected] ?? expected;
}
