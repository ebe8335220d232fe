import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { decodeFrame, encodeFrame, type Frame, headersOf } from "./frames.ts";
import { isObject, type Json, newId, parseJson } from "./model.ts";

export interface ClientConfig {
  /** Seconds; fractions are allowed. */
  PingInterval: number;
  /** -1: for ever. */
  ReconnectCount: number;
  ReconnectInterval: number;
  ReconnectNonce: number;
}

/** How the service answers a client that asks where to connect. */
export type EndpointMode =
  /** 1 busy, 403 and 514 refused, 1000040343 internal error, 1000040350 too many connections. */
  { kind: "code"; code: number; msg?: string } | { kind: "hang" } | { kind: "http500" } | { kind: "noData" };

export type HandshakeMode = { kind: "hang" } | ({ kind: "refuse" } & HandshakeRefusal);

interface HandshakeRefusal {
  /** HTTP status. */
  status: number;
  handshakeStatus: number;
  msg: string;
  authErrCode?: number;
}

export interface PushOptions {
  /** Splits the payload into so many frames. */
  fragments?: number;
  /** Sends them last to first. */
  outOfOrder?: boolean;
  /** The connection that gets it, by age; without it a random one. */
  connection?: number;
  /** Real milliseconds until the answer counts as missing. */
  timeoutMs?: number;
  /** Told the answer of an event that had to wait for a connection. */
  onLate?: (ack: Ack) => void;
}

export interface Ack {
  /** Status in the answer; `timeout` without one, `queued` while nobody is connected, `unseen` when not pushed at all. */
  code: number | "timeout" | "queued" | "unseen";
  /** Decoded result of the handler. */
  data?: unknown;
  /** Real milliseconds between push and answer. */
  ms: number;
}

interface Connection {
  socket: WebSocket;
  openedAt: number;
  halfOpen: boolean;
}

const MOST_CONNECTIONS = 50;
/** The SDK listens a moment after the connection is open: what is sent before is lost. */
const SETTLING_MS = 25;
const SERVICE_ID = "33554678";

/** The long connections of one app: endpoint, handshake, frames in both directions. Runs on real time. */
export class LongConnections {
  config: ClientConfig = { PingInterval: 0.5, ReconnectCount: -1, ReconnectInterval: 0.05, ReconnectNonce: 0.02 };
  endpointMode: EndpointMode | undefined;
  handshakeMode: HandshakeMode | undefined;
  pings = 0;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #connections: Connection[] = [];
  readonly #tickets = new Set<string>();
  readonly #waiting = new Map<string, (payload: Json) => void>();
  #queue: (() => void)[] = [];
  readonly #onChange: () => void;
  readonly #onBadFrame: (what: string) => void;

  constructor(hooks: { onChange: () => void; onBadFrame: (what: string) => void }) {
    this.#onChange = hooks.onChange;
    this.#onBadFrame = hooks.onBadFrame;
  }

  get connections(): number {
    return this.#connections.length;
  }

  /** Answer of the endpoint to a client with the right secret. */
  endpoint(port: number): Json {
    const mode = this.endpointMode;
    if (mode?.kind === "code") return { code: mode.code, msg: mode.msg ?? "refused by the test", data: {} };
    if (mode?.kind === "noData") return { code: 0, msg: "" };
    if (this.connections >= MOST_CONNECTIONS) return { code: 1000040350, msg: "connections exceed limit", data: {} };
    const ticket = newId.event();
    this.#tickets.add(ticket);
    const query = `fpid=493&aid=552564&device_id=${Date.now()}&access_key=${newId.event()}&service_id=${SERVICE_ID}&ticket=${ticket}`;
    return { code: 0, msg: "", data: { URL: `ws://127.0.0.1:${port}/ws/v2?${query}`, ClientConfig: this.config } };
  }

