import {
  constants,
  copyFileSync,
  existsSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, extname, join, parse, resolve, sep } from "node:path";
import { stringify } from "yaml";
import { BotError } from "#core/errors.ts";
import type { Sheet } from "#core/import/table.ts";
import { rosterChanges } from "#core/roster/changes.ts";
import { type Examined, examineYaml } from "#core/roster/examine.ts";
import { isSameRoster } from "#core/roster/plain.ts";
import { newRosterYaml, rosterYaml } from "#core/roster/roster-yaml.ts";
import type { RosterFile } from "#core/roster/schema.ts";
import { examineSheets } from "#core/roster/sheets/examine-sheets.ts";
import type { SheetContext } from "#core/roster/sheets/read-sheets.ts";
import { peopleSheet, rosterSheets } from "#core/roster/sheets/write-sheets.ts";
import { dayOf, type Instant, timeOf } from "#core/time.ts";
import type { RosterCheck, RosterExport, RosterImport } from "./cli/roster.ts";
import { readSheets } from "./documents/spreadsheet.ts";
import { writeCsv } from "./documents/write-csv.ts";
import { writeXlsx } from "./documents/xlsx.ts";
import { replaceFile } from "./replace-file.ts";
import { EXAMPLE, loadSetup, readOffice } from "./setup.ts";

type Mine = ReturnType<typeof readOffice>;

interface RosterOptions {
  config?: string | undefined;
}

export interface RosterImportOptions extends RosterOptions {
  apply: boolean;
  /** File to write in place of the office's own roster file. */
  out?: string | undefined;
}

/** Office hours while the configuration cannot be read. */
const HOURS = ["08:30-12:00", "14:00-17:30"];

/** Looks at a roster file or a workbook, changing nothing. @throws BotError bad-input when it cannot be read at all */
export async function checkRoster(file: string, { config }: RosterOptions, now: Instant): Promise<RosterCheck> {
  if (isSpreadsheet(file)) return readTables(file, contextOf(readOffice(config), now));
  // A broken configuration must not keep anybody from finding what is wrong in a roster.
  const settings = officeOrNone(config)?.config;
  const context = { home: settings?.jurisdiction, workingHours: settings?.workingHours ?? HOURS, now };
  return { file: basename(file), ...examineYaml(readText(file), context) };
}

/**
 * Compares a file with the roster of the configuration and, with `apply`, writes the roster: whole, with a dated copy of the old
 * one beside it. Nothing is written while something is wrong in the file.
 * @throws BotError bad-input, bad-config, refused
 */
export async function importRoster(file: string, options: RosterImportOptions, now: Instant): Promise<RosterImport> {
  const { config, apply, out } = options;
  const mine = readOffice(config);
  const own = mine.roster.file;
  const target = resolve(out ?? own);
  const isExample = resolve(config ?? EXAMPLE) === EXAMPLE;
  const context = contextOf(mine, now);
  const checked = isSpreadsheet(file) ? await readTables(file, context) : await checkRoster(file, { config }, now);
  const before = context.base;
  const found = checked.roster?.file;
  const office = found?.office ?? before.office;
  const after = found && { ...found, ...(office ? { office } : {}) };
  const changes = after ? rosterChanges(before, after) : [];
  const isSame = after !== undefined && isSameRoster(before, after) && changes.length === 0;
  const plan = { ...checked, changes, isSame, target, isExample };
  if (!apply || !after || (isSame && target === own)) return plan;
  if (!/\.ya?ml$/iu.test(target)) throw new BotError("bad-input", `${out ?? ""} 应以 .yaml 结尾：通讯录写成 YAML 文件`);
  refuseExamples(target);
  const text = isSpreadsheet(file) ? newText(mine, after) : withOffice(readText(file), found, after);
  // The bot must be able to start with what stands in its own file afterwards.
  const tryOut = target === own ? (written: string) => void loadSetup(config, { roster: written }) : undefined;
  return { ...plan, written: { kept: replaceKept(target, text, now, tryOut) } };
}

/**
 * Writes the roster of the configuration to an .xlsx, a .csv (people only) or a .yaml file, and reads it back: a file that does
 * not say all of it is not left behind.
 * @throws BotError bad-input, bad-config, bad-roster, refused
 */
export async function exportRoster(file: string, { config }: RosterOptions, now: Instant): Promise<RosterExport> {
  const { people, file: roster } = loadSetup(config).roster;
  const mine = readOffice(config);
  if (existsSync(file)) throw new BotError("refused", `${file} 已经存在，没有覆盖；请换一个文件名，或先移开旧的`);
  try {
    await write(file, roster, mine.roster.file);
    const left = (await readBack(file, mine, now)).roster;
    if (!left || !isSameRoster(left.file, roster))
      throw new BotError(
        "bad-roster",
        "通讯录里有表格放不下的写法(如名称里有顿号、逗号或多余的空格)，没有导出；请改名，或导出 .yaml",
      );
  } catch (error) {
    rmSync(file, { force: true });
    throw error instanceof BotError ? error : unwritable(file, error);
  }
  return { file, units: roster.units.length, people: people.size, isPeopleOnly: /\.csv$/iu.test(file) };
}

/** What the file says alone: a list of people over what the office has, a workbook over nothing but the office's settings. */
function readBack(file: string, mine: Mine, now: Instant): Promise<Examined> | Examined {
  const context = contextOf(mine, now);
  if (!isSpreadsheet(file)) return examineYaml(readText(file), context);
  if (/\.csv$/iu.test(file)) return readTables(file, context);
  return readTables(file, { ...context, base: nothingBut(mine) });
}

