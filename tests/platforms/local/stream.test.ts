import { expect, test } from "vitest";
import type { LapseControls } from "#src/platforms/local/lapse.ts";
import { Client, card, DUTY, delivery, START, setup } from "./fixture.ts";

interface StreamEvent {
  name: string;
  data: unknown;
  id?: string;
}

/** Reads the events of a stream one by one. */
class Stream {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #rest = "";

  constructor(response: Response) {
    if (!response.body) throw new Error("no stream");
    this.#reader = response.body.getReader();
  }

  /** The next event; undefined when the stream has ended. */
  async next(): Promise<StreamEvent | undefined> {
    while (!this.#rest.includes("\n\n")) {
      const { value, done } = await this.#reader.read();
      if (done) return undefined;
      this.#rest += this.#decoder.decode(value, { stream: true });
    }
    const end = this.#rest.indexOf("\n\n");
    const lines = this.#rest.slice(0, end).split("\n");
    this.#rest = this.#rest.slice(end + 2);
    const field = (name: string) => lines.find((l) => l.startsWith(`${name}: `))?.slice(name.length + 2);
    const id = field("id");
    return { name: field("event") ?? "", data: JSON.parse(field("data") ?? "null"), ...(id ? { id } : {}) };
  }

  async close(): Promise<void> {
    await this.#reader.cancel();
  }
}

async function follow(client: Client, after: string, lastEventId?: string): Promise<Stream> {
  const headers: Record<string, string> = lastEventId ? { "Last-Event-ID": lastEventId } : {};
  const response = await client.get(`stream?after=${after}`, headers);
  expect(response.headers.get("Content-Type")).toContain("text/event-stream");
  return new Stream(response);
}

test("a window hears of messages, edits and read marks of its chats only", async () => {
  const { platform } = await setup();
  const window = new Client(platform, "王晓梅");
  const stream = await follow(window, (await window.state()).cursor);
  expect(await stream.next()).toMatchObject({ name: "clock", data: { now: START, speed: 1 } });

  await platform.send(delivery({ to: { kind: "group", name: "工作群" } }));
  await platform.send(delivery({ to: { kind: "user", name: "周敏" } }));
  const { messageId } = await platform.send(delivery({ card: card("给值班群") }));
  expect(await stream.next()).toMatchObject({ name: "message", data: { id: messageId, chat: DUTY } });
  await platform.update(messageId, card("改过了"));
  expect(await stream.next()).toMatchObject({ name: "message", data: { id: messageId, card: { title: "改过了" } } });
  await new Client(platform, "周敏").read(DUTY, 1_000);
  expect(await stream.next()).toMatchObject({ name: "read", data: { chat: DUTY, person: "周敏" } });
  await stream.close();
});

test("after a break a window gets what it missed, each message once and in its latest state", async () => {
  const { platform } = await setup();
  const window = new Client(platform, "王晓梅");
  const { messageId } = await platform.send(delivery());
  const stream = await follow(window, (await window.state()).cursor);
  await stream.next();
  await platform.send(delivery({ card: card("听到的") }));
  const heard = await stream.next();
  await stream.close();

  await platform.send(delivery({ card: card("错过的") }));
  await platform.update(messageId, card("改过两次"));
  await platform.update(messageId, card("改过三次"));
  await platform.send(delivery({ to: { kind: "group", name: "工作群" } }));
  await new Client(platform, "周敏").read(DUTY, 1_000);

  // The id of the last event stands above the cursor with which the window once began.
  const again = await follow(window, "stale.0", heard?.id);
  expect(await again.next()).toMatchObject({ data: { card: { title: "错过的" } } });
  expect(await again.next()).toMatchObject({ data: { card: { title: "改过三次" } } });
  expect(await again.next()).toMatchObject({ name: "read", data: { person: "周敏" } });
  const clock = await again.next();
  expect(clock).toMatchObject({ name: "clock", id: (await window.state()).cursor });
  await again.close();
});

test("a cursor of another history, or one too far back, makes the window start over", async () => {
  const { platform } = await setup();
  const window = new Client(platform, "王晓梅");
  const { cursor } = await window.state();
  for (const wrong of ["other.3", "", `${cursor.split(".")[0]}.x`]) {
    const stream = await follow(window, wrong);
    expect((await stream.next())?.name).toBe("reset");
    await stream.close();
  }
  for (let i = 0; i <= 500; i += 1) await platform.send(delivery());
  const stream = await follow(window, cursor);
  expect((await stream.next())?.name).toBe("reset");
  await stream.close();
});

test("stopping ends the stream", async () => {
  const { platform } = await setup();
  const window = new Client(platform, "王晓梅");
  const stream = await follow(window, (await window.state()).cursor);
  await stream.next();
  await platform.stop();
  expect(await stream.next()).toBeUndefined();
});

test("a window that takes nothing is cut off, and the others go on", async () => {
  const { platform } = await setup();
  const stuck = await new Client(platform, "王晓梅").get("stream?after=x");
  for (let i = 0; i < 600; i += 1) await platform.send(delivery());
  const reader = stuck.body?.getReader();
  let chunks = 0;
  while (reader && !(await reader.read()).done) chunks += 1;
  expect(chunks).toBeLessThan(600);
  expect(await new Client(platform, "王晓梅").chat(DUTY)).toHaveLength(50);
});

test("the time-lapse room sets the speed, jumps and starts over", async () => {
  const done: string[] = [];
  let speed = 1;
  const lapse: LapseControls = {
    speed: () => speed,
    setSpeed: (n) => {
      speed = n;
    },
    jump: async () => {
      done.push("jump");
    },
    reset: async () => platform.clear(),
    now: () => START,
  };
  const { platform } = await setup({ lapse });
  const window = new Client(platform, "王晓梅");
  await platform.send(delivery());
  const stream = await follow(window, (await window.state()).cursor);
  await stream.next();
  await window.post("lapse", { do: "speed", speed: 3600 });
  expect(await stream.next()).toMatchObject({ name: "clock", data: { speed: 3600 } });
  await window.post("lapse", { do: "jump" });
  expect((await stream.next())?.name).toBe("clock");
  expect(done).toEqual(["jump"]);
  expect((await window.post("lapse", { do: "speed", speed: -1 })).status).toBe(400);
  await window.post("lapse", { do: "reset" });
  expect((await stream.next())?.name).toBe("reset");
  expect(await window.chat(DUTY)).toEqual([]);
  await stream.close();
});

test("the real chat has no time to move and cannot be cleared", async () => {
  const { platform } = await setup();
  expect((await new Client(platform, "周敏").post("lapse", { do: "jump" })).status).toBe(404);
  expect(() => platform.clear()).toThrow("只有快放演示");
});
