import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import type { Card } from "#core/message/card.ts";
import { DeliveryError, type PlatformEvent } from "#core/ports.ts";
import { rosterFrom } from "#core/roster/load.ts";
import { movableClock } from "#core/virtual-time.ts";
import { VirtualPlatform } from "#src/cli/simulate/virtual-platform.ts";

const roster = rosterFrom(parse(readFileSync("examples/qingyan/roster.yaml", "utf8")));
const card = (title: string): Card => ({ title, tone: "blue", lines: [], buttons: [] });
const to = (name: string, key: string) => ({
  key,
  to: { kind: "user" as const, name },
  card: card(key),
  mentions: [],
  kind: "notice",
  lane: 2 as const,
});
const read: PlatformEvent = { type: "read", at: 0, from: "周敏", messageIds: [] };

function platform() {
  const clock = movableClock(0);
  const virtual = new VirtualPlatform(clock);
  virtual.begin(roster, "t-");
  return { clock, virtual };
}

describe("the virtual platform", () => {
  it("delivers a key once", async () => {
    const { virtual } = platform();
    const first = await virtual.send(to("周敏", "a"));
    expect(await virtual.send(to("周敏", "a"))).toEqual(first);
    expect(virtual.shown).toHaveLength(1);
  });

  it("keeps what a card was before each edit", async () => {
    const { virtual } = platform();
    const { messageId } = await virtual.send(to("周敏", "a"));
    await virtual.update(messageId, card("b"));
    expect(virtual.visibleTo("周敏")[0]?.versions.map((c) => c.title)).toEqual(["a", "b"]);
    await expect(virtual.update("none", card("b"))).rejects.toMatchObject({ retry: false });
  });

  it("shows private messages to their reader and group messages to members, newest first", async () => {
    const { virtual } = platform();
    await virtual.send(to("周敏", "a"));
    await virtual.send({ ...to("", "b"), to: { kind: "group", name: "青岩县舆情值班群" } });
    await virtual.send(to("孙浩", "c"));
    const seen = (name: string) => virtual.visibleTo(name).map((p) => p.key);
    expect(seen("周敏")).toEqual(["b", "a"]);
    expect(seen("孙浩")).toEqual(["c", "b"]);
    expect(seen("张志远")).toEqual([]);
  });

  it("reaches the people and groups of the roster, and nobody else", () => {
    const { virtual } = platform();
    expect(virtual.reaches({ kind: "user", name: "周敏" })).toBe(true);
    expect(virtual.reaches({ kind: "user", name: "王小明" })).toBe(false);
    expect(virtual.reaches({ kind: "group", name: "青岩县舆情值班群" })).toBe(true);
    expect(virtual.reaches({ kind: "group", name: "周敏" })).toBe(false);
  });

  it.each([
    [429, true, 30_000],
    [500, true, undefined],
    [403, false, undefined],
  ])("refuses with %i for a while: retry %s", async (status, retry, retryAfterMs) => {
    const { virtual, clock } = platform();
    virtual.refuse(status, 1000);
    const refused = await virtual.send(to("周敏", "a")).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DeliveryError);
    expect(refused).toMatchObject({ retry, retryAfterMs });
    clock.set(1000);
    await virtual.send(to("周敏", "a"));
    expect(virtual.shown).toHaveLength(1);
  });

  it("keeps what people do while there is no bot, and hands it to the next one in order", async () => {
    const { virtual } = platform();
    const onEvent = vi.fn(async () => undefined);
    await virtual.hand(read);
    await virtual.start({ onEvent, onNews: async () => {}, denies: async () => undefined });
    expect(onEvent).toHaveBeenCalledTimes(1);
    await virtual.stop();
    await virtual.hand(read);
    expect(onEvent).toHaveBeenCalledTimes(1);
    await virtual.start({ onEvent, onNews: async () => {}, denies: async () => undefined });
    expect(onEvent).toHaveBeenCalledTimes(2);
  });
});
