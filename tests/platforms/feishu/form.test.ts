import { describe, expect, test } from "vitest";
import { confirmButtons } from "#core/message/ask.ts";
import type { Button, Card, Form, FormField } from "#core/message/card.ts";
import { caseCard } from "#core/message/case-card.ts";
import { formFor } from "#core/message/forms.ts";
import { rulesDiffCard } from "#core/message/rules-diff-card.ts";
import { similarButtons } from "#core/message/similar.ts";
import { discoverCommands } from "#src/discover.ts";
import { renderForm } from "#src/platforms/feishu/card/form.ts";
import { readPress } from "#src/platforms/feishu/card/press.ts";
import { assigned, Desk, REPORTS } from "../../support/desk.ts";
import { fillForm } from "../../support/feishu-server/card-form.ts";
import { nodesOf } from "../../support/feishu-server/card-tree.ts";
import { isObject } from "../../support/feishu-server/model.ts";
import { at } from "../../support/time.ts";
import { elementsIn, objectsIn, problemsOf, shownIn } from "./card-walk.ts";
import { HOSTILE } from "./hostile.ts";

const NOW = at("11-20 09:00");
const ORIGIN = "om_0123456789abcdef";
const CARD: Card = {
  title: "【已受理】001",
  tone: "orange",
  lines: [
    { kind: "text", text: "客车坠崖", emphasis: "strong" },
    { kind: "limit", label: "权威信息", startAt: NOW, dueAt: NOW + 3_600_000 },
    { kind: "limit", label: "转载", startAt: NOW, dueAt: NOW + 3_600_000, stoppedAt: NOW },
  ],
  buttons: [],
};

type FormButton = Button & { form: Form };

const formButton = (...fields: FormField[]): FormButton => ({
  action: "研判",
  label: "研判",
  values: { 编号: "YQ-990121-20261120-001", 版本: "3" },
  form: { title: "研判 001", submit: "提交研判", fields },
});
const field = (type: FormField["type"], more: Partial<FormField> = {}): FormField => ({
  name: "甲",
  label: "甲项",
  type,
  ...more,
});
const openIds = new Map([
  ["张志远", "ou_1"],
  ["钟慧", "ou_2"],
]);
const openIdOf = (name: string): string | undefined => openIds.get(name);
const nameOf = (id: string): string | undefined => [...openIds].find(([, openId]) => openId === id)?.[0];
const render = (button: FormButton) => renderForm(button, CARD, { now: NOW, origin: ORIGIN, openIdOf });
/** The input of the only field. */
const input = (type: FormField["type"], more: Partial<FormField> = {}) =>
  [...objectsIn(render(formButton(field(type, more))))].find((o) => o["name"] === "甲");

