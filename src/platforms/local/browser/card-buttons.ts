import { useState } from "preact/hooks";
import type { Button } from "#core/message/card.ts";
import type { Toast } from "#core/ports.ts";
import { FormSheet } from "./form-sheet.ts";
import { html } from "./html.ts";
import type { Session } from "./session.ts";
import { showToast } from "./toast.ts";

interface Props {
  session: Session;
  messageId: string;
  buttons: readonly Button[];
}

/** The buttons of a card. While one press is under way no other can be made. */
export function CardButtons({ session, messageId, buttons }: Props) {
  const [pending, setPending] = useState<Button>();
  const [opened, setOpened] = useState<Button>();
  if (buttons.length === 0) return null;

  const press = async (button: Button, inputs: Record<string, string>): Promise<Toast | undefined> => {
    setPending(button);
    const toast = await session.press(messageId, button.action, { ...button.values, ...inputs });
    setPending(undefined);
    return toast;
  };
  const clicked = async (button: Button): Promise<void> => {
    if (pending) return;
    if (button.form) return setOpened(button);
    const toast = await press(button, {});
    if (toast) showToast(toast);
  };
  /** A refusal stays with the form, so that nothing typed is lost; anything else closes it. */
  const submitted = async (button: Button, inputs: Record<string, string>): Promise<string | undefined> => {
    const toast = await press(button, inputs);
    if (toast?.tone === "warning") return toast.text;
    setOpened(undefined);
    if (toast) showToast(toast);
    return undefined;
  };
  return html`<div class="card-buttons">
    ${buttons.map(
      (button) => html`<button
        type="button"
        key=${button.action + button.label}
        class=${`button ${button.style ?? ""}`}
        disabled=${pending !== undefined}
        aria-busy=${pending === button}
        onClick=${() => clicked(button)}
      >${button.label}</button>`,
    )}
    ${
      opened?.form &&
      html`<${FormSheet}
        form=${opened.form}
        danger=${opened.style === "danger"}
        onSubmit=${(inputs: Record<string, string>) => submitted(opened, inputs)}
        onClose=${() => setOpened(undefined)}
      />`
    }
  </div>`;
}
