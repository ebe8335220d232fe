import type { Gazetteer } from "./gazetteer.ts";
import { needsLink } from "./platforms.ts";
import type { TimeField } from "./times/cues.ts";
import type { Report } from "./types.ts";

export interface Doubts {
  times: readonly TimeField[];
  /** Units were named in passing, without their level, or are the scene rather than the party. */
  units: boolean;
  /** The platform was inferred from a topic sign. */
  platforms: boolean;
}

type Completeness = Pick<Report, "missing" | "needsConfirm" | "assumed">;

/** What to ask: required and absent, present but unclear, or taken from the message's envelope. Nothing here blocks a number. */
export function completenessOf(report: Omit<Report, keyof Completeness>, doubts: Doubts): Completeness {
  const isEmergency = report.flags.includes("emergency");
  const missing: string[] = [];
  if (report.unclear || (report.title === null && report.summary === "")) missing.push("summary");
  if (report.platforms.length === 0) missing.push("platforms");
  if (report.places.length === 0) missing.push("places");
  if (isEmergency && report.occurredAt === null) missing.push("occurredAt");
  if (isEmergency && report.casualties === null) missing.push("casualties");
  if (report.units.length === 0) missing.push("units");
  if (report.urls.length === 0 && needsLink(report.platforms)) missing.push("url");
  if (report.reporter === null) missing.push("reporter");

  const needsConfirm: string[] = [];
  if (report.unclear) needsConfirm.push("isReport");
  for (const field of ["occurredAt", "surfacedAt", "detectedAt"] as const)
    if (doubts.times.includes(field) && !missing.includes(field)) needsConfirm.push(field);
  if (doubts.platforms) needsConfirm.push("platforms");
  if (doubts.units) needsConfirm.push("units");
  if (report.casualties && isCasualtyDoubtful(report.casualties)) needsConfirm.push("casualties");

  const assumed: string[] = [];
  if (report.detectedAt.inferred) assumed.push("detectedAt");
  if (report.reporter?.inferred) assumed.push("reporter");
  return { missing, needsConfirm, assumed };
}

function isCasualtyDoubtful({ status, note }: NonNullable<Report["casualties"]>): boolean {
  return status !== "stated" || (note !== undefined && /不详|不明|未知|待核/.test(note));
}

/** A department written without its level or place (住建局) could be anyone's, unless it is the sender's own. */
export function isUnitVague(name: string, senderUnit: string | null, gazetteer: Gazetteer): boolean {
  if (/^[省市县区镇乡]/.test(name)) return false;
  if (senderUnit?.includes(name)) return false;
  return !gazetteer.startsWithPlace.test(name);
}
