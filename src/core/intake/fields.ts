import { envelopeEnd } from "./envelope.ts";
import { FIELD_EMOJI, FIELD_LABELS, type FieldKey } from "./lexicon.ts";
import { alternatives, type Span } from "./words.ts";

/** A labelled piece of a report: 发现时间：今天10:05. Offsets are those of the value in the normalised text. */
export interface Field extends Span {
  key: FieldKey;
  value: string;
  /** Where the label begins. */
  labelFrom: number;
  /** What stands in brackets between label and colon. */
  note: string;
}

const KEY_BY_LABEL = new Map<string, FieldKey>();
for (const [key, labels] of Object.entries(FIELD_LABELS) as [FieldKey, readonly string[]][])
  for (const label of labels) KEY_BY_LABEL.set(label, key);

/** Two-character labels are often spread over four places: 标 题. */
const LABEL_WORDS = [...KEY_BY_LABEL.keys()].flatMap((w) =>
  w.length === 2 && !/\w/.test(w) ? [w, `${w[0]} ${w[1]}`] : [w],
);
const BULLET =
  "(?:[-·•●◆▪*#>]{1,3}|\\d{1,2}[.、)）]|[一二三四五六七八九十]、|[（(][\\d一二三四五六七八九十]{1,2}[）)]|[\\u2460-\\u2487\\u2776-\\u277f])? ?";
const LABEL = new RegExp(
  `(?<lead>^|[\\n；;。，,|｜】)）\\]、 \\p{Extended_Pictographic}])` +
    BULLET +
    `(?:\\*{0,2}(?<label>${alternatives(LABEL_WORDS)})\\*{0,2} ?(?:[（(](?<note>[^）)\\n]{0,12})[）)])? ?[:：=]\\*{0,2} ?` +
    `|【(?<boxed>${alternatives(LABEL_WORDS)})】 ?[:：]? ?)`,
  "gu",
);
/** 标题 停水 · 平台｜抖音 · 单位——县水务局: other signs divide label and value only where several lines are written so. */
const LINE_LABEL = new RegExp(
  `(?<lead>^|\\n)${BULLET}\\*{0,2}(?<label>${alternatives(LABEL_WORDS.filter((w) => w.length > 1))})\\*{0,2}(?<sign> ?[|｜/] ?| ?[—–-]{1,2}(?!\\d) ?| )(?=[^\\s:：=|｜/—–-])`,
  "g",
);
const EMOJI_LABEL = new RegExp(`(?<emoji>${alternatives(Object.keys(FIELD_EMOJI))}) ?`, "gu");

/** 标题：（无） */
const NIL = /^[（(]?(?:无|暂无|没有|空|略|不涉及|未知|待补充?|待填写?|N\/A|[-—/]{1,3})[）)]?$/i;

/** Values that may run over several lines. */
const LONG: ReadonlySet<FieldKey> = new Set(["summary", "suggestion"]);
/** Values that are lists, in which a semicolon does not end the value. */
const LIST: ReadonlySet<FieldKey> = new Set(["url", "units", "place", "platform", "heat", "title"]);

interface Label {
  key: FieldKey;
  from: number;
  valueFrom: number;
  lineStart: boolean;
  note: string;
}

/** The labelled fields of a report, in order. A text without labels has none. */
export function readFields(text: string): Field[] {
  const labels = [...findLabels(text), ...findLineLabels(text), ...findEmojiLabels(text)].sort(
    (a, b) => a.from - b.from,
  );
  const fields: Field[] = [];
  labels.forEach((label, index) => {
    const next = labels[index + 1]?.from ?? text.length;
    if (next < label.valueFrom) return;
    const to = trimEnd(text, label.valueFrom, endOf(text, label, next));
    const value = text.slice(label.valueFrom, to);
    fields.push({
      key: label.key,
      // "无" says something of casualties only; any other field is simply left out.
      value: label.key !== "casualties" && NIL.test(value) ? "" : value,
      from: label.valueFrom,
      to,
      labelFrom: label.from,
      note: label.note,
    });
  });
  return fields;
}

function* findLabels(text: string): Iterable<Label> {
  LABEL.lastIndex = 0;
  for (let m = LABEL.exec(text); m; m = LABEL.exec(text)) {
    const { lead = "", label, boxed, note = "" } = m.groups ?? {};
    const key = KEY_BY_LABEL.get((label ?? boxed ?? "").replaceAll(" ", ""));
    const valueFrom = m.index + m[0].length;
    // The separator before the next label may be the last character of this match's value.
    LABEL.lastIndex = valueFrom;
    if (key) yield { key, from: m.index + lead.length, valueFrom, lineStart: lead === "" || lead === "\n", note };
  }
}

function findLineLabels(text: string): Label[] {
  const bySign = new Map<string, Label[]>();
  // Behind 领导您好， the first line begins.
  const start = envelopeEnd(text);
  for (const m of text.slice(start).matchAll(LINE_LABEL)) {
    const { lead = "", label = "", sign = "" } = m.groups ?? {};
    const key = KEY_BY_LABEL.get(label.replaceAll(" ", ""));
    if (!key) continue;
    const at = start + m.index;
    const found = { key, from: at + lead.length, valueFrom: at + m[0].length, lineStart: true, note: "" };
    const alike = bySign.get(sign.trim());
    if (alike) alike.push(found);
    else bySign.set(sign.trim(), [found]);
  }
  return [...bySign.values()].filter((labels) => labels.length > 1).flat();
}

function* findEmojiLabels(text: string): Iterable<Label> {
  for (const m of text.matchAll(EMOJI_LABEL)) {
    const key = FIELD_EMOJI[m.groups?.emoji ?? ""];
    const lineStart = m.index === 0 || text[m.index - 1] === "\n" || text[m.index - 1] === " ";
    // 🔥 after a sentence is decoration, not a label.
    if (key && lineStart) yield { key, from: m.index, valueFrom: m.index + m[0].length, lineStart: true, note: "" };
  }
}

function endOf(text: string, label: Label, next: number): number {
  if (LONG.has(label.key)) return next;
  const line = text.slice(label.valueFrom, next).indexOf("\n");
  let end = line === -1 ? next : label.valueFrom + line;
  if (label.key === "title" && label.lineStart) return end;
  const stop = label.lineStart && LIST.has(label.key) ? /[。！]/ : /[；;。！]/;
  const found = text.slice(label.valueFrom, end).search(stop);
  if (found !== -1) end = label.valueFrom + found;
  return end;
}

function trimEnd(text: string, from: number, to: number): number {
  let end = to;
  for (;;) {
    while (end > from && /[\s，,；;。|、]/.test(text[end - 1] as string)) end--;
    // 周敏🙏🙏: decoration behind a value is no part of it.
    const sign = /\p{Extended_Pictographic}$/u.exec(text.slice(Math.max(from, end - 2), end))?.[0];
    if (!sign || sign.length === 1) break;
    end -= sign.length;
  }
  return end;
}

/** The first field with this key that says something. */
export function fieldOf(fields: readonly Field[], key: FieldKey): Field | undefined {
  return fields.find((f) => f.key === key && f.value !== "");
}
