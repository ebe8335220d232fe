import { useState } from "preact/hooks";
import { formatMoment } from "#core/time.ts";
import { clockSpeed, useNow } from "./clock.ts";
import { html } from "./html.ts";
import { hashOf } from "./location.ts";
import type { Session } from "./session.ts";

/** Label and milliseconds of virtual time in a millisecond. */
const SPEEDS: readonly [string, number][] = [
  ["暂停", 0],
  ["1分钟/秒", 60],
  ["10分钟/秒", 600],
  ["1小时/秒", 3600],
];

/** Says that nothing here is real. */
export function LapseNotice() {
  return html`<p class="lapse-says"><b>【快放演示】</b>时间是虚拟的，不是真实值班</p>`;
}

/** The notice, the virtual time, and what makes it fly. */
export function LapseBar({ session, homeHref }: { session: Session; homeHref?: string | undefined }) {
  const now = useNow(200);
  const speed = clockSpeed();
  const [busy, setBusy] = useState(false);
  const run = async (wish: Parameters<Session["lapse"]>[0]): Promise<void> => {
    if (busy) return;
    setBusy(true);
    await session.lapse(wish);
    setBusy(false);
  };
  return html`<section class="lapse-bar" aria-label="快放演示">
    <${LapseNotice} />
    <p class="lapse-clock">
      <time class="lapse-now">${formatMoment(now)}</time>
      <button type="button" class="lapse-jump" disabled=${busy} onClick=${() => run({ do: "jump" })}>跳到下一条提醒</button>
    </p>
    <div class="lapse-controls" role="group" aria-label="时间走得多快">
      ${SPEEDS.map(
        ([label, value]) => html`<button
          type="button"
          key=${label}
          aria-pressed=${speed === value}
          disabled=${busy}
          onClick=${() => run({ do: "speed", speed: value })}
        >${label}</button>`,
      )}
      <button type="button" disabled=${busy} onClick=${() => run({ do: "reset" })}>重新开始</button>
      ${homeHref && html`<a href=${homeHref + hashOf({ as: session.me })}>离开演示</a>`}
    </div>
  </section>`;
}
