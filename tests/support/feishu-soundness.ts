import { inspect } from "node:util";
import { afterAll, test as base, beforeAll, expect, vi } from "vitest";
import type { OutboxMessage } from "#core/store.ts";
import { uuidOf } from "#src/platforms/feishu/delivery.ts";
import { FeishuOffice, type FeishuOfficeOptions } from "./feishu-office.ts";
import { isObject, type Message, text } from "./feishu-server/model.ts";
import type { FeishuServer } from "./feishu-server/server.ts";

/** A citizen, as people write of one. */
export const CITIZEN = { phone: "13987654321", identity: "110105199003078350" } as const;

/** Reports of different matters; each names the citizen. */
export const report = (matter: string): string =>
  `/舆情 上报 今天上午${matter}，网民反映强烈，抖音播放3.2万，反映人电话${CITIZEN.phone}，身份证${CITIZEN.identity}`;

/** An ordinary matter, and one that people are told of at once. */
export const POTHOLE = report("城关镇幸福里小区门口路面塌陷");
export const ACCIDENT = report("石门镇S216线一辆客车坠崖，已致12人死亡，县公安局在现场");

/** Everything that was written to the console by the tests of this file. */
const printed: string[] = [];

beforeAll(() => {
  for (const level of ["log", "info", "warn", "error", "debug", "trace"] as const)
    vi.spyOn(console, level).mockImplementation((...args: unknown[]) => void printed.push(everything(args)));
});
afterAll(() => void vi.restoreAllMocks());

/**
 * Tests with an office of their own each, side by side: what takes long is waiting. After each test, whatever went wrong in
 * it: nothing is lost, nothing is doubled, and nothing shows that must not be seen. What the service notices is expected to
 * be taken out of `server.problems` by the test that provokes it.
 */
export const test = base
  .extend("open", ({ onTestFinished }) => async (options?: FeishuOfficeOptions): Promise<FeishuOffice> => {
    const office = await FeishuOffice.open(options);
    onTestFinished(() => endsWell(office));
    return office;
  })
  .extend("office", ({ open }) => open());

async function endsWell(office: FeishuOffice): Promise<void> {
  const { server, store, clock, errors } = office;
  await office.stops();
  const outbox = await store.deliveries();
  const waiting = await store.waitingMessages(0);
  await office.close();
  expect(server.problems).toEqual([]);
  expect(waiting.filter((m) => m.nextAt <= clock.now())).toEqual([]);
  expectOnce(server, outbox);
  expectNothingLeaked(server, [...printed, ...errors.map(everything)].join("\n"));
}

/** Messages in which the bot confirms a report, oldest first. */
export const receipts = (server: FeishuServer): Message[] =>
  server.messages.filter((m) => m.sender.kind === "bot" && server.textOf(m.id).startsWith("【已受理】"));

/** Each of these reports was confirmed once, in an answer to it, and nothing else was. */
export function expectConfirmed(server: FeishuServer, ...reports: string[]): void {
  const answered = receipts(server).map((m) => m.parentId);
  expect(answered).toHaveLength(reports.length);
  expect(new Set(answered)).toEqual(new Set(reports));
}

/** What the bot believes to have sent, and what is there, is the same; each once. */
export function expectOnce(server: FeishuServer, outbox: readonly OutboxMessage[]): void {
  const sent = outbox.filter((m) => m.kind !== "update" && m.messageId !== undefined);
  const uuids = new Map(sent.map((m) => [m.messageId, uuidOf({ key: m.key, queuedAt: m.createdAt })]));
  expect(uuids.size).toBe(sent.length);
  // Forms, and words to those whom nobody knows, are part of an answer and not in the outbox.
  const own = server.messages.filter(
    (m) => m.sender.kind === "bot" && !/^(?:form-|late-|ub-|external:)/.test(m.uuid ?? ""),
  );
  expect(Object.fromEntries(own.map((m) => [m.id, m.uuid]))).toEqual(Object.fromEntries(uuids));
}

/** Neither secrets, nor tokens, nor what people wrote stand in `shown`; nor does the citizen anywhere in a call of the bot. */
export function expectNothingLeaked(server: FeishuServer, shown: string): void {
  for (const secret of [server.appSecret, server.verificationToken, ...Object.values(CITIZEN)])
    expect(shown).not.toContain(secret);
  // Tokens of the app and of presses, and those in the address of the long connection.
  expect(shown).not.toMatch(/\b[tc]-[0-9a-f]{32}|Bearer|ticket=|access_key=/);
  expect(shown).not.toMatch(/(?<![0-9a-zA-Z])1[3-9]\d{9}(?![0-9a-zA-Z])/);
  const written = server.messages
    .filter((m) => m.sender.kind === "user" && isObject(m.content))
    .flatMap((m) => text(isObject(m.content) ? m.content["text"] : "").match(/\p{Script=Han}{6,}/gu) ?? []);
  for (const words of written) expect(shown).not.toContain(words);
  const said = JSON.stringify(server.requests);
  for (const personal of Object.values(CITIZEN)) expect(said).not.toContain(personal);
}

/** Something with all that hangs on it, as deep as it goes. */
const everything = (value: unknown): string =>
  typeof value === "string" ? value : inspect(value, { depth: null, showHidden: true, maxStringLength: null });
