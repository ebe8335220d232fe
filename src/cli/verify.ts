import { EVENT_NAMES } from "#core/case/events.ts";
import { formatMoment, type Instant, toIso } from "#core/time.ts";
import type { Break, Verification } from "#core/verification.ts";

export interface VerifyOptions {
  json: boolean;
  /** Year in front of moments of other years. */
  now: Instant;
}

/** `huiying verify`: the counts, or the first thing found wrong. @returns the lines and the exit status: 0 right, 1 broken */
export function verifyReport(found: Verification, { json, now }: VerifyOptions): { lines: string[]; status: 0 | 1 } {
  const { broken } = found;
  const status = broken ? 1 : 0;
  if (json) {
    const { broken: _, anchors, ...counts } = found;
    return {
      lines: [
        JSON.stringify({
          ok: !broken,
          ...counts,
          anchors: anchors.map((a) => ({ ...a, at: toIso(a.at) })),
          ...(broken
            ? {
                broken: {
                  ...broken,
                  ...(broken.at === undefined ? {} : { at: toIso(broken.at) }),
                  text: breakText(broken, now),
                },
              }
            : {}),
        }),
      ],
      status,
    };
  }
  if (!broken) return { lines: [`核验通过:${countsText(found)}`, ...anchorLines(found, now)], status };
  return { lines: [`核验未通过:${breakText(broken, now)}`, WHAT_NOW], status };
}

/** "12 件案件、86 条记录、3 个校验值,均与记录时一致。" */
export function countsText({ cases, events, erased, anchors }: Verification): string {
  const tombstones = erased > 0 ? `其中 ${erased} 条的内容已依法删除,校验链完整。` : "";
  return `${cases} 件案件、${events} 条记录、${anchors.length} 个校验值,均与记录时一致。${tombstones}`;
}

/** How many of the newest anchors are shown; --json has all. */
const SHOWN = 3;

/** The anchors as the digest prints them. Whoever rewrites a whole database cannot rewrite what stands in the chat. */
function anchorLines({ anchors }: Verification, now: Instant): string[] {
  if (anchors.length === 0) return [];
  return [
    "请与群里日报末尾的校验值核对(全部见 --json):",
    ...anchors
      .slice(-SHOWN)
      .map(
        ({ at, hash, events }) =>
          `  ${formatMoment(at, now)} ${hash.slice(0, 8)}…${hash.slice(-8)}(当日 ${events} 条记录)`,
      ),
  ];
}

const WHAT_NOW =
  "请保留现场:停止机器人,把数据库文件另存一份,不要改动;查明原因后用最近一次核验通过的备份恢复,并报告本单位负责人。";

const FAULTS: Record<Break["fault"], string> = {
  payload: "的内容与记录时不符",
  "payload-missing": "的内容不见了(依法删除会留下空记录,这里连空记录也没有)",
  link: "的序号、时间、类型、经办人或来源与记录时不符",
  "broken-off": "接不上前一条记录,是后插入或替换的",
  gap: "之前缺少记录",
  "cut-off": "之后的记录被删除",
  hole: "之前有记录被删除",
  surplus: "是后插入的,案件里没有登记",
  row: "之后,案件当前的状态、标题、时限等被改动过",
  "case-missing": "还在,但案件本身被删除",
  number: "没有这个编号的案件:编号连续,案件被删除",
  anchor: "与其所涵盖的记录不符,校验值或记录被替换",
  rules: "与案件冻结时不符,规则被改动过",
  "rules-missing": "研判时冻结的规则集不见了",
};

/** Which record it is, and what is wrong with it. */
export function breakText(broken: Break, now: Instant): string {
  const { fault, caseId, seq, type, at, day, rules } = broken;
  const says = FAULTS[fault];
  if (fault === "anchor")
    return `${day ?? ""} 的校验值(${at === undefined ? "" : formatMoment(at, now)} 生成)${says}。`;
  if (fault === "rules") return `规则集 ${rules ?? ""} ${says}。`;
  if (fault === "number" || fault === "rules-missing") return `${caseId ?? ""} ${says}。`;
  if (fault === "hole" && caseId === undefined) return "最后的记录被删除:数据库发出的记录号比现有的多。";
  if (seq === 0) return `${caseId ?? ""} 的全部记录被删除。`;
  const kind = [type === undefined ? "" : EVENT_NAMES[type], at === undefined ? "" : formatMoment(at, now)];
  const what = kind.filter(Boolean).join(",");
  return `${caseId ?? ""} 第 ${seq} 条记录${what ? `(${what})` : ""}${says}。`;
}
