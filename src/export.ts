import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Case } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import { BotError } from "#core/errors.ts";
import { nearestName } from "#core/nearest-name.ts";
import type { Roster } from "#core/roster/roster.ts";
import type { Reader } from "#core/store.ts";
import type { Instant } from "#core/time.ts";
import type { CaseVerification } from "#core/verification.ts";
import { byNumber } from "./chat/find-case.ts";
import type { Exported, ExportRequest, Paper } from "./cli/export.ts";
import { breakText } from "./cli/verify.ts";
import { assignmentPage } from "./documents/assignment.ts";
import { briefPage } from "./documents/brief.ts";
import { closingPage } from "./documents/closing.ts";
import { dossierPage } from "./documents/dossier.ts";
import { writeLedger } from "./documents/ledger-file.ts";
import { supervisionPage } from "./documents/supervision.ts";
import { officeOf } from "./office.ts";
import { databaseUrl, sqliteFile } from "./runtime.ts";
import { loadSetup } from "./setup.ts";
import { readSnapshot } from "./store/inspect.ts";
import { placeFile, refuseExisting } from "./store/place.ts";

interface Source {
  reader: Reader;
  office: Office;
  now: Instant;
  verify: (caseId: string) => Promise<CaseVerification>;
}

/**
 * Writes a document from what the records hold at this moment; a bot may run on the database meanwhile. An existing file is
 * never replaced: somebody may have written into it.
 * @throws BotError bad-config, bad-roster, bad-input, refused, not-found, database
 */
export async function exportDocument(
  request: ExportRequest,
  options: { config?: string | undefined; database?: string | undefined },
  now: Instant,
): Promise<Exported> {
  const out = resolve(request.out);
  refuseExisting(out, `${request.out} 已经存在，不会覆盖。请换一个文件名，或先把它移走。`);
  const setup = loadSetup(options.config);
  return readSnapshot(sqliteFile(databaseUrl(options.database)), async (reader, verify) => {
    const office = officeOf(setup, await reader.ruleSets(), () => now);
    const source = { reader, office, now, verify };
    return request.document === "ledger" ? ledger(request, out, source) : paper(request, out, source);
  });
}

async function ledger(
  request: Extract<ExportRequest, { document: "ledger" }>,
  out: string,
  { reader, office, now }: Source,
): Promise<Exported> {
  const { from, to } = request;
  const query = {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(request.unit === undefined ? {} : { unit: unitName(request.unit, office.roster) }),
  };
  let count = 0;
  const write = async (temporary: string): Promise<void> => {
    count = await writeLedger(temporary, reader, { office, now, query });
  };
  await placeFile(out, write, async () => true);
  return { request, count };
}

async function paper(
  request: Extract<ExportRequest, { document: Paper }>,
  out: string,
  source: Source,
): Promise<Exported> {
  const c = await byNumber(source.reader, request.case.trim(), source.now);
  if (!c)
    throw new BotError(
      "not-found",
      `没有编号 ${request.case} 的案件。编号写作 YQ-990121-20261120-001，或 20261120-001；当天的可写 #1。`,
    );
  const { text, broken } = await written(request.document, c, source);
  // Whoever may read the database may read this; nobody else.
  const write = (temporary: string): Promise<void> => writeFile(temporary, text, { flag: "wx", mode: 0o600 });
  await placeFile(out, write, async () => true);
  return { request, case: c.id, ...(broken ? { broken } : {}) };
}

async function written(
  document: Paper,
  c: Case,
  { reader, office, now, verify }: Source,
): Promise<{ text: string; broken?: string }> {
  const subject = { c, office, now };
  switch (document) {
    case "assignment":
      return { text: assignmentPage(subject) };
    case "supervision":
      return { text: supervisionPage(subject) };
    case "closing":
      return { text: closingPage(subject) };
    case "brief":
      return { text: briefPage(subject) };
    case "dossier": {
      const { broken, ...found } = await verify(c.id);
      const says = broken ? { broken: breakText(broken, now) } : {};
      const text = dossierPage(subject, {
        history: await reader.history(c.id),
        deliveries: await reader.deliveries(c.id),
        receipts: await reader.receipts(c.id),
        chain: { ...found, ...says },
      });
      return { text, ...says };
    }
  }
}

/** @throws BotError bad-input with the name that was probably meant */
function unitName(written: string, roster: Roster): string {
  const unit = roster.unit(written.trim());
  if (unit) return unit.name;
  const near = nearestName(
    written,
    roster.unitNames().map(([name]) => name),
  );
  throw new BotError(
    "bad-input",
    `通讯录里没有“${written}”。${near ? `您要找的可能是 ${near}。` : "请写通讯录里的单位名称或简称。"}`,
  );
}
