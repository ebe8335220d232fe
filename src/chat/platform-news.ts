import type { Office } from "#core/case/office.ts";
import type { Card } from "#core/message/card.ts";
import type { PlatformNews } from "#core/ports.ts";
import type { Outgoing, Tx } from "#core/store.ts";
import { dayOf, formatMoment, type Instant } from "#core/time.ts";
import { plainCard } from "./replies.ts";

/** What a platform tells about itself: groups that the bot joined or left, and what an administrator has to mend. */
export async function platformNews(tx: Tx, event: PlatformNews, office: Office, now: Instant): Promise<void> {
  const administrators = office.roster.withRole("管理员");
  const tell = (key: string, card: Card): Outgoing[] =>
    administrators.map((name) => ({
      key: `${key}/${name}`,
      lane: 2,
      to: { kind: "user", name },
      kind: "notice",
      card,
      mentions: [],
    }));
  if (event.type === "finding") {
    const card = plainCard(`【请处理】${formatMoment(event.at)}`, [event.text], "orange");
    await tx.queue(tell(`finding/${dayOf(event.at)}/${event.key}`, card), now);
    return;
  }
  const by = event.by ? `，由${event.by}操作` : "";
  const known = office.roster.group(event.name);
  if (event.what === "left") {
    const loss =
      known?.purpose === "duty" ? "日报和受理卡片将无处发布，请尽快把机器人加回。" : "该群不再收到案件卡片。";
    const card = plainCard(`【群已失联】${event.name}`, [`机器人已不在“${event.name}”中${by}。`, loss], "orange");
    await tx.queue(tell(`group/${event.id}`, card), now);
    return;
  }
  const greeting: Outgoing = {
    key: `group/${event.id}/greeting`,
    lane: 2,
    to: { kind: "group", name: event.name },
    kind: "notice",
    card: known
      ? plainCard(`【已登记】${event.name}`, [
          "报舆情请发：/舆情 上报 时间、地点、情况、链接",
          "其他能办的事：/舆情 帮助",
        ])
      : plainCard(
          "【本群尚未登记】",
          [
            "可以在本群上报舆情；案件卡片和日报不会发到这里。",
            `需要登记的，请管理员在本群发：/舆情 绑定 群名(可用：${office.roster.file.groups.map((g) => g.name).join("、")})`,
          ],
          "yellow",
        ),
    mentions: [],
  };
  const note = known
    ? `“${event.name}”已登记为通讯录中的群${by}。不是本单位的群请移出机器人。`
    : `机器人被加入通讯录之外的群“${event.name}”${by}。`;
  await tx.queue([greeting, ...tell(`group/${event.id}`, plainCard("【机器人进群】", [note]))], now);
}
