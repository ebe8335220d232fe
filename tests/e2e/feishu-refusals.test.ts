import { describe, expect } from "vitest";
import { sendsCard } from "../support/feishu-calls.ts";
import { DUTY_GROUP, type FeishuOffice } from "../support/feishu-office.ts";
import type { User } from "../support/feishu-server/model.ts";
import type { FeishuServer } from "../support/feishu-server/server.ts";
import { ACCIDENT, expectConfirmed, POTHOLE, receipts, test } from "../support/feishu-soundness.ts";

const everythingTo = (office: FeishuOffice, name: string): string =>
  office
    .toldTo(name)
    .map((m) => office.text(m))
    .join("\n");

describe.concurrent("a message that Feishu does not take", () => {
  test("as a card arrives as a text, with what to send instead of buttons", async ({ office }) => {
    office.server.fault({ match: sendsCard, kind: "code", code: 230099, times: 1 });
    const id = await office.says("王晓梅", POTHOLE);
    expect(receipts(office.server).map((m) => [m.type, m.parentId])).toEqual([["text", id]]);
    expect(office.text(receipts(office.server)[0]?.id ?? "")).toContain("/舆情 ");
    // A text cannot be edited: what changes is said, and the edit is not tried again and again.
    const ruled = await office.says("周敏", "/舆情 研判 #1 突发=无 舆情=IV 单位=县住建局");
    await office.passes("10m");
    expect(office.server.messages.filter((m) => m.parentId === ruled)).toHaveLength(1);
    expect(office.errors).toHaveLength(1);
  });

  test("because somebody who is mentioned has left the group arrives without the mention", async ({ office }) => {
    office.group().members.delete(office.user("周敏").openId);
    const id = await office.says("王晓梅", POTHOLE);
    expect(receipts(office.server).map((m) => [m.type, m.parentId])).toEqual([["interactive", id]]);
    expect(office.text(receipts(office.server)[0]?.id ?? "")).not.toContain("@周敏");
  });

  test.for([
    ["sensitive", 230022],
    ["dlp", 230028],
  ] as const)(
    "because of what it says (%s) arrives as a number only, and the administrator is told",
    async ([why, code], { office }) => {
      office.server.audit = (text) => (text.includes("路面塌陷") ? why : undefined);
      const id = await office.says("王晓梅", POTHOLE);
      const [receipt] = receipts(office.server);
      expect([receipt?.type, receipt?.parentId]).toEqual(["text", id]);
      expect(office.text(receipt?.id ?? "")).toMatch(/^【已受理】YQ-990121-20261120-001。/u);
      expect(everythingTo(office, "何伟")).toMatch(new RegExp(`只送到了编号.*${code}`, "u"));
      expect(everythingTo(office, "何伟")).not.toContain("路面塌陷");
    },
  );
});

describe.concurrent("somebody whom Feishu does not reach any more", () => {
  const losses: [string, number, (server: FeishuServer, user: User) => void][] = [
    ["resigned", 230029, (server, user) => server.resign(user)],
    ["was taken out of the scope of the app", 230013, (server, user) => server.leaveScope(user)],
    ["blocked the bot", 230053, (server, user) => server.blockBot(user)],
  ];
  test.for(losses)(
    "because that person %s: the next one is told at once, the administrator too",
    async ([, code, lose], { office }) => {
      await office.says("王晓梅", ACCIDENT);
      await office.says("周敏", "/舆情 研判 #1 突发=II 舆情=II 单位=县公安局");
      await office.says("周敏", "/舆情 转办 #1");
      await office.says("贺强", "/舆情 签收 #1");
      lose(office.server, office.user("邵军"));
      await office.passes("3h");
      const next = office.newest("武振国", (text) => text.includes("原应通知邵军"));
      expect(next.urgent.map((u) => u.kind)).toEqual(["app"]);
      expect(everythingTo(office, "何伟")).toContain("飞书联系不到邵军");
      expect(everythingTo(office, "何伟")).toContain(String(code));
      // It is tried in vain once, and not with each reminder.
      expect(office.errors).toHaveLength(1);
    },
  );

  test("and who writes again is reached again", async ({ office }) => {
    await office.says("王晓梅", ACCIDENT);
    office.server.blockBot(office.user("贺强"));
    await office.says("周敏", "/舆情 研判 #1 突发=II 舆情=II 单位=县公安局");
    await office.says("周敏", "/舆情 转办 #1");
    office.server.blockBot(office.user("贺强"), false);
    await office.says("贺强", "/舆情 我的", { in: "p2p" });
    expect(everythingTo(office, "贺强")).toContain("20261120-001");
  });
});

describe.concurrent("a group", () => {
  test("from which the bot was taken out unnoticed is found out by the next message, and told", async ({ office }) => {
    office.server.removeBot(office.group());
    await office.until("11-20 17:30");
    expect(everythingTo(office, "何伟")).toContain(`【群已失联】${DUTY_GROUP}`);
    await office.server.addsBot(office.user("何伟"), office.group());
    await office.settles();
    const id = await office.says("王晓梅", POTHOLE);
    expectConfirmed(office.server, id);
  });

  test.for(["removesBot", "disbands"] as const)(
    "that is gone (%s) is told of once, and private chats go on",
    async (how, { office }) => {
      await office.server[how](office.user("何伟"), office.group());
      await office.until("11-20 17:30");
      expect(everythingTo(office, "何伟").match(/【群已失联】/g)).toHaveLength(1);
      await office.says("王晓梅", POTHOLE, { in: "p2p" });
      expect(everythingTo(office, "王晓梅")).toContain("【已受理】");
    },
  );

  test("in which only managers may speak is told of, once, and gets what it missed when that is over", async ({
    office,
  }) => {
    office.server.mute(office.group());
    const ids = [await office.says("王晓梅", POTHOLE), await office.says("王晓梅", ACCIDENT)];
    expect(receipts(office.server)).toEqual([]);
    expect(everythingTo(office, "何伟").match(/群“青岩县舆情值班群”的消息暂时发不出.*230035/g)).toHaveLength(1);
    expect(everythingTo(office, "何伟")).not.toContain("失联");
    office.server.mute(office.group(), false);
    await office.passes("10m");
    expectConfirmed(office.server, ...ids);
  });

  test("with outsiders is told so, once; nothing that is said there is read", async ({ office }) => {
    const { server } = office;
    const group = server.addChat({ name: "和媒体朋友", external: true, members: [office.user("王晓梅")] });
    await server.addsBot(office.user("王晓梅"), group);
    await office.says("王晓梅", ACCIDENT, { in: group });
    await office.says("王晓梅", ACCIDENT, { in: group });
    const said = server.messages.filter((m) => m.chatId === group.chatId && m.sender.kind === "bot");
    expect(said.map((m) => office.text(m)).join()).toMatch(/^这是外部群/);
    expect(said).toHaveLength(1);
    expect(await office.store.countCases({})).toBe(0);
    expect(everythingTo(office, "何伟")).toContain("外部群“和媒体朋友”");
  });
});
