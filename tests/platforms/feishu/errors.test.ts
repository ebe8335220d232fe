import { AxiosError, AxiosHeaders } from "axios";
import { describe, expect, test } from "vitest";
import { DeliveryError } from "#core/ports.ts";
import {
  deliveryError,
  FeishuError,
  feishuError,
  isCardRefused,
  isMentionRefused,
  isMessageGone,
  needsMending,
  refusal,
} from "#src/platforms/feishu/errors.ts";
import { everything, expectNothingSecret, SECRETS } from "./transport-fixture.ts";

const codeError = (code: number, msg = "", headers = {}) => refusal({ code, msg }, 400, headers);

describe("what the outbox is told", () => {
  test.each([
    ["try again soon", [230020, 230049, 99991400, 99991663], { retry: true, unreachable: false }],
    [
      "keep until an administrator has mended it",
      [230006, 230018, 230035, 10014, 10003, 99991672, 99991403],
      { retry: true, unreachable: false },
    ],
    [
      "tell somebody else",
      [230002, 230013, 230027, 230029, 230034, 230053, 232009],
      { retry: false, unreachable: true },
    ],
    [
      "give up",
      [230001, 230011, 230022, 230025, 230028, 230031, 230054, 230099, 230110],
      { retry: false, unreachable: false },
    ],
  ] as const)("%s", (_, codes, expected) => {
    for (const code of codes) {
      const told = deliveryError(codeError(code));
      expect(told).toMatchObject(expected);
      expect(told.message).toMatch(new RegExp(`[一-鿿].*（飞书代码 ${code}）。$`, "u"));
      expect(told.retryAfterMs !== undefined).toBe(told.retry);
    }
  });

  test("what nobody knows is tried some times, in case it passes", () => {
    expect(deliveryError(codeError(777))).toMatchObject({ retry: true, tries: 8, unreachable: false });
  });

  test("rates pass within seconds, settings within minutes", () => {
    expect(deliveryError(codeError(230020)).retryAfterMs).toBeLessThanOrEqual(1_000);
    expect(deliveryError(codeError(99991672)).retryAfterMs).toBeGreaterThanOrEqual(60_000);
  });

  test.each([
    ["7", 7_000],
    ["0.5", 500],
    ["0", 2_000],
    ["-1", 2_000],
    ["tomorrow", 2_000],
    ["999999999", 2_000],
  ])("a wait of %s seconds that the platform names", (given, expected) => {
    expect(deliveryError(codeError(99991400, "", { "x-ogw-ratelimit-reset": given })).retryAfterMs).toBe(expected);
  });

  test("an urgent channel that is not granted is not tried again, one that is busy is", () => {
    expect(deliveryError(codeError(99991672), "urge")).toMatchObject({ retry: false });
    expect(deliveryError(codeError(230024), "urge")).toMatchObject({ retry: false });
    expect(deliveryError(codeError(99991400), "urge")).toMatchObject({ retry: true });
  });

  test("a missing scope is named, and nothing else of the sentence", () => {
    const msg =
      "Access denied. One of the following scopes is required: [im:message, im:message:send_as_bot].应用尚未开通所需的应用身份权限：[im:message]，点击链接申请：https://open.feishu.cn/app/cli_1/auth?q=x:y";
    expect(codeError(99991672, msg).scopes).toEqual(["im:message", "im:message:send_as_bot"]);
    expect(deliveryError(codeError(99991672, msg)).message).toContain("im:message 或 im:message:send_as_bot");
  });

  test("the sub code of a card is kept, its echo of the content is not", () => {
    const msg = `Failed to create card content, ext=ErrCode: 11310; ErrMsg: element exceeds the limit; ErrorValue: ${SECRETS.body}; `;
    const failure = codeError(230099, msg);
    expect(failure).toMatchObject({ code: 230099, subCode: 11310 });
    expectNothingSecret(everything(deliveryError(failure)));
  });

  test.each(["ECONNRESET", "ECONNABORTED", "ENOTFOUND", "ERR_CANCELED", "DEPTH_ZERO_SELF_SIGNED_CERT", "X"])(
    "%s on the way is tried again",
    (code) => {
      const told = deliveryError(new AxiosError("secret in here", code));
      expect(told).toMatchObject({ retry: true, unreachable: false });
      expect(told.message).toMatch(/[一-鿿].*。$/u);
      // For how long, it cannot say: the longer it lasts, the more seldom it is tried.
      expect(told.retryAfterMs).toBeUndefined();
    },
  );
});

describe("nothing secret comes along", () => {
  test("an error of the network layer is left behind", () => {
    const config = { headers: new AxiosHeaders({ Authorization: `Bearer t-${"0".repeat(32)}` }), data: SECRETS.body };
    const failure = feishuError(new AxiosError(SECRETS.appSecret, "ECONNRESET", config));
    expectNothingSecret(everything(failure));
    expectNothingSecret(everything(deliveryError(failure)));
  });

  test("whatever else is thrown becomes an error without its text", () => {
    expectNothingSecret(everything(feishuError(new Error(SECRETS.body))));
  });

  test("ids that were refused before sending stay as they are", () => {
    const refused = new DeliveryError("编号不对", { retry: false });
    expect(feishuError(refused)).toBe(refused);
    expect(deliveryError(refused)).toBe(refused);
  });
});

test("a card, a mention, a setting and a message that is gone are told apart", () => {
  const mention = new FeishuError({ code: 230099, subCode: 100290 });
  const card = new FeishuError({ code: 230099, subCode: 11310 });
  expect([isMentionRefused(mention), isMentionRefused(card)]).toEqual([true, false]);
  expect([card, mention, codeError(230025), codeError(230022)].map(isCardRefused)).toEqual([true, true, true, false]);
  expect([codeError(230035), codeError(10014), card, codeError(99991400)].map(needsMending)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([codeError(230011), codeError(230110), card].map(isMessageGone)).toEqual([true, true, false]);
});
