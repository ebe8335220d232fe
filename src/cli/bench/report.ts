import type { Figure } from "./figures.ts";

/** The conditions under which figures were measured. */
export interface Machine {
  node: string;
  platform: string;
  cpu: string;
  cores: number;
}

/** Figures as a table for people. */
export function reportText(figures: readonly Figure[], machine: Machine): string[] {
  const rows = figures.map((f) => [
    f.name,
    f.value === null ? "本机测不了" : `${shown(f.value)} ${f.unit}`,
    f.floor === undefined ? "" : shown(f.floor),
    f.ratio === undefined ? "" : shown(f.ratio),
    f.goals.map(goalText).join(" "),
  ]);
  const table = [["项目", "测得", "同轮基准", "比值", "目标"], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => width(row[column] ?? ""))));
  return [
    `Node ${machine.node},${machine.platform},${machine.cpu} × ${machine.cores}。共用的机器上两次之间可差 10–35%。`,
    "",
    ...table.map((row) =>
      row
        .map((cell, i) => cell + " ".repeat(Math.max(0, (widths[i] ?? 0) - width(cell))))
        .join("  ")
        .trimEnd(),
    ),
  ];
}

function goalText({ id, of, is, limit, met }: Figure["goals"][number]): string {
  const verdict = met === null ? "未测" : met ? "达到" : "未达到";
  return `${id} ${of === "ratio" ? "比值" : ""}${is === ">=" ? "≥" : "≤"}${limit} ${verdict}`;
}

/** Three significant digits, thousands apart. */
function shown(n: number): string {
  if (!Number.isFinite(n)) return "—";
  return n >= 1000 ? Math.round(n).toLocaleString("en-US") : String(Number(n.toPrecision(3)));
}

/** Columns on a terminal: a Chinese character takes two. */
const width = (text: string): number => text.length + (text.match(/[\u2e80-\uffff]/g)?.length ?? 0);
