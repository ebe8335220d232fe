import { basename } from "node:path";
import type { OfficeConfig } from "#core/config.ts";
import { BotError } from "#core/errors.ts";
import { adviseOnPack } from "#core/policy/advise-pack.ts";
import { checkTogether, type PackFile, problemText } from "#core/policy/check-packs.ts";
import { explainRules, type Standing } from "#core/policy/explain.ts";
import { limitText } from "#core/policy/limit.ts";
import { clocksOf, type Pack } from "#core/policy/pack.ts";
import type { PackProblem } from "#core/policy/parse-pack.ts";
import { LAW, type PackStanding, type RuleSet, resolveRules } from "#core/policy/resolve.ts";
import type { Day } from "#core/time.ts";
import { packFiles, readNamed, readPacks } from "./load-rules.ts";

export interface RulesContext {
  packs: readonly Pack[];
  config: OfficeConfig;
  today: Day;
}

interface Output {
  json: boolean;
}

const TREATMENTS: Record<Standing["rule"]["treat"], string> = {
  rule: "规则",
  record: "登记",
  reminder: "提醒",
  report: "报告",
  statistic: "统计",
  informational: "说明",
};

/** `huiying rules list`: the packs of the office, and their obligations with clause and limit. */
export function listRules(context: RulesContext, { json }: Output): string[] {
  const set = officeRules(context);
  const rows = explainRules(set).map(summary);
  const missing = context.config.packs.filter((id) => !context.packs.some((pack) => pack.id === id));
  if (json)
    return [
      JSON.stringify({
        on: set.on,
        packs: set.packs.map((pack) => packSummary(pack, context.packs)),
        missing,
        obligations: rows,
      }),
    ];
  return [
    `${context.config.name} ${set.on} 适用的规则包`,
    ...set.packs.flatMap((pack) => [
      "",
      `${pack.id} ${pack.docNo} ${pack.name}[${validity(pack)}]`,
      ...rows
        .filter((row) => row.pack === pack.id)
        .map(({ id, docNo, article, limit, treat, standing }) =>
          [`  ${id}`, docNo === pack.docNo ? article : `${docNo} ${article}`, limit, treat, standing]
            .filter((text) => text !== "")
            .join("  "),
        ),
    ]),
    ...(missing.length > 0 ? ["", `配置里列出但没有文件的规则包:${missing.join("、")}`] : []),
  ];
}

/**
 * `huiying rules show ID`: one obligation with its words, document and validity, and what the bot does with it.
 * @throws BotError not-found, naming the nearest ids
 */
export function showRule(id: string, context: RulesContext, { json }: Output): string[] {
  const known = context.packs.find((pack) => pack.obligations.some((o) => o.id === id));
  const written = known?.obligations.find((o) => o.id === id);
  if (!known || !written) throw new BotError("not-found", `没有条目 ${id}${nearest(id, context.packs)}`);
  const use = [...new Set([...context.config.packs, known.id])];
  const set = resolve(context, use);
  const entry = explainRules(set).find(({ rule }) => rule.id === id);
  const pack = set.packs.find((p) => p.id === known.id);
  if (!entry || !pack) throw new BotError("not-found", `没有条目 ${id}`);
  const configured = known.id === LAW || context.config.packs.includes(known.id);
  const { rule } = entry;
  const { behaviour, source } = written;
  const { via } = written.cite;
  if (json) {
    const cite = { ...rule.cite, ...(via ? { via } : {}) };
    return [
      JSON.stringify({
        ...summary(entry),
        ...rule,
        cite,
        behaviour,
        source,
        packInfo: packSummary(pack, context.packs),
        configured,
      }),
    ];
  }
  return [
    `${rule.id}(${pack.name})`,
    `文号:${rule.cite.docNo}`,
    `条款:${rule.cite.article}`,
    `原文:“${rule.cite.quote}”${via ? `(${via})` : ""}`,
    `来源:${SOURCES[source]}`,
    `效力:${validity(pack)}${configured ? "" : ";本单位未采用这个规则包"}`,
    ...(summary(entry).limit === "" ? [] : [`时限:${summary(entry).limit}`]),
    `系统处理:${TREATMENTS[rule.treat]}——${behaviour}`,
    ...(summary(entry).standing === "" ? [] : [`现状:${summary(entry).standing}`]),
  ];
}

/** The office for which packs are checked, so that a limit that would have no effect is told. */
export type CheckedOffice = Pick<RulesContext, "config" | "today">;

/**
 * `huiying rules check [FILES]`: every problem of pack files with file, line and reason, and what is right but will surprise
 * its author. Files outside the folders are checked against the packs in them, as if they replaced those with the same id.
 * @param folders where the office's packs are
 * @param office without it, only problems are told
 * @returns the lines and the exit status: 0 right, with or without advice, 1 wrong
 */
