import { fromIso } from "#core/iso.ts";
import { formatMoment, MINUTE } from "#core/time.ts";
import { rolesOf, unitsFor } from "../authority.ts";
import { type Case, GATES, type Gate, midNo, type Response } from "../case.ts";
import type { CaseEvent } from "../events.ts";
import { proves } from "../settle.ts";
import { allowedIn } from "../states.ts";
import { closedRefusal } from "./refusals.ts";
import { propose } from "./triage.ts";
import { type ActionContext, type Actions, type Decider, refuse } from "./types.ts";

/**
 * 回应: records a publication that has taken place. Evidence alone stops a clock; review steps that were not recorded do not
 * stop the recording of a fact, they are listed as 待补 and chased (ruling 12).
 */
export const respond: Decider<"respond"> = (c, said, context) => {
  const { now, actor } = context;
  const known = earliestKnown(c);
  // People and pickers write minutes, the record knows seconds: the same minute is not before it.
  const isSameMinute = said.publishedAt < known && known - said.publishedAt < MINUTE;
  const input = isSameMinute ? { ...said, publishedAt: known } : said;
  if (!allowedIn("respond", c.state)) return closedRefusal(c, "登记回应");
  if (!input.link && !input.docNo && !input.proof)
    return refuse(
      "登记回应须有凭证之一：链接、文号、实录或影像；其他方式答复写答复编号。例如：链接=https://… 。口头回应不停止计时。",
    );
  if (input.publishedAt > now)
    return refuse(`发布时间 ${formatMoment(input.publishedAt, now)} 还没有到，发布后再登记。`);
  if (input.publishedAt < known)
    return refuse(
      `发布时间 ${formatMoment(input.publishedAt, now)} 早于本件最早的时间 ${formatMoment(known, now)}，请核对；发布时间没错的，请先用〔补充〕更正事发或首发时间。`,
    );
  if (input.form === "持续发布" && c.responses.length === 0)
    return refuse("还没有首次回应，不能登记持续发布。请把 形式 写成 首次回应、权威信息 等。");
  const units = respondingUnits(c, input.units, context);
  if (typeof units === "string") return refuse(units);
  const same = c.responses.find(
    (r) => r.form === input.form && r.publishedAt === input.publishedAt && r.link === input.link,
  );
  if (same) return refuse(`这条回应已于 ${formatMoment(same.recorded.at, now)} 由${same.recorded.by}登记。`);
  const { gates, ...facts } = input;
  const response: Response = {
    ...facts,
    id: c.responses.length + 1,
    units,
    recorded: { by: actor.name, at: now },
    ...(enteredLate(c, input, now) ? { unconfirmed: true as const } : {}),
  };
  const events: CaseEvent[] = [{ type: "responded", by: actor.name, at: now, response }, ...gateEvents(gates, context)];
  if (response.unconfirmed)
    events.push(
      propose(context, {
        id: c.version + events.length + 1,
        kind: "lateEvidence",
        response: response.id,
        reason: `登记于时限之后，发布时间 ${formatMoment(input.publishedAt, now)} 在时限之前`,
      }),
    );
  return { events };
};

/** Entered after a limit for a time before it: needs a second person. */
function enteredLate(c: Case, input: Actions["respond"], now: number): boolean {
  return c.clocks.some(
    (k) =>
      k.kind !== "soft" &&
      k.kind !== "advisory" &&
      k.outcome !== "met" &&
      k.outcome !== "ended" &&
      k.dueAt !== null &&
      k.dueAt < now &&
      input.publishedAt <= k.dueAt &&
      proves(k.key, input.form),
  );
}

/** The earliest time known of the matter: nothing published before it can be an answer to it. */
function earliestKnown(c: Case): number {
  const { occurredAt, surfacedAt, detectedAt } = c.report;
  const times = [occurredAt, surfacedAt, detectedAt].map((t) => (t ? fromIso(t.value) : undefined));
  return Math.min(c.receivedAt, ...times.filter((t) => t !== undefined));
}

/** The units that answered: as named; else the unit of the person who enters it; else the lead or the only unit. */
function respondingUnits(c: Case, named: string[], { actor, office, now }: ActionContext): string[] | string {
  const parts = c.parts.map((p) => p.unit);
  const unknown = named.filter((u) => parts.length > 0 && !parts.includes(u));
  if (unknown.length > 0) return `${unknown.join("、")} 不是 ${midNo(c.id)} 的承办单位(${parts.join("、")})。`;
  if (named.length > 0) return named;
  const mine = unitsFor(actor, c, office);
  if (mine.length > 0) return mine;
  if (c.assignment?.lead) return [c.assignment.lead];
  if (parts.length === 1) return parts;
  if (parts.length === 0) return c.triage?.units ?? [];
  return rolesOf(actor, c, office, now).has("组织协调") || rolesOf(actor, c, office, now).has("发布员")
    ? `有 ${parts.length} 个承办单位，请写明是谁回应的，例如：单位=${parts.join("、")}(联合回应写全)。`
    : `请由承办单位(${parts.join("、")})登记。`;
}

export function gateEvents(gates: Partial<Record<Gate, string>>, { actor, now }: ActionContext): CaseEvent[] {
  return GATES.filter((gate) => gates[gate] !== undefined).map((gate) => ({
    type: "gated" as const,
    by: actor.name,
    at: now,
    gate,
    ...(gates[gate] ? { note: gates[gate] } : {}),
  }));
}

/** Review steps that a recorded response still lacks; 关联单位 only counts where several units answer. */
export function missingGates(c: Case): Gate[] {
  if (c.responses.length === 0) return [];
  return GATES.filter((gate) => c.gates[gate] === undefined && (gate !== "关联单位" || c.parts.length > 1));
}
