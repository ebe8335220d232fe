import { expect, it } from "vitest";
import { startedLines } from "#src/cli/started.ts";

const url = "http://127.0.0.1:8061/";

it("shows the address of the chat in the browser, and how the other platforms stand", () => {
  const platforms = [
    { name: "feishu", status: "连接中" },
    { name: "local", status: undefined },
  ];
  expect(startedLines({ url, platforms }).slice(0, 2)).toEqual([`回应已启动。群聊: ${url}chat/`, "飞书：连接中"]);
});

it("shows no address of a chat that does not run", () => {
  const lines = startedLines({ url, platforms: [{ name: "other", status: undefined }] });
  expect(lines.join("\n")).not.toContain("chat");
  expect(lines).toContain("other：已启动");
});
