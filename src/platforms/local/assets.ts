import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { fileURLToPath } from "node:url";

export interface Asset {
  type: string;
  body: string;
  etag: string;
}

/** Modules of packages and of the core that the browser imports by these names. */
const SHARED: Record<string, { path: string; source: string }> = {
  preact: { path: "lib/preact.mjs", source: import.meta.resolve("preact") },
  "preact/hooks": { path: "lib/hooks.mjs", source: import.meta.resolve("preact/hooks") },
  htm: { path: "lib/htm.mjs", source: import.meta.resolve("htm") },
  "#core/time.ts": { path: "core/time.ts", source: import.meta.resolve("#core/time.ts") },
};
const OWN = new URL("./browser/", import.meta.url);

const sources = new Map([
  ...Object.values(SHARED).map(({ path, source }) => [path, new URL(source)] as const),
  ...readdirSync(OWN).map((name) => [name, new URL(name, OWN)] as const),
]);
const ready = new Map<string, Asset>();

/**
 * A file of the browser's side by its path below `<prefix>/assets/`; undefined for anything that is not on the list.
 * TypeScript is served with its types blanked out, so there is no build step.
 */
export function asset(path: string): Asset | undefined {
  const source = sources.get(path);
  if (!source) return undefined;
  const known = ready.get(path);
  if (known) return known;
  const text = readFileSync(fileURLToPath(source), "utf8");
  const body = path.endsWith(".ts") ? stripTypeScriptTypes(text) : text;
  const made = {
    type: `${path.endsWith(".css") ? "text/css" : "text/javascript"}; charset=utf-8`,
    body,
    etag: `"${sha256(body).slice(0, 22)}"`,
  };
  ready.set(path, made);
  return made;
}

/** The import map of a mounted platform, and its hash for the Content-Security-Policy. */
export function importMap(prefix: string): { json: string; hash: string } {
  const imports = Object.fromEntries(
    Object.entries(SHARED).map(([name, { path }]) => [name, `${prefix}/assets/${path}`]),
  );
  const json = JSON.stringify({ imports });
  return { json, hash: `sha256-${sha256(json)}` };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
