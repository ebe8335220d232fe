import type { Office } from "#core/case/office.ts";
import type { Platform, PlatformHandlers } from "#core/ports.ts";
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

/** The parts of the program that are measured; main.ts hands them in. */
export interface BenchParts {
  /** Opens a bot of the example office on a database and a clock that the measurement moves. */
  openBot(parts: {
    platform: Platform;
    clock: MovableClock;
    databaseUrl: string;
    onError(error: unknown, doing: string): void;
  }): Promise<BenchBot>;
  fireDue(tx: Tx, context: { office: Office; now: Instant; reaches(name: string): boolean }): Promise<number>;
  line: BenchLine;
  /** What Node is started with to run this program; followed by its arguments. */
  program: readonly string[];
}
