import type { Button, Card, Form } from "#core/message/card.ts";
import type { Instant } from "#core/time.ts";
import { TITLE } from "./blocks.ts";
import { routed } from "./button.ts";
import { type FeishuCard, inFrame } from "./card.ts";
import { type Element, paragraph } from "./elements.ts";
import { clip, plain } from "./escape.ts";
import { fieldElements } from "./form-field.ts";
import { limitElements } from "./limit.ts";
import { type Kinds, nameOfRoute, type Route } from "./routing.ts";
import { fits, sizeOf } from "./size.ts";

export interface FormContext {
  now: Instant;
  /** The message whose card has the button: the press is a press on it, and 返回 leads back to it. */
  origin: string;
  openIdOf?: (name: string) => string | undefined;
}

/** Characters of prefilled values, tried from the most to none until the card fits. */
const MOST = 1000;
const LESS = [300, 100];
/** Of the case, only what one has to see while filling in. */
const LIMITS = 2;
const LINE = 120;

/** The form of a button as a card of its own: the case in short, the fields, 提交 and 返回. */
export function renderForm(button: Button & { form: Form }, card: Card, context: FormContext): FeishuCard {
  const { form } = button;
  // Lists that are too long are typed, the longest first; then values that are too long are left to be typed again.
  const choices = form.fields.filter((f) => f.options !== undefined);
  const longest = choices.toSorted((a, b) => optionBytes(b) - optionBytes(a)).map((f) => f.name);
  const tries = [
    ...longest.map((_, i) => ({ typed: new Set(longest.slice(0, i)), prefill: MOST })),
    ...[MOST, ...LESS].map((prefill) => ({ typed: new Set(longest), prefill })),
  ];
  const shortest = { typed: new Set(longest), prefill: 0 };
  const fitting = tries.find((t) => fits(sizeOf(withFields(button, card, context, t)))) ?? shortest;
  return withFields(button, card, context, fitting);
}

const optionBytes = ({ options = [] }: { options?: readonly string[] }): number =>
  Buffer.byteLength(JSON.stringify(options)) + 100 * options.length;

function withFields(
  button: Button & { form: Form },
  card: Card,
  { now, origin, openIdOf = () => undefined }: FormContext,
  { typed, prefill }: { typed: ReadonlySet<string>; prefill: number },
): FeishuCard {
  const { form, action, values, style } = button;
  const fields = form.fields.flatMap((field) =>
    fieldElements(field, { openIdOf, typed: typed.has(field.name), prefill }),
  );
  // What the form asks for, the button does not say.
  const asked = new Set(form.fields.map((f) => f.name));
  const held = Object.fromEntries(Object.entries(values).filter(([name]) => !asked.has(name)));
  const route: Route = { a: action, v: held, m: origin, ...kindsIn(fields) };
  const submit: Element = {
    ...routed(plain(form.submit) || "提交", route, style === "danger" ? "danger" : "primary"),
    // Some clients send back only the name, others only the value.
    name: nameOfRoute(route),
    form_action_type: "submit",
  };
  const title = clip(plain(form.title), TITLE) || "填写";
  return inFrame(title, card.tone, [
    ...headOf(card, title, now),
    { tag: "form", name: "form", vertical_spacing: "8px", elements: [...fields, submit] },
    routed("返回", { b: origin }),
  ]);
}

const KINDS: Readonly<Record<string, Kinds[string]>> = {
  select_person: "account",
  picker_datetime: "time",
  select_static: "choice",
};

/** Which inputs send something else than words. */
function kindsIn(inputs: readonly Element[]): { k?: Kinds } {
  const kinds = inputs.flatMap(({ tag, name }) => {
    const kind = KINDS[tag];
    return kind && typeof name === "string" ? [[name, kind] as const] : [];
  });
  return kinds.length > 0 ? { k: Object.fromEntries(kinds) } : {};
}

/** What the case is, and what ends first. */
function headOf({ lines }: Card, title: string, now: Instant): Element[] {
  const strong = lines.flatMap((l) => (l.kind === "text" && l.emphasis === "strong" ? [plain(l.text)] : []))[0];
  const running = lines.flatMap((l) => (l.kind === "limit" && l.stoppedAt === undefined ? [l] : []));
  return [
    ...(strong && !title.includes(strong) ? [paragraph(clip(strong, LINE), "strong")] : []),
    ...running
      .slice(0, LIMITS)
      .flatMap((l) => limitElements({ ...l, label: clip(l.label, LINE), note: clip(l.note ?? "", LINE) }, now)),
  ];
}
