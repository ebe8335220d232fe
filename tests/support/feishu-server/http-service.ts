import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { text as textOf } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import type { Answer } from "./calls.ts";
import { breakDown, Faults } from "./faults.ts";
import { isObject, type Json, parseJson } from "./model.ts";
import type { Request } from "./open-api.ts";

/** A call as it came in, without its token and secrets. */
export interface Logged {
  at: number;
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, unknown>;
  body: Json;
  /** HTTP status and code of the answer; undefined while, or because, there is none. */
  status: number | undefined;
  code: number | undefined;
}

export type Reply = Answer & { status?: number; headers?: Record<string, string> };

interface Hooks {
  /** "hang": never answered. */
  answer(request: Request): Reply | "hang";
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  onChange(): void;
  now(): number;
}

/** HTTP on 127.0.0.1: writes down every call, breaks those that a fault says, and has the others answered. */
export class HttpService {
  readonly requests: Logged[] = [];
  readonly faults = new Faults();
  readonly #hooks: Hooks;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  constructor(hooks: Hooks) {
    this.#hooks = hooks;
  }

  /** @returns the port, which is free when 0 was asked for */
  async listen(port: number): Promise<number> {
    const server = createServer((incoming, response) => void this.#serve(incoming, response));
    server.on("upgrade", (request, socket, head) => this.#hooks.upgrade(request, socket, head));
    server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(port, "127.0.0.1", resolve);
    });
    this.#server = server;
    return (server.address() as AddressInfo).port;
  }

  /** Cuts every connection. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await read(incoming);
    if (!request) return;
    const logged = this.#log(request);
    response.on("finish", () => {
      logged.status = response.statusCode;
      this.#hooks.onChange();
    });
    const fault = this.faults.take(request);
    if (fault?.delayMs) await sleep(fault.delayMs);
    const broken = fault && fault.kind !== "slow";
    if (broken && !fault.afterEffect) return breakDown(fault, incoming, response);
    const reply = this.#hooks.answer(request);
    if (broken) return breakDown(fault, incoming, response);
    if (reply === "hang") return;
    logged.code = "json" in reply ? Number(reply.json["code"]) : 0;
    respond(response, reply);
  }

  #log({ method, path, query, headers, body }: Request): Logged {
    const { authorization: _, ...shown } = headers;
    const secrets = Object.keys(body).filter((key) => /secret/i.test(key));
    const hidden = Object.fromEntries(secrets.map((key) => [key, "***"]));
    const logged: Logged = {
      at: this.#hooks.now(),
      method,
      path,
      query: Object.fromEntries(query),
      headers: shown,
      body: { ...body, ...hidden },
      status: undefined,
      code: undefined,
    };
    this.requests.push(logged);
    this.#hooks.onChange();
    return logged;
  }
}

/** @returns undefined when the client went away in the middle */
async function read(incoming: IncomingMessage): Promise<Request | undefined> {
  try {
    const parsed = parseJson(await textOf(incoming));
    const url = new URL(incoming.url ?? "/", "http://127.0.0.1");
    const { method = "", headers } = incoming;
    return { method, path: url.pathname, query: url.searchParams, headers, body: isObject(parsed) ? parsed : {} };
  } catch {
    return undefined;
  }
}

function respond(response: ServerResponse, reply: Reply): void {
  if ("bytes" in reply) {
    const name = `attachment; filename*=UTF-8''${encodeURIComponent(reply.name)}`;
    response.writeHead(200, { "Content-Type": "application/octet-stream", "Content-Disposition": name });
    response.end(reply.bytes);
    return;
  }
  response.writeHead(reply.status ?? 200, { "Content-Type": "application/json; charset=utf-8", ...reply.headers });
  response.end(JSON.stringify(reply.json));
}
