import { FIELDS } from "./card-schema.ts";
import { contentOf, type Node, nodesOf } from "./card-tree.ts";
import { isObject, type Json, list, text } from "./model.ts";

export type FieldValue = string | string[] | boolean;

const ZONE = "+0800";
const TIMES: Record<string, RegExp> = {
  date_picker: /^\d{4}-\d{2}-\d{2}$/,
  picker_time: /^\d{2}:\d{2}$/,
  picker_datetime: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/,
};

/**
 * What the client sends of a form: what was filled in, and what stood in the other fields before. A select takes the value
 * or the words of an option; dates and times are given without a zone, as they are picked.
 * @throws Error where the client would not let a person submit, or the person could not have filled that in
 */
export function fillForm(card: Json, form: Node, given: Record<string, FieldValue>, members: readonly string[]): Json {
  const fields = nodesOf(card).filter(
    ({ tag, parents }) => FIELDS.has(tag) && parents.some((parent) => parent.element === form.element),
  );
  const names = fields.map(({ element }) => text(element["name"]));
  for (const name of Object.keys(given))
    if (!names.includes(name)) throw new Error(`the form has no field ${name}; it has ${names.join(", ")}`);
  const values: Json = {};
  for (const { element, tag } of fields) {
    const name = text(element["name"]);
    const filled = given[name];
    const initial = initialOf(element, tag);
    if (filled !== undefined && element["disabled"] === true) throw new Error(`the field ${name} is disabled`);
    const value = filled === undefined ? initial : checked(element, tag, filled, members);
    const empty = value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
    if (empty && element["required"] === true) throw new Error(`the field ${name} is required and empty`);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function initialOf(element: Json, tag: string): FieldValue | undefined {
  const key = { date_picker: "initial_date", picker_time: "initial_time", picker_datetime: "initial_datetime" }[tag];
  if (key !== undefined) return element[key] === undefined ? undefined : `${text(element[key])} ${ZONE}`;
  if (tag === "checker") return element["checked"] === true;
  if (tag === "input") return text(element["default_value"]);
  if (tag.startsWith("multi_")) return list(element["selected_values"]).map(text);
  const index = element["initial_index"];
  const byIndex = typeof index === "number" ? list(element["options"])[index - 1] : undefined;
  const initial = text(element["initial_option"]) || (isObject(byIndex) ? text(byIndex["value"]) : "");
  return initial === "" ? undefined : initial;
}

function checked(element: Json, tag: string, value: FieldValue, members: readonly string[]): FieldValue {
  const name = text(element["name"]);
  if (tag === "checker") {
    if (typeof value !== "boolean") throw new Error(`${name} is ticked or not`);
    return value;
  }
  if (tag.startsWith("multi_")) {
    if (!Array.isArray(value)) throw new Error(`${name} takes several values`);
    return value.map((one) => optionOf(element, tag, one, members));
  }
  if (typeof value !== "string") throw new Error(`${name} takes one value`);
  if (tag.startsWith("select_")) return optionOf(element, tag, value, members);
  const shape = TIMES[tag];
  if (shape) {
    if (!shape.test(value)) throw new Error(`${name} cannot be ${value}`);
    return `${value} ${ZONE}`;
  }
  const longest = Number(element["max_length"] ?? 1000);
  if (Array.from(value).length > longest) throw new Error(`${name} takes no more than ${longest} characters`);
  if (element["input_type"] !== "multiline_text" && value.includes("\n")) throw new Error(`${name} has one line only`);
  return value;
}

/** The value of an option, found by value or by words. @throws Error when it cannot be chosen */
export function optionOf(element: Json, tag: string, wanted: string, members: readonly string[]): string {
  if (wanted === "") return "";
  const options = list(element["options"]).filter(isObject);
  if (options.length === 0 && tag.endsWith("person") && members.includes(wanted)) return wanted;
  const found =
    options.find((option) => option["value"] === wanted) ??
    options.find((option) => contentOf(option["text"]) === wanted);
  if (!found) throw new Error(`${wanted} is no option of ${text(element["name"]) || tag}`);
  return text(found["value"]);
}
