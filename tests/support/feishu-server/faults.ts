import type { IncomingMessage, ServerResponse } from "node:http";
import type { Request } from "./open-api.ts";

export interface Fault {
  match: (request: Request) => boolean;
  /** How often; without it, always. */
  times?: number;
  /** `slow` only waits; `code` answers HTTP 400 with `code`. */
  kind: "slow" | "429" | "500" | "503" | "hang" | "reset" | "resetMidResponse" | "badJson" | "code";
  code?: number;
  /** Waits this long before anything else. */
  delayMs?: number;
  /** The call takes effect first: the message is there, only the answer is lost. */
  afterEffect?: boolean;
}

/** Faults by rule; of several that match, the one added last. */
export class Faults {
  readonly #faults: { fault: Fault; left: number }[] = [];

  /** @returns a function that takes the fault away */
  add(fault: Fault): () => void {
    const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
    this.#faults.push(entry);
    return () => {
      entry.left = 0;
    };
  }

  take(request: Request): Fault | undefined {
    const entry = this.#faults.findLast(({ fault, left }) => left > 0 && fault.match(request));
    if (entry) entry.left -= 1;
    return entry?.fault;
  }
}

/** Answers as the fault says; `hang` keeps the connection open until somebody closes it. */
export function breakDown(fault: Fault, incoming: IncomingMessage, response: ServerResponse): void {
  const json = (status: number, body: string, headers: Record<string, string> = {}): void => {
    response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(body);
  };
  switch (fault.kind) {
    case "429": {
      const body = { code: 99991400, msg: "request trigger frequency limit", error: { log_id: "0" } };
      json(429, JSON.stringify(body), { "x-ogw-ratelimit-limit": "50", "x-ogw-ratelimit-reset": "1" });
      break;
    }
    case "code":
      json(400, JSON.stringify({ code: fault.code ?? 1, msg: "fault of the test", error: { log_id: "0" } }));
      break;
    case "500":
    case "503":
      response.writeHead(Number(fault.kind), { "Content-Type": "text/html" }).end("<html>upstream</html>");
      break;
    case "badJson":
      json(200, '{"code":0,"data":{"mess');
      break;
    case "reset":
      incoming.socket.resetAndDestroy();
      break;
    case "resetMidResponse":
      response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "4096" });
      response.write('{"code":0,', () => incoming.socket.resetAndDestroy());
      break;
    case "hang":
    case "slow":
      break;
  }
}
