import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Button, Card, Line } from "#core/message/card.ts";
import { HOUR, MINUTE } from "#core/time.ts";
import { renderCard } from "#src/platforms/feishu/card/card.ts";
import { plain } from "#src/platforms/feishu/card/escape.ts";
import { renderText } from "#src/platforms/feishu/card/fallback.ts";
import { limitHead, limitRest } from "#src/platforms/feishu/card/limit.ts";
import { at } from "../../support/time.ts";
import { ALIVE, elementsIn, objectsIn, pagesOf, problemsOf, shownIn } from "./card-walk.ts";
import { HOSTILE } from "./hostile.ts";

const NOW = at("11-20 09:00");
const ANNA = "ou_0123456789abcdef0123456789abcdef";

const simple = (more: Partial<Card> = {}): Card => ({
  title: "【已受理】001",
  tone: "blue",
  lines: [],
  buttons: [],
  ...more,
});
const limit = (more: Partial<Extract<Line, { kind: "limit" }>> = {}): Line => ({
  kind: "limit",
  label: "权威信息",
  startAt: NOW - HOUR,
  dueAt: NOW + 4 * HOUR,
  ...more,
});
const shown = (card: Card, page = 1): string =>
  shownIn(renderCard(card, { now: NOW, page }))
    .join("\n")
    .normalize("NFKC");
const colourOf = (line: Line): unknown =>
  elementsIn(renderCard(simple({ lines: [line] }), { now: NOW }), "plain_text").find((t) =>
    /还剩|逾期|超|完成|待确认/.test(String(t["content"])),
  )?.["text_color"];

describe("a card", () => {
  test("is one for all, is not to be passed on, and shows its colour", () => {
    const card = renderCard(simple({ tone: "violet", lines: [{ kind: "text", text: "演练" }] }), { now: NOW });
    expect(card).toMatchObject({
      schema: "2.0",
      config: { update_multi: true, enable_forward: false, summary: { content: "【已受理】001" } },
      header: { template: "violet", title: { tag: "plain_text", content: "【已受理】001" } },
    });
  });
  test("mentions only people by their id, on its first page", () => {
    const card = simple({ lines: Array.from({ length: 40 }, () => ({ kind: "text", text: "长".repeat(500) })) });
    const mentions = [ANNA, "all", "ou_x></at><at id=all", ANNA];
    const [first, second] = [1, 2].map((page) =>
      elementsIn(renderCard(card, { now: NOW, mentions, page }), "markdown"),
    );
    expect(first?.map((m) => m["content"])).toEqual([`<at id=${ANNA}></at>`]);
    expect(second).toEqual([]);
  });
  test("shows a limit by date and by what is left of it, and for which moment that is true", () => {
    const text = shown(simple({ lines: [limit({ note: "推定" })] }));
    expect(text).toContain("权威信息 11月20日(周五)13:00\n还剩 4小时00分(推定)");
    expect(text).toContain("剩余时间截至 11月20日(周五)09:00");
    expect(shown(simple({ lines: [limit({ stoppedAt: NOW })] }))).not.toContain("截至");
  });
  test("says of an internal target that it is one, once", () => {
    expect(shown(simple({ lines: [limit({ soft: true })] }))).toContain("(内部目标)");
    expect(shown(simple({ lines: [limit({ soft: true, note: "内部目标" })] })).match(/内部目标/g)).toHaveLength(1);
  });
  test("shows the end of a range beside its start", () => {
    expect(shown(simple({ lines: [limit({ latestDueAt: NOW + 6 * HOUR })] }))).toContain(
      "还剩 4小时00分,最晚 11月20日(周五)15:00",
    );
  });
  test("shows a limit in red only when it is over or nearly so, and green when it was kept", () => {
    expect(colourOf(limit())).toBeUndefined();
    expect(colourOf(limit({ dueAt: NOW + 15 * MINUTE }))).toBe("orange");
    expect(colourOf(limit({ dueAt: NOW + 5 * MINUTE }))).toBe("red");
    expect(colourOf(limit({ dueAt: NOW - HOUR }))).toBe("red");
    expect(colourOf(limit({ dueAt: NOW - HOUR, latestDueAt: NOW + HOUR }))).toBe("orange");
    expect(colourOf(limit({ dueAt: NOW - HOUR, soft: true }))).toBe("grey");
    expect(colourOf(limit({ stoppedAt: NOW }))).toBe("green");
    expect(colourOf(limit({ dueAt: NOW - HOUR, stoppedAt: NOW }))).toBe("red");
  });
  test("keeps what is not asked for at once behind 详情", () => {
    const card = renderCard(simple({ details: [{ kind: "field", label: "来源", value: "微博" }] }), { now: NOW });
    expect(elementsIn(card, "collapsible_panel")).toMatchObject([{ expanded: false }]);
  });
  test("says something even when there is nothing to say", () => {
    const card = renderCard(
      { title: "\u200B", tone: "grey", lines: [{ kind: "text", text: " " }], buttons: [] },
      { now: NOW },
    );
    expect(problemsOf(card)).toEqual([]);
    expect(shownIn(card)).toEqual(["消息", "消息"]);
  });
  test("asks again before a press that cannot be taken back, unless a form follows", () => {
    const danger = { action: "解绑", label: "解绑", style: "danger" as const, values: {} };
    const form = { title: "解绑", submit: "提交", fields: [] };
    const card = renderCard(simple({ buttons: [danger, { ...danger, form }] }), { now: NOW });
    expect(elementsIn(card, "button").map((b) => "confirm" in b)).toEqual([true, false]);
  });
});

