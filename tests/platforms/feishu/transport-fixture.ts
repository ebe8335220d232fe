import { inspect } from "node:util";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { FeishuApi } from "#src/platforms/feishu/api.ts";
import type { FeishuOptions } from "#src/platforms/feishu/options.ts";
import { FeishuServer, type FeishuServerOptions } from "../../support/feishu-server/server.ts";

/** Words that must never be seen outside of the request in which they stand. */
export const SECRETS = {
  appSecret: "SecretOfTheApp-4711",
  encryptKey: "encrypt-key-4711",
  verificationToken: "verification-4711",
  body: "张某某住在幸福里三号楼",
};

export const startServer = (options: FeishuServerOptions = {}): Promise<FeishuServer> =>
  FeishuServer.start({ ...SECRETS, ...options });

export const optionsFor = (server: FeishuServer, changed: Partial<FeishuOptions> = {}): FeishuOptions => ({
  appId: server.appId,
  appSecret: server.appSecret,
  domain: server.domain,
  transport: "connection",
  maxFileMB: 30,
  ...changed,
});

export const apiFor = (server: FeishuServer, changed: Partial<FeishuOptions> = {}): FeishuApi =>
  FeishuApi.create(optionsFor(server, changed), { callMs: 400, downloadMs: 800 });

/** Everything that was written to the console or reported while a test ran. */
export const seen: string[] = [];

export const report = (error: unknown, doing: string): void => {
  seen.push(`${doing} ${everything(error)}`);
};

/** Something with all that hangs on it, as deep as it goes. */
export const everything = (value: unknown): string =>
  typeof value === "string" ? value : inspect(value, { depth: null, showHidden: true, maxStringLength: null });

/** Listens to the console for each test of a file, and lets none pass in which something secret was shown. */
export function watchForSecrets(): void {
  beforeEach(() => {
    seen.length = 0;
    for (const level of ["log", "info", "warn", "error", "debug", "trace"] as const) {
      vi.spyOn(console, level).mockImplementation((...args: unknown[]) => {
        seen.push(args.map(everything).join(" "));
      });
    }
  });
  afterEach(() => {
    vi.restoreAllMocks();
    expectNothingSecret(seen.join("\n"));
  });
}

export function expectNothingSecret(text: string): void {
  for (const secret of Object.values(SECRETS)) expect(text).not.toContain(secret);
  expect(text).not.toMatch(/\b[tc]-[0-9a-f]{32}/);
}

export async function failureOf(run: Promise<unknown>): Promise<Error> {
  try {
    await run;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("expected a failure");
}
