import { describe, expect } from "vitest";
import { sends, sendsToGroup } from "../support/feishu-calls.ts";
import type { Fault } from "../support/feishu-server/faults.ts";
import { expectConfirmed, POTHOLE, test } from "../support/feishu-soundness.ts";

describe.concurrent("a message arrives once, although Feishu", () => {
  // The first, because it takes longest.
  test("it never answers one call; others go on meanwhile", async ({ office }) => {
    office.server.fault({ match: sendsToGroup, kind: "hang", afterEffect: true, times: 1 });
    const group = office.says("王晓梅", POTHOLE);
    await office.server.says(office.user("周敏"), "p2p", "/舆情 帮助");
    await office.server.waitFor(() => office.toldTo("周敏").length > 0, 4_000);
    const id = await group;
    await office.passes("10s");
    expectConfirmed(office.server, id);
  });

  const passing: [string, Omit<Fault, "match">][] = [
    ["fails (HTTP 500)", { kind: "500", times: 3 }],
    ["is unavailable (HTTP 503)", { kind: "503", times: 3 }],
    ["cuts the connection before anything happened", { kind: "reset", times: 2 }],
    ["cuts the connection in mid-response, and nothing happened", { kind: "resetMidResponse", times: 2 }],
    ["cuts the connection after the message is there", { kind: "reset", afterEffect: true, times: 3 }],
    ["cuts the answer after the message is there", { kind: "resetMidResponse", afterEffect: true, times: 3 }],
    ["answers with half a JSON after the message is there", { kind: "badJson", afterEffect: true, times: 3 }],
    ["fails after the message is there", { kind: "500", afterEffect: true, times: 3 }],
  ];
  test.for(passing)("it %s", async ([, fault], { office }) => {
    office.server.fault({ match: sends, ...fault });
    const id = await office.says("王晓梅", POTHOLE);
    expect(office.errors.length).toBeGreaterThan(0);
    await office.passes("1m");
    expectConfirmed(office.server, id);
  });
});
