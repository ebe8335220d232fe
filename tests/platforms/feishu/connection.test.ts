import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ConnectionState, type ConnectionTiming, LongConnection } from "#src/platforms/feishu/connection.ts";
import type { Problem } from "#src/platforms/feishu/connection-problem.ts";
import { eventHandlers } from "#src/platforms/feishu/dispatcher.ts";
import type { User } from "../../support/feishu-server/model.ts";
import type { FeishuServer } from "../../support/feishu-server/server.ts";
import { optionsFor, report, SECRETS, seen, startServer, watchForSecrets } from "./transport-fixture.ts";

const TYPES = ["im.message.receive_v1", "card.action.trigger"];
const QUICK: ConnectionTiming = {
  connectMs: 300,
  pingMs: 400,
  pongMs: 200,
  watchMs: 10,
  shortestMs: 20,
  longestMs: 200,
  steadyMs: 500,
  outageMs: 60_000,
  finishMs: 1_000,
};

let server: FeishuServer;
let li: User;
let connections: LongConnection[];
let states: ConnectionState[];
let problems: Problem[];
let events: { type: string; data: unknown }[];

watchForSecrets();

beforeEach(async () => {
  server = await startServer();
  li = server.addUser({ name: "李主任" });
  connections = [];
  states = [];
  problems = [];
  events = [];
});

afterEach(async () => {
  await Promise.all(connections.map((c) => c.stop()));
  await server.close();
});

type Answer = (type: string, data: unknown) => Promise<unknown>;

function connect(timing: Partial<ConnectionTiming> = {}, answer: Answer = async () => undefined): LongConnection {
  const onEvent: Answer = (type, data) => {
    events.push({ type, data });
    return answer(type, data);
  };
  const connection = new LongConnection({
    options: optionsFor(server),
    dispatcherHandlers: eventHandlers(TYPES, { onEvent }, report),
    report,
    onState: (state, problem) => {
      states.push(state);
      if (problem) problems.push(problem);
    },
    timing: { ...QUICK, ...timing },
  });
  connections.push(connection);
  return connection;
}

const says = async (text: string = SECRETS.body) => (await server.says(li, "p2p", text)).ack;
const connected = () => server.waitFor(() => server.connections === 1 && states.at(-1) === "connected");

describe("events", () => {
  test("come flattened, and are acknowledged after they were handled", async () => {
    await connect().start();
    expect(states).toEqual(["connected"]);
    expect(await says()).toMatchObject({ code: 200, data: undefined });
    expect(events).toMatchObject([
      { type: "im.message.receive_v1", data: { app_id: server.appId, message: { chat_type: "p2p" } } },
    ]);
  });

  test("the answer to a press goes back to the person", async () => {
    const toast = { toast: { type: "success", content: "已签收" } };
    await connect({}, async () => toast).start();
    expect((await server.push("card.action.trigger", { token: "c-1" })).data).toEqual(toast);
    expect(events[0]?.data).toMatchObject({ token: "c-1" });
  });

  test("one that fails is answered 500, so that it comes again, and is reported once without its content", async () => {
    let failing = true;
    await connect({}, async () => {
      if (failing) throw new Error("database is locked");
    }).start();
    const ack = await server.says(li, "p2p", SECRETS.body);
    expect(ack.ack.code).toBe(500);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toContain("database is locked");
    failing = false;
    const eventId = server.deliveries[0]?.envelope.header.event_id ?? "";
    expect(await server.redeliver(eventId)).toMatchObject({ code: 200 });
    expect(events).toHaveLength(2);
  });

  test("unknown types are acknowledged", async () => {
    await connect().start();
    expect(await server.push("im.something.new_v9", {})).toMatchObject({ code: 200 });
  });

  test("one in pieces is put together", async () => {
    await connect().start();
    const ack = await server.push("im.message.receive_v1", { a: 1 }, { fragments: 3, outOfOrder: true });
    expect(ack).toMatchObject({ code: 200 });
    expect(events[0]?.data).toMatchObject({ a: 1 });
  });
});

describe("a connection that goes", () => {
  test("comes back by itself", async () => {
    await connect().start();
    server.dropConnections();
    await server.waitFor(() => states.includes("down"));
    await connected();
    expect(await says()).toMatchObject({ code: 200 });
    expect(states).toEqual(["connected", "down", "connected"]);
    expect(problems).toMatchObject([{ key: "connection:lost", lasting: false }]);
  });

  test("comes back when the service is up again on the same port", async () => {
    await connect().start();
    await server.stop();
    await server.waitFor(() => problems.some((p) => p.key === "connection:network"));
    await server.resume();
    await connected();
    expect(await says()).toMatchObject({ code: 200 });
  });

  test("is noticed when it is only half there", async () => {
    await connect().start();
    server.halfOpen();
    await server.waitFor(() => states.includes("down"));
    await connected();
    expect(await says()).toMatchObject({ code: 200 });
  });

  test.each([
    ["the platform asks to ping seldom", 600],
    ["the platform asks to ping oftener than an answer may take", 0.05],
  ])("is noticed also when %s", async (_, seconds) => {
    await server.close();
    server = await startServer({ clientConfig: { PingInterval: seconds } });
    await connect({ pongMs: 10_000 }).start();
    const pings = server.pings;
    await server.waitFor(() => server.pings >= pings + 2);
    server.halfOpen();
    await server.waitFor(() => states.includes("down"));
  });

  test("does not ping without end when the platform names no interval", async () => {
    await server.close();
    server = await startServer({ clientConfig: { PingInterval: 0 } });
    await connect().start();
    const before = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(server.pings).toBeLessThan(5 + (performance.now() - before) / 100);
  });
});