async function write(file: string, roster: RosterFile, own: string): Promise<void> {
  const kind = extname(file).toLowerCase();
  const owner = { mode: 0o600, flag: "wx" } as const;
  if (kind === ".xlsx") await writeXlsx(file, rosterSheets(roster).map(printed));
  else if (kind === ".csv") writeFileSync(file, writeCsv(peopleSheet(roster).rows), owner);
  else if (/^\.ya?ml$/u.test(kind)) writeFileSync(file, readText(own), owner);
  else throw new BotError("bad-input", `不会写 ${kind || "没有扩展名的"} 文件，请用 .xlsx、.csv 或 .yaml`);
}

function printed({ name, rows: [headings = [], ...rows] }: Sheet) {
  const wide = (text: string): number => text.length + (text.match(/\p{Script=Han}/gu)?.length ?? 0);
  const columns = headings.map((heading, i) => {
    const widest = rows.reduce((most, row) => Math.max(most, wide(row[i] ?? "")), wide(heading));
    return { heading, width: Math.min(widest + 2, 40) };
  });
  return { name, columns, rows, mark: `通讯录 ${name}` };
}

function contextOf(mine: Mine, now: Instant): SheetContext & { workingHours: readonly string[] } {
  const { workingHours, jurisdiction } = mine.config;
  const hours = { opens: workingHours[0]?.slice(0, 5) ?? "", closes: workingHours.at(-1)?.slice(6) ?? "" };
  return { base: mine.roster.content ?? nothingBut(mine), home: jurisdiction, hours, workingHours, now };
}

/** A roster of nobody, with the settings of the office. */
function nothingBut({ roster: { office } }: Mine): RosterFile {
  const none = { jurisdictions: [], units: [], leaders: [], roles: {}, duty: [], groups: [], phones: {}, accounts: {} };
  return { ...none, ...(office ? { office } : {}) };
}

async function readTables(file: string, context: ReturnType<typeof contextOf>): Promise<RosterCheck> {
  const sheets = await readSheets(basename(file), readBytes(file));
  const read = examineSheets(sheets, context);
  if (read.tables.length === 0)
    throw new BotError(
      "bad-input",
      `${basename(file)} 里没有认得出的表头。人员表须有 单位、姓名、岗位、手机；一行一个单位的须有 单位、分管领导、主要负责人、联络员；值班表须有 日期或星期、值班员、带班领导。可先用 roster export 导出一份作样子`,
    );
  const unread = sheets.filter((s) => !read.tables.some((t) => t.sheet === s.name)).map((s) => s.name);
  return { file: basename(file), unread, ...read };
}

function officeOrNone(config: string | undefined): Mine | undefined {
  try {
    return readOffice(config);
  } catch (error) {
    if (error instanceof BotError) return undefined;
    throw error;
  }
}

function refuseExamples(target: string): void {
  const examples = realpathSync(dirname(dirname(EXAMPLE)));
  const folder = existsSync(dirname(target)) ? realpathSync(dirname(target)) : dirname(target);
  if (`${folder}${sep}`.startsWith(`${examples}${sep}`))
    throw new BotError(
      "refused",
      "examples 是随程序带的示例，不能改写。请用 --out 写到本单位的目录，再在配置文件里写 roster: 文件名",
    );
}

/** What the office's own file becomes; one that has not even the form of a roster is written anew. */
function newText({ roster: { file, content } }: Mine, after: RosterFile): string {
  return content ? rosterYaml(readText(file), content, after) : newRosterYaml(after);
}

/** A roster file stays as somebody wrote it; the settings of the office are put in front when it has none. */
function withOffice(text: string, { office }: RosterFile, after: RosterFile): string {
  return office ? text : `${stringify({ office: after.office })}\n${text.replace(/^---\s*\n/u, "")}`;
}

/** @returns the copy of the old file; undefined when there was none */
function replaceKept(
  target: string,
  text: string,
  now: Instant,
  check: ((written: string) => void) | undefined,
): string | undefined {
  const file = existsSync(target) ? realpathSync(target) : target;
  const kept = existsSync(file) ? copyOf(file, now) : undefined;
  try {
    if (kept) copyFileSync(file, kept, constants.COPYFILE_EXCL);
    replaceFile(file, text, { ...(kept ? { mode: statSync(file).mode & 0o777 } : {}), ...(check ? { check } : {}) });
    return kept;
  } catch (error) {
    if (kept) rmSync(kept, { force: true });
    throw error instanceof BotError ? error : unwritable(target, error);
  }
}

const unwritable = (file: string, cause: unknown): BotError =>
  new BotError("bad-input", `写不了 ${file}，请检查目录是否存在、能否写入`, { cause });

/** roster.20261122-090000.yaml beside roster.yaml; a second one within a second gets a number. */
function copyOf(file: string, now: Instant): string {
  const { dir, name, ext } = parse(file);
  const second = String(Math.floor(now / 1000) % 60).padStart(2, "0");
  const stamp = `${dayOf(now).replaceAll("-", "")}-${timeOf(now).replace(":", "")}${second}`;
  for (let n = 1; ; n++) {
    const copy = join(dir, `${name}.${stamp}${n > 1 ? `-${n}` : ""}${ext}`);
    if (!existsSync(copy)) return copy;
  }
}

const isSpreadsheet = (file: string): boolean => {
  if (/\.(?:xlsx|csv)$/iu.test(file)) return true;
  if (/\.ya?ml$/iu.test(file)) return false;
  throw new BotError(
    "bad-input",
    `${basename(file)} 应是 .xlsx、.csv 或 .yaml 文件；旧的 .xls 请用表格软件另存为 .xlsx`,
  );
};

const readText = (file: string): string => readBytes(file).toString("utf8");

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new BotError("bad-input", `读不了文件 ${file}，请检查路径`, { cause });
  }
}
