import type { Case } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import { record } from "#core/case/record.ts";
import { changesCase, rulesDiff } from "#core/case/rules-diff.ts";
import { organisers } from "#core/escalation/audience.ts";
import { diffRules } from "#core/policy/rules-diff.ts";
import type { Outgoing, Store, Tx } from "#core/store.ts";
import type { Instant } from "#core/time.ts";

/** Digest of the rules that the bot last worked by. */
const SETTING = "rules.digest";
/** Cases looked at in one transaction. */
const STEP = 200;
/** Cases looked at in one tick: with very many, reminders must not wait for the comparison. */
const PER_TICK = 2000;

interface Found {
  /** Cases that froze other rules, and that the present ones would change: people decide. */
  frozen: number;
  /** Cases before 研判 whose limits were planned anew. */
  replanned: number;
}

/** A comparison that goes on in the next tick. */
export interface RulesWatch {
  digest: string;
  before: string | undefined;
  /** Open cases that are still to be looked at. */
  left: string[];
  found: Found;
}

/**
 * Looks whether the rules in force are still those that the bot last worked by; packs were edited, or one came into force or
 * expired. Cases that froze theirs stay as they are. Those before 研判 go by the present rules and are planned anew, each with
 * an event of its own. The office is told once, not at every start, and not of what binds nobody.
 * @param going what the tick before left to do; a start in between begins anew
 * @returns what the next tick has to go on with; undefined when all is done
 */
export async function watchRules(
  write: Store["write"],
  office: Office,
  now: Instant,
  going?: RulesWatch,
): Promise<RulesWatch | undefined> {
  const watch = going?.digest === office.rulesDigest ? going : await begin(write, office);
  if (!watch) return undefined;
  const { digest, before, left, found } = watch;
  for (let looked = 0; left.length > 0 && looked < PER_TICK; looked += STEP) {
    const some = left.splice(-STEP);
    await write((tx) => lookAt(tx, some, before, office, now, found));
  }
  if (left.length > 0) return watch;
  await write(async (tx) => {
    await tx.keepRuleSet(digest, JSON.stringify(office.rulesOf(digest)));
    await tx.set(SETTING, digest);
    if (found.frozen + found.replanned > 0 || bindsOtherwise(office, before, digest))
      await tx.queue(notices(found, digest, office, now), now);
  });
  return undefined;
}

async function begin(write: Store["write"], office: Office): Promise<RulesWatch | undefined> {
  const digest = office.rulesDigest;
  const before = await write((tx) => tx.setting(SETTING));
  if (before === digest) return undefined;
  const found = { frozen: 0, replanned: 0 };
  // A first start has nothing to compare with, unless cases froze other rules before anybody kept watch.
  const compare = before !== undefined || (await write((tx) => tx.ruleSets())).some((set) => set.digest !== digest);
  return { digest, before, left: compare ? await write((tx) => tx.openCaseIds()) : [], found };
}

/** Does anything that binds differ? The first start has nothing to compare with; a set that is lost may have been any. */
function bindsOtherwise(office: Office, before: string | undefined, digest: string): boolean {
  if (before === undefined) return false;
  return !office.keepsRules(before) || diffRules(office.rulesOf(before), office.rulesOf(digest)).length > 0;
}

async function lookAt(
  tx: Tx,
  ids: readonly string[],
  before: string | undefined,
  office: Office,
  now: Instant,
  found: Found,
): Promise<void> {
  for (const c of (await tx.casesById(ids)).values()) {
    if (c.rules === office.rulesDigest) continue;
    const diff = rulesDiff(c, office);
    if (!changesCase(diff)) continue;
    if (c.rules !== undefined) found.frozen++;
    else {
      await replan(tx, c, before, diff, { office, now });
      found.replanned++;
    }
  }
}

function replan(
  tx: Tx,
  c: Case,
  before: string | undefined,
  { to, moved }: ReturnType<typeof rulesDiff>,
  context: { office: Office; now: Instant },
): Promise<Case> {
  const reason = "规则包有变化，研判前按现行规则";
  const from = before === undefined ? {} : { from: before };
  return record(tx, c, [{ type: "rulesAdopted", by: "机器人", at: context.now, reason, ...from, to, moved }], context);
}

function notices({ frozen, replanned }: Found, digest: string, office: Office, now: Instant): Outgoing[] {
  const told = new Set([...office.roster.withRole("管理员"), ...organisers(office)]);
  const packs = office.rulesOf(digest).packs.map((p) => p.id);
  return [...told].map((name) => ({
    key: `rules/${digest}/${now}/${name}`,
    lane: 2,
    to: { kind: "user", name },
    kind: "notice",
    card: {
      title: "【规则有变化】",
      tone: frozen + replanned > 0 ? "yellow" : "blue",
      lines: [
        { kind: "text", text: `现行规则包：${packs.join("、")}` },
        {
          kind: "text",
          text:
            frozen > 0
              ? `已研判的在办案件按研判时冻结的规则办理，不变；其中 ${frozen} 件若应用新规则会有变化，请查看后逐件决定。`
              : "已研判的在办案件不受影响。",
        },
        ...(replanned > 0
          ? [{ kind: "text" as const, text: `未研判的 ${replanned} 件已按现行规则重排时限，起算时刻不变。` }]
          : []),
      ],
      buttons: frozen > 0 ? [{ action: "应用新规则", label: "查看变化", style: "primary", values: {} }] : [],
    },
    mentions: [],
  }));
}
