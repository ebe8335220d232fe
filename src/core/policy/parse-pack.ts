import { nearestName } from "#core/nearest-name.ts";
import { readYamlPlaces, type TextPlace } from "#core/yaml-places.ts";
import { type Pack, PackSchema } from "./pack.ts";
import { PACK_FIELDS } from "./pack-fields.ts";
import { check, type SchemaProblem } from "./schema-problems.ts";

/** One thing that is wrong in a pack file. */
export interface PackProblem {
  file: string;
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
  /** One Chinese sentence. */
  reason: string;
}

/** The pack and where its values stand in the file, or everything that is wrong. */
export type ParsedPack = { pack: Pack; at: (path: readonly PropertyKey[]) => TextPlace } | { problems: PackProblem[] };

/**
 * Reads one pack: one YAML document per file, named after the pack. Every problem is reported with its place in the file.
 * @param file name for the report; its last part must be "<id>.yaml"
 */
export function parsePack(file: string, text: string): ParsedPack {
  const yaml = readYamlPlaces(text);
  if ("syntax" in yaml) return { problems: [{ file, ...yaml.syntax }] };
  const { at } = yaml;
  const data: unknown = yaml.document.toJS();
  const checked = check(PackSchema, data);
  const problems = "problems" in checked ? withoutEchoes(checked.problems).map(guessed) : [];
  const found = [...problems, ...wrongName(file, data)].map(({ path, reason }) => ({ file, ...at(path), reason }));
  if ("problems" in checked || found.length > 0)
    return { problems: found.sort((a, b) => a.line - b.line || a.column - b.column) };
  return { pack: checked.value, at };
}

function wrongName(file: string, data: unknown): SchemaProblem[] {
  const id = (data as { id?: unknown } | null)?.id;
  if (typeof id !== "string" || file.split(/[\\/]/).at(-1) === `${id}.yaml`) return [];
  return [{ path: ["id"], reason: `文件名应为 ${id}.yaml,与 id 一致` }];
}

const UNKNOWN = "不认识的字段 ";

/** A map whose only field is misspelt is not empty as well. */
function withoutEchoes(problems: readonly SchemaProblem[]): SchemaProblem[] {
  const holders = new Set(
    problems.filter(({ reason }) => reason.startsWith(UNKNOWN)).map(({ path }) => path.slice(0, -1).join()),
  );
  return problems.filter(({ path, reason }) => !reason.includes(":不能为空") || !holders.has(path.join()));
}

const FIELD_NAMES = [...new Set(Object.keys(PACK_FIELDS).flatMap((path) => path.split(".")))];

/** A field that no pack has, with the one that was meant. */
function guessed({ path, reason }: SchemaProblem): SchemaProblem {
  const field = String(path.at(-1));
  const near = reason === `${UNKNOWN}${field}` ? nearestName(field, FIELD_NAMES) : undefined;
  return { path, reason: near === undefined ? reason : `${reason},是不是 ${near}?` };
}
