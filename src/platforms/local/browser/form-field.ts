import { useId } from "preact/hooks";
import type { FormField } from "#core/message/card.ts";
import { html } from "./html.ts";

/** Several values are joined by this. */
const JOIN = "、";
/** More options than this become a list to open. */
const MANY = 9;
/** A time is typed here, and may be in words. */
const TIME = "例如 今天14:30、11月22日18:00";

interface Props {
  field: FormField;
  value: string;
  missing: boolean;
  onValue: (value: string) => void;
}

/** One field of a form, with its label, hint and, after a try to submit, what is wrong. */
export function FieldInput({ field, value, missing, onValue }: Props) {
  const id = useId();
  const note = missing ? `请填写${field.label}。` : hintOf(field);
  const noteId = note ? `${id}-note` : undefined;
  const typed = (e: Event): void => onValue((e.target as HTMLInputElement).value);
  const shared = {
    id,
    value,
    onInput: typed,
    "aria-invalid": missing,
    "aria-describedby": noteId,
    "aria-required": field.required,
  };
  const options = optionsOf(field, value);
  const one = field.type === "select" || field.type === "person";
  const chips = field.type === "multiselect" || (one && options.length <= MANY);
  const label = html`${field.label}${field.required && html`<span class="required" aria-hidden="true"> *</span>`}`;
  return html`<div class=${`form-field ${missing ? "is-missing" : ""}`} data-field=${field.name}>
    ${
      chips
        ? html`<${Chips} label=${label} options=${options} several=${field.type === "multiselect"} value=${value} note=${note} noteId=${noteId} onValue=${onValue} />`
        : html`<label for=${id}>${label}</label>
            ${
              field.type === "longtext"
                ? html`<textarea rows="3" ...${shared}></textarea>`
                : one
                  ? html`<select ...${shared}>
                      <option value="">请选择</option>
                      ${options.map((o) => html`<option key=${o} value=${o}>${o}</option>`)}
                    </select>`
                  : html`<input type="text" autocomplete="off" ...${shared} />`
            }`
    }
    ${note && !chips && html`<small id=${noteId}>${note}</small>`}
  </div>`;
}

interface ChipsProps {
  label: unknown;
  options: readonly string[];
  several: boolean;
  value: string;
  note: string | undefined;
  noteId: string | undefined;
  onValue: (value: string) => void;
}

/** Options to tap, with the note above them: many options reach below the edge. A second tap takes the choice back. */
function Chips({ label, options, several, value, note, noteId, onValue }: ChipsProps) {
  const chosen = value === "" ? [] : several ? value.split(JOIN) : [value];
  const toggle = (option: string): void => {
    const rest = several ? chosen.filter((c) => c !== option) : [];
    const next = chosen.includes(option) ? rest : [...rest, option];
    onValue(options.filter((o) => next.includes(o)).join(JOIN));
  };
  return html`<fieldset aria-describedby=${noteId}>
    <legend>${label}${several && html`<span class="quiet">（可多选）</span>`}</legend>
    ${note && html`<small id=${noteId}>${note}</small>`}
    <div class="chips">
      ${options.map(
        (
          o,
        ) => html`<button type="button" key=${o} class="chip" aria-pressed=${chosen.includes(o)} onClick=${() => toggle(o)}>
          ${o}
        </button>`,
      )}
    </div>
  </fieldset>`;
}

const hintOf = ({ type, hint }: FormField): string | undefined =>
  type === "datetime" ? [hint, TIME].filter(Boolean).join("；") : hint;

/** The options, and prefilled values that are none of them: they shall not get lost. */
function optionsOf({ options = [], type }: FormField, value: string): string[] {
  const given = value === "" ? [] : type === "multiselect" ? value.split(JOIN) : [value];
  // None is chosen by choosing nothing.
  return [...new Set([...options, ...given])].filter((o) => o !== "");
}