describe("a form", () => {
  test("keeps in sight what it is about and what ends first", () => {
    const shown = shownIn(render(formButton())).join("\n").normalize("NFKC");
    expect(shown).toMatch(/研判 001\n客车坠崖\n权威信息 11月20日\(周五\)10:00\n还剩/);
    expect(shown).not.toContain("转载");
  });
  test("shows each kind of field with its own input, filled in", () => {
    expect(input("text", { value: "青岩县" })).toMatchObject({ tag: "input", default_value: "青岩县" });
    expect(input("longtext")).toMatchObject({ tag: "input", input_type: "multiline_text" });
    expect(input("select", { options: ["I", "II"], value: "II" })).toMatchObject({
      tag: "select_static",
      initial_option: "II",
      options: [{ value: "I" }, { value: "II" }],
    });
    expect(input("multiselect", { options: ["一", "二", "三"], value: "一、三" })).toMatchObject({
      tag: "multi_select_static",
      selected_values: ["一", "三"],
    });
    expect(input("datetime", { value: "2026-11-22 15:20" })).toMatchObject({
      tag: "picker_datetime",
      initial_datetime: "2026-11-22 15:20",
    });
  });
  test("marks what must be filled in", () => {
    expect(input("longtext", { required: true })).toMatchObject({ required: true });
    expect(shownIn(render(formButton(field("text", { required: true }))))).toContain("甲项（必填）");
  });
  test("shows people with their faces when it knows all of them, else by name", () => {
    expect(input("person", { options: ["张志远", "钟慧"] })).toMatchObject({
      tag: "select_person",
      options: [{ value: "ou_1" }, { value: "ou_2" }],
    });
    expect(input("person", { options: ["张志远", "刘建华"] })).toMatchObject({ tag: "select_static" });
  });
  test("lets a time that is written in words be typed", () => {
    expect(input("datetime", { value: "今天下班前" })).toMatchObject({ tag: "input", default_value: "今天下班前" });
  });
  test("never loses a value that is none of the options", () => {
    expect(input("select", { options: ["甲局"], value: "外县局" })).toMatchObject({ initial_option: "外县局" });
  });
  test("offers likely ones of many options first, and leaves the order of few alone", () => {
    const many = Array.from({ length: 20 }, (_, i) => `第${i}局`);
    expect(input("select", { options: many, value: "第7局" })?.["options"]).toMatchObject(
      [{ value: "第7局" }, { value: "第0局" }].concat(
        many
          .slice(1)
          .filter((o) => o !== "第7局")
          .map((value) => ({ value })),
      ),
    );
  });
  test("has more than a hundred options typed, and says how", () => {
    const many = Array.from({ length: 101 }, (_, i) => `第${i}局`);
    expect(input("multiselect", { options: many, value: "第7局" })).toMatchObject({
      tag: "input",
      default_value: "第7局",
    });
    expect(shownIn(render(formButton(field("multiselect", { options: many, value: "第7局" })))).join()).toContain(
      "可填 第0局、第1局",
    );
  });
  test("fits, whatever the options and values are", () => {
    const options = Array.from({ length: 100 }, (_, i) => `${i}${"很长的单位名称".repeat(9)}`);
    const fields = ["甲", "乙", "丙", "丁"].map((name) =>
      field("multiselect", { name, options, value: options[3] ?? "" }),
    );
    const long = ["子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申"].map((name) =>
      field("text", { name, value: "长".repeat(2000) }),
    );
    const form = render(formButton(...fields, ...long));
    expect(problemsOf(form)).toEqual([]);
  });
  test("has only as much typed as does not fit", () => {
    const options = Array.from({ length: 100 }, (_, i) => `第${i}局`);
    const fields = ["甲", "乙"].map((name) => field("multiselect", { name, options }));
    expect(elementsIn(render(formButton(...fields)), "multi_select_static")).toHaveLength(1);
  });
  test("is taken by Feishu and shows nothing as markup, whatever people typed", () => {
    for (const text of HOSTILE) {
      const button = formButton(
        field("text", { name: "子", label: text, value: text, hint: text }),
        field("longtext", { name: "丑", value: text, required: true }),
        field("select", { name: "寅", options: [text, "无"], value: text }),
        field("multiselect", { name: "卯", options: ["甲", text], value: text }),
        field("person", { name: "辰", options: [text, "张志远"], value: text }),
        field("datetime", { name: "巳", value: text, hint: text }),
      );
      button.form.title = text;
      button.form.submit = text;
      const card: Card = { ...CARD, lines: [{ kind: "text", text, emphasis: "strong" }] };
      expect([text.slice(0, 40), problemsOf(renderForm(button, card, { now: NOW, origin: ORIGIN, openIdOf }))]).toEqual(
        [text.slice(0, 40), []],
      );
    }
  });
});

describe("what is sent back", () => {
  const submit = (form: unknown) => elementsIn(form, "button").find((b) => b["form_action_type"] === "submit");
  const sentBy = (button: unknown): unknown => [...objectsIn(button)].find((o) => o["type"] === "callback")?.["value"];
  const send = (action: Record<string, unknown>) => readPress({ action }, nameOf);
  const button = formButton(
    field("multiselect", { name: "单位", options: ["甲局", "乙局"] }),
    field("datetime", { name: "时限" }),
    field("person", { name: "决定", options: ["张志远", "钟慧"] }),
    field("text", { name: "理由" }),
    field("text", { name: "备注" }),
  );
  const form_value = { 单位: ["甲局", "乙局"], 时限: "2026-11-22 15:20 +0800", 决定: "ou_1", 理由: "", 备注: " " };
  const read = {
    kind: "run",
    action: "研判",
    origin: ORIGIN,
    values: { 编号: "YQ-990121-20261120-001", 版本: "3", 单位: "甲局、乙局", 时限: "2026-11-22 15:20", 决定: "张志远" },
  };
  test("is understood by the value of the button, and by its name alone", () => {
    const sent = submit(render(button));
    expect(send({ tag: "button", value: sentBy(sent), form_value })).toEqual(read);
    expect(send({ tag: "button", name: sent?.["name"], form_value })).toEqual(read);
    expect(send({ tag: "button", name: sent?.["name"], value: {}, form_value })).toEqual(read);
  });
  test("means the office's time, wherever the phone is", () => {
    const values = (form_value: Record<string, unknown>) => {
      const k = { 时间: "time", 日期: "time", 不选: "choice", 生人: "account" };
      const pressed = send({ value: { a: "回应", v: {}, k }, form_value });
      return pressed?.kind === "run" ? pressed.values : undefined;
    };
    expect(values({ 时间: "2026-11-22 16:20 +0900" })).toEqual({ 时间: "2026-11-22 15:20" });
    expect(values({ 日期: "2026-11-22 +0800" })).toEqual({ 日期: "2026-11-22" });
    expect(values({ 数: 3, 无: null, 物: { a: 1 }, 空: [], 不选: "∅", 生人: "ou_9" })).toEqual({
      数: "3",
      生人: "ou_9",
    });
  });
  test("is left as it was typed, whatever it looks like", () => {
    const typed = { 理由: "ou_1", 备注: "2026-11-22 15:20 +0900", 单位: ["∅", "甲局"] };
    const pressed = send({ tag: "button", value: sentBy(submit(render(button))), form_value: typed });
    expect(pressed).toMatchObject({ values: { 理由: "ou_1", 备注: "2026-11-22 15:20 +0900", 单位: "∅、甲局" } });
  });
  test("says what the form asks for, also where the button says something of that name", () => {
    const asking = formButton(field("text", { name: "版本" }));
    const pressed = send({
      tag: "button",
      value: sentBy(submit(render(asking))),
      form_value: { 版本: "7", 编号: "9" },
    });
    expect(pressed).toMatchObject({ values: { 编号: "YQ-990121-20261120-001", 版本: "7" } });
  });
  test("leads back to the card", () => {
    const back = elementsIn(render(button), "button").at(-1);
    expect(send({ value: sentBy(back) })).toEqual({ kind: "back", origin: ORIGIN });
  });
  test("is nothing when it comes from no button of ours", () => {
    for (const action of [
      {},
      { value: "x" },
      { value: { x: 1 } },
      { name: "go.%%%" },
      { name: "go.e30" },
      { value: { p: 0 } },
    ])
      expect(send(action)).toBeUndefined();
    for (const data of [undefined, null, 1, {}, { action: null }]) expect(readPress(data, nameOf)).toBeUndefined();
  });
});

