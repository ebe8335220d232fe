import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MessageView, PageView, StateView } from "#src/platforms/local/views.ts";

const ROOT = join(import.meta.dirname, "../..");

export const DUTY_GROUP = "group:青岩县舆情值班群";

/** A folder with a configuration of the example county: the local platform, and no time-lapse room. */
export function installation(): { folder: string; config: string; data: string } {
  const folder = mkdtempSync(join(tmpdir(), "huiying-process-"));
  const config = join(folder, "config.yaml");
  const example = join(ROOT, "examples/qingyan");
  writeFileSync(
    config,
    JSON.stringify({ roster: join(example, "roster.yaml"), rules: [join(example, "rules")], platforms: { local: {} } }),
  );
  return { folder, config, data: join(folder, "data") };
}

/** The bot as its own process, as `npm start` runs it, on a free port of this machine. */
export class BotProcess {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  #output = "";
  #url: string | undefined;

  /** @param more further arguments of `start`, and changes to the environment */
  constructor(
    { config, data }: { config: string; data: string },
    more: { args?: readonly string[]; env?: Record<string, string> } = {},
  ) {
    const args = ["--port", "0", "--config", config, ...(more.args ?? [])];
    this.#child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "src/main.ts", "start", ...args], {
      cwd: ROOT,
      env: { ...process.env, HUIYING_DATA: data, HUIYING_DATABASE_URL: "", HUIYING_CONFIG: "", ...more.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#exited = once(this.#child, "exit");
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#output += text;
        this.#url ??= /http:\/\/127\.0\.0\.1:\d+\//.exec(this.#output)?.[0];
      });
  }

  /** Everything it printed so far. */
  get output(): string {
    return this.#output;
  }

  /** Its address, once it listens. @throws when it ended before */
  async ready(): Promise<string> {
    while (this.#url === undefined) {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null)
        throw new Error(`the bot ended while starting:\n${this.#output}`);
      await Promise.race([this.#exited, once(this.#child.stdout as NodeJS.ReadableStream, "data")]);
    }
    return this.#url;
  }

  /** Ends it without warning, as a power failure does to a process. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#exited;
  }

  /** Asks it to end. @returns its exit code */
  async stop(): Promise<number | null> {
    this.#child.kill("SIGTERM");
    await this.#exited;
    return this.#child.exitCode;
  }
}

/** One person's window on the local platform, over HTTP. */
export class Window {
  readonly #url: string;
  readonly #person: string;

  constructor(url: string, person: string) {
    this.#url = url;
    this.#person = person;
  }

  async say(chat: string, text: string, more: Record<string, unknown> = {}): Promise<MessageView> {
    const body = { text, clientKey: crypto.randomUUID(), ...more };
    const answer = await this.#call(`chats/${encodeURIComponent(chat)}/messages`, body);
    return (answer as { message: MessageView }).message;
  }

  async press(messageId: string, action: string, values: Record<string, string>): Promise<string | undefined> {
    const body = { pressKey: crypto.randomUUID(), action, values };
    return ((await this.#call(`messages/${messageId}/press`, body)) as { toast?: { text: string } }).toast?.text;
  }

  async messages(chat: string): Promise<MessageView[]> {
    return ((await this.#call(`chats/${encodeURIComponent(chat)}/messages`)) as PageView).messages;
  }

  async state(): Promise<StateView> {
    return (await this.#call("state")) as StateView;
  }

  /** @throws when the bot cannot be reached or refuses */
  async #call(path: string, body?: unknown): Promise<unknown> {
    const url = new URL(`chat/api/${path}`, this.#url);
    url.searchParams.set("as", this.#person);
    const headers = { "Content-Type": "application/json" };
    const post = body === undefined ? {} : { method: "POST", headers, body: JSON.stringify(body) };
    const response = await fetch(url, { ...post, signal: AbortSignal.timeout(10_000) });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return response.json();
  }
}
