import { Limits } from "./limits.ts";
import { type Chat, type Message, newId, type Resource, type User } from "./model.ts";

export interface WorldOptions {
  /** `cli_` and 16 hexadecimal digits: the SDK connects with no other. */
  appId?: string;
  appSecret?: string;
  /** Webhook only: encrypts events and signs them. */
  encryptKey?: string;
  verificationToken?: string;
  tenantKey?: string;
  botName?: string;
  /** Clock of the service, in milliseconds. */
  now?: () => number;
}

/** What an app of this kind is granted, one scope for each kind of call. */
export const GRANTED = [
  "im:message:send_as_bot",
  "im:message:readonly",
  "im:message.p2p_msg:readonly",
  "im:message.group_at_msg:readonly",
  "im:message.group_msg",
  "im:message.urgent",
  "im:message.urgent:sms",
  "im:message.urgent:phone",
  "im:message.reactions:write_only",
  "im:message.pins:write_only",
  "im:resource",
  "im:chat",
  "im:chat:read",
  "contact:user.base:readonly",
  "contact:user.id:readonly",
  "contact:user.employee_id:readonly",
] as const;

/** Something that the service noticed and that a person would see as a fault of the bot. */
export interface Problem {
  /** 200340 … 200673 as the client shows them; 0 for anything else. */
  code: number;
  what: string;
}

/** People, groups and messages of one tenant, and one app with its bot. Knows nothing of the network. */
export class World {
  readonly appId: string;
  readonly appSecret: string;
  readonly encryptKey: string;
  readonly verificationToken: string;
  readonly tenantKey: string;
  readonly bot: { openId: string; name: string };
  readonly now: () => number;

  readonly users: User[] = [];
  readonly chats: Chat[] = [];
  readonly messages: Message[] = [];
  readonly resources = new Map<string, Resource>();
  readonly problems: Problem[] = [];
  readonly limits = new Limits();
  /** Calls that were refused because of a frequency limit. */
  refusedForRate = 0;
  /** HTTP status of 99991400: some older APIs answer 400. */
  rateStatus: 400 | 429 = 429;
  botEnabled = true;
  /** Looks at the text of everything the bot sends. */
  audit: (text: string) => "sensitive" | "dlp" | undefined = () => undefined;
  /** Text messages and phone calls that the tenant has paid for. */
  urgentQuota = { sms: Number.POSITIVE_INFINITY, phone: Number.POSITIVE_INFINITY };
  /** Urgent messages that a person may leave unread. */
  unreadUrgentLimit = 200;
  readonly cardTokens = new Map<string, { messageId: string; at: number; uses: number }>();
  readonly uuids = new Map<string, { at: number; messageId: string }>();
  readonly #granted = new Set<string>(GRANTED);
  readonly #byId = new Map<string, Message>();
  readonly #listeners = new Set<() => void>();
  #lastTime = 0;

  constructor(options: WorldOptions = {}) {
    this.appId = options.appId ?? "cli_a1b2c3d4e5f60718";
    this.appSecret = options.appSecret ?? "app-secret-for-tests";
    this.encryptKey = options.encryptKey ?? "";
    this.verificationToken = options.verificationToken ?? "verification-token-for-tests";
    this.tenantKey = options.tenantKey ?? "736588c9260f175d";
    this.bot = { openId: newId.open(), name: options.botName ?? "回应" };
    this.now = options.now ?? Date.now;
  }

  addUser(given: Partial<Omit<User, "name">> & { name: string }): User {
    const user: User = {
      openId: newId.open(),
      unionId: newId.union(),
      userId: newId.user(),
      mobile: undefined,
      email: undefined,
      tenantKey: this.tenantKey,
      resigned: false,
      outOfScope: false,
      blockedBot: false,
      ...given,
    };
    this.users.push(user);
    return user;
  }

  /** A group with the bot in it, unless `botIn` says otherwise. */
  addChat(given: Partial<Omit<Chat, "members">> & { name: string; members: readonly User[] }): Chat {
    const chat: Chat = {
      chatId: newId.chat(),
      mode: "group",
      external: false,
      botIn: true,
      disbanded: false,
      muted: false,
      atAllAllowed: true,
      ...given,
      members: new Set(given.members.map((member) => member.openId)),
    };
    this.chats.push(chat);
    return chat;
  }

  /** The private chat of a person with the bot, made when it is first needed. */
  p2p(user: User): Chat {
    const known = this.chats.find((chat) => chat.mode === "p2p" && chat.members.has(user.openId));
    return known ?? this.addChat({ name: user.name, members: [user], mode: "p2p" });
  }

  // From here to `forbidAtAll`: the bot is not told. What people do, and the bot hears of, is in `People`.

  resign(user: User): void {
    user.resigned = true;
    for (const chat of this.chats) if (chat.mode === "group") chat.members.delete(user.openId);
  }

  leaveScope(user: User, outOfScope = true): void {
    user.outOfScope = outOfScope;
  }

  blockBot(user: User, blocked = true): void {
    user.blockedBot = blocked;
  }

  removeBot(chat: Chat): void {
    chat.botIn = false;
  }

  disband(chat: Chat): void {
    chat.disbanded = true;
  }

  mute(chat: Chat, muted = true): void {
    chat.muted = muted;
  }

  forbidAtAll(chat: Chat, forbidden = true): void {
    chat.atAllAllowed = !forbidden;
  }

  /** @throws when the app does not have it: a test that denies it proves nothing */
  denyScope(scope: string): void {
    if (!this.#granted.delete(scope)) throw new Error(`the app does not have the scope ${scope}`);
  }

  grantScope(scope: string): void {
    this.#granted.add(scope);
  }

  has(scope: string): boolean {
    return this.#granted.has(scope);
  }

  get scopes(): { scope_name: string; grant_status: 1 | 2 }[] {
    const names = new Set<string>([...GRANTED, ...this.#granted]);
    return [...names].map((name) => ({ scope_name: name, grant_status: this.has(name) ? 1 : 2 }));
  }

  message(id: string): Message | undefined {
    return this.#byId.get(id);
  }

  chat(id: string): Chat | undefined {
    return this.chats.find((chat) => chat.chatId === id);
  }

  user(id: string, by: "open_id" | "union_id" | "user_id" | "email" = "open_id"): User | undefined {
    const field = ({ open_id: "openId", union_id: "unionId", user_id: "userId", email: "email" } as const)[by];
    return this.users.find((user) => user[field] === id);
  }

  /** Adds a message; two messages never have the same time, so that their order is plain. */
  post(message: Pick<Message, "chatId" | "sender" | "type" | "content"> & Partial<Message>): Message {
    const now = Math.max(this.now(), this.#lastTime + 1);
    this.#lastTime = now;
    const whole: Message = {
      id: newId.message(),
      mentions: [],
      createdAt: now,
      updatedAt: message.createdAt ?? now,
      uuid: undefined,
      parentId: undefined,
      rootId: undefined,
      threadId: undefined,
      edits: [],
      recalled: false,
      reads: new Map(),
      urgent: [],
      reactions: [],
      pinned: false,
      children: [],
      upperId: undefined,
      ...message,
    };
    this.messages.push(whole);
    this.#byId.set(whole.id, whole);
    this.changed();
    return whole;
  }

  edit(message: Message, content: unknown): void {
    message.edits.push({ at: this.now(), content: message.content });
    message.content = content;
    message.updatedAt = this.now();
    this.changed();
  }

  problem(code: number, what: string): void {
    this.problems.push({ code, what });
    this.changed();
  }

  /** Wakes everybody who waits for something to happen. */
  changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
