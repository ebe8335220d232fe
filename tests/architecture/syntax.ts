import { parseAst } from "vitest/node";

/** A node of the syntax tree (ESTree with TypeScript nodes); offsets count UTF-16 units. */
export interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

export interface Visit {
  node: Node;
  parent: Node | undefined;
  /** The property of the parent that holds this node. */
  key: string;
}

/** @throws when the text is no TypeScript (or JavaScript) module */
export function parse(path: string, text: string): Node {
  const lang = /\.[cm]?js$/.test(path) ? "js" : "ts";
  return parseAst(text, { lang }, path) as unknown as Node;
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

/** Every node below `root`, parents first. */
export function* walk(root: Node, parent?: Node, key = ""): Generator<Visit> {
  yield { node: root, parent, key };
  for (const [name, value] of Object.entries(root)) {
    if (isNode(value)) yield* walk(value, root, name);
    else if (Array.isArray(value)) for (const item of value) if (isNode(item)) yield* walk(item, root, name);
  }
}

/** The text of a string literal, or of a template without holes; undefined for anything that is computed. */
export function literalText(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type === "TSLiteralType") return literalText(node.literal);
  if (node.type !== "TemplateLiteral") return undefined;
  const [only, ...more] = node.quasis as Array<{ value: { cooked: string } }>;
  return more.length === 0 ? only?.value.cooked : undefined;
}

/** Name of an identifier node, else undefined. */
export function nameOf(node: unknown): string | undefined {
  return isNode(node) && node.type === "Identifier" ? (node.name as string) : undefined;
}

/** Property that a member expression reads: `a.b` and `a["b"]` give "b". */
export function memberName(node: Node): string | undefined {
  return node.computed === true ? literalText(node.property) : nameOf(node.property);
}

/** True where an identifier stands for a value or binding, false where it only names a property. */
export function isReference({ parent, key }: Visit): boolean {
  if (!parent) return true;
  if (["MetaProperty", "ImportSpecifier", "ExportSpecifier"].includes(parent.type)) return key === "local";
  if (key === "property") return parent.computed === true || parent.type !== "MemberExpression";
  if (key === "key") return parent.computed === true;
  return !(parent.type === "TSQualifiedName" && key === "right");
}

/** The comments of a module: what looks like one inside a string, a template or a regular expression is not. */
export function comments(root: Node, text: string): Array<{ start: number; text: string }> {
  const chars = text.split("");
  for (const { node } of walk(root))
    if (["Literal", "TemplateElement", "JSXText"].includes(node.type)) chars.fill("_", node.start, node.end);
  const found = chars.join("").matchAll(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g);
  return [...found].map((m) => ({ start: m.index, text: text.slice(m.index, m.index + m[0].length) }));
}
