import type { Button } from "#core/message/card.ts";
import { type Element, words } from "./elements.ts";
import { clip, plain } from "./escape.ts";
import type { Route } from "./routing.ts";

/** Feishu refuses longer labels. */
const LABEL = 100;

const TYPES = { primary: "primary_filled", danger: "danger_filled", plain: "default" } as const;

/** A button that sends this route back. */
export const routed = (label: string, route: Route, style: keyof typeof TYPES = "plain"): Element => ({
  tag: "button",
  type: TYPES[style],
  text: words(clip(plain(label), LABEL)),
  behaviors: [{ type: "callback", value: route }],
});

/** A button of a card: runs its command, or opens its form. What cannot be taken back is asked for once more. */
export function actionButton({ action, label, values, style, form }: Button): Element {
  const shown = plain(label) || plain(action) || "办理";
  const route: Route = { a: action, v: values, ...(form ? { o: label } : {}) };
  const sure =
    style === "danger" && !form
      ? { confirm: { title: words(clip(shown, LABEL)), text: words("办理后记入留痕，请确认。") } }
      : {};
  return { ...routed(shown, route, style), ...sure };
}
