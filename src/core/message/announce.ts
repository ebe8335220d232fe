import { type Case, midNo, type Proposal, type Triage } from "#core/case/case.ts";
import type { CaseEvent } from "#core/case/events.ts";
import type { Office } from "#core/case/office.ts";
import { isSuggestedMajor, rankOf } from "#core/case/rank.ts";
import { namedUnits } from "#core/case/responders.ts";
import { confirmersOf } from "#core/case/second-person.ts";
import { organisers } from "#core/escalation/audience.ts";
import type { AudienceWord } from "#core/escalation/stages.ts";
import type { Address, Urgency } from "#core/ports.ts";
import { formatMoment, type Instant } from "#core/time.ts";
import { confirmButtons } from "./ask.ts";
import type { Card, Line } from "./card.ts";
import { button, caseCard, limitLine, proposalText } from "./case-card.ts";
import { firstAlarm } from "./first-alarm.ts";
import { people } from "./people.ts";
import { movedText } from "./rules-diff-card.ts";
import { leadButtons } from "./similar.ts";
import { shownClocks, toneOf } from "./tone.ts";

export type MessageKind = "reply" | "reminder" | "escalation" | "digest" | "notice" | "update" | "toast" | "refusal";

/** A message to send because of a change; its audience is fixed at the moment of the change. */
export interface Announcement {
  to: Address;
  kind: MessageKind;
  card: Card;
  mentions: string[];
  urgent?: Urgency;
  /** The post in which the person is told: when they cannot be reached, the next person of that post is. */
  meta?: { stages: []; as: AudienceWord; units: string[] };
}

/** Who has to be told of what just happened, besides the card in the group that is edited in place. */
export function announce(c: Case, events: readonly CaseEvent[], office: Office, now: Instant): Announcement[] {
  return events.flatMap((event): Announcement[] => {
    switch (event.type) {
      case "reported":
        return isSuggestedMajor(c) ? firstAlarm(c, office, now) : [];
      case "supplemented":
        // The line that put a picture into words: only now is it known how grave the matter is.
        return event.patch.title !== undefined && !c.triage && isSuggestedMajor(c) ? firstAlarm(c, office, now) : [];
      case "triaged":
        return [
          ...(rankOf(c) === "I" || rankOf(c) === "II" || event.triage.sensitive ? tellPublicity(c, office, now) : []),
          ...tellDecider(c, event.triage, office, now),
        ];
      case "rulesAdopted":
        return tellOfRules(c, event, office, now);
      case "assigned":
        return assignmentNotices(c, office, now);
      case "returned":
        return people(organisers(office), event.by).map((name) =>
          notice(
            name,
            c,
            office,
            now,
            `${event.unit}退回：${event.reason}。建议 ${event.suggestion}。计时不停，请改派或维持原派。`,
            ["转办"],
            "退回，请改派",
          ),
        );
      case "proposed":
        return askSecondPerson(c, event.proposal, office, now);
      case "declined":
        return [
          notice(event.proposer, c, office, now, `${event.by}不同意${event.reason ? `：${event.reason}` : ""}。`, []),
        ];
      case "urged":
        return urgedPeople(c, event.by, office, now).map((name) =>
          notice(
            name,
            c,
            office,
            now,
            `${event.by}催办${event.content ? `：${event.content}` : "。"}`,
            !c.triage ? ["研判"] : c.parts.length === 0 ? ["转办"] : ["回应"],
            "催办",
          ),
        );
      case "closed":
      case "falseAlarmed":
      case "filedOnly":
        return people([c.reporter], event.by).map((name) =>
          notice(
            name,
            c,
            office,
            now,
            `您报送的这件已${event.type === "closed" ? `办结：${event.result}` : event.type === "filedOnly" ? "仅备案" : "按误报处理"}。`,
            [],
          ),
        );
      case "merged":
        return tellOfMerge(c, event, office, now);
      case "absorbed":
        return tellOfAddition(c, event, office, now);
      default:
        return [];
    }
  });
}

/** Who reported it, and the units it named, go on in the other case. */
function tellOfMerge(
  c: Case,
  { by, into, title, reason }: Extract<CaseEvent, { type: "merged" }>,
  office: Office,
  now: Instant,
): Announcement[] {
  const liaison = namedUnits(c, office).flatMap((name) => office.roster.unit(name)?.liaison.slice(0, 1) ?? []);
  const text = `${by}已把本件并入 ${midNo(into)} ${title}：${reason}。请在该件继续跟进；本件编号保留，不再单独计时。`;
  return people([c.reporter, ...liaison], by).map((name) => {
    const told = notice(name, c, office, now, text, []);
    return { ...told, card: { ...told.card, buttons: leadButtons(c) } };
  });
}

/** Who reported this one, and those who act on it when it became more urgent. Told once: the other reporter knows already. */
function tellOfAddition(
  c: Case,
  { by, from, title, reporter, reason, moved }: Extract<CaseEvent, { type: "absorbed" }>,
  office: Office,
  now: Instant,
): Announcement[] {
  const changes = moved.length > 0 ? `时限提前：${moved.map((m) => movedText(m, now)).join("；")}。` : "各项时限不变。";
  const text = `${midNo(from)} ${title}(报送人 ${reporter})已并入本件：${reason}。${changes}`;
  const acting = c.parts.length > 0 || moved.length > 0 ? handlers(c, office) : [];
  return people([c.reporter, ...acting], by, reporter).map((name) => notice(name, c, office, now, text, []));
}

