import { missingGates } from "#core/case/actions/respond.ts";
import { midNo } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import { chasedIn, planStages } from "#core/escalation/plan.ts";
import { syncReminders } from "#core/escalation/sync.ts";
import { cardToAdministrators, findingsCard } from "#core/message/administrators.ts";
import type { Outgoing, Store, Tx } from "#core/store.ts";
import { DAY, formatMoment, type Instant, MINUTE } from "#core/time.ts";

/** Cases looked at in one step of an audit. */
const STEP = 200;

/**
 * Looks over what runs by itself: every due reminder fired, the outbox moves, every post can be reached. Returns findings in
 * plain words; none is a clean bill.
 */
export async function auditDelivery(
  step: Store["write"],
  office: Office,
  now: Instant,
  reaches: (name: string) => boolean,
): Promise<string[]> {
  const findings: string[] = [];
  const grace = office.config.params.lateAfterMinutes * MINUTE;
  const overdue = await step((tx) => tx.overdueReminders(now - grace));
  if (overdue > 0)
    findings.push(`有 ${overdue} 条提醒到点超过 ${office.config.params.lateAfterMinutes} 分钟仍未发出。`);
  const stuck = await step((tx) => tx.stuckMessages(now - grace));
  if (stuck > 0)
    findings.push(`有 ${stuck} 条消息排队超过 ${office.config.params.lateAfterMinutes} 分钟未送达，请检查平台连接。`);
  const failures = await step((tx) => tx.failures(now - DAY));
  const failed = failures.reduce((sum, f) => sum + f.count, 0);
  if (failed > 0) findings.push(`24 小时内有 ${failed} 条消息未能送达，最多的原因：${failures[0]?.error ?? ""}`);
  return [...findings, ...gaps(office, reaches)];
}

/**
 * Looks at every open case: every running limit has its reminders, and the rules that it froze are there. Reminders that are
 * lacking are planned at once and told.
 * @param step runs a few statements; in transactions of their own, they let other work pass in between
 */
export async function auditCases(step: Store["write"], office: Office, now: Instant): Promise<string[]> {
  const findings: string[] = [];
  const lost: string[] = [];
  const open = await step((tx) => tx.openCaseIds());
  for (let from = 0; from < open.length; from += STEP) {
    const { cases, reminders } = await step((tx) => casesWithReminders(tx, open.slice(from, from + STEP)));
    const byCase = Map.groupBy(reminders, (r) => r.caseId);
    for (const c of cases.values()) {
      if (c.rules !== undefined && !office.keepsRules(c.rules)) lost.push(midNo(c.id));
      const stored = new Set(byCase.get(c.id)?.map((r) => `${r.subject}@${r.limit}@${r.stage}`));
      for (const chased of chasedIn(c, missingGates(c))) {
        const lacking = planStages(chased, office, now).wanted.filter(
          (w) => w.dueAt > now && !stored.has(`${w.subject}@${w.limit}@${w.stage}`),
        );
        if (lacking.length === 0) continue;
        await step((tx) => mend(tx, c.id, office, now));
        findings.push(`${midNo(c.id)} 的时限缺少 ${lacking.length} 个提醒节点，已补齐。`);
      }
    }
  }
  return lost.length > 0 ? [...findings, lostRulesText(lost)] : findings;
}

/** Cases named in one finding. */
const NAMED = 5;

/** The rules that these cases froze are not in the database: their limits run by the present ones. */
function lostRulesText(numbers: readonly string[]): string {
  const named = numbers.slice(0, NAMED).join("、");
  const all = numbers.length > NAMED ? `${named} 等 ${numbers.length} 件` : named;
  return `${all} 研判时冻结的规则在数据库里缺失，暂按现行规则计时，请从备份核对。`;
}

/** Plans what is lacking, from the case as it stands now. */
async function mend(tx: Tx, id: string, office: Office, now: Instant): Promise<void> {
  const c = await tx.case(id);
  if (c) await syncReminders(tx, [c], office, now);
}

async function casesWithReminders(tx: Tx, ids: readonly string[]) {
  return { cases: await tx.casesById(ids), reminders: await tx.reminders(ids) };
}

/** Posts of the roster that nobody fills or nobody can be reached in, before it matters. */
export function gaps(office: Pick<Office, "roster">, reaches: (name: string) => boolean): string[] {
  return office.roster.units.flatMap((unit) => {
    const posts: [string, string[]][] = [
      ["联络员", unit.liaison],
      ["分管领导", unit.deputy ? [unit.deputy] : []],
      ["主要负责人", unit.head ? [unit.head] : []],
    ];
    return posts.flatMap(([post, names]) => {
      if (names.length === 0) return [`${unit.name}没有${post}，提醒会转给下一人。`];
      return names.some(reaches) ? [] : [`${unit.name}的${post}(${names.join("、")})联系不上。`];
    });
  });
}

/** Findings to the administrators in chat; the same finding once a day. */
export function findingsMessages(findings: readonly string[], office: Office, now: Instant, day: string): Outgoing[] {
  if (findings.length === 0) return [];
  const title = `【自检】${formatMoment(now)} 发现 ${findings.length} 个问题`;
  const key = `audit/${day}/${findings.join("|").slice(0, 200)}`;
  return cardToAdministrators(key, findingsCard(title, findings.slice(0, 10)), office);
}
