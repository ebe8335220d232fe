import type { ReminderSubject } from "#core/escalation/stages.ts";
import type { Category } from "#core/intake/types.ts";
import type { EventLevel, Matter, StartFrom } from "#core/policy/types.ts";
import type { AttachmentKind, Urgency } from "#core/ports.ts";

/** What people call the things that come with a message. */
export const KIND_NAMES: Record<AttachmentKind, string> = {
  image: "截图",
  file: "文件",
  video: "视频",
  audio: "语音",
  forward: "聊天记录",
  card: "分享链接",
};

export const CHANNEL_NAMES: Record<Urgency, string> = { app: "应用内", sms: "短信", phone: "电话" };

/** What people call each limit. */
export const CLOCK_NAMES: Record<ReminderSubject, string> = {
  "release.authoritative": "权威信息",
  "press.conference": "新闻发布会",
  "response.first": "首次回应",
  "reply.suggestion": "建议答复",
  "reply.complaint": "投诉答复",
  "repost.soft": "转载(力争)",
  "repost.hard": "转载",
  requested: "上级要求事项",
  "report.up": "向上报送",
  triage: "研判",
  sign: "签收",
  "release.continuous": "持续发布",
  promise: "承诺事项",
  confirm: "第二人确认",
  gates: "审核登记",
};

export const LEVEL_NAMES: Record<EventLevel, string> = {
  I: "Ⅰ级(特别重大)",
  II: "Ⅱ级(重大)",
  III: "Ⅲ级(较大)",
  IV: "Ⅳ级(一般)",
  none: "无",
  pending: "待定",
};

export const CATEGORY_NAMES: Record<Category, string> = {
  "policy-misread": "误解误读",
  "vital-interest": "切身利益",
  "moral-bottom-line": "道德底线",
  "emergency-disaster": "突发灾害",
  "superior-required": "上级要求",
  none: "非重点",
};

export const MATTER_NAMES: Record<Matter, string> = {
  opinion: "舆情",
  suggestion: "建议",
  complaint: "投诉",
  repost: "转载",
  superior: "督办",
};

export const START_NAMES: Record<StartFrom, string> = {
  occurredAt: "事发",
  surfacedAt: "首发",
  detectedAt: "发现",
  receivedAt: "收报",
  sourcePublishedAt: "源发布",
  assignedAt: "转办",
  respondedAt: "首次回应",
};

/** Names of report fields that may be missing or in need of confirmation. */
export const FIELD_NAMES: Record<string, string> = {
  title: "标题",
  summary: "情况摘要",
  platforms: "来源平台",
  url: "链接",
  detectedAt: "发现时间",
  surfacedAt: "首发时间",
  occurredAt: "发生时间",
  places: "涉事地",
  units: "涉事单位",
  casualties: "伤亡情况",
  reporter: "报告人",
  isReport: "是否报送",
};
