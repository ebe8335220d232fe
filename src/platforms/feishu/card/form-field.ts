import type { FormField } from "#core/message/card.ts";
import { type Element, paragraph, words } from "./elements.ts";
import { clip, plain } from "./escape.ts";
import { JOIN, NONE } from "./inputs.ts";

/** Feishu takes no more from one input. */
const MAX_LENGTH = 1000;
const PLACEHOLDER = 100;
const LABEL = 100;
const HINT = 200;
/** More options are no choice on a phone any more: they are typed. */
const MAX_OPTIONS = 100;
/** More options are ordered by likelihood; fewer keep their order, which may mean something: I, II, III, IV. */
const SHORT = 9;
/** What a picker of date and time takes as its value. */
const STAMP = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/;

export interface FieldContext {
  openIdOf: (name: string) => string | undefined;
  /** Choices are typed here, because the options would not fit. */
  typed: boolean;
  /** Characters of a value that is filled in beforehand. */
  prefill: number;
}

/** One field: what it asks for, its input, and a hint where the input cannot show it. */
export function fieldElements(field: FormField, context: FieldContext): Element[] {
  const input = inputFor(field, context);
  const hint = hintOf(field, input);
  const shownInside = input["default_value"] === undefined && hint.length <= PLACEHOLDER && input.tag === "input";
  return [
    paragraph(`${clip(plain(field.label) || field.name, LABEL)}${field.required ? "（必填）" : ""}`),
    ...(hint === "" || shownInside ? [] : [paragraph(hint, "quiet")]),
    input,
  ];
}

/** What the field's own hint says, and how to type what is not chosen here. */
function hintOf(field: FormField, input: Element): string {
  const own = clip(plain(field.hint ?? ""), HINT);
  if (input.tag !== "input") return own;
  const options = (field.options ?? []).map(plain).filter((o) => o !== "");
  const how =
    field.type === "datetime"
      ? "例如 今天14:30、11月22日18:00"
      : options.length > 0
        ? `可填 ${clip(options.join(JOIN), 80)}${isMulti(field) ? "，几个用、隔开" : ""}`
        : "";
  return [own, how].filter((text) => text !== "").join("；");
}

const isMulti = (field: FormField): boolean => field.type === "multiselect";

function inputFor(field: FormField, context: FieldContext): Element {
  if (field.type === "datetime" && (!field.value || STAMP.test(field.value))) return picker(field);
  const options = field.options === undefined || context.typed ? [] : optionsOf(field);
  if (options.length === 0 || options.length > MAX_OPTIONS) return typed(field, context);
  if (field.type === "person") return people(field, options, context) ?? choice(field, options);
  return field.type === "select" || isMulti(field) ? choice(field, options) : typed(field, context);
}

const named = (tag: string, { name, required }: FormField): Element => ({
  tag,
  name,
  required: required ?? false,
  width: "fill",
});

const placeholder = (text: string): Record<string, unknown> => ({ placeholder: words(clip(plain(text), PLACEHOLDER)) });

function typed(field: FormField, { prefill }: FieldContext): Element {
  const value = clip(plain(field.value ?? ""), Math.min(prefill, MAX_LENGTH));
  const input = {
    ...named("input", field),
    max_length: MAX_LENGTH,
    ...(field.type === "longtext" ? { input_type: "multiline_text", rows: 3, auto_resize: true } : {}),
  };
  if (value !== "") return { ...input, ...placeholder("请填写"), default_value: value };
  return { ...input, ...placeholder(hintOf(field, input) || "请填写") };
}

const picker = (field: FormField): Element => ({
  ...named("picker_datetime", field),
  ...placeholder("请选择日期和时间"),
  ...(field.value ? { initial_datetime: field.value } : {}),
});

/** Chosen values, as far as they are prefilled. */
const chosenIn = (field: FormField): string[] =>
  (isMulti(field) ? (field.value ?? "").split(JOIN) : [field.value ?? ""]).map(plain).filter((v) => v !== "");

/** The options, prefilled values that are none of them included: they shall not get lost. */
function optionsOf(field: FormField): string[] {
  const chosen = chosenIn(field);
  const given = (field.options ?? []).map(plain);
  const order = given.length > SHORT ? [...chosen, ...given] : [...given, ...chosen];
  return [...new Set(order)].filter((o) => o !== "");
}

function choice(field: FormField, options: readonly string[]): Element {
  const chosen = chosenIn(field);
  // A choice of one person, or one with an empty option, may be left open again; Feishu has no way to take a choice back.
  const open = !isMulti(field) && !field.required && (field.type === "person" || field.options?.includes(""));
  const list = [
    ...options.map((value) => ({ text: words(clip(value, PLACEHOLDER)), value })),
    ...(open ? [{ text: words("（不选）"), value: NONE }] : []),
  ];
  return {
    ...named(isMulti(field) ? "multi_select_static" : "select_static", field),
    ...placeholder("请选择"),
    options: list,
    ...(chosen.length === 0 ? {} : isMulti(field) ? { selected_values: chosen } : { initial_option: chosen[0] }),
  };
}

/** With faces, when everybody has an account here: one wrong id and Feishu refuses the whole card. */
function people(field: FormField, names: readonly string[], { openIdOf }: FieldContext): Element | undefined {
  const ids = new Map(names.map((name) => [name, openIdOf(name)]));
  const known = [...ids.values()].filter((id) => id !== undefined);
  if (new Set(known).size < names.length) return undefined;
  const chosen = ids.get(chosenIn(field)[0] ?? "");
  return {
    ...named("select_person", field),
    ...placeholder("请选择"),
    options: known.map((value) => ({ value })),
    ...(chosen ? { initial_option: chosen } : {}),
  };
}
