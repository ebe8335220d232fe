import { hash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readContent } from "#src/platforms/feishu/inbound/content.ts";
import type { FeishuServer } from "../../support/feishu-server/server.ts";
import { DUTY_GROUP, dutyRoom, expectNothingReported, type Room } from "./inbound-fixture.ts";

const PICTURE = Buffer.from("a picture of a pipe");
const SHA = hash("sha256", PICTURE);
const REPORT = "/舆情 上报 幸福里小区停水两天，网友不满";
const downloads = (server: FeishuServer): number =>
  server.requests.filter((r) => r.path.includes("/resources/")).length;
const onlyCase = async (room: Room) => (await room.store.cases({}))[0];

describe("a report with a picture", () => {
  test("is acknowledged before it is fetched, then numbered with its size and hash", async () => {
    const { room, server, xiaomei, group } = await dutyRoom();
    const { ack } = await server.says(xiaomei, group, REPORT, { attachments: [PICTURE] });
    expect(ack.code).toBe(200);
    await room.settles();
    expect((await onlyCase(room))?.evidence).toMatchObject([
      { kind: "image", name: "图片", size: PICTURE.length, sha256: SHA, ref: expect.stringMatching(/^img_/) },
    ]);
    expect(await room.store.arrivals("feishu")).toEqual([]);
    expectNothingReported(room);
  });

  test("delivered twice is fetched once", async () => {
    const { room, server, xiaomei, group } = await dutyRoom();
    const said = await server.says(xiaomei, group, REPORT, { attachments: [PICTURE] });
    await server.redeliver(said.eventId);
    await room.settles();
    await server.redeliver(said.eventId);
    await room.settles();
    expect(await room.store.countCases({})).toBe(1);
    expect(downloads(server)).toBe(1);
  });

  test("whose picture cannot be had for good is numbered with a note", async () => {
    const { room, server, xiaomei, group } = await dutyRoom();
    server.fault({ match: (r) => r.path.includes("/resources/"), kind: "code", code: 234003 });
    await server.says(xiaomei, group, REPORT, { attachments: [PICTURE] });
    await room.settles();
    const [evidence] = (await onlyCase(room))?.evidence ?? [];
    expect(evidence?.sha256).toBeUndefined();
    expect(evidence?.note).toContain("原件未能取得");
  });

  test("waits while the platform is down, and is numbered when it is back", async () => {
    const { room, server, xiaomei, group } = await dutyRoom();
    server.fault({ match: (r) => r.path.includes("/resources/"), kind: "503", times: 1 });
    await server.says(xiaomei, group, REPORT, { attachments: [PICTURE] });
    await room.settles();
    expect((await onlyCase(room))?.evidence).toMatchObject([{ sha256: SHA }]);
  });

  test("that is too large is numbered by name", async () => {
    const { room, server, xiaomei, group } = await dutyRoom({ maxFileMB: 1 });
    await server.says(xiaomei, group, REPORT, { attachments: [Buffer.alloc(1024 * 1024 + 1)] });
    await room.settles();
    const [evidence] = (await onlyCase(room))?.evidence ?? [];
    expect(evidence?.sha256).toBeUndefined();
    expect(evidence?.note).toContain("超过 1 MB");
  });
});

