import { describe, expect, it } from "vitest";
import type { Button, Card } from "#core/message/card.ts";
import { findButton, pressValues } from "#src/cli/simulate/find-button.ts";
import type { Post } from "#src/cli/simulate/virtual-platform.ts";

const button = (action: string, no: string, label = action): Button => ({ action, label, values: { 编号: no } });
const card = (...buttons: Button[]): Card => ({ title: "", tone: "blue", lines: [], buttons });
const post = (id: string, ...versions: Card[]): Post => ({ id, key: id, to: { kind: "user", name: "周敏" }, versions });
const find = (posts: Post[], wanted: string, no?: string, only = false) => findButton(posts, wanted, no, only)?.post.id;

describe("the button that a person means", () => {
  it("stands on the newest card that has it now", () => {
    const posts = [post("c", card()), post("b", card(button("签收", "1"))), post("a", card(button("签收", "1")))];
    expect(find(posts, "签收", "1")).toBe("b");
  });

  it("is that of the wanted case first, and of another only when none is named", () => {
    const posts = [post("b", card(button("签收", "1"))), post("a", card(button("签收", "2")))];
    expect(find(posts, "签收", "2")).toBe("a");
    expect(find(posts, "签收", "3")).toBe("b");
    expect(find(posts, "签收", "3", true)).toBeUndefined();
  });

  it("is one that an unrefreshed client still shows, when no card has it any more", () => {
    const posts = [
      post("b", card(button("转办", "1"))),
      post("a", card(button("签收", "1")), card(button("回应", "1"))),
    ];
    expect(find(posts, "签收", "1")).toBe("a");
    expect(find(posts, "研判", "1")).toBeUndefined();
  });

  it("is found by its exact label before its action", () => {
    const posts = [post("a", card(button("确认", "1"), button("确认", "1", "不同意")))];
    expect(findButton(posts, "不同意", "1", true)?.button.label).toBe("不同意");
    expect(findButton(posts, "确认", "1", true)?.button.label).toBe("确认");
  });
});

it("a press sends the button's values, the form as filled in beforehand, and what the person wrote", () => {
  const form = {
    title: "",
    submit: "",
    fields: [
      { name: "突发", label: "", type: "text" as const, value: "II" },
      { name: "舆情", label: "", type: "text" as const, value: "IV" },
      { name: "理由", label: "", type: "text" as const },
    ],
  };
  expect(pressValues({ ...button("研判", "1"), form }, { 舆情: "II" })).toEqual({
    编号: "1",
    突发: "II",
    舆情: "II",
    理由: "",
  });
  expect(pressValues(button("确认", "1"), { 理由: "已核对" })).toEqual({ 编号: "1", 理由: "已核对" });
});