describe("a card that is too long", () => {
  const long = simple({
    lines: [
      { kind: "text", text: "客车坠崖", emphasis: "strong" },
      limit(),
      ...Array.from({ length: 60 }, (_, i): Line => ({ kind: "text", text: `第${i}条 ${"情".repeat(400)}` })),
    ],
    details: [{ kind: "text", text: "最后一条" }],
    basis: "依据 国办发〔2016〕80号",
    buttons: [{ action: "签收", label: "签收", values: { 编号: "1" } }],
  });
  test("has pages, each with the heading, the limits, the buttons and the basis", () => {
    for (const page of [1, 2]) {
      const text = shown(long, page);
      for (const word of ["客车坠崖", "还剩 4小时", "签收", "依据"]) expect(text).toContain(word);
      expect(text).toMatch(new RegExp(`第${page}/\\d页`));
    }
    expect(shown(long, 1)).not.toContain("上一页");
    expect(shown(long, 99)).toContain("最后一条");
    expect(shown(long, 99)).not.toContain("下一页");
  });
  test("has pages too when it is only made of too many parts", () => {
    const lines = Array.from({ length: 300 }, (_, i): Line => ({ kind: "text", text: `${i}` }));
    const pages = pagesOf(simple({ lines }), NOW);
    expect(pages.flatMap((page) => problemsOf(page))).toEqual([]);
    expect(pages).toHaveLength(4);
  });
  test("says where its pages are", () => {
    const values = elementsIn(renderCard(long, { now: NOW, page: 2 }), "button").map((b) => b["behaviors"]);
    expect(values.slice(-2)).toEqual([1, 3].map((p) => [{ type: "callback", value: { p } }]));
  });
});

