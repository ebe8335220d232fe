import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { BotError } from "#core/errors.ts";
import { packJsonSchema } from "#core/policy/pack-json-schema.ts";
import { appParts, commandsPage, type DocsContext, fillParts, readmeParts } from "./cli/docs.ts";
import { rulesPage } from "./cli/rules-page.ts";
import { discoverCommands } from "./discover.ts";
import { CALLBACKS, EVENTS, SCOPES } from "./platforms/feishu/scopes.ts";
import { loadSetup } from "./setup.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/**
 * The documents that follow from the commands, the rules and what a platform needs: path → text as it should be.
 * @throws BotError bad-config when one of them has lost a marker
 */
async function generated(root: string): Promise<Map<string, string>> {
  const { commands } = await discoverCommands();
  const { packs, config } = loadSetup();
  const context: DocsContext = { commands, packs, config };
  return new Map([
    ["README.md", filled(root, "README.md", readmeParts(context))],
    ["docs/commands.md", commandsPage(context)],
    [
      "docs/feishu.md",
      filled(root, "docs/feishu.md", appParts({ scopes: SCOPES, events: EVENTS, callbacks: CALLBACKS })),
    ],
    ["docs/rules.md", rulesPage(context)],
    ["schemas/rule-pack.schema.json", `${JSON.stringify(packJsonSchema(), null, 2)}\n`],
  ]);
}

function filled(root: string, path: string, parts: Readonly<Record<string, string>>): string {
  const { text, missing } = fillParts(contentOf(join(root, path)) ?? "", parts);
  if (missing.length === 0) return text;
  const markers = missing.map((n) => `<!-- ${n}:begin --> 和 <!-- ${n}:end -->`).join("、");
  throw new BotError("bad-config", `${path} 里缺少标记：${markers}。请补上后再运行。`);
}

/** Generated documents that are not as they should be. */
export async function staleDocs(root = ROOT): Promise<string[]> {
  return [...(await generated(root))].filter(([path, text]) => contentOf(join(root, path)) !== text).map(([p]) => p);
}

/** Brings the generated documents up to date. @returns those that changed */
export async function writeDocs(root = ROOT): Promise<string[]> {
  const stale = await staleDocs(root);
  for (const [path, text] of await generated(root)) if (stale.includes(path)) write(join(root, path), text);
  return stale;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
