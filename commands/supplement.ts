import { GATES, type Gate, midNo, type ReportTimes } from "#core/case/case.ts";
import { parse } from "#core/intake/parse.ts";
import type { Casualties, Report } from "#core/intake/types.ts";
import type { Card, Line } from "#core/message/card.ts";
import { missingLine, proposalText } from "#core/message/case-card.ts";
import { casualtiesText } from "#core/message/casualties.ts";
import { toneOf } from "#core/message/tone.ts";
import { suggestedByCasualties } from "#core/policy/rank.ts";
import { toIso } from "#core/time.ts";
import { type CommandContext, defineCommand, refusal } from "#src/chat/command.ts";

/** 补充: what the text adds is read like a report and laid over it; times that change move the limits at once. */
export default defineCommand({
  name: "supplement",
  word: "补充",
  aliases: ["补", "补录", "更正"],
  summary: "补充或更正情况，登记审核环节",
  usage: "/舆情 补充 20261120-001 伤者3人，均为轻伤",
  who: ["报送人", "值班员", "组织协调", "承办单位"],
  target: "case",
  fields: [{ name: "内容", hint: "补充的情况" }, ...GATES.map((gate) => ({ name: gate, hint: "审核人" }))],
  async run(context, c) {
    const { args, now } = context;
    const text = [args.text, args.fields["内容"] ?? ""].filter(Boolean).join(" ").trim();
    const gates: Partial<Record<Gate, string>> = {};
    for (const gate of GATES) if (args.fields[gate]) gates[gate] = args.fields[gate];
    if (/^(收到|好的|好|知道了|ok|谢谢)[。!！,，\s🙏👌]*$/iu.test(text)) return { kind: "messages", messages: [] };
    const patch = text === "" ? {} : patchFrom(text, c.report, context);
    const outcome = await context.change(c, "supplement", { text, patch, gates });
    if (!outcome.ok) return refusal(outcome.refused);
    const changed = describe(patch);
    const asked = outcome.case.proposals.filter((p) => p.kind === "retime");
    // The case's own card is edited in place; the answer says only what was taken and what is still missing.
    const card: Card = {
      title: `已补充 ${midNo(c.id)}`,
      tone: toneOf(outcome.case, now),
      lines: [
        { kind: "text", text: changed || "已记入案件。" },
        ...(outcome.case.triage ? [] : missingLine(outcome.case)),
        ...asked.map((p): Line => ({ kind: "text", text: proposalText(p) })),
      ],
      buttons: [],
    };
    return { kind: "reply", card, toast: changed ? `已补充：${changed}` : "已补充" };
  },
});

/** The fields that the text states; what it does not mention stays as it was. */
function patchFrom(text: string, before: Report, { now, actor, office }: CommandContext): Partial<Report> {
  const unit = office.roster.unitOf(actor.name);
  const parsed = parse(
    {
      text,
      receivedAt: toIso(now),
      sender: { name: actor.name, unit: unit?.name ?? null, jurisdiction: unit?.jurisdiction ?? office.roster.home },
      asReport: true,
    },
    office.roster,
  );
  if (parsed.kind !== "report") return {};
  const casualties = parsed.casualties && mergeCasualties(before.casualties, parsed.casualties);
  const patch: Partial<Report> = {
    ...statedTimes(text, parsed, before),
    ...(casualties ? { casualties, eventLevelHint: suggestedByCasualties(casualties) ?? before.eventLevelHint } : {}),
    ...(parsed.level ? { level: parsed.level } : {}),
    ...(parsed.category ? { category: parsed.category } : {}),
    ...(parsed.units.length > 0 ? { units: parsed.units, unitIds: parsed.unitIds } : {}),
    ...(parsed.places.length > 0 ? { places: parsed.places } : {}),
    ...(parsed.urls.length > 0 ? { urls: [...new Set([...before.urls, ...parsed.urls])].slice(0, 50) } : {}),
    ...(parsed.platforms.length > 0 ? { platforms: [...new Set([...before.platforms, ...parsed.platforms])] } : {}),
    ...(Object.keys(parsed.heat).length > 0 ? { heat: { ...before.heat, ...parsed.heat } } : {}),
    flags: [...new Set([...before.flags, ...parsed.flags])],
    summary: `${before.summary}\n补充：${parsed.summary}`.slice(0, 4000),
  };
  const given = new Set<string>(Object.keys(patch).map((k) => (k === "urls" ? "url" : k)));
  const stillOpen = (field: string): boolean =>
    !given.has(field) || (field === "casualties" && parsed.casualties?.status !== "stated");
  return { ...patch, missing: before.missing.filter(stillOpen), needsConfirm: before.needsConfirm.filter(stillOpen) };
}

/** New numbers stand in place of old ones; what the supplement does not mention stays: "伤者3人" takes back no death. */
function mergeCasualties(before: Casualties | null, added: Casualties): Casualties {
  if (before === null || (added.status !== "stated" && before.status !== "stated")) return added;
  if (added.status !== "stated") return before;
  const { note: _, ...known } = before;
  return { ...known, ...added, dead: added.dead ?? before.dead, injured: added.injured ?? before.injured };
}

/** Words by which somebody says that a time is the one of the event, of the first post, or of the detection. */
const TIME_WORDS = {
  occurredAt: /发生|事发|案发|更正|订正|应为|应是|改为/u,
  surfacedAt: /首发|首次发布|发帖|发布时间|更正|订正|应为|应是|改为/u,
  detectedAt: /发现|监测|更正|订正|应为|应是|改为/u,
} as const;

/** Times that the text gives. One that is known already changes only when the text says which time it is: 10点消防到场 is none. */
function statedTimes(text: string, parsed: Report, before: Report): ReportTimes {
  const times: ReportTimes = {};
  for (const key of ["occurredAt", "surfacedAt", "detectedAt"] as const) {
    const found = parsed[key];
    const known = before[key];
    if (!found || found.inferred) continue;
    if (known === null || known.inferred || TIME_WORDS[key].test(text)) times[key] = found;
  }
  return times;
}

const NAMES: Partial<Record<keyof Report, string>> = {
  occurredAt: "发生时间",
  surfacedAt: "首发时间",
  detectedAt: "发现时间",
  units: "涉事单位",
  places: "涉事地",
  urls: "链接",
  heat: "热度",
  level: "舆情等级",
  category: "类别",
};

function describe(patch: Partial<Report>): string {
  const named = (Object.keys(NAMES) as (keyof Report)[]).filter((k) => patch[k] !== undefined).map((k) => NAMES[k]);
  return [...(patch.casualties ? [casualtiesText(patch.casualties)] : []), ...named].join("、");
}
