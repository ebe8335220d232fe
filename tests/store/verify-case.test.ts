import { afterAll, describe, expect, it } from "vitest";
import type { CaseVerification } from "#core/verification.ts";
import { readSnapshot } from "#src/store/inspect.ts";
import { DAY_ONE, ledger, numberOf, removeFolders, tamper } from "./ledger.ts";

afterAll(removeFolders);
const ID = numberOf(DAY_ONE, 1);
const verify = (file: string, id = ID): Promise<CaseVerification> => readSnapshot(file, (_, check) => check(id));

describe("verifying one case", () => {
  it("counts its records and names the last hash", async () => {
    const found = await verify(await ledger());
    expect(found).toMatchObject({ events: 3, erased: 0 });
    expect(found.head).toMatch(/^[0-9a-f]{64}$/u);
    expect(found.broken).toBeUndefined();
  });

  it("takes an erased content for what it is", async () => {
    const file = await ledger();
    tamper(file, `update payloads set body = null where case_id = '${ID}' and seq = 2`);
    expect(await verify(file)).toMatchObject({ events: 3, erased: 1 });
  });

  it.each([
    ["payload", `update payloads set body = '{"a":1}' where case_id = '${ID}' and seq = 1`],
    ["payload-missing", `delete from payloads where case_id = '${ID}' and seq = 3`],
    ["link", `update events set actor = 'x' where case_id = '${ID}' and seq = 2`],
    ["gap", `delete from events where case_id = '${ID}' and seq = 2`],
    ["cut-off", `delete from events where case_id = '${ID}' and seq = 3`],
    ["row", `update cases set title = '改过' where id = '${ID}'`],
    ["case-missing", `delete from cases where id = '${ID}'`],
  ])("finds %s, and leaves other cases in peace", async (fault, sql) => {
    const file = await ledger();
    tamper(file, sql);
    expect((await verify(file)).broken).toMatchObject({ fault, caseId: ID });
    expect((await verify(file, numberOf(DAY_ONE, 2))).broken).toBeUndefined();
  });
});
