import { z } from "zod";
import type { Button, Card } from "#core/message/card.ts";
import { readInputs } from "./inputs.ts";
import { Route, routeOfName } from "./routing.ts";

/** What a press on one of our cards asks for. */
export type Pressed =
  /** Runs a command. `origin` is the message from whose card the form was opened; without it the pressed message itself. */
  | { kind: "run"; action: string; values: Record<string, string>; origin?: string }
  /** Opens the form of a button: `formButton` finds it on the card as it stands now. */
  | { kind: "open"; action: string; label: string; values: Record<string, string> }
  /** Shows another page of the pressed card. */
  | { kind: "page"; page: number }
  /** Leaves a form: the card of `origin` takes its place again. */
  | { kind: "back"; origin: string };

const Data = z.object({
  action: z.object({
    value: z.unknown().optional(),
    name: z.string().optional(),
    form_value: z.record(z.string(), z.unknown()).nullish(),
  }),
});

/**
 * Reads an event card.action.trigger; undefined when it comes from no button of ours.
 * @param nameOf name in the roster of a person who was chosen
 */
export function readPress(data: unknown, nameOf: (openId: string) => string | undefined): Pressed | undefined {
  const action = Data.safeParse(data).data?.action;
  if (!action) return undefined;
  const route = Route.safeParse(action.value).data ?? routeOfName(action.name);
  if (!route) return undefined;
  if ("p" in route) return { kind: "page", page: route.p };
  if ("b" in route) return { kind: "back", origin: route.b };
  const { a, v, o, m, k = {} } = route;
  if (o !== undefined) return { kind: "open", action: a, label: o, values: v };
  // What the button says stands: the client could send any name along with the form.
  const values = { ...readInputs(action.form_value ?? {}, k, nameOf), ...v };
  return { kind: "run", action: a, values, ...(m === undefined ? {} : { origin: m }) };
}

/** A version says which state of the case a card showed; it is no part of what a button is. */
const VERSION = "版本";

/** The button whose form was asked for, on the card as it stands now: the same one, of whatever version of the case. */
export function formButton(card: Card, asked: Extract<Pressed, { kind: "open" }>): Button | undefined {
  const key = (values: Record<string, string>): string =>
    JSON.stringify(
      Object.entries(values)
        .filter(([name]) => name !== VERSION)
        .sort(([x], [y]) => (x < y ? -1 : 1)),
    );
  return card.buttons.find(
    (b) => b.form && b.action === asked.action && b.label === asked.label && key(b.values) === key(asked.values),
  );
}
