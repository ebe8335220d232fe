import { describe, expect, test } from "vitest";
import { BotError } from "#core/errors.ts";
import { DeliveryError } from "#core/ports.ts";
import {
  isFileKey,
  isMessageId,
  mustChatId,
  mustFileKey,
  mustMessageId,
  mustOpenId,
} from "#src/platforms/feishu/ids.ts";
import { readOptions } from "#src/platforms/feishu/options.ts";
import { CALLBACKS, EVENTS, SCOPES } from "#src/platforms/feishu/scopes.ts";

const ENV = { FEISHU_APP_ID: "cli_a1b2c3d4e5f60718", FEISHU_APP_SECRET: "secret-4711" };

const refusalOf = (env: Record<string, string>, options?: unknown): BotError => {
  try {
    readOptions(env, options);
  } catch (error) {
    if (error instanceof BotError) return error;
  }
  throw new Error("expected a refusal");
};

describe("options", () => {
  test("two variables are enough", () => {
    expect(readOptions(ENV, undefined)).toEqual({
      appId: ENV.FEISHU_APP_ID,
      appSecret: "secret-4711",
      domain: "https://open.feishu.cn",
      transport: "connection",
      maxFileMB: 30,
    });
  });

  test.each(["https://open.example.gov.cn/", "https://open.example.gov.cn//", " https://open.example.gov.cn "])(
    "the domain %j stands without a slash at its end",
    (domain) => {
      expect(readOptions({ ...ENV, FEISHU_DOMAIN: domain }, {}).domain).toBe("https://open.example.gov.cn");
    },
  );

  test("a service on this machine may be spoken to in clear, none elsewhere", () => {
    expect(readOptions({ ...ENV, FEISHU_DOMAIN: "http://127.0.0.1:8080" }, {}).domain).toBe("http://127.0.0.1:8080");
    for (const domain of [
      "http://open.feishu.cn",
      "ftp://x",
      "open.feishu.cn",
      "http://127.0.0.1.example.com",
      "https://a/?b=c",
    ]) {
      expect(refusalOf({ ...ENV, FEISHU_DOMAIN: domain }).message).toContain("FEISHU_DOMAIN");
    }
  });

  test("missing or empty credentials say how to get them", () => {
    for (const env of [{}, { ...ENV, FEISHU_APP_SECRET: " " }]) {
      expect(refusalOf(env)).toMatchObject({ code: "bad-config", message: expect.stringContaining("connect feishu") });
    }
  });

  test.each(["cli_abc", "a1b2c3d4e5f60718", "cli_a1b2c3d4e5f6071g", "cli_a1b2c3d4e5f607189"])(
    "the app id %s is refused: the SDK would silently do nothing",
    (id) => {
      expect(refusalOf({ ...ENV, FEISHU_APP_ID: id }).message).toContain("FEISHU_APP_ID");
    },
  );

  test("a webhook needs both keys", () => {
    const keys = { FEISHU_ENCRYPT_KEY: "key", FEISHU_VERIFICATION_TOKEN: "token" };
    expect(readOptions({ ...ENV, ...keys }, { transport: "webhook" })).toMatchObject({ encryptKey: "key" });
    for (const key of Object.keys(keys)) {
      expect(refusalOf({ ...ENV, ...keys, [key]: "" }, { transport: "webhook" }).message).toContain("Encrypt Key");
    }
  });

  test("unknown options are refused, and no refusal shows the secret", () => {
    for (const options of [{ transprot: "webhook" }, { transport: "pigeon" }, { maxFileMB: 0 }, 5]) {
      const refusal = refusalOf(ENV, options);
      expect(refusal.message).toContain("platforms.feishu");
      expect(refusal.message).not.toContain("secret-4711");
    }
  });
});

describe("ids", () => {
  test("real shapes pass", () => {
    expect(mustOpenId("ou_7d8a6e6df7621556ce0d21922b676706")).toBeDefined();
    expect(mustChatId("oc_a0553eda9014c201e6969b478895c230")).toBeDefined();
    expect(mustMessageId("om_x100b55c4f6a8b8acb2d2d0f12345678")).toBeDefined();
    expect(mustFileKey("img_v2_041b28e3-5680-48c2-9af2-497ace79333g")).toBeDefined();
    expect(mustFileKey("file_v3_0011_ab-cd")).toBeDefined();
  });

  test.each([
    "",
    "om_",
    "om_1/..",
    "om_1?x",
    "om_1#",
    "om_1%2e",
    "om_1\n",
    "\nom_1",
    "../om_1",
    "om_甲",
    "ou_1",
    `om_${"1".repeat(200)}`,
  ])("%j is no message", (id) => {
    expect(isMessageId(id)).toBe(false);
    expect(() => mustMessageId(id)).toThrow(DeliveryError);
  });

  test("a path is no file", () => {
    expect(isFileKey("file_/../x")).toBe(false);
    expect(isFileKey("file_..")).toBe(false);
  });
});

test("every scope, event and callback is named once and has a purpose", () => {
  const names = [...SCOPES.map((s) => s.scope), ...[...EVENTS, ...CALLBACKS].map((e) => e.event)];
  expect(new Set(names).size).toBe(names.length);
  for (const { purpose } of [...SCOPES, ...EVENTS, ...CALLBACKS]) expect(purpose).toMatch(/[一-鿿]/u);
  expect(SCOPES.filter((s) => s.sensitive).map((s) => s.scope)).toEqual(["im:message.group_msg"]);
});
