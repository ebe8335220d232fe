import * as lark from "@larksuiteoapi/node-sdk";
import { type SdkLogger, silentLogger } from "./logger.ts";

/** Handles one event; what it returns is the answer to a press. Throws when the event should be delivered again. */
export type Handler = (data: unknown) => Promise<unknown>;
export type Handlers = Readonly<Record<string, Handler>>;

/** Where events go: with the fields of header and event side by side, as the SDK flattens them. */
export interface FeishuEvents {
  onEvent(type: string, data: unknown): Promise<unknown>;
}

/** One handler for each type of event. A failure is reported here, once; the platform learns only that there was one. */
export function eventHandlers(
  types: readonly string[],
  events: FeishuEvents,
  report: (error: unknown, doing: string) => void,
): Handlers {
  const handler =
    (type: string): Handler =>
    async (data) => {
      try {
        return await events.onEvent(type, data);
      } catch (error) {
        report(error, `飞书事件 ${type}`);
        throw new Error("not handled");
      }
    };
  return Object.fromEntries(types.map((type) => [type, handler(type)]));
}

/** The SDK's dispatcher. Nothing is verified or decrypted by it: the webhook does so itself, the connection needs neither. */
export function createDispatcher(handlers: Handlers, logger: SdkLogger = silentLogger): lark.EventDispatcher {
  const cache = new lark.DefaultCache();
  return new lark.EventDispatcher({ cache, logger }).register({ ...handlers });
}
