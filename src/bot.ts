import type { Office } from "#core/case/office.ts";
import type { AttachmentFiles, Clock, Platform, PlatformHandlers } from "#core/ports.ts";
import type { Store } from "#core/store.ts";
import type { Registry } from "./chat/registry.ts";
import { createRouter } from "./chat/router.ts";
import { Engine } from "./engine/engine.ts";
import { officeOf } from "./office.ts";
import type { Setup } from "./setup.ts";

export interface BotParts {
  setup: Pick<Setup, "config" | "roster" | "packs">;
  store: Store;
  clock: Clock;
  platforms: readonly Platform[];
  registry: Registry;
  /** Where contents of attachments are kept, if the office does. */
  files?: AttachmentFiles | undefined;
  onError: (error: unknown, doing: string) => void;
}

/** One running bot: its office, what it answers, and what runs by itself. */
export interface Bot {
  office: Office;
  engine: Engine;
  handlers: PlatformHandlers;
}

/** Joins the parts by hand. Start order: platforms, then the first tick; stop in reverse. */
export async function createBot({ setup, store, clock, platforms, registry, files, onError }: BotParts): Promise<Bot> {
  const office = officeOf(setup, await store.ruleSets(), () => clock.now());
  const engine = new Engine({ store, office, clock, platforms, onError });
  const handlers = createRouter({
    store,
    office,
    registry,
    clock,
    files,
    inspect: engine.inspect,
    rebound: async () => {
      for (const platform of platforms) await platform.rebound?.();
    },
    wake: () => void engine.wake().catch((error: unknown) => onError(error, "outbox")),
    onError,
  });
  return { office, engine, handlers };
}
