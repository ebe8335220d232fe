import type { Office } from "#core/case/office.ts";
import { cardToAdministrators, toAdministrators } from "#core/message/administrators.ts";
import type { Card } from "#core/message/card.ts";
import type { GroupEvent, PlatformNews } from "#core/ports.ts";
import type { Outgoing, Tx } from "#core/store.ts";
import { dayOf, type Instant } from "#core/time.ts";
import { plainCard } from "./replies.ts";

/** What a platform tells about itself: groups that the bot joined or left, and what an administrator has to mend. */
export async function platformNews(tx: Tx, event: PlatformNews, office: Office, now: Instant): Promise<void> {
  switch (event.type) {
    case "connected":
      return tx.hasten(now);
    case "finding":
      return tx.queue(toAdministrators(`finding/${dayOf(event.at)}/${event.key}`, event.text, office, event.at), now);
    case "group":
      return tx.queue(event.what === "left" ? tellOfLoss(event, office) : greet(event, office), now);
  }
}

function tellOfLoss({ id, name, by }: GroupEvent, office: Office): Outgoing[] {
  const isDuty = office.roster.group(name)?.purpose === "duty";
  const loss = isDuty ? "日报和受理卡片将无处发布，请尽快把机器人加回。" : "该群不再收到案件卡片。";
  const card = plainCard(`【群已失联】${name}`, [`机器人已不在“${name}”中${byWhom(by)}。`, loss], "orange");
  return cardToAdministrators(`group/${id}`, card, office);
}

function greet({ id, name, by }: GroupEvent, office: Office): Outgoing[] {
  const isKnown = office.roster.group(name) !== undefined;
  const greeting: Outgoing = {
    key: `group/${id}/greeting`,
    lane: 2,
    to: { kind: "group", name },
    kind: "notice",
    card: isKnown ? welcomeCard(name) : unknownCard(office),
    mentions: [],
  };
  const note = isKnown
    ? `“${name}”已登记为通讯录中的群${byWhom(by)}。不是本单位的群请移出机器人。`
    : `机器人被加入通讯录之外的群“${name}”${byWhom(by)}。`;
  return [greeting, ...cardToAdministrators(`group/${id}`, plainCard("【机器人进群】", [note]), office)];
}

const welcomeCard = (name: string): Card =>
  plainCard(`【已登记】${name}`, ["报舆情请发：/舆情 上报 时间、地点、情况、链接", "其他能办的事：/舆情 帮助"]);

const unknownCard = ({ roster }: Office): Card =>
  plainCard(
    "【本群尚未登记】",
    [
      "可以在本群上报舆情，受理情况就回在本群；日报和其他案件不会发到这里。",
      `需要登记的，请管理员在本群发：/舆情 绑定 群名(可用：${roster.file.groups.map((g) => g.name).join("、")})`,
    ],
    "yellow",
  );

const byWhom = (by: string | undefined): string => (by ? `，由${by}操作` : "");
