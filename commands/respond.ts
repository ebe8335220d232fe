import { type Case, GATES, type Gate, RESPONSE_FORMS, type ResponseForm } from "#core/case/case.ts";
import { readMoment, readUnits } from "#core/case/field-values.ts";
import { caseCard } from "#core/message/case-card.ts";
import { dayOf, formatMoment, type Instant } from "#core/time.ts";
import { defineCommand, refusal } from "#src/chat/command.ts";

/** 回应: the proof of a publication that has taken place. Only this stops a limit. */
export default defineCommand({
  name: "respond",
  word: "回应",
  aliases: ["发布", "登记回应"],
  summary: "登记已发布的回应和凭证，凭证到才停止计时",
  usage: "/舆情 回应 20261120-001 形式=首次回应 链接=https://www.example.gov.cn/a 时间=14:30",
  who: ["发布员", "承办单位", "组织协调"],
  target: "case",
  fields: [
    { name: "形式", hint: RESPONSE_FORMS.join("、") },
    { name: "单位", hint: "回应单位，联合回应写全" },
    { name: "渠道", hint: "网站、微博、公众号…" },
    { name: "链接", hint: "发布链接" },
    { name: "文号", hint: "文号" },
    { name: "凭证", hint: "实录、影像，或答复编号" },
    { name: "时间", hint: "发布时间，不填按现在" },
    { name: "发布人", hint: "出面回应的人" },
    ...GATES.map((gate) => ({ name: gate, hint: "审核人" })),
  ],
  async run(context, c) {
    const { args, office, now } = context;
    const { fields } = args;
    const text = (name: string): string | undefined => fields[name]?.trim() || undefined;
    const written = text("形式") ?? usualForm(c);
    const form = RESPONSE_FORMS.find((f) => f === written || f.includes(written));
    if (!form) return refusal(`回应形式“${written.slice(0, 12)}”看不懂，可填：${RESPONSE_FORMS.join("、")}。`);
    const time = text("时间");
    const publishedAt = time ? readMoment(time, now, "past") : now;
    if (publishedAt !== undefined && time && isAnotherDay(time, publishedAt, now))
      return refusal(
        `${time.slice(0, 10)} 今天还没有到；如果是之前发布的，请写明日期，例如：时间=昨天${time.slice(0, 5)}。`,
      );
    if (publishedAt === undefined) {
      const ahead = time && readMoment(time, now, "future");
      if (ahead) return refusal(`发布时间 ${formatMoment(ahead, now)} 还没有到，发布后再登记。`);
      return refusal(`发布时间“${time?.slice(0, 20)}”看不懂，例如：时间=今天14:30。`);
    }
    const units = text("单位") ? readUnits(text("单位") ?? "", office.roster) : { known: [], unknown: [] };
    if (units.unknown.length > 0) return refusal(`通讯录里没有“${units.unknown.join("、")}”。`);
    const link = text("链接") ?? /https?:\/\/[^\s,，。;；、]+/u.exec(args.text)?.[0];
    if (link && !/^https?:\/\/[^\s]+$/u.test(link))
      return refusal("链接应以 http:// 或 https:// 开头。没有链接的请填文号或凭证。");
    const gates: Partial<Record<Gate, string>> = {};
    for (const gate of GATES) {
      const name = text(gate);
      if (name) gates[gate] = name;
    }
    const proof =
      text("凭证") ?? (context.attachments.length > 0 ? context.attachments.map((a) => a.name).join("、") : undefined);
    const outcome = await context.change(c, "respond", {
      form,
      units: units.known,
      publishedAt,
      gates,
      ...(link ? { link } : {}),
      ...(text("文号") ? { docNo: text("文号") as string } : {}),
      ...(proof ? { proof } : {}),
      ...(text("渠道") ? { channel: text("渠道") as string } : {}),
      ...(text("发布人") ? { publisher: text("发布人") as string } : {}),
    });
    if (!outcome.ok) return refusal(outcome.refused);
    const unconfirmed = outcome.case.responses.at(-1)?.unconfirmed;
    return {
      kind: "reply",
      card: caseCard(outcome.case, office, now),
      toast: unconfirmed ? "已登记；发布时间早于时限而登记在后，待第二人确认" : `已登记${form}`,
    };
  },
});

/** What an entry without a form means: the answer that is still owed, never more than that. */
function usualForm(c: Case): ResponseForm {
  const open = (key: string): boolean => c.clocks.some((k) => k.stoppedAt === undefined && k.key.startsWith(key));
  if (open("reply.")) return "答复";
  return open("response.first") || c.responses.length === 0 ? "首次回应" : "持续发布";
}

/** A bare time of day that has not come yet today would be read as yesterday's. */
const isAnotherDay = (written: string, at: Instant, now: Instant): boolean =>
  !/[昨前今日号月周天]|\d{4}/u.test(written) && dayOf(at) !== dayOf(now);
