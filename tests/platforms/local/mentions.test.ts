import { expect, test } from "vitest";
import { splitMentions } from "#src/platforms/local/browser/mentions.ts";

const mentioned = (text: string) =>
  splitMentions(text, ["周敏", "周敏之"])
    .filter((p) => p.mention)
    .map((p) => p.text);

test("only members and the bot are mentioned, the longest name first", () => {
  expect(mentioned("@周敏之请看，＠周敏 也看，@机器人 @所有人 <at id=all> a@周.example")).toEqual([
    "@周敏之",
    "＠周敏",
    "@机器人",
  ]);
});

test("nothing of the text is lost or changed", () => {
  const text = "@周敏<b>@周敏之</b>\n(.*)@";
  expect(
    splitMentions(text, ["周敏", "周敏之", "a.*b", "("])
      .map((p) => p.text)
      .join(""),
  ).toBe(text);
});
