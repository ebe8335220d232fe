import type { Button, Card } from "#core/message/card.ts";
import { cardText } from "#core/message/text.ts";
import type { Instant } from "#core/time.ts";
import { inert } from "./escape.ts";

/** What a person does not type: the command asks for the state of the case by itself. */
const NOT_TYPED = new Set(["编号", "版本"]);
/** Bytes of a text message, well below the 150 KB that Feishu takes. */
const MAX_LENGTH = 20_000;

/** A card as a text message, for when Feishu refuses the card: with what to send in place of each button. */
export function renderText(card: Card, now: Instant): string {
  const lines = [...new Set(card.buttons.map(typedLine))];
  const text = [cardText(card, now), ...(lines.length > 0 ? [`可发：${lines.join("；")}`] : [])].join("\n");
  return (
    inert(
      Array.from(text.slice(0, 2 * MAX_LENGTH))
        .slice(0, MAX_LENGTH)
        .join(""),
    ) || "消息"
  );
}

/** What is left of a card whose words Feishu holds back: what kind of message it is, and the number of the case. */
export function renderNumber({ title, buttons }: Card): string {
  const heading = /^【[^】]{1,12}】/u.exec(title)?.[0] ?? "【舆情】";
  const number = /YQ-\w{6,14}-\d{8}-\d{3,}/u.exec(title)?.[0] ?? buttons.find((b) => b.values["编号"])?.values["编号"];
  return `${heading}${number ?? "有一条消息"}。内容被飞书的审核或防泄漏规则拦下，请联系值班员，或登录本单位的网页查看。`;
}

/** "/舆情 研判 20261120-001" */
function typedLine({ action, values }: Button): string {
  const fields = Object.entries(values).filter(([name]) => !NOT_TYPED.has(name));
  const no = values["编号"]?.replace(/^YQ-[^-]+-/, "");
  return ["/舆情", action, ...(no ? [no] : []), ...fields.map(([name, value]) => `${name}=${value}`)].join(" ");
}
