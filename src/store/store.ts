import { setImmediate as nextTurn } from "node:timers/promises";
import { type Kysely, sql, type Transaction } from "kysely";
import type { Reader, Store, Tx } from "#core/store.ts";
import { caseRepository } from "./case-repository.ts";
import { evidenceRepository } from "./evidence-repository.ts";
import { inboxRepository } from "./inbox-repository.ts";
import { learningRepository } from "./learning-repository.ts";
import { ledgerRepository } from "./ledger-repository.ts";
import { outboxRepository } from "./outbox-repository.ts";
import { platformRepository } from "./platform-repository.ts";
import { receiptRepository } from "./receipt-repository.ts";
import { reminderRepository } from "./reminder-repository.ts";
import type { Tables } from "./schema.ts";
import { searchRepository } from "./search-repository.ts";

/** Jobs that share one commit at most; more wait for the next. */
const GROUP = 64;
/** Milliseconds after which no further job joins a commit: nothing else runs meanwhile, and people wait for answers. */
const LONGEST = 20;

interface Waiting {
  run(tx: Tx): Promise<() => void>;
  fail(error: unknown): void;
}

/** Everything in one database, through Kysely. Writes go one at a time; those that wait together share one commit. */
export function kyselyStore(db: Kysely<Tables>): Store {
  const waiting: Waiting[] = [];
  let working: Promise<void> | undefined;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      // What arrives in the same turn of the event loop joins the group, and however much is written, people are heard.
      await nextTurn();
      await commitGroup(db, waiting);
    }
    working = undefined;
  }

  const reader: Reader = repositories(db);
  return {
    ...reader,
    write<T>(job: (tx: Tx) => Promise<T>): Promise<T> {
      const { promise, resolve, reject } = Promise.withResolvers<T>();
      waiting.push({
        async run(tx) {
          const value = await job(tx);
          return () => resolve(value);
        },
        fail: reject,
      });
      working ??= drain();
      return promise;
    },
    async close() {
      await working;
      await db.destroy();
    },
  };
}

function repositories(db: Kysely<Tables>): Tx {
  return {
    ...caseRepository(db),
    ...searchRepository(db),
    ...reminderRepository(db),
    ...outboxRepository(db),
    ...receiptRepository(db),
    ...platformRepository(db),
    ...inboxRepository(db),
    ...evidenceRepository(db),
    ...learningRepository(db),
    ...ledgerRepository(db),
  };
}

/**
 * One commit for the jobs that wait, as many as leave the rest of the process time to breathe; a job that throws is rolled
 * back to its savepoint and fails alone.
 */
async function commitGroup(db: Kysely<Tables>, waiting: Waiting[]): Promise<void> {
  const group: Waiting[] = [];
  const done: (() => void)[] = [];
  const failed: (() => void)[] = [];
  const until = performance.now() + LONGEST;
  try {
    await db.transaction().execute(async (trx: Transaction<Tables>) => {
      const tx = repositories(trx);
      do {
        const job = waiting.shift();
        if (!job) return;
        group.push(job);
        await sql`savepoint job`.execute(trx);
        try {
          done.push(await job.run(tx));
          await sql`release savepoint job`.execute(trx);
        } catch (error) {
          await sql`rollback to savepoint job`.execute(trx);
          await sql`release savepoint job`.execute(trx);
          failed.push(() => job.fail(error));
        }
      } while (group.length < GROUP && performance.now() < until);
    });
  } catch (error) {
    // The commit itself failed: nothing of the group is stored. Without a transaction none that waits could be.
    for (const job of group.length > 0 ? group : waiting.splice(0)) job.fail(error);
    return;
  }
  for (const settle of [...done, ...failed]) settle();
}
