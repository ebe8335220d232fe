import { fromIso } from "#core/iso.ts";
import type { Card } from "#core/message/card.ts";
import type { Clock, Delivery, MessageEvent, PlatformEvent, PlatformHandlers, Toast } from "#core/ports.ts";
import { rosterFrom } from "#core/roster/load.ts";
import { type Instant, MINUTE } from "#core/time.ts";
import { LocalPlatform, type LocalPlatformOptions } from "#src/platforms/local/local-platform.ts";
import type { MessageView, PageView, StateView } from "#src/platforms/local/views.ts";

export const START = fromIso("2026-11-20T09:00:00+08:00") as Instant;
export const DUTY = "group:值班群";
export const WORK = "group:工作群";

/** Five people: 王晓梅, 周敏 and 孙浩 are in the duty group, 孙浩 and 周敏 in the work group, 张志远 and 黄蔚 in none. */
export const roster = rosterFrom({
  office: { jurisdiction: "990121" },
  jurisdictions: [{ code: "990121", name: "青岩县" }],
  units: [
    {
      id: "xfb",
      name: "青岩县人民政府办公室",
      aliases: ["县府办"],
      jurisdiction: "990121",
      role: "coordinator",
      liaison: ["周敏"],
    },
    {
      id: "wxb",
      name: "青岩县委网信办",
      aliases: ["网信办"],
      jurisdiction: "990121",
      role: "cyberspace",
      liaison: ["王晓梅"],
    },
    { id: "jyj", name: "青岩县教育局", aliases: ["教育局"], jurisdiction: "990121", liaison: ["孙浩"], deputy: "黄蔚" },
  ],
  leaders: [{ name: "张志远", post: "县长", role: "主要负责同志" }],
  roles: { 组织协调: ["周敏"] },
  groups: [
    { name: "值班群", purpose: "duty", members: "all-liaisons" },
    { name: "工作群", purpose: "work", units: ["jyj", "xfb"] },
  ],
});

/** A clock that stands still until it is moved. */
export class TestClock implements Clock {
  #at = START;
  now(): Instant {
    return this.#at;
  }
  pass(ms: number): void {
    this.#at += ms;
  }
}

/** Remembers every event and answers as told. */
export class RecordingBot implements PlatformHandlers {
  readonly events: PlatformEvent[] = [];
  answer: (event: PlatformEvent) => Toast | undefined | Promise<Toast | undefined> = () => undefined;

  async onEvent(event: PlatformEvent): Promise<Toast | undefined> {
    this.events.push(event);
    return await this.answer(event);
  }

  async onNews(): Promise<void> {}

  async denies(): Promise<undefined> {
    return undefined;
  }

  messages(): MessageEvent[] {
    return this.events.filter((e) => e.type === "message");
  }
}

/** Withholds what says 绝密, and masks eleven digits. */
const screen: LocalPlatformOptions["screen"] = (text) =>
  text.includes("绝密") ? { withheld: true } : { withheld: false, text: text.replace(/\d{11}/g, "[手机号]") };

export interface Setup {
  platform: LocalPlatform;
  bot: RecordingBot;
  clock: TestClock;
}

export async function setup(options: Partial<LocalPlatformOptions> = {}): Promise<Setup> {
  const clock = new TestClock();
  const bot = new RecordingBot();
  const platform = new LocalPlatform({ roster, clock, file: ":memory:", screen, prefix: "/chat", ...options });
  await platform.start(bot);
  return { platform, bot, clock };
}

export function card(title: string, more: Partial<Card> = {}): Card {
  return { title, tone: "blue", lines: [], buttons: [], ...more };
}

let deliveries = 0;

export function delivery(more: Partial<Delivery> = {}): Delivery {
  deliveries += 1;
  return {
    key: `delivery-${deliveries}`,
    to: { kind: "group", name: "值班群" },
    card: card("【已受理】001"),
    mentions: [],
    kind: "reply",
    lane: 0,
    ...more,
  };
}

/** A card with a running limit and a button that opens a form. */
export function reportCard(): Card {
  return card("【已受理】YQ-990121-20261120-001", {
    lines: [
      { kind: "field", label: "第一责任主体", value: "县教育局" },
      { kind: "limit", label: "权威信息", startAt: START - 30 * MINUTE, dueAt: START + 12 * MINUTE },
    ],
    details: [{ kind: "text", text: "原文在这里" }],
    basis: "依据 国办发〔2016〕80号",
    buttons: [
      {
        action: "研判",
        label: "研判",
        style: "primary",
        values: { 编号: "20261120-001" },
        form: {
          title: "研判 001",
          submit: "提交研判",
          fields: [
            { name: "突发", label: "突发事件级别", type: "select", options: ["I", "II", "无"], value: "II" },
            {
              name: "单位",
              label: "责任单位",
              type: "multiselect",
              options: ["县教育局", "县卫健委"],
              value: "县教育局",
            },
            { name: "理由", label: "理由", type: "longtext", required: true },
          ],
        },
      },
    ],
  });
}

/** One person's window, without a browser. */
export class Client {
  readonly #platform: LocalPlatform;
  readonly #as: string;

  constructor(platform: LocalPlatform, as: string) {
    this.#platform = platform;
    this.#as = as;
  }

  url(path: string): string {
    const url = new URL(`http://127.0.0.1:3000/chat/api/${path}`);
    url.searchParams.set("as", this.#as);
    return url.href;
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#platform.web.fetch(new Request(this.url(path), { headers }));
  }

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const all = { "Content-Type": "application/json", ...headers };
    return this.#platform.web.fetch(
      new Request(this.url(path), { method: "POST", headers: all, body: JSON.stringify(body) }),
    );
  }

  async state(): Promise<StateView> {
    return (await this.get("state")).json() as Promise<StateView>;
  }

  async chat(id: string): Promise<MessageView[]> {
    const page = (await (await this.get(`chats/${encodeURIComponent(id)}/messages`)).json()) as PageView;
    return page.messages;
  }

  async say(chat: string, text: string, more: Record<string, unknown> = {}): Promise<Response> {
    const clientKey = crypto.randomUUID();
    return this.post(`chats/${encodeURIComponent(chat)}/messages`, { text, clientKey, ...more });
  }

  async read(chat: string, upTo: number): Promise<Response> {
    return this.post(`chats/${encodeURIComponent(chat)}/read`, { upTo });
  }
}

export async function errorOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: string }).error;
}