describe("a start without the platform", () => {
  test("succeeds, and the connection stands soon after the platform is back", async () => {
    await server.stop();
    const connection = connect();
    await connection.start();
    expect(connection.state()).toBe("down");
    await server.resume();
    await connected();
  });

  test("an outage that lasts is told as one that somebody has to look at, once", async () => {
    server.handshakes({ kind: "refuse", status: 403, handshakeStatus: 403, msg: "no" });
    await connect({ outageMs: 60, longestMs: 20 }).start();
    await server.waitFor(() => problems.length === 2);
    const asked = server.requests.length;
    await server.waitFor(() => server.requests.length > asked + 2);
    expect(problems).toMatchObject([
      { key: "connection:handshake", lasting: false },
      { key: "connection:handshake:long", lasting: true },
    ]);
  });

  test("does not wait for attempts of the SDK itself", async () => {
    await server.stop();
    const before = performance.now();
    await connect({ connectMs: 5_000 }).start();
    expect(performance.now() - before).toBeLessThan(4_000);
  });

  test.each([
    ["code 1", { kind: "code", code: 1 }, "connection:1", false],
    ["code 403", { kind: "code", code: 403 }, "connection:403", true],
    ["code 514", { kind: "code", code: 514 }, "connection:514", true],
    ["code 1000040343", { kind: "code", code: 1000040343 }, "connection:1000040343", false],
    ["code 1000040350", { kind: "code", code: 1000040350 }, "connection:1000040350", true],
    ["an unknown code", { kind: "code", code: 77 }, "connection:77", true],
    ["an answer without an address", { kind: "noData" }, "connection:answer", false],
    ["HTTP 500", { kind: "http500" }, "connection:network", false],
    ["no answer", { kind: "hang" }, "connection:network", false],
  ] as const)("%s is told in Chinese and tried again", async (_, mode, key, lasting) => {
    server.endpointAnswers(mode);
    await connect().start();
    expect(problems).toMatchObject([{ key, lasting, text: expect.stringMatching(/^[^a-z]*[一-鿿].*。$/u) }]);
    server.endpointAnswers();
    await connected();
  });

  test("what does not pass by itself is tried seldom", async () => {
    server.endpointAnswers({ kind: "code", code: 403 });
    await connect({ shortestMs: 1, longestMs: 60_000 }).start();
    const asked = server.requests.length;
    server.endpointAnswers();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(server.requests.length).toBe(asked);
  });

  test.each([
    ["refused", { kind: "refuse", status: 403, handshakeStatus: 403, msg: "no" }],
    ["without an answer", { kind: "hang" }],
  ] as const)("a handshake %s is tried again", async (_, mode) => {
    server.handshakes(mode);
    await connect().start();
    expect(problems).toMatchObject([{ key: "connection:handshake" }]);
    server.handshakes();
    await connected();
  });

  test("a wrong secret is told, and not shown", async () => {
    const connection = new LongConnection({
      options: optionsFor(server, { appSecret: "WrongSecret-0815" }),
      dispatcherHandlers: {},
      report,
      onState: (_, problem) => problem && problems.push(problem),
      timing: QUICK,
    });
    connections.push(connection);
    await connection.start();
    expect(problems[0]?.text).toContain("FEISHU_APP_SECRET");
    expect([seen, problems.map((p) => p.text)].flat().join()).not.toContain("WrongSecret-0815");
  });
});

describe("stopping", () => {
  test("lets an event under way be answered, and refuses new ones", async () => {
    const gate = Promise.withResolvers<void>();
    const connection = connect({}, () => gate.promise);
    await connection.start();
    const first = server.push("im.message.receive_v1", { n: 1 });
    await server.waitFor(() => events.length === 1);
    const stopped = connection.stop();
    expect(await server.push("im.message.receive_v1", { n: 2 })).toMatchObject({ code: 500 });
    gate.resolve();
    await stopped;
    expect(await first).toMatchObject({ code: 200 });
    expect(events).toHaveLength(1);
    expect(connection.state()).toBe("stopped");
    await server.waitFor(() => server.connections === 0);
  });

  test("does not wait for ever for one that hangs", async () => {
    const connection = connect({ finishMs: 50 }, () => new Promise(() => {}));
    await connection.start();
    void server.push("im.message.receive_v1", {});
    await server.waitFor(() => events.length === 1);
    await connection.stop();
    await server.waitFor(() => server.connections === 0);
  });

  test("in the middle of connecting leaves no connection", async () => {
    const connection = connect();
    const started = connection.start();
    await server.waitFor(() => server.requests.length > 0);
    await connection.stop();
    await started;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.connections).toBe(0);
    expect(states).not.toContain("connected");
  });
});
