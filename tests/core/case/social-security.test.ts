import { describe, expect, it } from "vitest";
import { Desk } from "../../support/desk.ts";

const kinds = (report: string): Record<string, string> =>
  Object.fromEntries(new Desk(report).case.clocks.map((k) => [k.key, k.kind]));

describe("a 社会安全事件 before 研判", () => {
  it.each([
    "今早实验小学门口有人持刀砍人，已致2人死亡、1人受伤，警方已到场",
    "今早城关镇一男子驾车冲撞人群，3人死亡、2人受伤",
  ])("runs the 5 h and 24 h limits provisionally whatever the casualties: %s", (report) => {
    expect(kinds(report)).toMatchObject({
      "release.authoritative": "provisional",
      "press.conference": "provisional",
      "response.first": "hard",
    });
  });

  it("is not seen in an accident with as many victims", () => {
    expect(kinds("今早石门镇两车相撞，3人死亡、2人受伤，已送医")).not.toHaveProperty("press.conference");
  });
});
