import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { GROUP, REPORTER } from "./office.ts";

/** The real program in a process of its own, with the local platform on a free port. */
export interface Running {
  pid: number;
  /** When it was started, UTC milliseconds. */
  startedAt: number;
  /** A person writes into the duty group through the local chat; resolves when the bot's answer is there. */
  ask(text: string, from?: string): Promise<void>;
  stop(): Promise<void>;
}

/** Longer than any step may take, milliseconds. */
const PATIENCE = 60_000;

/** @param folder its data folder @param database address of its database, when that is not in the folder */
export async function run(program: readonly string[], folder: string, database?: string): Promise<Running> {
  const startedAt = Date.now();
  const { HUIYING_CONFIG: _, HUIYING_DATABASE_URL: __, ...env } = process.env;
  const args = [...program, "start", "--port", "0", ...(database ? ["--database", database] : [])];
  const child = spawn(process.execPath, args, {
    env: { ...env, HUIYING_DATA: folder },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const chat = await addressOf(child).catch((error: unknown) => {
    child.kill();
    throw error;
  });
  return {
    pid: child.pid ?? 0,
    startedAt,
    async ask(text, from = REPORTER) {
      const messages = `${chat}api/chats/${encodeURIComponent(`group:${GROUP}`)}/messages?as=${encodeURIComponent(from)}`;
      const posted = await fetch(messages, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ text, clientKey: crypto.randomUUID() }),
      });
      if (!posted.ok) throw new Error(`the local chat answered ${posted.status}: ${await posted.text()}`);
      const { message } = (await posted.json()) as { message: Message };
      const deadline = performance.now() + PATIENCE;
      while (!hasAnswer(((await (await fetch(messages)).json()) as Page).messages, message.id)) {
        if (performance.now() > deadline) throw new Error("the bot did not answer");
        await pause(5);
      }
    },
    async stop() {
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
}

/** The address of the chat, which the program prints when it is ready. */
async function addressOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("the program has no output");
  const late = setTimeout(() => child.kill(), PATIENCE);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const address = /http:\S+/.exec(line)?.[0];
      if (address) return address;
    }
    throw new Error("the program ended before it was ready");
  } finally {
    clearTimeout(late);
    child.stdout.resume();
  }
}

/** What is needed of the local chat's messages. */
interface Message {
  id: string;
  card?: unknown;
  replyTo?: { id: string };
}

interface Page {
  messages: Message[];
}

const hasAnswer = (messages: readonly Message[], id: string): boolean =>
  messages.some((m) => m.card !== undefined && m.replyTo?.id === id);

/** Processor time of all threads so far, milliseconds; null where the system does not tell. */
export function cpuOf(pid: number): number | null {
  return fromProc(() => {
    const threads = readdirSync(`/proc/${pid}/task`);
    const spent = threads.map((t) => Number(readFileSync(`/proc/${pid}/task/${t}/schedstat`, "utf8").split(" ")[0]));
    return spent.reduce((a, b) => a + b, 0) / 1e6;
  });
}

/** Memory now (VmRSS) or at its highest (VmHWM), MB; null where the system does not tell. */
export function memoryOf(pid: number, which: "VmRSS" | "VmHWM"): number | null {
  return fromProc(() => {
    const line = new RegExp(`${which}:\\s*(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return line ? Number(line[1]) / 1024 : null;
  });
}

function fromProc<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
