import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BotError } from "#core/errors.ts";
import type { FeishuService } from "./cli/bench/parts.ts";

/** It belongs to the tests: an installation without them runs the bot all the same. */
const PROCESS = fileURLToPath(new URL("../tests/support/feishu-load/process.ts", import.meta.url));

interface Answer {
  id: number;
  result?: unknown;
  error?: string;
}

/**
 * Starts the loopback Feishu in a process of its own.
 * @throws BotError platform when this installation does not have it
 */
export function startService(file = PROCESS): FeishuService {
  if (!existsSync(file))
    throw new BotError(
      "platform",
      "这里没有测飞书用的本机替身（tests/support/feishu-load）：请在完整的源码目录里运行 bench feishu，或改测 timers、messages、start。",
    );
  const child = fork(file, { execArgv: ["--disable-warning=ExperimentalWarning"] });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let calls = 0;
  child.on("message", ({ id, result, error }: Answer) => {
    if (error === undefined) waiting.get(id)?.resolve(result);
    else waiting.get(id)?.reject(new Error(error));
    waiting.delete(id);
  });
  const gone = once(child, "exit").then(() => {
    for (const { reject } of waiting.values()) reject(new Error("the loopback service ended"));
  });
  const call =
    <M extends keyof FeishuService>(method: M) =>
    (...args: Parameters<FeishuService[M]>): ReturnType<FeishuService[M]> => {
      const id = ++calls;
      const answer = Promise.withResolvers<unknown>();
      waiting.set(id, answer);
      child.send({ id, method, args });
      return answer.promise as ReturnType<FeishuService[M]>;
    };
  return {
    open: call("open"),
    answersAfter: call("answersAfter"),
    act: call("act"),
    sent: call("sent"),
    arrival: call("arrival"),
    async close() {
      await call("close")();
      child.disconnect();
      await gone;
    },
  };
}
