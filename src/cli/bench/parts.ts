import type { Office } from "#core/case/office.ts";
import type { Address, Platform, PlatformHandlers } from "#core/ports.ts";
import type { Store, Tx } from "#core/store.ts";
import type { Instant } from "#core/time.ts";
import type { MovableClock } from "#core/virtual-time.ts";

/** The running bot as far as it is measured. */
export interface BenchBot {
  office: Office;
  store: Store;
  handlers: PlatformHandlers;
  engine: { tick(): Promise<void>; wake(): Promise<void> };
  close(): Promise<void>;
}

/** How commands are recognised. */
export interface BenchLine {
  readLine: (
    text: string,
    mentioned: boolean,
    isWord: (word: string) => boolean,
  ) => { word: string; rest: string } | undefined;
  splitArguments: (rest: string, fieldNames: readonly string[]) => unknown;
  /** A registry of as many commands as asked for: the program's own, and copies of them under invented words. */
  registry: (size: number) => Promise<BenchRegistry>;
}

export interface BenchRegistry {
  commands: readonly { word: string }[];
  find(word: string): { fields: readonly { name: string }[] } | undefined;
}

/** People and groups of a loopback Feishu, and by how much its clock is ahead of the machine's, milliseconds. */
export interface BenchPlace {
  people: { name: string; account: string }[];
  groups: { name: string; account: string; members: readonly string[] }[];
  clockAhead: number;
}

/** What people say, and how much happens. */
export interface BenchTalk {
  reports: readonly string[];
  talk: readonly string[];
  perSecond: number;
  seconds: number;
}

/** A loopback Feishu in a process of its own, with the people in it. */
export interface FeishuService {
  /** @returns the credentials of its app, as environment variables */
  open(place: BenchPlace): Promise<Record<string, string>>;
  /** How long it takes for each answer from now on, milliseconds. */
  answersAfter(delayMs: number): Promise<void>;
  /** People report, ask, press and talk. @returns milliseconds until each acknowledgement, and how many were missed */
  act(talk: BenchTalk): Promise<{ acks: number[]; missed: number }>;
  /** When the bot's messages arrived, by its clock, and how many calls it refused because there were too many. */
  sent(): Promise<{ arrivals: Instant[]; refused: number }>;
  /** When a card with this title arrived, by its clock; waits for it. */
  arrival(title: string): Promise<Instant>;
  close(): Promise<void>;
}

/** The example office, and more people and groups, in a loopback Feishu; the bot is on the real SDK, on a clock that runs. */
export interface BenchFeishu {
  bot: Pick<BenchBot, "store" | "engine">;
  now(): Instant;
  service: FeishuService;
  /** People and groups that are only written to, in turn. */
  addresses: Address[];
  /** In place of the bot, the SDK's connection alone takes events, and answers at once. */
  answerAtOnce(): Promise<void>;
  close(): Promise<void>;
}

/** The parts of the program that are measured; main.ts hands them in. */
export interface BenchParts {
  /** Opens a bot of the example office on a database and a clock that the measurement moves. */
  openBot(parts: {
    platform: Platform;
    clock: MovableClock;
    databaseUrl: string;
    onError(error: unknown, doing: string): void;
  }): Promise<BenchBot>;
  /** Opens it for so many additional people and as many groups. @throws BotError when the loopback service is not installed */
  openFeishu(folder: string, more: number, at: Instant): Promise<BenchFeishu>;
  fireDue(tx: Tx, context: { office: Office; now: Instant; reaches(name: string): boolean }): Promise<number>;
  line: BenchLine;
  /** What Node is started with to run this program; followed by its arguments. */
  program: readonly string[];
}