/** Everybody has an account. */
const idOf = (name: string): string => `ou_${Buffer.from(name).toString("hex")}`;
const whoIs = (id: string): string => Buffer.from(id.slice(3), "hex").toString();

/** What stands in a form beforehand, and something where it must not be empty. */
const prefilled = ({ fields }: Form): Record<string, string> =>
  Object.fromEntries(
    fields
      .map(({ name, value, required, options = ["已核实"] }) => [name, value || (required ? (options[0] ?? "") : "")])
      .filter(([, value]) => value !== ""),
  );

/** The values of a press on 提交 by somebody who fills in only what must be filled in. */
function sentUntouched(card: unknown, form: Form): Record<string, string> | undefined {
  if (!isObject(card)) return undefined;
  const needed = form.fields.filter((f) => f.required && !f.value);
  const node = nodesOf(card).find(({ tag }) => tag === "form");
  const button = elementsIn(card, "button").find((b) => b["form_action_type"] === "submit");
  const given = Object.fromEntries(needed.map(({ name, options = ["已核实"] }) => [name, options[0] ?? ""]));
  const action = { name: button?.["name"], form_value: node && fillForm(card, node, given, []) };
  const pressed = readPress({ action }, whoIs);
  return pressed?.kind === "run" ? pressed.values : undefined;
}

test("every form that there is fits a card, is taken by Feishu and sends back what stands in it", async () => {
  const { commands } = await discoverCommands();
  const desks = [
    new Desk(REPORTS.crash),
    new Desk(REPORTS.water),
    assigned("青岩县水务局", "青岩县住房和城乡建设局"),
    assigned().does("马超群", "acknowledge").does("马超群", "respond"),
  ];
  const seen = new Set<string>();
  for (const { case: c, office, now } of desks) {
    const similar = { ...c, similar: [{ id: "YQ-990121-20261119-003", title: "幸福里停水", why: "同一链接" }] };
    const card = caseCard(similar, office, now);
    const diff = { from: "a", to: "b", clocks: [], obligations: [], moved: [] };
    const buttons = [
      ...commands.flatMap(({ word }): Button[] => {
        const form = formFor(word, c, office);
        return form ? [{ action: word, label: word, values: {}, form }] : [];
      }),
      ...card.buttons,
      ...similarButtons(similar),
      ...confirmButtons(c, office),
      ...rulesDiffCard({ c, diff }, now).buttons,
    ];
    for (const { form, ...button } of buttons) {
      if (!form) continue;
      const rendered = renderForm({ ...button, form }, card, { now, origin: ORIGIN, openIdOf: idOf });
      expect(problemsOf(rendered)).toEqual([]);
      expect(sentUntouched(rendered, form)).toEqual({ ...button.values, ...prefilled(form) });
      seen.add(button.action);
    }
  }
  expect([...seen].sort()).toEqual(
    [
      "仅备案",
      "催办",
      "办结",
      "回应",
      "并案",
      "应用新规则",
      "报送",
      "研判",
      "确认",
      "补充",
      "误报",
      "转办",
      "退回",
    ].sort(),
  );
});
