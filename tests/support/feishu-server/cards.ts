import { checkComponent } from "./card-components.ts";
import { type Audience, BAD_JSON, checkMentions, checkProperties, OVER_LIMIT } from "./card-rules.ts";
import { BODY, CONFIG, CONTAINERS, HEADER, NAMED, TAG_COLORS, TEMPLATES, TOP_LEVEL } from "./card-schema.ts";
import { type Node, nodesOf, taggedIn } from "./card-tree.ts";
import { isObject, type Json, list, text } from "./model.ts";
import { cardRefusal } from "./refusal.ts";

/** @throws Refusal (230099 with the inner code) when the real service would not take the card */
export function checkCard(card: unknown, audience: Audience): asserts card is Json {
  if (!isObject(card)) throw cardRefusal(BAD_JSON, "card must be a json object");
  checkProperties(card, TOP_LEVEL, "card");
  if (card["schema"] !== "2.0") throw cardRefusal(BAD_JSON, "schema must be 2.0", text(card["schema"]));
  checkConfig(card["config"]);
  checkHeader(card["header"], audience);
  const body = card["body"];
  if (!isObject(body) || !Array.isArray(body["elements"])) throw cardRefusal(BAD_JSON, "body.elements is required");
  checkProperties(body, BODY, "body");
  const nodes = nodesOf(card);
  for (const node of nodes) checkComponent(node, audience);
  checkSizes(card, nodes);
  checkNames(nodes);
  checkForms(nodes);
}

function checkConfig(config: unknown): void {
  if (config === undefined) return;
  if (!isObject(config)) throw cardRefusal(BAD_JSON, "config must be an object");
  checkProperties(config, CONFIG, "config");
  if (config["update_multi"] !== undefined && config["update_multi"] !== true)
    throw cardRefusal(BAD_JSON, "update_multi must be true", config["update_multi"]);
}

function checkHeader(header: unknown, audience: Audience): void {
  if (header === undefined) return;
  if (!isObject(header)) throw cardRefusal(BAD_JSON, "header must be an object");
  checkProperties(header, HEADER, "header");
  for (const part of ["title", "subtitle"] as const) {
    const words = header[part];
    if (words === undefined && part === "subtitle") continue;
    if (!isObject(words) || typeof words["content"] !== "string")
      throw cardRefusal(BAD_JSON, `header.${part} must be a text`);
    if (words["tag"] !== "plain_text" && words["tag"] !== "lark_md")
      throw cardRefusal(BAD_JSON, `header.${part} must be plain_text or lark_md`, text(words["tag"]));
    if (words["tag"] === "lark_md") checkMentions(text(words["content"]), audience);
  }
  const template = header["template"];
  if (template !== undefined && !TEMPLATES.has(text(template)))
    throw cardRefusal(BAD_JSON, "unknown header template", template);
  const tags = list(header["text_tag_list"]);
  if (tags.length > 3) throw cardRefusal(OVER_LIMIT, "text_tag_list over limit", tags.length);
  for (const tag of tags) {
    if (!isObject(tag) || tag["tag"] !== "text_tag" || !isObject(tag["text"]))
      throw cardRefusal(BAD_JSON, "text_tag_list holds text_tag only");
    if (tag["color"] !== undefined && !TAG_COLORS.has(text(tag["color"])))
      throw cardRefusal(BAD_JSON, "unknown color of text_tag", tag["color"]);
  }
}

function checkSizes(card: Json, nodes: Node[]): void {
  const elements = taggedIn(card);
  if (elements > 200) throw cardRefusal(OVER_LIMIT, "element exceeds the limit", elements);
  const tables = nodes.reduce((sum, { element, tag }) => sum + (tag === "table" ? 1 : markdownTables(element)), 0);
  if (tables > 5) throw cardRefusal(OVER_LIMIT, "card table number over limit", "table");
  for (const { tag, parents } of nodes)
    if (parents.filter((parent) => CONTAINERS.has(parent.tag)).length + (CONTAINERS.has(tag) ? 1 : 0) > 5)
      throw cardRefusal(OVER_LIMIT, "containers are nested too deeply", tag);
}

/** Tables drawn in markdown count like the component. */
function markdownTables(element: Json): number {
  const lines = text(element["content"]).split("\n");
  const rules = lines.filter(
    (line, i) => /^\|?(?: *:?-{2,}:? *\|)+[ :-]*$/.test(line.trim()) && lines[i - 1]?.includes("|"),
  );
  return rules.length;
}

function checkNames(nodes: Node[]): void {
  const ids = new Set<string>();
  const names = new Set<string>();
  for (const { element, tag, parents } of nodes) {
    const id = element["element_id"];
    if (id !== undefined) {
      if (!/^[A-Za-z][A-Za-z0-9_]{0,19}$/.test(text(id))) throw cardRefusal(BAD_JSON, "invalid element_id", id);
      if (ids.has(text(id))) throw cardRefusal(BAD_JSON, "duplicate element_id", text(id));
      ids.add(text(id));
    }
    const inForm = parents.some((parent) => parent.tag === "form");
    const name = text(element["name"]);
    if (name === "" && (tag === "form" || (inForm && NAMED.has(tag))))
      throw cardRefusal(BAD_JSON, "name of a form and of its components is required", tag);
    if (name !== "" && names.has(name)) throw cardRefusal(BAD_JSON, "duplicate name", name);
    names.add(name);
  }
}

function checkForms(nodes: Node[]): void {
  for (const { element, tag, parents } of nodes) {
    const inForm = parents.some((parent) => parent.tag === "form");
    if (element["form_action_type"] !== undefined && !inForm)
      throw cardRefusal(BAD_JSON, "form_action_type stands in a form only", tag);
    if (tag === "form" && parents.length > 0)
      throw cardRefusal(BAD_JSON, "a form stands at the root of the card only", parents.at(-1)?.tag ?? "");
    if (tag === "table" && (inForm || parents.some((parent) => parent.tag !== "collapsible_panel")))
      throw cardRefusal(BAD_JSON, "a table cannot stand here", parents.at(-1)?.tag ?? "");
  }
  for (const { element: form } of nodes.filter(({ tag }) => tag === "form")) {
    const inside = nodes.filter(({ parents }) => parents.some((parent) => parent.element === form));
    if (!inside.some(({ element }) => element["form_action_type"] === "submit"))
      throw cardRefusal(BAD_JSON, "a form must have a submit button", text(form["name"]));
  }
}
