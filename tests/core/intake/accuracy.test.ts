import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type FieldScore, type Misread, score, type Written } from "./score.ts";

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** Messages with the parse that each should give: those of the specification, and five written by strangers to the parser. */
const CORPORA = ["reports", "corpus/a", "corpus/b", "corpus/c", "corpus/d", "corpus/e"].map((name) => {
  const file = JSON.parse(readFileSync(at(`tests/fixtures/${name}.json`), "utf8")) as Record<
    "reports" | "extras",
    Written[]
  >;
  const samples = [...file.reports, ...file.extras];
  return { name: name.replace("corpus/", ""), samples, ...score(samples) };
});

/** What is still misread: a name that goes, or one that comes, is a change of the parser that somebody has to look at. */
const STILL_MISREAD = ["C27 places"];

const sum = (fields: readonly FieldScore[], what: "compared" | "right"): number =>
  fields.reduce((total, field) => total + field[what], 0);

describe("messages of people who had not seen the parser", () => {
  it.each(CORPORA)("$name: at least 97 % of the fields are read as their author expects", ({ fields }) => {
    expect(sum(fields, "right") / sum(fields, "compared")).toBeGreaterThanOrEqual(0.97);
  });

  it("are misread in the known places and in no other", () => {
    const all = CORPORA.flatMap((c) => c.fields);
    expect(sum(all, "compared")).toBeGreaterThan(3000);
    const misread = CORPORA.flatMap((c) => c.misread.map((m) => `${m.sample} ${m.field}`));
    expect(misread.sort()).toEqual(STILL_MISREAD);
  });

  it("are counted field by field on the page of the documents", async () => {
    await expect(page()).toMatchFileSnapshot(at("docs/intake-accuracy.md"));
  });
});

function page(): string {
  const names = [...new Set(CORPORA.flatMap((c) => c.fields.map((f) => f.field)))].sort();
  const rows = names.map((name) => {
    const found = CORPORA.map((c) => c.fields.filter((f) => f.field === name));
    return row(name, found);
  });
  const samples = CORPORA.map((c) => `${c.name} ${c.samples.length}`).join(", ");
  return `# How accurately messages are read

Generated from the fixtures by \`npx vitest run tests/core/intake/accuracy -u\`; what is counted and how: [intake.md](intake.md).
Messages: ${samples}. A cell is right/compared; "personal data" counts raw numbers and names that may occur nowhere in the result.

| field | compared | right | % | ${CORPORA.map((c) => c.name).join(" | ")} |
|---|--:|--:|--:|${"--:|".repeat(CORPORA.length)}
${rows.join("\n")}
${row(
  "**all**",
  CORPORA.map((c) => c.fields),
)}

## Still misread

| message | field | read | expected |
|---|---|---|---|
${CORPORA.flatMap((c) => c.misread.map(misreadRow)).join("\n")}
`;
}

function row(name: string, byCorpus: readonly (readonly FieldScore[])[]): string {
  const all = byCorpus.flat();
  const [compared, right] = [sum(all, "compared"), sum(all, "right")];
  // Rounded down: 100 % means all of them.
  const percent = (Math.floor((10_000 * right) / compared) / 100).toFixed(2);
  const cells = byCorpus.map((fields) =>
    fields.length === 0 ? "–" : `${sum(fields, "right")}/${sum(fields, "compared")}`,
  );
  return `| ${[name, compared, right, percent, ...cells].join(" | ")} |`;
}

function misreadRow({ sample, field, got, expected }: Misread): string {
  return `| ${[sample, field, ...[got, expected].map((v) => `\`${JSON.stringify(v)}\``)].join(" | ")} |`;
}