const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.tuple(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), fc.nat(400)).map(([s, n]) => s.repeat(n)),
  fc.array(fc.constantFrom(...HOSTILE), { maxLength: 4 }).map((all) => all.join("")),
);
const moment = fc.integer({ min: NOW - 10 ** 10, max: NOW + 10 ** 10 });
const line: fc.Arbitrary<Line> = fc.oneof(
  fc.record({ kind: fc.constant("text" as const), text: hostile }),
  fc.record({ kind: fc.constant("text" as const), text: hostile, emphasis: fc.constantFrom("strong", "quiet") }),
  fc.record({ kind: fc.constant("field" as const), label: hostile, value: hostile }),
  fc.record(
    {
      kind: fc.constant("limit" as const),
      label: hostile,
      startAt: moment,
      dueAt: moment,
      stoppedAt: moment,
      note: hostile,
      latestDueAt: moment,
      soft: fc.constant(true as const),
    },
    { requiredKeys: ["kind", "label", "startAt", "dueAt"] },
  ),
);
const anyCard: fc.Arbitrary<Card> = fc.record(
  {
    title: hostile,
    tone: fc.constantFrom("blue", "turquoise", "yellow", "orange", "red", "grey", "violet"),
    lines: fc.array(line, { maxLength: 60 }),
    details: fc.array(line, { maxLength: 40 }),
    basis: hostile,
    buttons: fc.array(
      fc.record({
        action: hostile,
        label: hostile,
        style: fc.constantFrom("primary", "danger"),
        values: fc.dictionary(fc.string({ maxLength: 4 }), fc.string({ unit: "binary", maxLength: 30 }), {
          maxKeys: 3,
        }),
      }),
      { maxLength: 80 },
    ),
  },
  { requiredKeys: ["title", "tone", "lines", "buttons"] },
);

const squeeze = (text: string): string => plain(text).replace(/\s/g, "");

describe("whatever a card holds", () => {
  test("each of its pages is one that Feishu takes, none is empty, and every text stands on one of them", () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const pages = pagesOf(card, NOW, [ANNA]);
        for (const page of pages) expect(problemsOf(page, [ANNA])).toEqual([]);
        const told = pages.map((page) => elementsIn(page, "div").flatMap(shownIn).map(squeeze));
        const all = [...new Set(told.flat())];
        for (const text of textsOf(card)) expect(isToldBy(all, text)).toBe(true);
        const labels = new Set(pages.flatMap((page) => elementsIn(page, "button").flatMap((b) => shownIn(b["text"]))));
        for (const button of card.buttons.filter(isOrdinary)) {
          const label = plain(button.label) || plain(button.action) || "办理";
          expect([...labels].some((l) => label.startsWith(l.replace(/…$/, "")))).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });
  test("its text message has nothing in it that would come alive", () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const text = renderText(card, NOW);
        expect(text).not.toMatch(ALIVE);
        expect(text).not.toBe("");
        expect(text.isWellFormed()).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

/** Not one that alone would fill a card. */
const isOrdinary = (button: Button): boolean => Buffer.byteLength(JSON.stringify(button)) < 2000;

/** A text, or its pieces one after the other. */
function isToldBy(pieces: readonly string[], text: string): boolean {
  const reached = new Set([0]);
  // What is added while it is walked through is walked through too.
  for (const from of reached)
    for (const piece of pieces) if (text.startsWith(piece, from)) reached.add(from + piece.length);
  return reached.has(text.length);
}

const textsOf = ({ lines, details = [], basis = "" }: Card): string[] =>
  [...lines, ...details]
    .map((l) =>
      l.kind === "text"
        ? l.text
        : l.kind === "field"
          ? `${l.label}　${l.value}`
          : `${limitHead(l, NOW)}\n${limitRest(l, NOW)}`,
    )
    .concat(basis)
    .map(squeeze);

test("a text message names what to send in place of each button", () => {
  const values = { 编号: "YQ-990121-20261120-001", 版本: "3" };
  const text = renderText(
    simple({
      buttons: [
        { action: "研判", label: "研判", values },
        { action: "确认", label: "不同意", values: { ...values, 事项: "2", 结论: "不同意" } },
        { action: "到期", label: "到期清单", values: {} },
      ],
    }),
    NOW,
  );
  expect(text).toContain("可发：/舆情 研判 20261120-001；/舆情 确认 20261120-001 事项=2 结论=不同意；/舆情 到期");
});

test("nothing in a card but a callback leads anywhere", () => {
  const card = renderCard(simple({ buttons: [{ action: "签收", label: "签收", values: {} }] }), { now: NOW });
  const behaviors = [...objectsIn(card)].flatMap((o) => (Array.isArray(o["behaviors"]) ? o["behaviors"] : []));
  expect(behaviors).toEqual([{ type: "callback", value: { a: "签收", v: {} } }]);
});
