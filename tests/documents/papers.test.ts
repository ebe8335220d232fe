import { describe, expect, it } from "vitest";
import type { Case } from "#core/case/case.ts";
import type { OutboxMessage, StoredEvent } from "#core/store.ts";
import { assignmentPage } from "#src/documents/assignment.ts";
import { briefPage } from "#src/documents/brief.ts";
import { closingPage } from "#src/documents/closing.ts";
import { type DossierRecords, dossierPage } from "#src/documents/dossier.ts";
import { LEDGER, ledgerRow } from "#src/documents/ledger.ts";
import { supervisionPage } from "#src/documents/supervision.ts";
import { assigned, Desk, REPORTS } from "../support/desk.ts";
import { at } from "../support/time.ts";

const CHAIN = { events: 3, erased: 0, head: "ab".repeat(32) };

const subject = (desk: Desk) => ({ c: desk.case, office: desk.office, now: desk.now });
const dossier = (desk: Desk, records: Partial<DossierRecords> = {}): string =>
  dossierPage(subject(desk), {
    history: desk.events.map((event, i): StoredEvent => ({ seq: i + 1, event })),
    deliveries: [],
    receipts: [],
    chain: CHAIN,
    ...records,
  });
const all = (desk: Desk): string[] => [
  assignmentPage(subject(desk)),
  closingPage(subject(desk)),
  briefPage(subject(desk)),
  dossier(desk),
];
/** What stands on paper, without markup. */
const read = (page: string): string =>
  page
    .replace(/<style>.*?<\/style>/su, "")
    .replace(/<[^>]*>/gu, " ")
    .replace(/&#(\d+);/gu, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/\s+/gu, " ");
const cell = (desk: Desk, heading: string) =>
  ledgerRow(desk.case, desk.office, desk.now)[LEDGER.findIndex((c) => c.heading === heading)];

describe("every paper", () => {
  it("says that it is a draft, holds no script and asks nothing of the network", () => {
    for (const page of all(assigned())) {
      expect(read(page)).toContain("机器生成初稿，未经签发");
      expect(page).not.toMatch(/<script|<link|<img|<a |\son\w+=|@import|url\(/iu);
      expect(page).toContain("default-src 'none'");
    }
  });

  it("prints what people typed as text, wherever they typed it", () => {
    const evil = `<script>alert(1)</script><img src=x onerror="alert(2)">'"&lt;\u202E反`;
    const desk = new Desk(`${REPORTS.water},${evil}`)
      .does("周敏", "triage", { units: ["青岩县水务局"], reason: evil, publicReaction: evil, media: evil })
      .does("周敏", "assign", { units: ["青岩县水务局"], demand: evil })
      .does("马超群", "acknowledge")
      .does("马超群", "supplement", { text: evil })
      .does("马超群", "respond", { proof: evil, channel: evil })
      .does("周敏", "close", { result: evil });
    const message = {
      id: 1,
      to: { kind: "user", name: evil },
      kind: "notice",
      card: { title: evil },
      createdAt: desk.now,
    };
    const records = { deliveries: [{ ...message, state: "failed", error: evil }] as OutboxMessage[] };
    const broken = dossier(desk, { ...records, chain: { ...CHAIN, broken: evil } });
    for (const page of [...all(desk), broken]) {
      expect(page).toContain("&#60;script&#62;");
      expect(page.replace(/<style>.*?<\/style>/su, "")).not.toMatch(/<script|<img|\u202E/u);
    }
  });

  it("names no private account", () => {
    const desk = new Desk(
      "昨天中午开始幸福里小区停水,抖音“青岩老张说事”发布视频,@热心网友小李 也发了,网友质疑县水务局",
    ).does("周敏", "triage", {});
    expect(desk.case.report.account).toBe("青岩老张说事");
    desk.does("周敏", "assign", { units: ["青岩县水务局"] });
    for (const page of all(desk)) expect(read(page)).not.toMatch(/青岩老张说事|热心网友小李/u);
    expect(cell(desk, "标题")).not.toMatch(/青岩老张说事|热心网友小李/u);
  });

  it("of a case that went into another one is its file alone", () => {
    const merged: Case = {
      ...assigned().case,
      mergedInto: { id: "YQ-990121-20261120-002", title: "停水", reason: "同一件", by: "周敏", at: 0 },
    };
    const desk = Object.assign(assigned(), { case: merged });
    for (const make of [assignmentPage, supervisionPage, closingPage, briefPage])
      expect(() => make(subject(desk))).toThrow("已并入 YQ-990121-20261120-002");
    expect(read(dossier(desk))).toContain("并入 YQ-990121-20261120-002");
  });
});

describe("转办单 and 督办单", () => {
  it("states absolute limits with their basis, and leaves room for what the record lacks", () => {
    const page = read(assignmentPage(subject(assigned("青岩县水务局"))));
    expect(page).toMatch(/首次回应 2026-11-20 09:00（收报） 2026-11-22 09:00/u);
    expect(page).toContain("国办发〔2016〕61号 三");
    expect(() => assignmentPage(subject(new Desk()))).toThrow("还没有转办");
  });

  it("says that there is no 督办 while nothing is overdue, and drafts one when something is", () => {
    const desk = assigned();
    expect(() => supervisionPage(subject(desk))).toThrow("没有督办：没有逾期的时限");
    desk.passes("50h").does("周敏", "urge", { content: "请今天上午反馈" });
    const page = read(supervisionPage(subject(desk)));
    expect(page).toContain("首次回应 已逾期 2小时00分");
    expect(page).toContain("请今天上午反馈");
    desk.does("马超群", "respond").does("周敏", "close");
    expect(() => supervisionPage(subject(desk))).toThrow("已办结，不再督办");
  });
});

describe("案卷", () => {
  it("shows the time of publication beside that of the entry, and who confirmed it", () => {
    const desk = assigned().passes("50h");
    desk.does("马超群", "respond", { publishedAt: at("11-21 10:00") });
    expect(read(dossier(desk))).toMatch(/2026-11-21 10:00 2026-11-22 11:00 马超群 待第二人确认，暂按登记时间计/u);
    expect(cell(desk, "是否逾期")).toBe("是");
    desk.does("周敏", "confirm");
    const page = read(dossier(desk));
    expect(page).not.toContain("暂按登记时间计");
    expect(page).toContain("补登发布时间（马超群提出）");
    expect(cell(desk, "是否逾期")).toBe("否");
    expect(cell(desk, "首次回应时间")).toEqual({ at: at("11-21 10:00") });
    expect(cell(desk, "回应登记时间")).toEqual({ at: at("11-22 11:00") });
  });

  it("quotes the clause of each limit", () => {
    expect(read(dossier(assigned()))).toContain("“对其他政务舆情应在48小时内予以回应”");
  });

  it("tells of each person what was sent, what reached them and what they read", () => {
    const sent = {
      kind: "reminder",
      card: { title: "【还剩 8小时】首次回应" },
      createdAt: at("11-21 01:00"),
      sentAt: at("11-21 01:00"),
    };
    const deliveries = [
      { ...sent, id: 1, to: { kind: "user", name: "马超群" }, messageId: "m1", state: "read", urged: "sms" },
      { ...sent, id: 2, to: { kind: "user", name: "姚倩" }, state: "failed", error: "不在可用范围", sentAt: undefined },
      { ...sent, id: 3, to: { kind: "user", name: "周敏" }, state: "sent", kind: "update" },
    ] as unknown as OutboxMessage[];
    const page = read(
      dossier(assigned(), { deliveries, receipts: [{ messageId: "m1", name: "马超群", at: at("11-21 01:07") }] }),
    );
    expect(page).toMatch(/马超群 【还剩 8小时】首次回应 2026-11-21 01:00 加急 短信 01:07/u);
    expect(page).toContain("失败：不在可用范围");
    expect(page.split("【还剩 8小时】")).toHaveLength(3);
  });

  it("says what the check found, and what was erased by law", () => {
    expect(read(dossier(assigned()))).toContain("abab");
    expect(read(dossier(assigned(), { chain: { ...CHAIN, broken: "第 2 条记录的内容与记录时不符。" } }))).toContain(
      "核验未通过：第 2 条记录的内容与记录时不符。",
    );
    const desk = assigned();
    const history = desk.events.map((event, i) => ({
      seq: i + 1,
      event: { type: event.type, by: event.by, at: event.at } as typeof event,
    }));
    expect(read(dossier(desk, { history })).match(/内容已依法删除/gu)).toHaveLength(desk.events.length);
  });
});

describe("台账", () => {
  it("counts nobody's delay for a limit that is still open, and leaves empty what is unknown", () => {
    const desk = new Desk();
    expect(cell(desk, "是否逾期")).toBe("未到期");
    expect([cell(desk, "签收时间"), cell(desk, "首次回应时间"), cell(desk, "用时（小时）")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(cell(desk, "突发等级")).toMatch(/^待研判/u);
  });

  it("calls a limit that only a vague time makes overdue 待确认, and nobody late", () => {
    const desk = new Desk("标题：幸福里小区停水\n发现时间：11月18日\n涉事单位：县水务局\n情况：停水两天").does(
      "周敏",
      "triage",
    );
    expect(cell(desk, "是否逾期")).toBe("时间待确认");
    expect(cell(desk, "逾期说明")).toBe("");
    desk.passes("24h");
    expect(cell(desk, "是否逾期")).toBe("是");
  });

  it("has the time of signing only when every unit has signed", () => {
    const desk = assigned("青岩县水务局", "青岩县住房和城乡建设局").passes("10m").does("马超群", "acknowledge");
    expect(cell(desk, "签收时间")).toBeUndefined();
    desk.passes("10m").does("田野", "acknowledge");
    expect(cell(desk, "签收时间")).toEqual({ at: desk.now });
  });
});
