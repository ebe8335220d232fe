import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Form } from "#core/message/card.ts";
import { FieldInput } from "./form-field.ts";
import { html } from "./html.ts";

interface Props {
  form: Form;
  danger: boolean;
  /** Resolves with a sentence when the input was refused. */
  onSubmit: (inputs: Record<string, string>) => Promise<string | undefined>;
  onClose: () => void;
}

/** A form in a dialog, from the bottom edge on a phone. Only fields with a value are sent along. */
export function FormSheet({ form, danger, onSubmit, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  const [values, setValues] = useState(() => Object.fromEntries(form.fields.map((f) => [f.name, f.value ?? ""])));
  const [checked, setChecked] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const missing = form.fields.filter((f) => f.required && !values[f.name]?.trim());

  useEffect(() => {
    const box = dialog.current;
    box?.showModal();
    // The title is read out, and no phone's keyboard comes up.
    title.current?.focus();
    // Closing, and not only going away, gives the focus back to the button that opened it.
    return () => box?.close();
  }, []);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setChecked(true);
    const [first] = missing;
    if (first) {
      dialog.current
        ?.querySelector<HTMLElement>(`[data-field="${CSS.escape(first.name)}"] :is(input, textarea, select, button)`)
        ?.focus();
      return;
    }
    setBusy(true);
    setProblem(undefined);
    const given = Object.entries(values).filter(([, value]) => value.trim() !== "");
    const refused = await onSubmit(Object.fromEntries(given));
    setBusy(false);
    setProblem(refused);
  };
  const untouched = form.fields.every((f) => values[f.name] === (f.value ?? ""));
  const clickedBeside = (event: MouseEvent): void => {
    if (event.target === dialog.current && untouched) onClose();
  };
  return html`<dialog class="sheet" ref=${dialog} aria-labelledby=${titleId} onClose=${onClose} onClick=${clickedBeside}>
    <form novalidate onSubmit=${submit}>
      <header>
        <h2 id=${titleId} tabindex="-1" ref=${title}>${form.title}</h2>
        <button type="button" class="close" aria-label="关闭" onClick=${onClose}>×</button>
      </header>
      <div class="sheet-fields">
        ${form.fields.map(
          (field) => html`<${FieldInput}
            key=${field.name}
            field=${field}
            value=${values[field.name] ?? ""}
            missing=${checked && missing.includes(field)}
            onValue=${(value: string) => setValues((v) => ({ ...v, [field.name]: value }))}
          />`,
        )}
      </div>
      ${problem && html`<p class="sheet-problem" role="alert">${problem}</p>`}
      <footer>
        <button type="button" class="button" disabled=${busy} onClick=${onClose}>取消</button>
        <button type="submit" class=${`button ${danger ? "danger" : "primary"}`} disabled=${busy} aria-busy=${busy}>
          ${form.submit}
        </button>
      </footer>
    </form>
  </dialog>`;
}