/** @param heading what the message is: something to know, unless it asks for something */
function notice(
  name: string,
  c: Case,
  office: Office,
  now: Instant,
  text: string,
  actions: string[],
  heading = "请知悉",
): Announcement {
  return {
    to: { kind: "user", name },
    kind: "notice",
    mentions: [],
    card: {
      title: `【${heading}】${midNo(c.id)}`,
      tone: toneOf(c, now),
      lines: [{ kind: "text", text: c.title, emphasis: "strong" }, { kind: "text", text }, ...nextLimit(c, now)],
      buttons: actions.map((a, i) => button(a, c, office, i === 0)),
    },
  };
}

function nextLimit(c: Case, now: Instant): Line[] {
  const clock = shownClocks(c).find((k) => k.stoppedAt === undefined);
  return clock ? limitLine(clock, now) : [];
}

function assignmentNotices(c: Case, office: Office, now: Instant): Announcement[] {
  const assignment = c.assignment;
  if (!assignment) return [];
  const card = caseCard(c, office, now);
  return c.parts
    .filter((p) => !p.acknowledged && !p.returned)
    .flatMap((p) => {
      const unit = office.roster.unit(p.unit);
      const names = [...(unit?.liaison ?? [])];
      return names.map(
        (name): Announcement => ({
          to: { kind: "user", name },
          kind: "notice",
          mentions: [],
          meta: { stages: [], as: "联络员", units: [p.unit] },
          card: {
            ...card,
            title: `【转办】${midNo(c.id)} 请签收`,
            lines: [
              ...card.lines.slice(0, 1),
              {
                kind: "field",
                label: "转办单",
                value: `${assignment.no} ${assignment.by} ${formatMoment(assignment.at, now)}`,
              },
              ...(assignment.lead ? [{ kind: "field" as const, label: "牵头", value: assignment.lead }] : []),
              ...(assignment.demand ? [{ kind: "field" as const, label: "要求", value: assignment.demand }] : []),
              ...(c.report.summary
                ? [{ kind: "field" as const, label: "情况", value: c.report.summary.slice(0, 120) }]
                : []),
              ...shownClocks(c)
                .filter((k) => k.stoppedAt === undefined)
                .flatMap((k) => limitLine(k, now)),
              ...c.clocks
                .filter((k) => k.key === "sign" && k.stoppedAt === undefined)
                .flatMap((k) => limitLine(k, now)),
            ],
            buttons: [button("签收", c, office, true), button("退回", c, office)],
          },
        }),
      );
    });
}

/** 宣传 and 网信 know of major cases; the summary is masked already and no complainant's data goes along. */
function tellPublicity(c: Case, office: Office, now: Instant): Announcement[] {
  if (!office.config.params.tellPublicity) return [];
  const names = [office.roster.publicity?.liaison[0], office.roster.cyberspace?.liaison[0]].filter(
    (n) => n !== undefined,
  );
  return people(names).map((name) => notice(name, c, office, now, "重大舆情，请联动。", []));
}

/** A leader whose decision was entered by somebody else learns of it: nobody decides in another's name unseen. */
function tellDecider(c: Case, { by, decidedBy, units, reason }: Triage, office: Office, now: Instant): Announcement[] {
  if (decidedBy === undefined || decidedBy === by) return [];
  const text = `${by}登记您的决定：由${units.join("、")}负责。理由：${reason ?? ""}。如有出入请告知${by}。`;
  return [notice(decidedBy, c, office, now, text, [])];
}

/** Those who act are told which limits other rules moved; before 研判 the bot tells 组织协调 of all cases at once. */
function tellOfRules(
  c: Case,
  { by, moved, reason }: Extract<CaseEvent, { type: "rulesAdopted" }>,
  office: Office,
  now: Instant,
): Announcement[] {
  if (c.rules === undefined) return [];
  const changes = moved.map((m) => movedText(m, now)).join("；") || "各项时限不变";
  const text = `${by}对本件应用新规则：${changes}。理由：${reason}`;
  return people(handlers(c, office), by).map((name) =>
    notice(name, c, office, now, text, c.parts.length > 0 ? ["回应"] : []),
  );
}

function askSecondPerson(c: Case, p: Proposal, office: Office, now: Instant): Announcement[] {
  const asked = confirmersOf(p, office, now);
  const cards = asked.map((name) => ({
    ...notice(name, c, office, now, proposalText(p), [], "请确认"),
  }));
  for (const a of cards) a.card.buttons = confirmButtons(c, office, p);
  if (p.kind !== "return") return cards;
  const told = people(organisers(office), ...asked, p.by);
  return [
    ...cards,
    ...told.map((name) =>
      notice(
        name,
        c,
        office,
        now,
        `${p.unit}提出退回：${p.reason}；建议 ${p.suggestion}。待其分管领导同意，您也可以直接改派。`,
        ["转办"],
        "提出退回",
      ),
    ),
  ];
}

/** The people who act now: those who signed, else the liaison officers, before assignment 组织协调. */
function handlers(c: Case, office: Office): string[] {
  if (c.parts.length === 0) return organisers(office);
  return people(
    c.parts.flatMap((p) => (p.acknowledged ? [p.acknowledged.by] : (office.roster.unit(p.unit)?.liaison ?? []))),
  );
}

/** Whom 催办 reaches: those who act; before assignment the officer on duty besides, who may act at night (ruling 14). */
export const urgedPeople = (c: Case, by: string, office: Office, now: Instant): string[] =>
  people([...handlers(c, office), ...(c.parts.length === 0 ? [office.roster.dutyAt(now).officer] : [])], by);
