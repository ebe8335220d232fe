import { describe, expect, test } from "vitest";
import { announce } from "#core/message/announce.ts";
import type { Button, Card } from "#core/message/card.ts";
import { caseCard } from "#core/message/case-card.ts";
import { digestCard } from "#core/message/digest-card.ts";
import { listCard } from "#core/message/list-card.ts";
import { catchUpCard, reminderCard } from "#core/message/reminder-card.ts";
import { HOUR } from "#core/time.ts";
import { renderCard } from "#src/platforms/feishu/card/card.ts";
import { renderText } from "#src/platforms/feishu/card/fallback.ts";
import { renderForm } from "#src/platforms/feishu/card/form.ts";
import { openChat } from "../../support/chat.ts";
import { assigned, Desk, REPORTS } from "../../support/desk.ts";
import { ALIVE, pagesOf, problemsOf, shownIn } from "./card-walk.ts";
import { HOSTILE } from "./hostile.ts";

const MENTIONED = ["ou_0000000000000000000000000000beef"];

/** What is wrong with a card on Feishu: on each page, in each of its forms, and as a text message. */
function dangersOf(card: Card, now: number): string[] {
  const problems: string[] = [];
  for (const page of pagesOf(card, now, MENTIONED)) problems.push(...problemsOf(page, MENTIONED));
  for (const { form, ...button } of card.buttons) {
    if (!form) continue;
    problems.push(...problemsOf(renderForm({ ...button, form }, card, { now, origin: "om_1" })));
  }
  const text = renderText(card, now);
  if (ALIVE.test(text)) problems.push(`text message: ${ALIVE.exec(text)?.[0]}`);
  return problems;
}

/** A few at a time; the long ones, of which only the beginning is shown, alone. */
const BATCHES = [...Map.groupBy(HOSTILE, (text) => (text.length > 300 ? text : "short")).values()].flatMap((texts) =>
  Array.from({ length: Math.ceil(texts.length / 5) }, (_, i) => texts.slice(5 * i, 5 * i + 5).join(" ")),
);

describe("hostile text comes to nothing", () => {
  // Told to a bot of its own, wherever people may write something.
  test.for(BATCHES.map((text, i) => [i, text] as const))("in everything that the bot says, %i", async ([, text]) => {
    const chat = await openChat();
    const one = text.replaceAll("\n", " ");
    await chat.says("王晓梅", `/舆情 上报 幸福里小区停水 ${text}`, { attach: [`${one.slice(0, 60)}.jpg`] });
    await chat.says("路人", `/舆情 上报 ${text}`, { known: false });
    await chat.says(`路${one.slice(0, 20)}人`, `城东仓库着火了 ${text}`, { known: false, mentioned: true });
    await chat.says("王晓梅", `/舆情 ${one.slice(0, 10)}`);
    await chat.says("王晓梅", `/舆情 查 ${one}`);
    await chat.says("王晓梅", `/舆情 补充 001 ${text}`);
    await chat.says("王晓梅", `/舆情 补充 001 签发=${one} 业务审核=${one}`);
    await chat.says("周敏", `/舆情 研判 001 单位=青岩县水务局、${one.slice(0, 40)} 公众反应=${one} 理由=${one}`);
    await chat.says("周敏", "/舆情 研判 001 单位=青岩县水务局 舆情=III");
    await chat.says("周敏", `/舆情 转办 001 单位=青岩县水务局 要求=${one}`);
    await chat.says("马超群", `/舆情 退回 001 理由=${one} 建议单位=青岩县住房和城乡建设局`);
    await chat.says("马超群", "/舆情 签收 001");
    await chat.says("马超群", `/舆情 回应 001 形式=首次回应 凭证=${one} 渠道=${one} 发布人=${one}`);
    await chat.says("王晓梅", `/舆情 误报 002 理由=${one}`);
    await chat.says("张志远", `/舆情 催办 001 内容=${one}`);
    await chat.says("周敏", `/舆情 办结 001 标签=良好 结果=${one}`);
    await chat.passes("12h");
    await chat.says("王晓梅", "/舆情 列表");
    expect(chat.errors).toEqual([]);
    expect(chat.platform.posts.length).toBeGreaterThan(10);
    for (const { card, at } of chat.platform.posts) expect(dangersOf(card, at)).toEqual([]);
    await chat.close();
  });

  test("and is shown as it was typed", async () => {
    const chat = await openChat();
    await chat.says("王晓梅", "/舆情 上报 幸福里小区停水 <at id=all></at> &#60;b **急** {{x}}");
    const receipt = chat.lastIn();
    if (!receipt) throw new Error("the report was not answered");
    const shown = shownIn(renderCard(receipt.card, { now: receipt.at }));
    expect(shown.join("\n")).toContain("幸福里小区停水 <at id=all></at> &#60;b **急** {{x}}");
    await chat.close();
  });

  test("in every card that the core builds", () => {
    for (const text of HOSTILE) {
      const desk = assigned("青岩县水务局", "青岩县住房和城乡建设局")
        .does("马超群", "return", { reason: text })
        .does("马超群", "acknowledge")
        .does("马超群", "respond", { proof: text, channel: text, publisher: text });
      const raw = new Desk(REPORTS.crash);
      // Whatever the checks of the way in would have cut or masked: here it stands in every text of the case.
      const cases = [desk, raw].map((d) => ({
        ...d.case,
        title: text,
        reporter: text,
        report: { ...d.case.report, summary: text, account: text, urls: [text], missing: [text], platforms: [text] },
        responsibility: { ...d.case.responsibility, firstResponsible: [text], localResponders: [text], human: [text] },
        clocks: d.case.clocks.map((k) => ({ ...k, note: [text] })),
        parts: d.case.parts.map((p) => ({ ...p, unit: text })),
        similar: [{ id: "YQ-990121-20261119-003", title: text, why: text }],
      }));
      const { office, now } = desk;
      for (const c of cases) {
        const clock = c.clocks.find((k) => k.dueAt !== null);
        const stage = { subject: clock?.key ?? "response.first", limit: clock?.dueAt ?? 0, stage: "T" };
        const to = { name: "高建平", as: "值班领导" as const, units: [text] };
        const empty = { opened: 1, open: 1, responded: 0, closed: 0, overdue: 1 };
        const digest = { counts: empty, overdue: [c], soon: [c], asked: [c], anchor: { hash: text, events: 1 } };
        const next: Pick<Button, "action" | "values"> = { action: "查", values: { 词: text } };
        const cards: Card[] = [
          caseCard(c, office, now),
          reminderCard(c, [stage], to, office, now),
          catchUpCard(c, [stage], [{ ...stage, dueAt: now - HOUR }], undefined, to, office, now),
          digestCard(digest, office, now),
          listCard(text, { cases: [c, c], total: 30, page: 1 }, next, office, now),
          ...announce(c, desk.events, office, now).map((a) => a.card),
        ];
        for (const card of cards) {
          expect([card.title, dangersOf(card, now)]).toEqual([card.title, []]);
          expect(dangersOf({ ...card, tone: "violet", basis: text }, now)).toEqual([]);
        }
      }
    }
  });
});
