import { randomBytes } from "node:crypto";

/** An object of JSON whose fields nobody has checked yet. */
export type Json = Record<string, unknown>;

export interface User {
  readonly openId: string;
  readonly unionId: string;
  readonly userId: string;
  name: string;
  mobile: string | undefined;
  email: string | undefined;
  readonly tenantKey: string;
  resigned: boolean;
  /** Not in the availability scope of the app. */
  outOfScope: boolean;
  blockedBot: boolean;
}

export interface Chat {
  readonly chatId: string;
  readonly mode: "group" | "p2p";
  name: string;
  /** Open ids; the bot is not among them. */
  readonly members: Set<string>;
  external: boolean;
  botIn: boolean;
  disbanded: boolean;
  /** Only managers may speak, and the bot is none. */
  muted: boolean;
  /** False: nobody but managers may mention everybody. */
  atAllAllowed: boolean;
}

export interface Mention {
  key: string;
  id: { open_id: string; union_id: string; user_id?: string };
  name: string;
  tenant_key: string;
  mentioned_type: "user" | "bot";
}

export interface Message {
  readonly id: string;
  readonly chatId: string;
  readonly sender: { kind: "bot" | "user"; id: string };
  readonly type: string;
  /** Parsed; a merged forward has a fixed sentence instead of JSON, as in the real service. */
  content: unknown;
  readonly mentions: Mention[];
  readonly createdAt: number;
  updatedAt: number;
  readonly uuid: string | undefined;
  readonly parentId: string | undefined;
  readonly rootId: string | undefined;
  threadId: string | undefined;
  /** Contents before each edit, oldest first. */
  readonly edits: { at: number; content: unknown }[];
  recalled: boolean;
  readonly reads: Map<string, number>;
  readonly urgent: { kind: "app" | "sms" | "phone"; openIds: string[]; at: number }[];
  readonly reactions: { emoji: string; by: string }[];
  pinned: boolean;
  /** Ids of the messages inside a merged forward. */
  readonly children: string[];
  /** Set on a message inside a merged forward. */
  readonly upperId: string | undefined;
}

export interface Resource {
  readonly key: string;
  readonly type: "image" | "file";
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly messageId: string;
}

const id = (prefix: string) => (): string => `${prefix}${randomBytes(16).toString("hex")}`;

/** Fresh ids in the shapes of the real service. */
export const newId = {
  open: id("ou_"),
  union: id("on_"),
  chat: id("oc_"),
  message: id("om_"),
  thread: id("omt_"),
  event: id(""),
  image: id("img_v3_"),
  file: id("file_v3_"),
  cardToken: id("c-"),
  token: id("t-"),
  log: (): string => randomBytes(16).toString("hex").toUpperCase(),
  user: (): string => randomBytes(4).toString("hex"),
};

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const text = (value: unknown): string => (typeof value === "string" ? value : "");

export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** @returns undefined for anything but JSON */
export function parseJson(source: unknown): unknown {
  if (typeof source !== "string") return undefined;
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}
