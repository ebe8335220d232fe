import {
  type Audience,
  BAD_JSON,
  BAD_PERSON,
  checkMentions,
  checkPerson,
  checkProperties,
  OVER_LIMIT,
  UNSUPPORTED,
} from "./card-rules.ts";
import { BEHAVIORS, BUTTON_TYPES, COMPONENTS, FIELDS } from "./card-schema.ts";
import { contentOf, type Node } from "./card-tree.ts";
import { isObject, type Json, list, text } from "./model.ts";
import { cardRefusal } from "./refusal.ts";

/** One component by itself: its properties, texts, behaviours and options. @throws Refusal */
export function checkComponent({ element, tag, parents }: Node, audience: Audience): void {
  const allowed = COMPONENTS.get(tag);
  if (!allowed)
    throw cardRefusal(UNSUPPORTED, "cards of schema V2 no longer support this capability", `unsupported tag ${tag}`);
  checkProperties(element, allowed, tag);
  if ((tag === "column") !== (parents.at(-1)?.tag === "column_set"))
    throw cardRefusal(BAD_JSON, "columns, and nothing else, stand in a column_set", tag);
  checkBehaviors(element, tag);
  checkTexts(element, tag, audience);
  if (tag === "markdown") {
    if (typeof element["content"] !== "string") throw cardRefusal(BAD_JSON, "content is required", tag);
    checkMentions(text(element["content"]), audience);
  }
  if (tag === "button") checkButton(element);
  if (tag === "input") checkInput(element);
  if (tag === "person") checkPerson(text(element["user_id"]), audience);
  if (tag === "person_list")
    for (const person of list(element["persons"]).filter(isObject)) checkPerson(text(person["id"]), audience);
  if (/select|overflow/.test(tag)) checkOptions(element, tag, audience);
  if (tag === "table") checkTable(element, audience);
}

function checkBehaviors(element: Json, tag: string): void {
  const behaviors = element["behaviors"];
  if (behaviors === undefined) return;
  if (!Array.isArray(behaviors)) throw cardRefusal(BAD_JSON, "behaviors must be an array", tag);
  for (const behavior of behaviors) {
    if (!isObject(behavior) || !BEHAVIORS.has(text(behavior["type"])))
      throw cardRefusal(BAD_JSON, "unknown type of behavior", tag);
    if (behavior["type"] === "callback" && !isObject(behavior["value"]))
      throw cardRefusal(BAD_JSON, "value of a callback must be an object", tag);
    if (behavior["type"] === "open_url" && !/^(https?|lark):\/\//.test(text(behavior["default_url"])))
      throw cardRefusal(BAD_JSON, "invalid url", text(behavior["default_url"]));
  }
}

/** Texts inside a component: `text`, `label`, `placeholder`, the head of a panel, the words of a confirmation. */
function checkTexts(element: Json, tag: string, audience: Audience): void {
  const confirm = element["confirm"];
  const header = element["header"];
  const texts: [string, unknown][] = [
    ...["text", "label", "placeholder", "hover_tips", "disabled_tips"].map((key): [string, unknown] => [
      key,
      element[key],
    ]),
    ["header.title", isObject(header) ? header["title"] : undefined],
    ["confirm.title", isObject(confirm) ? confirm["title"] : undefined],
    ["confirm.text", isObject(confirm) ? confirm["text"] : undefined],
  ];
  for (const [where, value] of texts) {
    if (value === undefined) continue;
    const rich = where === "text" || where === "header.title" ? ["plain_text", "lark_md", "markdown"] : ["plain_text"];
    if (!isObject(value) || !rich.includes(text(value["tag"])) || typeof value["content"] !== "string")
      throw cardRefusal(BAD_JSON, `${where} must be a text`, tag);
    if (value["tag"] !== "plain_text") checkMentions(value["content"], audience);
    if (where === "placeholder" && value["content"].length > 100)
      throw cardRefusal(OVER_LIMIT, "placeholder is too long", tag);
  }
}

function checkButton(button: Json): void {
  const type = button["type"];
  if (type !== undefined && !BUTTON_TYPES.has(text(type)))
    throw cardRefusal(BAD_JSON, "unknown type of button", text(type));
  const words = contentOf(button["text"]);
  if (words === "" && button["icon"] === undefined) throw cardRefusal(BAD_JSON, "a button needs a text", "button");
  if (words.length > 100) throw cardRefusal(OVER_LIMIT, "text of a button is too long", words);
  const action = button["form_action_type"];
  if (action !== undefined && action !== "submit" && action !== "reset")
    throw cardRefusal(BAD_JSON, "unknown form_action_type", text(action));
}

function checkInput(input: Json): void {
  const length = input["max_length"];
  if (length !== undefined && !(Number.isInteger(length) && Number(length) >= 1 && Number(length) <= 1000))
    throw cardRefusal(OVER_LIMIT, "max_length must be 1 to 1000", length);
  const type = input["input_type"];
  if (type !== undefined && !["text", "multiline_text", "password"].includes(text(type)))
    throw cardRefusal(BAD_JSON, "unknown input_type", text(type));
}

function checkOptions(element: Json, tag: string, audience: Audience): void {
  const options = element["options"];
  const ofPersons = tag.endsWith("person");
  // Without options the candidates of a person select are the members of the chat.
  if (options === undefined && (ofPersons || !FIELDS.has(tag))) return;
  if (!Array.isArray(options) || options.length === 0) throw cardRefusal(BAD_JSON, "options are required", tag);
  const values = new Set<string>();
  for (const option of options) {
    const value = isObject(option) ? text(option["value"]) : "";
    if (!isObject(option) || (value === "" && tag !== "overflow"))
      throw cardRefusal(BAD_JSON, "an option needs a value", tag);
    if (value !== "" && values.has(value)) throw cardRefusal(BAD_JSON, "duplicate value of an option", value);
    values.add(value);
    if (ofPersons) {
      if (!audience.offers(value)) throw cardRefusal(BAD_PERSON, "invalid user id", value);
    } else if (tag !== "select_img" && contentOf(option["text"]) === "")
      throw cardRefusal(BAD_JSON, "an option needs a text", value);
  }
  for (const chosen of [element["initial_option"], ...list(element["selected_values"])])
    if (chosen !== undefined && !values.has(text(chosen)))
      throw cardRefusal(BAD_JSON, "the chosen value is no option", chosen);
}

function checkTable(table: Json, audience: Audience): void {
  const columns = list(table["columns"]).filter(isObject);
  if (columns.length === 0 || columns.length > 50)
    throw cardRefusal(OVER_LIMIT, "a table has 1 to 50 columns", "table");
  const size = table["page_size"];
  if (size !== undefined && !(Number.isInteger(size) && Number(size) >= 1 && Number(size) <= 10))
    throw cardRefusal(BAD_JSON, "page_size must be 1 to 10", size);
  const names = new Map(columns.map((column) => [text(column["name"]), text(column["data_type"])]));
  for (const row of list(table["rows"]).filter(isObject))
    for (const [name, value] of Object.entries(row)) {
      const type = names.get(name);
      if (type === undefined) throw cardRefusal(BAD_JSON, "a row has a value for no column", name);
      if (type === "markdown" || type === "lark_md") checkMentions(text(value), audience);
      if (type === "person") for (const id of [value].flat()) checkPerson(text(id), audience);
    }
}
