import { describe, expect } from "vitest";
import { edits, sends, sendsToGroup } from "../support/feishu-calls.ts";
import { ACCIDENT, expectConfirmed, POTHOLE, receipts, report, test } from "../support/feishu-soundness.ts";

describe.concurrent("while the bot speaks, Feishu", () => {
  test("says for seconds that the app sends too much: all of it arrives afterwards", async ({ office }) => {
    office.server.fault({ match: sends, kind: "429", times: 3 });
    const id = await office.says("王晓梅", POTHOLE);
    expect(receipts(office.server)).toEqual([]);
    await office.passes("10s");
    expectConfirmed(office.server, id);
  });

  test("says that the group gets too much: private messages go at once, the group's a little later", async ({
    office,
  }) => {
    office.server.fault({ match: sendsToGroup, kind: "code", code: 230020, times: 2 });
    const id = await office.says("王晓梅", ACCIDENT);
    expect(receipts(office.server)).toEqual([]);
    expect(
      office
        .toldTo("周敏")
        .map((m) => office.text(m))
        .join(),
    ).toContain("【重大情况】");
    await office.passes("10s");
    expectConfirmed(office.server, id);
  });

  test("counts: a burst of reports stays below every rate, and all are answered", async ({ open }) => {
    const office = await open({ now: Date.now, limits: true });
    const said = Array.from({ length: 8 }, (_, i) =>
      office.server.says(office.user("王晓梅"), office.group(), report(`城关镇第${i + 1}小学食堂饭菜变质`)),
    );
    await Promise.all(said);
    await office.settles();
    expect(receipts(office.server)).toHaveLength(8);
    expect(office.server.refusedForRate).toBe(0);
  });

  test("has revoked the token: a new one is fetched, once, and nobody notices", async ({ office }) => {
    const tokens = (): number => office.server.requests.filter((r) => r.path.endsWith("/internal")).length;
    const before = tokens();
    office.server.revokeToken();
    const id = await office.says("王晓梅", ACCIDENT);
    expectConfirmed(office.server, id);
    expect(tokens()).toBe(before + 1);
    expect(office.errors).toEqual([]);
  });

  test("fails while a card changes twice: the card ends up as the case stands", async ({ office }) => {
    await office.says("王晓梅", POTHOLE);
    const [receipt = ""] = receipts(office.server).map((m) => m.id);
    office.server.fault({ match: edits, kind: "503", times: 3 });
    await office.says("周敏", "/舆情 研判 #1 突发=无 舆情=IV 单位=县住建局");
    await office.says("周敏", "/舆情 转办 #1");
    expect(office.text(receipt)).toContain("【已受理】");
    await office.passes("1m");
    expect(office.text(receipt)).toContain("【待签收】");
  });
});
