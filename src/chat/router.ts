import type { AttachmentFiles, Clock, MessageEvent, PlatformHandlers, PressEvent, Toast } from "#core/ports.ts";
import type { Store, Tx } from "#core/store.ts";
import type { Instant } from "#core/time.ts";
import { apologise } from "./apology.ts";
import { keepContents } from "./contents.ts";
import { withDigests } from "./digests.ts";
import { type Incoming, inboxEntry, screened } from "./incoming.ts";
import { deniedPress } from "./may-press.ts";
import { platformNews } from "./platform-news.ts";
import { recalled } from "./recall.ts";
import { route } from "./route.ts";
import { takeTurn, withhold } from "./turn.ts";
import { isRecorded, startTurn, type TurnDeps } from "./turn-state.ts";

export interface RouterDeps extends TurnDeps {
  store: Store;
  clock: Clock;
  /** Called after each commit that queued messages. */
  wake: () => void;
  /** Called after a commit that bound or unbound accounts. */
  rebound?: () => Promise<void>;
  /** Where contents of attachments are kept, if the office does. */
  files?: AttachmentFiles | undefined;
  /** Failure of our own: never message text. */
  onError: (error: unknown, eventId: string) => void;
}

/**
 * From a platform's event to its durable answer: screened in memory, received once, understood, authorised, decided and
 * answered in one transaction.
 */
export function createRouter(deps: RouterDeps): PlatformHandlers {
  const { store, clock } = deps;
  return {
    async onEvent(event) {
      if (event.type === "read") {
        await store.write((tx) => tx.markRead(event.messageIds, event.from, event.at));
        return undefined;
      }
      if (event.type === "recall") {
        const contents = await store.write((tx) => recalled(tx, event, clock.now()));
        for (const sha256 of contents) await deps.files?.forget(sha256);
        deps.wake();
        return undefined;
      }
      const concerns = (incoming: Incoming): Promise<boolean> => store.write((tx) => isForUs(tx, incoming, deps));
      const said = screened(event, deps.office, deps.registry);
      // What cannot be fetched for now rejects, before anything is on record: the platform hands the event in again.
      const incoming = said && (await withDigests(said, concerns));
      const now = clock.now();
      try {
        const { toast, recorded, bound } = await store.write((tx) => handle(tx, event, incoming, now, deps));
        const failed = (error: unknown): void => deps.onError(error, event.id);
        if (recorded && deps.files && incoming?.event.type === "message")
          await keepContents(incoming.event, deps.files).catch(failed);
        if (bound) await deps.rebound?.().catch(failed);
        return toast;
      } catch (error) {
        deps.onError(error, event.id);
        await store.write((tx) => apologise(tx, event, incoming, now, deps.office.roster));
        return { text: "处理出错，原文已留存，管理员已收到通知。请稍后重试。", tone: "warning" };
      } finally {
        deps.wake();
      }
    },
    denies: (press) => store.write((tx) => deniedPress(tx, press, clock.now(), deps)),
    async onNews(news) {
      await store.write((tx) => platformNews(tx, news, deps.office, clock.now()));
      deps.wake();
    },
  };
}

async function handle(
  tx: Tx,
  event: MessageEvent | PressEvent,
  incoming: Incoming | undefined,
  now: Instant,
  deps: RouterDeps,
): Promise<{ toast: Toast | undefined; recorded: boolean; bound: boolean }> {
  const said = (toast?: Toast, { recorded = false, bound = false } = {}) => ({ toast, recorded, bound });
  // Taken back before it was handled: it was never said.
  if (event.type === "message" && (await tx.isRecalled(event.messageId))) return said();
  const routed = incoming && (await route(tx, incoming, deps.office, deps.registry));
  // Ordinary talk in a group is none of the bot's business: not stored, not answered.
  if (incoming && !routed) return said();
  const isNew = await tx.receive(inboxEntry(event, incoming, now, "received"));
  if (!isNew) {
    const outcome = await tx.inboxOutcome(event.id);
    // A press that comes twice is told what the first one brought; outcomes that are only codes were answered by a message.
    return event.type === "press" && outcome && /\p{Script=Han}/u.test(outcome)
      ? said({ text: outcome, tone: "ok" })
      : said();
  }
  // Who presses a button has seen the message it stands on.
  if (event.type === "press") await tx.markRead([event.messageId], event.from, now);
  const turn = startTurn(tx, event, now, deps);
  if (!incoming || !routed) return said(await withhold(turn));
  const toast = await takeTurn(turn, routed, incoming);
  return said(toast, { recorded: isRecorded(turn), bound: turn.bound });
}

/** Would this event be handled? Asked before its files are fetched; talk and repeated deliveries need none. */
async function isForUs(tx: Tx, incoming: Incoming, { office, registry }: RouterDeps): Promise<boolean> {
  if ((await tx.inboxOutcome(incoming.event.id)) !== undefined) return false;
  return (await route(tx, incoming, office, registry)) !== undefined;
}