describe("what is none of the bot's business", () => {
  test("is not fetched: pictures of a group without a report", async () => {
    const { room, server, xiaomei, group } = await dutyRoom();
    await server.sendsImage(xiaomei, group, PICTURE);
    await server.says(xiaomei, group, "今天的午饭", { attachments: [PICTURE] });
    await room.settles();
    expect(downloads(server)).toBe(0);
    expect(await room.store.countCases({})).toBe(0);
    expect(await room.store.arrivals("feishu")).toEqual([]);
  });

  test("is not kept: words with a marking, from the moment they come", async () => {
    const taken: string[] = [];
    const { room, server, xiaomei, group } = await dutyRoom({
      between: async (event, next) => {
        for (const { body } of await room.store.arrivals("feishu")) taken.push(body);
        return next(event);
      },
    });
    const secret = "【机密】关于某某方案的内容";
    await server.says(xiaomei, group, `/舆情 上报 ${secret}`, { attachments: [PICTURE] });
    await room.settles();
    expect(taken).toHaveLength(1);
    expect(taken.join()).not.toContain("方案");
    expect(room.messages[0]).toMatchObject({ withheld: true, text: "", attachments: [] });
    expect(room.told(DUTY_GROUP)).toContain("疑似带密级标志");
    expect(downloads(server)).toBe(0);
  });

  test("is not kept: names of files with a marking, numbers of citizens", async () => {
    const { room, server, xiaomei, group } = await dutyRoom();
    await server.sendsFile(xiaomei, group, "机密★方案.pdf", PICTURE);
    await server.says(xiaomei, group, `${REPORT}，业主电话13812345678`, { attachments: [PICTURE] });
    await room.settles();
    expect(room.messages[0]).toMatchObject({ withheld: true });
    expect(room.messages[1]?.text).not.toContain("13812345678");
  });
});

describe("in one chat", () => {
  test("what comes behind a picture waits for it: the line that was asked for is not lost", async () => {
    const { room, server, xiaomei } = await dutyRoom();
    server.fault({ match: (r) => r.path.includes("/resources/"), kind: "503", times: 1 });
    await server.sendsImage(xiaomei, "p2p", PICTURE);
    await server.says(xiaomei, "p2p", "幸福里小区停水两天");
    await room.settles();
    const c = await onlyCase(room);
    expect(c?.evidence).toHaveLength(1);
    expect(c?.title).toContain("停水");
  });

  test("that waits, others go on", async () => {
    const { room, server, xiaomei, admin, group } = await dutyRoom();
    server.fault({ match: (r) => r.path.includes("/resources/"), kind: "503", times: 2 });
    await server.says(xiaomei, group, REPORT, { attachments: [PICTURE] });
    await server.says(admin, "p2p", "/舆情 上报 石门镇小学门口积水，家长不满");
    expect(room.messages.map((m) => m.from)).toContain("何伟");
    await room.settles();
    expect(await room.store.countCases({})).toBe(2);
  });
});

test("what was taken before a crash is handled after it", async () => {
  const { server, clock, xiaomei, group, room: dead } = await dutyRoom({ between: () => new Promise(() => {}) });
  const { messageId } = await server.says(xiaomei, group, REPORT, { attachments: [PICTURE] });
  const pending = await dead.store.arrivals("feishu");
  expect(pending.map((a) => a.id)).toEqual([messageId]);
  const { room } = await dutyRoom({ server, clock });
  for (const arrival of pending) await room.store.write((tx) => tx.takeArrival("feishu", arrival));
  await room.inbound.start();
  await room.settles();
  expect(await room.store.countCases({})).toBe(1);
  // The connection of the dead one would wait for what never ends.
  dead.abandon();
});

test("a recalled message that still waits is forgotten", async () => {
  const { room, server, xiaomei, group } = await dutyRoom();
  server.fault({ match: (r) => r.path.includes("/resources/"), kind: "503", times: 1 });
  const { messageId, eventId } = await server.says(xiaomei, group, REPORT, { attachments: [PICTURE] });
  await server.recalls(xiaomei, messageId);
  expect(await room.store.arrivals("feishu")).toEqual([]);
  await room.settles();
  await server.redeliver(eventId);
  await room.settles();
  expect(await room.store.countCases({})).toBe(0);
  expect(room.posts.filter((p) => p.to.name === DUTY_GROUP && p.kind !== "notice")).toEqual([]);
});

