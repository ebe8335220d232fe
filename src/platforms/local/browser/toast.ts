import { useEffect, useState } from "preact/hooks";
import type { Toast } from "#core/ports.ts";
import { html } from "./html.ts";

const SHOWN_FOR = 4_500;
const listeners = new Set<(toast: Toast) => void>();

/** Shows a short answer at the top of the window. */
export function showToast(toast: Toast): void {
  for (const listener of listeners) listener(toast);
}

export function ToastArea() {
  const [toast, setToast] = useState<Toast>();
  useEffect(() => {
    listeners.add(setToast);
    return () => {
      listeners.delete(setToast);
    };
  }, []);
  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(() => setToast(undefined), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [toast]);
  return html`<div class="toast-area" role="status" aria-live="polite">
    ${toast && html`<p class=${`toast toast-${toast.tone}`}>${toast.text}</p>`}
  </div>`;
}
