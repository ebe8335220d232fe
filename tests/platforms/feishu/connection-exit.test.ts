import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { FeishuServer } from "../../support/feishu-server/server.ts";
import { optionsFor, startServer } from "./transport-fixture.ts";

let server: FeishuServer;

beforeEach(async () => {
  server = await startServer();
});

afterEach(() => server.close());

test.each(["standing", "hanging endpoint", "hanging handshake", "half open", "down"])(
  "the process can end: %s",
  async (how) => {
    if (how === "hanging endpoint") server.endpointAnswers({ kind: "hang" });
    if (how === "hanging handshake") server.handshakes({ kind: "hang" });
    if (how === "down") await server.stop();
    const code = `
      const { LongConnection } = await import("#src/platforms/feishu/connection.ts");
      const connection = new LongConnection({
        options: ${JSON.stringify(optionsFor(server))}, dispatcherHandlers: {}, report() {}, onState() {},
        timing: { connectMs: 20000 },
      });
      void connection.start();
      setTimeout(() => connection.stop().then(() => console.log("stopped")), 400);`;
    const run = promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code], { timeout: 8_000 });
    if (how === "half open") await server.waitFor(() => server.connections === 1);
    if (how === "half open") server.halfOpen();
    expect((await run).stdout.trim()).toBe("stopped");
  },
  15_000,
);