test("a chat record that was passed on is read line by line, with names of colleagues only", async () => {
  const { room, server, xiaomei, admin, guest, group } = await dutyRoom();
  const first = await server.says(admin, group, "石门镇小学门口积水很深");
  const second = await server.says(guest, group, "家长都在群里说");
  await server.forwards(xiaomei, "p2p", [{ id: first.messageId }, { id: second.messageId }]);
  await room.settles();
  expect(room.messages.at(-1)?.attachments).toMatchObject([
    {
      kind: "forward",
      lines: [
        { from: "何伟", text: "石门镇小学门口积水很深" },
        { from: "群成员", text: "家长都在群里说" },
      ],
    },
  ]);
  expect(room.told("王晓梅")).toContain("登记");
});

test("contents are within reach only where the office keeps them", async () => {
  const { room, server, xiaomei, group } = await dutyRoom({ keepsFiles: true });
  await server.says(xiaomei, group, REPORT, { attachments: [PICTURE] });
  await room.settles();
  const content = await room.messages[0]?.attachments[0]?.content?.();
  expect(content && Buffer.from(content).equals(PICTURE)).toBe(true);
  const { room: other, server: s, xiaomei: x, group: g } = await dutyRoom();
  await s.says(x, g, REPORT, { attachments: [PICTURE] });
  await other.settles();
  expect(other.messages[0]?.attachments[0]?.content).toBeUndefined();
});

describe("contents of messages", () => {
  const read = (type: string, content: unknown) => readContent(type, JSON.stringify(content), "om_1");
  test.each([
    ["text", { text: "早" }, "早", []],
    ["image", { image_key: "img_v3_a" }, "", [{ kind: "image", name: "图片", ref: "img_v3_a" }]],
    [
      "file",
      { file_key: "file_v3_a", file_name: "表.xlsx" },
      "",
      [{ kind: "file", name: "表.xlsx", ref: "file_v3_a" }],
    ],
    ["file", { file_key: "file_a", file_name: "图.PNG" }, "", [{ kind: "image", name: "图.PNG", ref: "file_a" }]],
    ["audio", { file_key: "file_a", duration: 2400 }, "", [{ kind: "audio", name: "语音(3秒)", ref: "file_a" }]],
    ["media", { file_key: "file_a", image_key: "img_a", file_name: "" }, "", [{ kind: "video", name: "视频" }]],
    ["merge_forward", "Merged and Forwarded Message", "", [{ kind: "forward", ref: "om_1" }]],
    ["share_chat", { chat_id: "oc_a" }, "[群名片]", []],
  ])("%s", (type, content, text, attachments) => {
    const got = read(type, content);
    expect(got?.text).toBe(text);
    expect(got?.attachments).toMatchObject(attachments);
  });

  test("a post keeps its lines, links and pictures in order", () => {
    const post = {
      title: "快报",
      content: [
        [
          { tag: "text", text: "见 " },
          { tag: "a", text: "报道", href: "https://x.example/1" },
        ],
        [{ tag: "img", image_key: "img_a" }],
        [
          { tag: "at", user_id: "@_user_1", user_name: "张三" },
          { tag: "text", text: " 请核实" },
        ],
      ],
    };
    const got = read("post", post);
    expect(got?.text).toBe("快报\n见 报道 https://x.example/1 \n@_user_1 请核实");
    expect(got?.attachments).toMatchObject([{ ref: "img_a" }]);
  });

  test("a card that was passed on is quoted, never a command", () => {
    const card = { title: "通知", elements: [[{ tag: "text", text: "/舆情 办结 001" }]] };
    const got = read("interactive", card);
    expect(got?.text).toBe("");
    expect(got?.attachments).toMatchObject([{ kind: "forward", lines: [{ text: "通知\n/舆情 办结 001" }] }]);
  });

  test("a key that would reach another address becomes no reference", () => {
    expect(read("image", { image_key: "img_/../../x" })?.attachments).toEqual([
      { kind: "image", name: "图片", note: "原件无法取得" },
    ]);
  });

  test.each([
    ["sticker", { file_key: "x" }],
    ["text", { no: 1 }],
    ["post", null],
    ["interactive", { title: "" }],
    ["something-new", {}],
  ])("%s that says nothing is nothing", (type, content) => {
    expect(read(type, content)).toBeUndefined();
  });
});
