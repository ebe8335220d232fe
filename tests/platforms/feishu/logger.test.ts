import { expect, test } from "vitest";
import { redact, reportingLogger } from "#src/platforms/feishu/logger.ts";
import { everything, expectNothingSecret, SECRETS } from "./transport-fixture.ts";

const TOKEN = `t-${"0a".repeat(16)}`;

function logger() {
  const reported: string[] = [];
  return { reported, log: reportingLogger((error) => reported.push(everything(error)), [SECRETS.appSecret]) };
}

test("errors of the connection are handed on once, other lines not at all", () => {
  const { log, reported } = logger();
  log.error(["[ws]", "connect failed"]);
  log.error(["[ws]", "connect failed"]);
  log.error(["[ws]", "ws error"]);
  for (const level of ["warn", "info", "debug", "trace"] as const) log[level](["[ws]", SECRETS.body]);
  expect(reported).toHaveLength(2);
  expect(reported[0]).toContain("[ws] connect failed");
});

test("whole requests and events are left out", () => {
  const { log, reported } = logger();
  log.error([{ config: { data: SECRETS.body, headers: { Authorization: TOKEN } } }, "request failed"]);
  log.error([{ app_secret: SECRETS.appSecret }]);
  expect(reported).toHaveLength(1);
  expectNothingSecret(reported.join());
});

test("what the JSON parser quotes of a spoilt frame is not shown", () => {
  const { log, reported } = logger();
  try {
    JSON.parse(SECRETS.body);
  } catch (error) {
    log.error(["[ws]", `failed to handle inbound frame: ${(error as Error).message}`]);
  }
  expect(reported).toHaveLength(1);
  expectNothingSecret(reported.join());
});

test.each([
  [`secret is ${SECRETS.appSecret}!`, "secret is ***!"],
  [`Authorization: Bearer ${TOKEN} end`, "Authorization: Bearer *** end"],
  [`token ${TOKEN}, card c-${"1".repeat(32)}`, "token ***, card ***"],
  ["ws://h/ws/v2?access_key=abc&ticket=def end", "ws://h/ws/v2?… end"],
  ["in-flight and x-ray stay", "in-flight and x-ray stay"],
])("%s", (text, expected) => {
  expect(redact(text, [SECRETS.appSecret])).toBe(expected);
});
