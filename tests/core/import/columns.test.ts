import { describe, expect, it } from "vitest";
import { type Column, columnOf } from "#core/import/columns.ts";

const HEADINGS: readonly (readonly [string, Column | undefined])[] = [
  ["序号", "no"],
  ["工单编号", "no"],
  ["留言ID", "no"],
  ["收到时间", "receivedAt"],
  ["来电时间", "receivedAt"],
  ["登记日期", "receivedAt"],
  ["留言时间", "receivedAt"],
  ["发生时间", "occurredAt"],
  ["首发时间", "surfacedAt"],
  ["监测时间", "detectedAt"],
  ["舆情标题", "title"],
  ["标 题", "title"],
  ["诉求内容", "content"],
  ["反映内容(摘要)", "content"],
  ["来源平台", "platform"],
  ["链接", "url"],
  ["回应链接", "link"],
  ["涉事地点", "place"],
  ["所属区县", "place"],
  ["涉事单位", "units"],
  ["承办单位（主办）", "assigned"],
  ["回复单位", "assigned"],
  ["诉求类型", "matter"],
  ["舆情等级", "opinionLevel"],
  ["突发事件级别", "eventLevel"],
  ["办理时限", "dueAt"],
  ["截止日期", "dueAt"],
  ["首次回应时间", "respondedAt"],
  ["答复时间", "respondedAt"],
  ["回应文号", "docNo"],
  ["答复内容", "result"],
  ["办结时间", "closedAt"],
  ["办理状态", "state"],
  ["是否办结", "state"],
  ["填报人", "reporter"],
  ["来电人", "private"],
  ["联系电话", "private"],
  ["身份证号", "private"],
  ["网民昵称", "private"],
  ["备注", undefined],
  ["满意度", undefined],
  ["", undefined],
];

describe("headings of 台账 and exports", () => {
  it.each(HEADINGS)("%s", (heading, column) => {
    expect(columnOf(heading)).toBe(column);
  });
});
