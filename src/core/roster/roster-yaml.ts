import { type Document, isMap, isSeq, parseDocument, stringify, visit } from "yaml";
import { plain, saysSame } from "./plain.ts";
import type { RosterFile } from "./schema.ts";

/**
 * The text of a roster file after a change: what stays the same keeps its lines, comments and order; what is new is written one
 * line for each unit, group or duty.
 * @param text the file that says `before`
 */
export function rosterYaml(text: string, before: RosterFile, after: RosterFile): string {
  const document = parseDocument(text);
  // A value that stands for another one would change with it: such a file is written anew, without its comments.
  if (hasAliases(document)) return newRosterYaml(after);
  for (const key of Object.keys({ ...before, ...after }) as (keyof RosterFile)[]) {
    const [was, is] = [before[key], after[key]];
    if (saysSame(was, is)) continue;
    const node = document.get(key, true);
    if (Array.isArray(was) && Array.isArray(is) && isSeq(node)) node.items = sameNodes(document, node.items, was, is);
    else if (isObject(was) && isObject(is) && isMap(node)) changeMap(document, key, was, is);
    else document.set(key, document.createNode(plain(is)));
  }
  return document.toString({ lineWidth: 0 });
}

function hasAliases(document: Document): boolean {
  let found = false;
  visit(document, {
    Alias: () => {
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

/** A roster as a file of its own. */
export function newRosterYaml(file: RosterFile): string {
  const document = parseDocument(stringify(plain(file)));
  for (const key of ["jurisdictions", "units", "leaders", "duty", "groups"]) {
    const node = document.get(key, true);
    if (isSeq(node)) for (const item of node.items) if (isMap(item)) item.flow = true;
  }
  return document.toString({ lineWidth: 0 });
}

function sameNodes(
  document: Document,
  nodes: unknown[],
  before: readonly unknown[],
  after: readonly unknown[],
): unknown[] {
  return after.map((item) => {
    const same = before.findIndex((old) => saysSame(old, item));
    return same < 0 ? document.createNode(plain(item), { flow: true }) : nodes[same];
  });
}

function changeMap(
  document: Document,
  key: string,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): void {
  for (const name of Object.keys(before)) if (!Object.hasOwn(after, name)) document.deleteIn([key, name]);
  for (const [name, value] of Object.entries(after))
    if (!saysSame(before[name], value)) {
      const node = document.createNode(plain(value), { flow: Array.isArray(value) });
      document.setIn([key, name], node);
    }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
