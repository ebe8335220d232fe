import type { Office } from "#core/case/office.ts";
import { stageTable } from "#core/escalation/table.ts";
import { type RuleSet, resolveRules } from "#core/policy/resolve.ts";
import type { Clock, Platform, PlatformHandlers } from "#core/ports.ts";
import type { Store } from "#core/store.ts";
import { type Day, dayOf } from "#core/time.ts";
import type { Registry } from "./chat/registry.ts";
import { createRouter } from "./chat/router.ts";
import { Engine } from "./engine/engine.ts";
import type { Setup } from "./setup.ts";
import { ruleSetDigest } from "./store/chain.ts";

export interface BotParts {
  setup: Pick<Setup, "config" | "roster" | "packs">;
  store: Store;
  clock: Clock;
  platforms: readonly Platform[];
  registry: Registry;
  onError: (error: unknown, doing: string) => void;
}

/** One running bot: its office, what it answers, and what runs by itself. */
export interface Bot {
  office: Office;
  engine: Engine;
  handlers: PlatformHandlers;
}

/** Joins the parts by hand. Start order: platforms, then the first tick; stop in reverse. */
export async function createBot({ setup, store, clock, platforms, registry, onError }: BotParts): Promise<Bot> {
  const office = await officeOf(setup, store, clock);
  const engine = new Engine({ store, office, clock, platforms, onError });
  const handlers = createRouter({
    store,
    office,
    registry,
    clock,
    inspect: engine.inspect,
    wake: () => void engine.wake().catch((error: unknown) => onError(error, "outbox")),
    onError,
  });
  return { office, engine, handlers };
}

async function officeOf({ config, roster, packs }: BotParts["setup"], store: Store, clock: Clock): Promise<Office> {
  const frozen = new Map<string, RuleSet>();
  for (const { digest, body } of await store.ruleSets()) frozen.set(digest, JSON.parse(body) as RuleSet);
  let day: Day | undefined;
  let current: { rules: RuleSet; digest: string } | undefined;
  // Packs have dates of validity, so the set in force is resolved anew every day.
  const inForce = (): { rules: RuleSet; digest: string } => {
    const today = dayOf(clock.now());
    if (current && day === today) return current;
    const rules = resolveRules(packs, { use: config.packs, jurisdiction: roster.home, on: today });
    const digest = ruleSetDigest(rules);
    frozen.set(digest, rules);
    day = today;
    current = { rules, digest };
    return current;
  };
  return {
    config,
    roster,
    stages: stageTable(config.stages),
    get rulesDigest() {
      return inForce().digest;
    },
    rulesOf: (digest) => (digest === undefined ? inForce().rules : (frozen.get(digest) ?? inForce().rules)),
  };
}
