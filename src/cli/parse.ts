import { z } from "zod";
import { BotError } from "#core/errors.ts";
import { intake } from "#core/intake/intake.ts";
import type { Parsed, ParseInput, Report, TimeValue } from "#core/intake/types.ts";
import { fromIso } from "#core/iso.ts";
import type { Roster } from "#core/roster/roster.ts";
import { formatMoment } from "#core/time.ts";

const InputSchema = z.object({
  text: z.string(),
  receivedAt: z.string().refine((t) => fromIso(t) !== undefined, "receivedAt 应写作 2026-11-20T15:42:00+08:00"),
  sender: z.object({ name: z.string(), unit: z.string().nullish(), jurisdiction: z.string().nullish() }).optional(),
  replyTo: z.string().optional(),
  attachments: z.int().nonnegative().optional(),
});

export interface ParseRequest {
  /** One JSON object, or JSON Lines. */
  stdin: string;
  roster: Roster;
  json: boolean;
}

/**
 * `huiying parse`: screens and reads each message. Pure; nothing is stored.
 * @returns output lines: with `json` one JSON object per message, else a readable summary
 * @throws BotError bad-input, naming the line
 */
export function parseCommand({ stdin, roster, json }: ParseRequest): string[] {
  return readInputs(stdin).flatMap((input) => {
    const { parsed } = intake(input, roster);
    return json ? [JSON.stringify(parsed)] : describe(parsed);
  });
}

function readInputs(stdin: string): ParseInput[] {
  if (stdin.trim() === "")
    throw new BotError("bad-input", "没有读到内容：请从标准输入给出一个 JSON 对象，或每行一个 JSON 对象");
  const whole = tryJson(stdin);
  if (whole !== undefined) return [checked(whole.value, 1)];
  const inputs: ParseInput[] = [];
  stdin.split("\n").forEach((line, index) => {
    if (line.trim() === "") return;
    const one = tryJson(line);
    if (one === undefined) throw new BotError("bad-input", `第 ${index + 1} 行不是有效的 JSON，请检查引号、逗号和括号`);
    inputs.push(checked(one.value, index + 1));
  });
  return inputs;
}

function tryJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function checked(value: unknown, line: number): ParseInput {
  const result = InputSchema.safeParse(value);
  if (!result.success) {
    const fields = result.error.issues.map((i) => `${i.path.join(".") || "整行"}（${i.message}）`).join("、");
    throw new BotError("bad-input", `第 ${line} 行的字段不对：${fields}`);
  }
  const { sender, replyTo, attachments, ...rest } = result.data;
  return {
    ...rest,
    ...(sender
      ? { sender: { name: sender.name, unit: sender.unit ?? null, jurisdiction: sender.jurisdiction ?? null } }
      : {}),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(attachments === undefined ? {} : { attachments }),
  };
}

const FIELD_NAMES: Readonly<Record<string, string>> = {
  summary: "内容",
  platforms: "来源平台",
  places: "涉事地",
  occurredAt: "发生时间",
  surfacedAt: "首发时间",
  detectedAt: "发现时间",
  casualties: "伤亡情况",
  units: "涉事单位",
  url: "链接",
  reporter: "报告人",
  isReport: "是否为报送",
};

function describe(parsed: Parsed): string[] {
  switch (parsed.kind) {
    case "report":
      return describeReport(parsed);
    case "update":
      return [`更正或补充 ${parsed.ref ?? "（未写编号）"}`, `内容 ${parsed.summary}`, ""];
    case "query":
      return [`查询 ${parsed.text}`, ""];
    case "refuse":
      return [`不受理 ${parsed.reply}`, ""];
    case "not-report":
      return ["不是报送", ""];
  }
}

function describeReport(report: Report): string[] {
  const names = (fields: readonly string[]): string => fields.map((f) => FIELD_NAMES[f] ?? f).join("、");
  const rows: [string, string | null][] = [
    ["标题", report.title],
    ["平台", report.platforms.join("、")],
    ["链接", report.urls.join(" ")],
    ["发生", timeText(report.occurredAt)],
    ["首发", timeText(report.surfacedAt)],
    ["发现", timeText(report.detectedAt)],
    ["涉事地", report.places.map((p) => `${p.text}${p.code ? `（${p.code}）` : ""}`).join("、")],
    ["单位", report.units.join("、")],
    ["伤亡", casualtiesText(report)],
    ["内容", report.summary],
    [
      "报告人",
      report.reporter
        ? [report.reporter.unit, report.reporter.name, report.reporter.phone].filter(Boolean).join(" ")
        : null,
    ],
    ["标记", report.flags.join("、")],
    ["还缺", names(report.missing)],
    ["请确认", names(report.needsConfirm)],
    ["推定", names(report.assumed)],
  ];
  return ["舆情报送", ...rows.flatMap(([label, value]) => (value ? [`${label} ${value}`] : [])), ""];
}

function timeText(time: TimeValue | null): string | null {
  if (!time) return null;
  const at = fromIso(time.value);
  const shown = at === undefined ? time.value : formatMoment(at);
  return `${shown}${time.text === null ? "（推定为收报时间）" : `（原文：${time.text}）`}`;
}

function casualtiesText({ casualties }: Report): string | null {
  if (!casualties) return null;
  if (casualties.status !== "stated") return casualties.status === "unknown" ? "人数不详" : "未核实";
  const parts = [
    ["死亡", casualties.dead],
    ["受伤", casualties.injured],
    ["其中重伤", casualties.severe],
    ["失联", casualties.missing],
  ] as const;
  return parts.flatMap(([label, n]) => (n === null || n === undefined ? [] : [`${label}${n}人`])).join("，");
}
