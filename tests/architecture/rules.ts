/**
 * The rules of docs/architecture.md that a compiler does not know, as a pure function of a file's path and text. Imports that
 * are only types count like all others: a room that needs another room's types knows too much.
 */
import { dirname, join } from "node:path/posix";
import {
  comments,
  isReference,
  literalText,
  memberName,
  type Node,
  nameOf,
  parse,
  type Visit,
  walk,
} from "./syntax.ts";

export type Rule = "direction" | "purity" | "date-fns-root" | "suppression" | "machine-path" | "unreadable";

export interface Violation {
  rule: Rule;
  path: string;
  /** 1-based */
  line: number;
  message: string;
}

/** The `imports` of package.json, as prefixes. */
export const SUBPATHS: Record<string, string> = { "#core/": "src/core/", "#src/": "src/" };

/** Packages that the core and the commands may use: small, pure, no I/O. */
const PURE_PACKAGES = /^(zod(\/.+)?|yaml|chinese-days(\/.+)?|date-fns\/.+|opencc-js\/.+|chrono-node\/.+)$/;

/** What `commands/` may see of the chat room. */
const COMMAND_DEFINITIONS = ["src/chat/command.ts"];

/** Entry modules that re-export a whole library: 1.7 seconds of start-up instead of 0.03. */
const DATE_FNS_ROOT = /^date-fns(\/(fp|locale|index\.(js|cjs|mjs)))?$/;

type Report = (rule: Rule, offset: number, message: string) => void;

/** Checks one module. `path` is relative to the project's root, with forward slashes. */
export function checkModule(path: string, text: string): Violation[] {
  const violations: Violation[] = [];
  const report: Report = (rule, offset, message) =>
    violations.push({ rule, path, line: text.slice(0, offset).split("\n").length, message });
  let root: Node;
  try {
    root = parse(path, text);
  } catch (error) {
    report("unreadable", 0, String(error));
    return violations;
  }
  for (const visit of walk(root)) {
    const specifier = importedSpecifier(visit.node);
    if (specifier !== undefined) checkImport(path, specifier, visit.node, report);
    if (path.startsWith("src/core/")) checkPurity(visit, report);
  }
  checkSuppressions(root, text, report);
  return violations;
}

/** Checks any text file of the project for paths that exist on one machine only. */
export function checkText(path: string, text: string): Violation[] {
  const machine =
    /(?:(?<=file:\/\/)|(?<![\w.:/~-]))\/(?:home|Users|root|work|tmp)\/|(?<!\w)[A-Z]:\\+(?:Users|Windows|data|work|te?mp)\b|(?:\.\.\/)+shared\b/g;
  return [...text.matchAll(machine)].map((match) => ({
    rule: "machine-path",
    path,
    line: text.slice(0, match.index).split("\n").length,
    message: `path of one machine: ${match[0]}`,
  }));
}

/** Each chat platform is one folder with the same role files, so that a reader of one can read all. */
export function checkPlatforms(folders: Record<string, readonly string[]>): Violation[] {
  return Object.entries(folders)
    .filter(([, files]) => !files.includes("index.ts"))
    .map(([name]) => ({ rule: "direction", path: `src/platforms/${name}`, line: 1, message: "has no index.ts" }));
}

/** The specifier that a node imports; null when it is computed; undefined when the node imports nothing. */
function importedSpecifier(node: Node): string | null | undefined {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportAllDeclaration":
    case "ExportNamedDeclaration":
    case "TSImportType":
    case "ImportExpression":
      return node.source ? (literalText(node.source) ?? null) : undefined;
    case "TSExternalModuleReference":
      return literalText(node.expression) ?? null;
    case "CallExpression":
      if (nameOf(node.callee) !== "require") return undefined;
      return literalText((node.arguments as unknown[])[0]) ?? null;
    default:
      return undefined;
  }
}

function checkImport(path: string, specifier: string | null, { start }: Node, report: Report): void {
  if (specifier === null) {
    // A computed import can reach any room; only the composition root and tests may do that.
    if (room(path) !== "root" && !isFree(path)) report("direction", start, "computed import");
    return;
  }
  if (DATE_FNS_ROOT.test(specifier)) report("date-fns-root", start, `"${specifier}": import date-fns/<function>`);
  const target = resolve(path, specifier);
  if (target?.startsWith("../")) report("machine-path", start, `"${specifier}" leaves the project`);
  if (isFree(path)) return;
  const problem = target === undefined ? packageProblem(path, specifier) : moduleProblem(path, target);
  if (problem !== undefined) report("direction", start, `"${specifier}": ${problem}`);
}

