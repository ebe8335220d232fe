import { isObject, type Json, list, text } from "./model.ts";

/** A component of a card and the components around it, outermost first. */
export interface Node {
  element: Json;
  tag: string;
  parents: Node[];
}

const childrenOf = (element: Json): Json[] =>
  [...list(element["elements"]), ...list(element["columns"])].filter(isObject);

function* below(elements: unknown, parents: Node[]): Generator<Node> {
  for (const element of list(elements).filter(isObject)) {
    const node: Node = { element, tag: text(element["tag"]), parents };
    yield node;
    // The columns of a table describe its head and are no components.
    if (node.tag !== "table") yield* below(childrenOf(element), [...parents, node]);
  }
}

/** Every component of a card, in the order in which it is read. */
export function nodesOf(card: Json): Node[] {
  const body = card["body"];
  return isObject(body) ? [...below(body["elements"], [])] : [];
}

/** Every object with a tag, texts inside components included: what the limit of 200 counts. */
export function taggedIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + taggedIn(item), 0);
  if (!isObject(value)) return 0;
  const own = typeof value["tag"] === "string" ? 1 : 0;
  return Object.values(value).reduce<number>((sum, item) => sum + taggedIn(item), own);
}

/** Words of a text object: `{tag: "plain_text", content}`. */
export const contentOf = (value: unknown): string => (isObject(value) ? text(value["content"]) : "");

/** The values that its behaviours send back, merged; undefined when a press calls nobody. */
export function callbackValue(element: Json): Json | undefined {
  const callbacks = list(element["behaviors"])
    .filter(isObject)
    .filter(({ type }) => type === "callback");
  if (callbacks.length === 0) return undefined;
  return Object.assign({}, ...callbacks.map(({ value }) => (isObject(value) ? value : {}))) as Json;
}
