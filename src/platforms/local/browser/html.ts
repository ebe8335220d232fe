import htm from "htm";
import { h, type VNode } from "preact";

type Html = (strings: TemplateStringsArray, ...values: unknown[]) => VNode;

/** The package declares itself as CommonJS, but what is imported, here and in the browser, is the function itself. */
const bindable = htm as unknown as { bind(build: typeof h): Html };

/** Preact elements from a template; values are always text or elements, never markup. */
export const html = bindable.bind(h);