/** Path of an imported module of this project; undefined for a package or a builtin. */
function resolve(path: string, specifier: string): string | undefined {
  const prefix = Object.keys(SUBPATHS).find((p) => specifier.startsWith(p));
  if (prefix) return join(SUBPATHS[prefix] ?? "", specifier.slice(prefix.length));
  if (/^\.{0,2}\//.test(specifier) || specifier.startsWith("file:")) return join(dirname(path), specifier);
  return undefined;
}

/** src/core/… → core, src/platforms/local/… → platforms/local, src/main.ts → root, everything outside src → itself. */
function room(path: string): string {
  const parts = path.split("/");
  if (parts[0] !== "src") return parts[0] ?? "";
  if (parts.length === 2) return "root";
  return parts[1] === "platforms" && parts.length > 3 ? `platforms/${parts[2]}` : (parts[1] ?? "");
}

/** Tests and the settings beside package.json may import anything. */
const isFree = (path: string): boolean => !path.startsWith("src/") && !path.startsWith("commands/");

function packageProblem(path: string, specifier: string): string | undefined {
  if (specifier.startsWith("#")) return "unknown sub-path import";
  const from = room(path);
  if ((from === "core" || from === "commands") && !PURE_PACKAGES.test(specifier))
    return `${from} uses no package beyond the small pure ones`;
  return undefined;
}

function moduleProblem(path: string, target: string): string | undefined {
  if (target === "src/main.ts") return "nobody imports main.ts";
  const [from, to] = [room(path), room(target)];
  if (from === "root") return undefined;
  if (from === "commands")
    return to === "core" || COMMAND_DEFINITIONS.includes(target) ? undefined : `commands may not import ${target}`;
  return to === "core" || to === from ? undefined : `${from} may not import ${to === "root" ? target : to}`;
}

/** Names that reach the clock, the machine or the outside. */
const IMPURE_GLOBALS =
  /^(process|globalThis|Buffer|console|fetch|WebSocket|EventSource|crypto|performance|set(Timeout|Interval|Immediate)|queueMicrotask)$/;

/** Readings and settings of a Date that depend on the time zone of the machine. */
const MACHINE_ZONE = /^(get|set)(FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds)$|^getTimezoneOffset$/;

function checkPurity(visit: Visit, report: Report): void {
  const { node, parent, key } = visit;
  const impure = (message: string): void => report("purity", node.start, message);
  if (node.type === "ImportExpression") impure("dynamic import");
  if (node.type === "MetaProperty" && nameOf(node.meta) === "import") impure("import.meta");
  if (node.type === "CallExpression" && nameOf(node.callee) === "require") impure("require");
  if (node.type === "MemberExpression" && MACHINE_ZONE.test(memberName(node) ?? ""))
    impure(`${memberName(node)} reads the time zone of the machine`);
  const name = nameOf(node);
  if (name === undefined || !isReference(visit)) return;
  if (IMPURE_GLOBALS.test(name)) impure(name);
  const member = parent?.type === "MemberExpression" && key === "object" ? memberName(parent) : undefined;
  if (name === "Math" && (member === undefined || member === "random")) impure("Math.random, or Math as a value");
  if (name === "Date" && !isPureDate(parent, key, member)) impure("Date used for now, by machine zone or as a value");
}

/** `new Date(instant)`, Date.UTC, Date.parse, `instanceof Date` and the type depend on their arguments only. */
function isPureDate(parent: Node | undefined, key: string, member: string | undefined): boolean {
  if (parent?.type === "NewExpression" && key === "callee") {
    const [first, ...more] = parent.arguments as Node[];
    return first !== undefined && first.type !== "SpreadElement" && more.length === 0;
  }
  if (parent?.type === "BinaryExpression") return parent.operator === "instanceof";
  return member === "UTC" || member === "parse" || parent?.type === "TSTypeReference";
}

/** Switches off a check for good, or without saying why. Biome itself asks for the reason of a biome-ignore. */
const SUPPRESSION =
  /@ts-(?:ignore|nocheck)|@ts-expect-error(?![^\p{L}\n]*\p{L}{2,})|biome-ignore-(?:all|start)|(?:oxlint|eslint)-disable(?!.*-- \p{L})/u;

function checkSuppressions(root: Node, text: string, report: Report): void {
  for (const comment of comments(root, text)) {
    const hit = SUPPRESSION.exec(comment.text);
    if (hit) report("suppression", comment.start, `${hit[0]} without a reason`);
  }
}
