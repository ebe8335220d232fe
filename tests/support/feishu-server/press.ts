import { type FieldValue, fillForm, optionOf } from "./card-form.ts";
import { callbackValue, contentOf, type Node, nodesOf } from "./card-tree.ts";
import { checkCard } from "./cards.ts";
import { audienceOf } from "./content.ts";
import { idsOf } from "./events.ts";
import type { Ack } from "./long-connection.ts";
import { isObject, type Json, type Message, newId, text, type User } from "./model.ts";
import { Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

/** Which component: the words on it, or what it must be. */
export type Which = string | RegExp | ((node: Node) => boolean);

export interface Pressed {
  toast?: { type: string; content: string };
  /** The card that replaced the message. */
  card?: Json;
  /** What the client shows instead: 200340 not configured, 200341 late, 200671 failed, 200672 and 200673 bad answer. */
  error?: number;
  ack: Ack;
}

const DAYS_14 = 14 * 24 * 3_600_000;
const LATE_MS = 3_000;

/** The card of a message, as this person sees it now. @throws Error when the client would not let the person act on it */
export function cardFor(world: World, user: User, messageId: string): { message: Message; card: Json } {
  const message = world.message(messageId);
  if (message?.type !== "interactive" || !isObject(message.content)) throw new Error(`${messageId} is no card`);
  if (message.recalled) throw new Error("the card was recalled");
  if (!world.chat(message.chatId)?.members.has(user.openId)) throw new Error(`${user.name} is not in this chat`);
  if (world.now() - message.createdAt > DAYS_14) throw new Error("the card is older than 14 days and takes no presses");
  return { message, card: message.content };
}

/** The one component that fits and is enabled. @throws Error when there is none, or more than one */
export function findOne(card: Json, tags: readonly string[], which: Which): Node {
  const label = ({ element }: Node): string => contentOf(element["text"]) || contentOf(element["placeholder"]);
  const fits = (node: Node): boolean => {
    if (typeof which === "function") return which(node);
    return typeof which === "string" ? label(node) === which : which.test(label(node));
  };
  const all = nodesOf(card).filter(({ tag }) => tags.includes(tag));
  const found = all.filter(fits);
  const [one] = found;
  if (!one)
    throw new Error(`nothing on the card is ${String(which)}; there is ${all.map(label).join("、") || "nothing"}`);
  if (found.length > 1) throw new Error(`more than one on the card is ${String(which)}`);
  const around = [one, ...one.parents].find(({ element }) => element["disabled"] === true);
  if (around) throw new Error(`${label(one)} is disabled`);
  return one;
}

/** The action of a press on a button; that of a form brings what is filled in. @throws Error when it calls nobody */
export function buttonAction(
  { card, world, message }: { card: Json; world: World; message: Message },
  button: Node,
  given: Record<string, FieldValue> | undefined,
  submitSendsValue: boolean,
): Json {
  const { element, parents } = button;
  const name = text(element["name"]);
  const value = callbackValue(element);
  const base = { tag: "button", timezone: "Asia/Shanghai", ...(name === "" ? {} : { name }) };
  const form = parents.find((parent) => parent.tag === "form");
  if (form && element["form_action_type"] === "submit") {
    const members = [...(world.chat(message.chatId)?.members ?? [])];
    const form_value = fillForm(card, form, given ?? {}, members);
    return { ...base, ...(submitSendsValue && value ? { value } : {}), form_value };
  }
  if (given) throw new Error("this button submits no form");
  if (!value) throw new Error("a press on this button calls nobody");
  return { ...base, value };
}

/** The action of a choice outside a form: a select, or a menu behind three dots. @throws Error when there is no such option */
export function choiceAction({ element, tag }: Node, option: string, members: readonly string[]): Json {
  const chosen = optionOf(element, tag, option, members);
  const name = text(element["name"]);
  const value = callbackValue(element) ?? {};
  return { tag, value, option: chosen, timezone: "Asia/Shanghai", ...(name === "" ? {} : { name }) };
}

/** A new callback: its token edits the card later. */
export function callbackEvent(world: World, user: User, message: Message, action: Json): Json {
  const token = newId.cardToken();
  world.cardTokens.set(token, { messageId: message.id, at: world.now(), uses: 0 });
  return {
    operator: { tenant_key: user.tenantKey, ...idsOf(world, user) },
    token,
    action,
    host: "im_message",
    context: { open_message_id: message.id, open_chat_id: message.chatId },
  };
}

/** What the client makes of the answer to a press: a toast, another card, or an error of its own. */
export function settle(world: World, message: Message, ack: Ack): Pressed {
  const fail = (error: number, what: string): Pressed => {
    world.problem(error, what);
    return { error, ack };
  };
  if (ack.code === "queued" || ack.code === "unseen") return fail(200340, "nobody takes callbacks");
  if (ack.code === "timeout" || ack.ms > LATE_MS) return fail(200341, `answered after ${ack.ms} ms`);
  if (ack.code !== 200) return fail(200671, `answered with ${ack.code}`);
  const answer = ack.data ?? {};
  if (!isObject(answer)) return fail(200672, `no object: ${JSON.stringify(ack.data)}`);
  const { toast, card, ...rest } = answer;
  if (Object.keys(rest).length > 0) return fail(200672, `unknown in an answer: ${Object.keys(rest).join()}`);
  if (toast !== undefined && !isToast(toast)) return fail(200672, `no toast: ${JSON.stringify(toast)}`);
  const shown = toast === undefined ? {} : { toast };
  if (card === undefined) return { ...shown, ack };
  const chat = world.chat(message.chatId);
  if (!isObject(card) || card["type"] !== "raw" || !chat) return fail(200673, `no card: ${JSON.stringify(card)}`);
  try {
    checkCard(card["data"], audienceOf(world, chat));
  } catch (error) {
    if (error instanceof Refusal) return fail(200673, error.message);
    throw error;
  }
  world.edit(message, card["data"]);
  return { ...shown, card: card["data"], ack };
}

function isToast(value: unknown): value is { type: string; content: string } {
  if (!isObject(value) || typeof value["content"] !== "string" || value["content"] === "") return false;
  return value["type"] === undefined || ["info", "success", "error", "warning"].includes(text(value["type"]));
}
