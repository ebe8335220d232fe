import type { Card, Line } from "#core/message/card.ts";
import { formatMoment, timeOf } from "#core/time.ts";
import { CardButtons } from "./card-buttons.ts";
import { clockSpeed, useNow } from "./clock.ts";
import { countdown } from "./countdown.ts";
import { html } from "./html.ts";
import type { Session } from "./session.ts";
import { wholePieces } from "./whole-pieces.ts";

type Limit = Extract<Line, { kind: "limit" }>;

/** A card of the bot: title in its colour, lines, what can be done, the basis last. */
export function CardView({ session, messageId, card }: { session: Session; messageId: string; card: Card }) {
  return html`<article class=${`card tone-${card.tone}`} aria-label=${card.title}>
    <h2>${card.title}</h2>
    ${card.lines.length > 0 && html`<${Lines} lines=${card.lines} />`}
    ${
      card.details &&
      card.details.length > 0 &&
      html`<details class="card-details"><summary>详情</summary><${Lines} lines=${card.details} /></details>`
    }
    <${CardButtons} session=${session} messageId=${messageId} buttons=${card.buttons} />
    ${card.basis && html`<p class="basis">${card.basis}</p>`}
  </article>`;
}

function Lines({ lines }: { lines: readonly Line[] }) {
  return html`<div class="lines">${lines.map((line, i) => html`<${LineView} key=${i} line=${line} />`)}</div>`;
}

function LineView({ line }: { line: Line }) {
  if (line.kind === "limit") return html`<${LimitView} limit=${line} />`;
  if (line.kind === "text")
    return html`<p class=${`line-${line.emphasis ?? "plain"}`} dir="auto">${whole(line.text)}</p>`;
  return html`<p class="field"><span>${line.label}</span><span dir="auto">${whole(line.value)}</span></p>`;
}

const whole = (text: string) =>
  wholePieces(text).map((p) => (p.whole ? html`<span class="whole">${p.text}</span>` : p.text));

/** A limit with its time left, which runs. */
function LimitView({ limit }: { limit: Limit }) {
  const running = limit.stoppedAt === undefined;
  const now = useNow(running ? 500 : 60_000);
  const { text, used, urgency } = countdown(limit, now, clockSpeed());
  return html`<div class=${`limit is-${urgency}`}>
    <p>
      <span class="limit-label">${limit.label}</span>
      <time>${moment(limit.dueAt, now)}</time>
      <b class="limit-left">${text}</b>
    </p>
    <progress max="1" value=${used} aria-label=${`${limit.label} 已用时间`}></progress>
    ${limit.note && html`<small>${limit.note}</small>`}
  </div>`;
}

/** With a thin space between day and time, so that a narrow card breaks the line there. */
function moment(at: number, now: number): string {
  return `${formatMoment(at, now).slice(0, -5)} ${timeOf(at)}`;
}