  /** Takes or refuses a WebSocket handshake. A ticket is good once. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const mode = this.handshakeMode;
    if (mode?.kind === "hang") return;
    const url = new URL(request.url ?? "/", "ws://127.0.0.1");
    const known = url.pathname === "/ws/v2" && this.#tickets.delete(url.searchParams.get("ticket") ?? "");
    const full = { status: 403, handshakeStatus: 514, msg: "limit", authErrCode: 1000040350 };
    if (mode) refuse(socket, mode);
    else if (!known) refuse(socket, { status: 403, handshakeStatus: 403, msg: "invalid ticket" });
    else if (this.connections >= MOST_CONNECTIONS) refuse(socket, full);
    else this.#server.handleUpgrade(request, socket, head, (open) => this.#opened(open));
  }

  /** Sends one event to one connection and waits for the answer, from whichever connection it comes. */
  async push(payload: Json, options: PushOptions = {}): Promise<Ack> {
    const started = performance.now();
    const ms = (): number => Math.round(performance.now() - started);
    if (this.connections === 0) {
      this.#queue.push(() => void this.push(payload, options).then((ack) => options.onLate?.(ack)));
      return { code: "queued", ms: 0 };
    }
    const { promise, resolve } = Promise.withResolvers<Ack>();
    const id = newId.event();
    const timer = setTimeout(() => resolve({ code: "timeout", ms: ms() }), options.timeoutMs ?? 3_000);
    this.#waiting.set(id, (answer) =>
      resolve({ code: Number(answer["code"]), data: decoded(answer["data"]), ms: ms() }),
    );
    this.#send(this.#choose(options.connection), fragments(id, payload, options));
    const ack = await promise;
    clearTimeout(timer);
    this.#waiting.delete(id);
    this.#onChange();
    return ack;
  }

  /** Cuts all connections, as a failing network does. */
  drop(): void {
    for (const { socket } of this.#connections.splice(0)) socket.terminate();
    this.#onChange();
  }

  /** The present connections stay open and nothing goes through them any more. */
  halfOpen(): void {
    for (const connection of this.#connections) connection.halfOpen = true;
  }

  #choose(index: number | undefined): Connection {
    const chosen = this.#connections[index ?? Math.floor(Math.random() * this.connections)];
    if (!chosen) throw new Error(`there is no connection ${index}`);
    return chosen;
  }

  #send(connection: Connection, frames: Frame[]): void {
    const wait = connection.openedAt + SETTLING_MS - performance.now();
    if (wait > 0) setTimeout(() => this.#send(connection, frames), wait);
    else if (!connection.halfOpen) for (const frame of frames) connection.socket.send(encodeFrame(frame));
  }

  #opened(socket: WebSocket): void {
    const connection: Connection = { socket, openedAt: performance.now(), halfOpen: false };
    this.#connections.push(connection);
    socket.on("message", (bytes: Buffer) => this.#received(connection, bytes));
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      const index = this.#connections.indexOf(connection);
      if (index >= 0) this.#connections.splice(index, 1);
      this.#onChange();
    });
    const queued = this.#queue;
    this.#queue = [];
    for (const push of queued) push();
    this.#onChange();
  }

  #received(connection: Connection, bytes: Buffer): void {
    if (connection.halfOpen) return;
    try {
      const frame = decodeFrame(bytes);
      const headers = headersOf(frame);
      if (frame.method === 0 && headers["type"] === "ping") this.#pong(connection);
      else this.#answered(frame, headers["message_id"] ?? "");
    } catch (error) {
      this.#onBadFrame(String(error));
    }
  }

  #answered(frame: Frame, id: string): void {
    const answer = parseJson(Buffer.from(frame.payload).toString());
    if (frame.method !== 1 || !isObject(answer)) throw new Error(`neither ping nor answer: ${JSON.stringify(frame)}`);
    this.#waiting.get(id)?.(answer);
  }

  #pong(connection: Connection): void {
    this.pings += 1;
    const payload = Buffer.from(JSON.stringify(this.config));
    const headers = [{ key: "type", value: "pong" }];
    connection.socket.send(
      encodeFrame({ SeqID: 0, LogID: 0, service: Number(SERVICE_ID), method: 0, headers, payload }),
    );
  }
}

function fragments(id: string, payload: Json, options: PushOptions): Frame[] {
  const bytes = Buffer.from(JSON.stringify(payload));
  const sum = options.fragments ?? 1;
  const size = Math.ceil(bytes.length / sum);
  const frames = Array.from({ length: sum }, (_, seq): Frame => {
    const pairs = { type: "event", message_id: id, sum: String(sum), seq: String(seq), trace_id: newId.log() };
    const headers = Object.entries(pairs).map(([key, value]) => ({ key, value }));
    const part = bytes.subarray(seq * size, (seq + 1) * size);
    return { SeqID: seq, LogID: Date.now(), service: Number(SERVICE_ID), method: 1, headers, payload: part };
  });
  return options.outOfOrder ? frames.toReversed() : frames;
}

const decoded = (data: unknown): unknown =>
  typeof data === "string" ? parseJson(Buffer.from(data, "base64").toString()) : undefined;

function refuse(socket: Duplex, mode: HandshakeRefusal): void {
  const lines = [
    `HTTP/1.1 ${mode.status} Refused`,
    `Handshake-Status: ${mode.handshakeStatus}`,
    `Handshake-Msg: ${mode.msg}`,
    `Handshake-Autherrcode: ${mode.authErrCode ?? 0}`,
    "Connection: close",
    "Content-Length: 0",
  ];
  socket.end(`${lines.join("\r\n")}\r\n\r\n`);
}
