import { basename } from "node:path";
import type { OfficeConfig } from "#core/config.ts";
import { limitText } from "#core/policy/limit.ts";
import { clocksOf, type Obligation, type Pack } from "#core/policy/pack.ts";
import { LAW, resolveRules } from "#core/policy/resolve.ts";
import { GENERATED, page, table } from "./markdown.ts";

interface RulesPageContext {
  packs: readonly Pack[];
  config: OfficeConfig;
}

/** docs/rules.md: from each clause of each document to what the bot does with it, where, and which test shows it. */
export function rulesPage(context: RulesPageContext): string {
  return page([
    "# 规则",
    GENERATED,
    "每个规则包的每一条在系统里怎样处理:条款 → 系统处理 → 在哪里 → 测试。时限从这里算出,卡片上的依据也取自这里。",
    "- **系统处理**写的是现在做到的;做不到的写明由谁办。**在哪里**:〔〕里是聊天命令,其余是程序文件。**只说明**:系统不据此动作,并注明原因。**要求清单**:`/舆情 规则 编号` 里的“要求”,只作参考的文件在“参考”里。\n- 只有“现行有效”“推定有效”且在本级链条上的文件才产生时限,其余只作参考。\n- 原文摘短句,“…”处有省略;未读到原件的,括号里注明出处。“内部按”的数字是本项目的推定,不是文件原文。",
    packsOverview(context),
    ...inOrder(context).flatMap((pack) => [
      `## ${pack.id} ${pack.name}`,
      [
        `${pack.docNo},${pack.issuer},${pack.date};${validity(pack)}。范围:${scopeText(pack)}。来源:${sources(pack)}。`,
        pack.note ?? "",
        pack.dateBasis ? `日期:${pack.dateBasis}。` : "",
      ].join(""),
      table(
        ["条款", "条目", "时限", "系统处理", "在哪里", "测试", "原文"],
        pack.obligations.map((o) => [
          [o.cite.docNo ?? "", o.cite.article].join(" ").trim(),
          `\`${o.id}\``,
          clocksOf(o).map(limitText).join("、"),
          o.behaviour,
          whereText(o),
          testText(o),
          quoteText(o),
        ]),
      ),
    ]),
  ]);
}

/** The rule table of README.md: the packs that come with the program, and which the example office works by. */
export const packsTable = (context: RulesPageContext): string =>
  table(
    ["规则包", "文件", "文号", "条目", "效力", "示例采用"],
    inOrder(context).map((pack) => [
      `\`${pack.id}\``,
      pack.name,
      pack.docNo,
      String(pack.obligations.length),
      validity(pack),
      isUsed(pack, context) ? "是" : "",
    ]),
  );

function packsOverview(context: RulesPageContext): string {
  return table(
    ["规则包", "文号", "条目", "有动作", "只说明", "效力", `${context.config.name}(示例)采用`],
    inOrder(context).map((pack) => [
      `[${pack.id}](#${anchor(`${pack.id} ${pack.name}`)})`,
      pack.docNo,
      String(pack.obligations.length),
      String(pack.obligations.filter((o) => !onlyInforms(o)).length),
      String(pack.obligations.filter(onlyInforms).length),
      validity(pack),
      isUsed(pack, context) ? "是" : "",
    ]),
  );
}

const isUsed = ({ id }: Pack, { config }: RulesPageContext): boolean => id === LAW || config.packs.includes(id);
const onlyInforms = ({ acts }: Obligation): boolean => acts !== undefined && "informs" in acts;

/** All packs, law first, then from the nation down. */
function inOrder({ packs, config }: RulesPageContext): Pack[] {
  const set = resolveRules(packs, { use: packs.map((p) => p.id), jurisdiction: config.jurisdiction, on: "2026-01-01" });
  return set.packs.flatMap(({ id }) => packs.find((p) => p.id === id) ?? []);
}

/** Commands, then files; or why the bot does nothing. An office's own pack need not say. */
function whereText({ acts }: Obligation): string {
  if (acts === undefined) return "";
  if ("informs" in acts) return `只说明:${acts.informs}`;
  const commands = acts.where.filter((place) => !place.includes("/"));
  const files = acts.where.filter((place) => place.includes("/"));
  return [...commands.map((word) => `〔[${word}](commands.md#${word})〕`), ...files.map(link)].join(" ");
}

const testText = ({ acts }: Obligation): string => (acts && "test" in acts ? acts.test.map(link).join(" ") : "");

/** "[plan](../src/core/clocks/plan.ts)", as seen from docs/. */
const link = (path: string): string => `[${basename(path).replace(/(\.test)?\.ts$/, "")}](../${path})`;

/** Longest quote on the page, characters; the pack holds the whole. */
const QUOTE = 60;

function quoteText({ cite: { quote, via } }: Obligation): string {
  const shortened = quote.length > QUOTE ? `${quote.slice(0, QUOTE)}…` : quote;
  return `“${shortened}”${via ? `(${via})` : ""}`;
}

const STATUSES: Record<Pack["status"], string> = {
  "in-force": "现行有效",
  "presumed-in-force": "推定有效",
  "expired-by-own-terms": "已满有效期",
  explanatory: "解读材料",
  unknown: "效力待核",
};

function validity({ status, statusNote, validFrom, validUntil }: Pack): string {
  const note = statusNote ? `(${statusNote})` : "";
  return `${STATUSES[status]}${note},自 ${validFrom}${validUntil === null ? "" : ` 至 ${validUntil}`}`;
}

const SOURCES = { seed: "据原文", public: "据公开报道或法规文本", inference: "本项目举例或建议" } as const;

const sources = ({ obligations }: Pack): string => [...new Set(obligations.map((o) => SOURCES[o.source]))].join("、");

function scopeText({ scope }: Pack): string {
  switch (scope.kind) {
    case "jurisdiction":
      if (scope.code === "000000") return "全国";
      return scope.code.startsWith("<") ? "不明(不在任何链条上)" : `区划 ${scope.code}`;
    case "organisation":
      return `仅${scope.id}`;
    case "explanatory":
      return "解读,不产生义务";
  }
}

/** The anchor that a heading gets: lower case, no punctuation, blanks as hyphens. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");
