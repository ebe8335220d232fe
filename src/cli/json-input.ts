import { BotError } from "#core/errors.ts";

/** One JSON object of the input and the line on which it starts. */
export interface InputObject {
  value: Record<string, unknown>;
  /** From 1. */
  line: number;
  text: string;
}

/** The line on which a field of the object stands; that of the object when the field is not written out. */
export function lineOf({ text, line }: InputObject, field: string): number {
  const at = text.indexOf(JSON.stringify(field));
  return at < 0 ? line : line + text.slice(0, at).split("\n").length - 1;
}

/**
 * Reads one JSON object, over as many lines as it likes, or JSON Lines.
 * @throws BotError bad-input, naming the line
 */
export function readObjects(input: string): InputObject[] {
  const lines = input.split("\n").map((text, index) => ({ text: text.trim(), line: index + 1 }));
  const filled = lines.filter(({ text }) => text !== "");
  const first = filled[0];
  if (!first) throw new BotError("bad-input", "没有输入:请从标准输入给一个 JSON 对象,或每行一个 JSON 对象");
  if (filled.length > 1 && isJson(first.text))
    return filled.map(({ text, line }) => ({ value: object(text, line), line, text }));
  const text = input.trim();
  return [{ value: object(text, first.line), line: first.line, text }];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function object(text: string, line: number): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new BotError("bad-input", `第 ${line + lineWithin(text, cause)} 行不是完整的 JSON,请检查引号、逗号和括号`, {
      cause,
    });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new BotError("bad-input", `第 ${line} 行应是一个 JSON 对象;多个对象请每行写一个`);
  return value as Record<string, unknown>;
}

/** Lines between the start of the text and the place where JSON.parse gave up, as far as its message tells. */
function lineWithin(text: string, error: unknown): number {
  const position = /position (\d+)/.exec(String(error))?.[1];
  const before = position === undefined ? text : text.slice(0, Number(position));
  return before.split("\n").length - 1;
}
