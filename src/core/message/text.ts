import { formatMoment, formatRemaining, type Instant } from "#core/time.ts";
import type { Card, Line } from "./card.ts";

/** One line of a card as people read it at `now`. */
function lineText(line: Line, now: Instant): string {
  switch (line.kind) {
    case "text":
      return line.text;
    case "field":
      return `${line.label} ${line.value}`;
    case "limit": {
      const left =
        line.stoppedAt === undefined
          ? formatRemaining(line.dueAt, now, line)
          : `已于 ${formatMoment(line.stoppedAt, now)} 完成`;
      return `${line.label} ${formatMoment(line.dueAt, now)} ${left}${line.note ? `(${line.note})` : ""}`;
    }
  }
}

/** A whole card as plain text, for logs, transcripts and platforms without cards. */
export function cardText(card: Card, now: Instant): string {
  return [card.title, ...card.lines.map((l) => lineText(l, now)), ...(card.basis ? [card.basis] : [])].join("\n");
}
