import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { BotError } from "#core/errors.ts";
import { packJsonSchema } from "#core/policy/pack-json-schema.ts";
import { commandsPage, type DocsContext, fillReadme } from "./cli/docs.ts";
import { rulesPage } from "./cli/rules-page.ts";
import { discoverCommands } from "./discover.ts";
import { loadSetup } from "./setup.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/**
 * The documents that follow from the commands and the rules: path → text as it should be.
 * @throws BotError bad-config when README.md has lost a marker
 */
async function generated(root: string): Promise<Map<string, string>> {
  const { commands } = await discoverCommands();
  const { packs, config } = loadSetup();
  const context: DocsContext = { commands, packs, config };
  const readme = fillReadme(contentOf(join(root, "README.md")) ?? "", context);
  if (readme.missing.length > 0)
    throw new BotError(
      "bad-config",
      `README.md 里缺少标记:${readme.missing.map((n) => `<!-- ${n}:begin --> 和 <!-- ${n}:end -->`).join("、")}。请补上后再运行。`,
    );
  return new Map([
    ["README.md", readme.text],
    ["docs/commands.md", commandsPage(context)],
    ["docs/rules.md", rulesPage(context)],
    ["schemas/rule-pack.schema.json", `${JSON.stringify(packJsonSchema(), null, 2)}\n`],
  ]);
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
