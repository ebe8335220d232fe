import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument, type YAMLError } from "yaml";

/** A place in a text file, from 1. */
export interface TextPlace {
  line: number;
  column: number;
}

/** A YAML text with the places of its values, or what is wrong with its syntax. */
export type PlacedYaml =
  | { document: Document.Parsed; at: (path: readonly PropertyKey[]) => TextPlace }
  | { syntax: TextPlace & { reason: string } };

/** Reads one YAML document. `at` gives the place of a value; for a field that is missing, where its map starts. */
export function readYamlPlaces(text: string): PlacedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  // One mistake in the syntax makes many errors; those after the first mislead.
  const [error] = document.errors;
  if (error) return { syntax: { ...place(lines, error.pos[0]), reason: syntaxReason(error) } };
  return { document, at: (path) => place(lines, offsetOf(document.contents, path)) };
}

function place(lines: LineCounter, offset: number): TextPlace {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

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
  MULTIPLE_DOCS: "一个文件只写一份,不能用 --- 分成几份",
  MISSING_CHAR: "缺少引号、括号或冒号",
  MULTILINE_IMPLICIT_KEY: "字段名后缺少冒号",
};

function syntaxReason(error: YAMLError): string {
  return SYNTAX[error.code] ?? `YAML 写法不对(${error.code})`;
}
