import { DeliveryError } from "#core/ports.ts";

/*
 * The SDK puts ids into addresses as they are: an id such as "../../contact/v3/users/x" would reach another API. Whatever
 * comes from outside is therefore checked here before it becomes part of a path.
 */

const OPEN_ID = /^ou_[0-9a-zA-Z]{1,64}$/;
const CHAT_ID = /^oc_[0-9a-zA-Z]{1,64}$/;
const MESSAGE_ID = /^om_[0-9a-zA-Z_]{1,100}$/;
const FILE_KEY = /^(?:img|file)_[0-9a-zA-Z_-]{1,200}$/;

/** App id as the console shows it; the long connection of the SDK silently does nothing with any other shape. */
export const isAppId = (text: string): boolean => /^cli_[0-9a-fA-F]{16}$/.test(text);
export const isOpenId = (text: string): boolean => OPEN_ID.test(text);
export const isChatId = (text: string): boolean => CHAT_ID.test(text);
export const isMessageId = (text: string): boolean => MESSAGE_ID.test(text);
export const isFileKey = (text: string): boolean => FILE_KEY.test(text);

/** @throws DeliveryError */
export const mustOpenId = (text: string): string => must(OPEN_ID, text, "人员");
/** @throws DeliveryError */
export const mustChatId = (text: string): string => must(CHAT_ID, text, "群");
/** @throws DeliveryError */
export const mustMessageId = (text: string): string => must(MESSAGE_ID, text, "消息");
/** @throws DeliveryError */
export const mustFileKey = (text: string): string => must(FILE_KEY, text, "文件");

/** The id itself is not repeated: it may be anything that somebody made up. */
function must(shape: RegExp, text: string, what: string): string {
  if (!shape.test(text)) throw new DeliveryError(`飞书的${what}编号格式不对，没有发出请求。`, { retry: false });
  return text;
}
