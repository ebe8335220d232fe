import type { PressEvent, Toast } from "#core/ports.ts";
import type { Tx } from "#core/store.ts";
import type { Instant } from "#core/time.ts";
import { byNumber } from "./find-case.ts";
import { denied } from "./permission.ts";
import { startTurn, type TurnDeps } from "./turn-state.ts";

/** Why this person may not do what a button leads to: asked before a form is opened, which would be filled in for nothing. */
export async function deniedPress(tx: Tx, press: PressEvent, now: Instant, deps: TurnDeps): Promise<Toast | undefined> {
  const spec = deps.registry.find(press.action);
  if (!spec) return undefined;
  const number = press.values["编号"];
  const c = number === undefined ? undefined : await byNumber(tx, number, now);
  const answer = denied(spec, c ?? null, startTurn(tx, press, now, deps));
  return answer?.kind === "refusal" ? { text: answer.text, tone: "warning" } : undefined;
}