export function checkRules(
  files: readonly string[],
  folders: readonly string[],
  { json }: Output,
  office?: CheckedOffice,
): { lines: string[]; status: 0 | 1 } {
  const asked = files.length > 0 ? files : packFiles(folders);
  const { read, problems: alone } = readNamed(asked);
  const replaced = new Set([...asked.map((file) => basename(file)), ...read.map((r) => `${r.parsed.pack.id}.yaml`)]);
  const others = readPacks(packFiles(folders).filter((file) => !replaced.has(basename(file)))).read;
  const together = checkTogether([...others, ...read]).filter(({ file }) => asked.includes(file));
  const problems = [...alone, ...together];
  const status = problems.length > 0 ? 1 : 0;
  const advice = office ? adviceOf(files.length > 0 ? read : ownOf(read, office), [...others, ...read], office) : [];
  if (json) return { lines: [JSON.stringify({ files: asked, problems, advice })], status };
  const count = read.reduce((sum, r) => sum + r.parsed.pack.obligations.length, 0);
  const verdict =
    status === 0
      ? `${read.length} 个规则包、${count} 个条目,没有问题`
      : `${asked.length} 个文件,${problems.length} 处问题`;
  return {
    lines: [
      ...problems.map(problemText),
      ...advice.map((a) => `提醒 ${problemText(a)}`),
      advice.length > 0 ? `${verdict},${advice.length} 处提醒(不影响启动)` : verdict,
    ],
    status,
  };
}

/** Nobody asked about packs that are installed and not used. */
const ownOf = (read: readonly PackFile[], { config }: CheckedOffice): PackFile[] =>
  read.filter(({ parsed }) => config.packs.includes(parsed.pack.id));

function adviceOf(
  read: readonly PackFile[],
  installed: readonly PackFile[],
  { config, today }: CheckedOffice,
): PackProblem[] {
  const others = installed.map(({ parsed }) => parsed.pack);
  const context = { jurisdiction: config.jurisdiction, use: config.packs, today, others };
  return read.flatMap((file) => adviseOnPack(file, context));
}

const SOURCES = { seed: "据原文", public: "据公开报道或法规文本", inference: "本项目举例或建议" } as const;

const STATUSES: Record<Pack["status"], string> = {
  "in-force": "现行有效",
  "presumed-in-force": "推定有效",
  "expired-by-own-terms": "按自身规定已满有效期",
  explanatory: "解读材料",
  unknown: "效力待核",
};

function resolve({ packs, config, today }: RulesContext, use: readonly string[]): RuleSet {
  return resolveRules(packs, { use, jurisdiction: config.jurisdiction, on: today });
}

/** The rules in force for the office today. */
export const officeRules = (context: RulesContext): RuleSet => resolve(context, context.config.packs);

function validity(pack: PackStanding): string {
  const until = pack.validUntil === null ? "" : `,至 ${pack.validUntil}`;
  const advice = pack.advisory === null ? "" : `;只作参考:${pack.advisory}`;
  return `${STATUSES[pack.status]},自 ${pack.validFrom}${until}${advice}`;
}

function packSummary(pack: PackStanding, written: readonly Pack[]): Record<string, unknown> {
  const { id, name, docNo, issuer, validFrom, validUntil, status, advisory } = pack;
  const statusNote = written.find((p) => p.id === id)?.statusNote;
  return { id, name, docNo, issuer, validFrom, validUntil, status, ...(statusNote ? { statusNote } : {}), advisory };
}

interface Summary {
  id: string;
  pack: string;
  key: string;
  docNo: string;
  article: string;
  limit: string;
  treat: string;
  /** Empty for what is simply in force. */
  standing: string;
}

function summary({ rule, standing, by, same }: Standing): Summary {
  const note =
    standing === "advisory"
      ? `只作参考(${rule.advisory})`
      : standing === "loosening"
        ? `放宽无效,按 ${by.join("、")}`
        : standing === "tightened"
          ? `被 ${by.join("、")} 收紧`
          : same.length > 0
            ? `与 ${same.join("、")} 相同`
            : "";
  return {
    id: rule.id,
    pack: rule.pack,
    key: rule.key,
    docNo: rule.cite.docNo,
    article: rule.cite.article,
    limit: clocksOf(rule).map(limitText).join("、"),
    treat: TREATMENTS[rule.treat],
    standing: note,
  };
}

/** Ids that end or begin alike. */
function nearest(id: string, packs: readonly Pack[]): string {
  const tail = id.split(".").at(-1) ?? id;
  const near = packs.flatMap((p) => p.obligations.map((o) => o.id)).filter((other) => other.includes(tail.slice(0, 4)));
  return near.length > 0 ? `;相近的有 ${near.slice(0, 5).join("、")}` : ";用 rules list 看全部条目";
}
