import type { BenchPlace, BenchTalk, FeishuService } from "#src/cli/bench/parts.ts";
import { Crowd } from "./crowd.ts";
import { MeasuredServer } from "./measured-server.ts";

/**
 * A loopback Feishu with its people in a process of its own, so that it takes no time from the bot that is measured. Each
 * message from the parent is one call; it ends with the parent.
 */
let server: MeasuredServer | undefined;
let crowd: Crowd | undefined;
let quick = (): void => {};

const running = (): MeasuredServer => {
  if (!server) throw new Error("the service was not opened");
  return server;
};

const calls: FeishuService = {
  async open({ people, groups, clockAhead }: BenchPlace) {
    // Intervals as the real service gives them.
    const clientConfig = { PingInterval: 120, ReconnectInterval: 120, ReconnectNonce: 30 };
    const opened = new MeasuredServer({ now: () => Date.now() + clockAhead, clientConfig });
    await opened.resume();
    server = opened;
    const users = people.map(({ name, account }) => opened.addUser({ name, openId: account }));
    for (const { name, account, members } of groups)
      opened.addChat({ name, chatId: account, members: users.filter((user) => members.includes(user.name)) });
    const { appId, appSecret, domain } = opened;
    return { FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret, FEISHU_DOMAIN: domain };
  },
  async answersAfter(delayMs) {
    quick();
    quick = running().fault({ match: () => true, kind: "slow", delayMs });
  },
  async act({ perSecond, seconds, ...texts }: BenchTalk) {
    crowd ??= new Crowd(running(), texts);
    const { acks } = running();
    acks.length = 0;
    running().missed = 0;
    await crowd.act(perSecond, seconds);
    return { acks, missed: running().missed };
  },
  async sent() {
    const { arrivals, refusedForRate } = running();
    return { arrivals, refused: refusedForRate };
  },
  async arrival(title) {
    return running().arrival(title);
  },
  async close() {
    await server?.close();
  },
};

process.on("message", ({ id, method, args }: { id: number; method: keyof FeishuService; args: never[] }) => {
  const call = calls[method] as (...given: never[]) => Promise<unknown>;
  call(...args).then(
    (result) => process.send?.({ id, result }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
process.on("disconnect", () => process.exit());
