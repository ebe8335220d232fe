import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStore } from "#src/runtime.ts";
import { BotProcess, installation } from "../support/bot-process.ts";
import { DUTY_GROUP, groupIn, populate, userIn } from "../support/feishu-office.ts";
import type { Chat, User } from "../support/feishu-server/model.ts";
import { FeishuServer } from "../support/feishu-server/server.ts";
import {
  CITIZEN,
  expectConfirmed,
  expectNothingLeaked,
  expectOnce,
  POTHOLE,
  receipts,
  report,
} from "../support/feishu-soundness.ts";

let server: FeishuServer;
let group: Chat;
let reporter: User;
let office: ReturnType<typeof installation>;
let bot: BotProcess;
let printed: string[];

beforeEach(async () => {
  server = await FeishuServer.start();
  populate(server);
  group = groupIn(server, DUTY_GROUP);
  reporter = userIn(server, "王晓梅");
  office = installation();
  printed = [];
});

afterEach(async () => {
  await bot.kill();
  await server.close();
  rmSync(office.folder, { recursive: true, force: true });
});

async function starts(): Promise<void> {
  const env = { FEISHU_APP_ID: server.appId, FEISHU_APP_SECRET: server.appSecret, FEISHU_DOMAIN: server.domain };
  bot = new BotProcess(office, { args: ["--platform", "feishu"], env });
  await bot.ready();
  await server.waitFor(() => server.connections === 1, 15_000);
}

async function dies(): Promise<void> {
  await bot.kill();
  printed.push(bot.output);
  await server.waitFor(() => server.connections === 0);
}

/** Not a greeting: those go to all groups at the start, and nobody knows which is the last. */
const repliesToReport = ({ path }: { path: string }): boolean => path.endsWith("/reply");

const database = (): string => join(office.data, "huiying.db");

/** Messages that the bot still has to send. */
function queued(): number | undefined {
  const db = new Database(database(), { readonly: true });
  try {
    return db.prepare<[], number>("SELECT count(*) FROM outbox WHERE state = 'queued'").pluck().get();
  } finally {
    db.close();
  }
}

/** Ends the bot as an operator does, and looks at everything that it left behind. */
async function endsWell(): Promise<void> {
  await server.waitFor(() => queued() === 0, 15_000);
  expect(await bot.stop()).toBe(0);
  printed.push(bot.output);
  const store = await openStore(`sqlite:${database()}`);
  const outbox = await store.deliveries();
  await store.close();
  expect(outbox.filter((m) => m.state === "failed")).toEqual([]);
  expectOnce(server, outbox);
  expectNothingLeaked(server, [...printed, readFileSync(join(office.data, "huiying.log"), "utf8")].join("\n"));
  // No file at all, the database among them, holds the secret or the citizen.
  for (const file of readdirSync(office.data))
    for (const secret of [server.appSecret, ...Object.values(CITIZEN)])
      expect(readFileSync(join(office.data, file)).includes(secret), `${secret} in ${file}`).toBe(false);
  expect(server.problems).toEqual([]);
}

test("killed after a message was sent and before that was noted, the bot sends no second one", {
  timeout: 60_000,
}, async () => {
  await starts();
  // The message is there; its answer is on its way for longer than the bot lives.
  server.fault({ match: repliesToReport, kind: "hang", afterEffect: true, times: 1 });
  const { messageId, ack } = await server.says(reporter, group, POTHOLE);
  expect(ack.code).toBe(200);
  await server.waitFor(() => receipts(server).length === 1);
  await dies();
  await starts();
  const tries = () => server.requests.filter((r) => r.path === `/open-apis/im/v1/messages/${messageId}/reply`);
  await server.waitFor(() => tries().length >= 2 && tries().at(-1)?.status === 200, 15_000);
  expect(new Set(tries().map((r) => r.body["uuid"])).size).toBe(1);
  expectConfirmed(server, messageId);
  await endsWell();
});

test("killed, and started again later: what was said meanwhile comes in a burst and is answered", {
  timeout: 60_000,
}, async () => {
  await starts();
  await dies();
  const said = [1, 2, 3].map((n) => server.says(reporter, group, report(`城关镇第${n}小学食堂饭菜变质`)));
  const ids = (await Promise.all(said)).map((s) => s.messageId);
  await starts();
  await server.waitFor(() => receipts(server).length === 3, 15_000);
  expectConfirmed(server, ...ids);
  await endsWell();
});
