import type { Casualties, Heat, Report, TimeValue } from "#core/intake/types.ts";
import { fromIso } from "#core/iso.ts";
import { formatMoment, type Instant } from "#core/time.ts";
import { casualtiesText } from "./casualties.ts";
import { CATEGORY_NAMES, LEVEL_NAMES } from "./names.ts";

const NONE = "未填";

/** 伤亡：无人员伤亡 → 轻伤1人. The old value stays visible wherever a change is shown. */
export function changesBetween(before: Report, patch: Partial<Report>, now: Instant): string[] {
  const after: Report = { ...before, ...patch };
  const lines = ROWS.flatMap(([label, show]) => {
    const from = show(before, now);
    const to = show(after, now);
    return from === to ? [] : [`${label}：${from || NONE} → ${to || NONE}`];
  });
  const links = after.urls.length - before.urls.length;
  const files = after.attachments - before.attachments;
  return [
    ...lines,
    ...(links > 0 ? [`链接：新增 ${links} 条`] : []),
    ...(files > 0 ? [`图片或附件：新增 ${files} 个`] : []),
  ];
}

const ROWS: readonly (readonly [label: string, show: (r: Report, now: Instant) => string])[] = [
  ["伤亡", (r) => victims(r.casualties)],
  ["发生时间", (r, now) => moment(r.occurredAt, now)],
  ["首发时间", (r, now) => moment(r.surfacedAt, now)],
  ["发现时间", (r, now) => moment(r.detectedAt, now)],
  ["涉事地", (r) => r.places.map((p) => p.text).join("、")],
  ["涉事单位", (r) => r.units.join("、")],
  ["来源平台", (r) => r.platforms.join("、")],
  ["热度", (r) => heatText(r.heat)],
  ["舆情等级", (r) => (r.level ? LEVEL_NAMES[r.level] : "")],
  ["类别", (r) => (r.category ?? []).map((k) => CATEGORY_NAMES[k]).join("、")],
];

function victims(c: Casualties | null): string {
  if (c?.status !== "stated") return casualtiesText(c);
  if (!c.dead && !c.injured && !c.severe && !c.missing) return c.note ?? "无伤亡";
  return c.note === "轻伤" && !c.dead ? `轻伤${c.injured ?? ""}人` : casualtiesText({ ...c, dead: c.dead || null });
}

function moment(time: TimeValue | null, now: Instant): string {
  const at = time ? fromIso(time.value) : undefined;
  if (time === null || at === undefined) return "";
  const text = formatMoment(at, now);
  return `${time.precision === "day" ? text.slice(0, -5) : text}${time.inferred ? "(推定)" : ""}`;
}

const FIGURES: readonly (readonly [keyof Heat, string])[] = [
  ["views", "播放"],
  ["likes", "点赞"],
  ["comments", "评论"],
  ["shares", "转发"],
  ["recommends", "推荐"],
  ["liveViewers", "在看"],
  ["calls", "来电"],
];

/** "播放12.3万、热搜第3" */
export function heatText(heat: Heat): string {
  const amounts = FIGURES.flatMap(([key, name]) => {
    const amount = heat[key];
    return amount && typeof amount === "object" && "value" in amount ? [`${name}${round(Number(amount.value))}`] : [];
  });
  return [...amounts, ...(heat.rank ? [`热搜第${heat.rank.pos}`] : [])].join("、");
}

const round = (n: number): string => (n >= 10_000 ? `${Math.round(n / 1000) / 10}万` : String(n));
