import type { ActionName, Actions } from "#core/case/actions/types.ts";
import type { Case } from "#core/case/case.ts";
import { decide, decideReport, evolve } from "#core/case/decide.ts";
import type { CaseEvent } from "#core/case/events.ts";
import type { Office } from "#core/case/office.ts";
import { takeReport } from "#core/case/take-report.ts";
import type { Instant } from "#core/time.ts";
import { exampleOffice } from "./office.ts";
import { at, span } from "./time.ts";

type Act = Exclude<ActionName, "report">;
/** What a test says of an action; undefined leaves out what is said by default. */
type Saying<A extends Act> = { [K in keyof Actions[A]]?: Actions[A][K] | undefined };

export const REPORTS = {
  /** Suggests level II: 5 h, 24 h and 48 h run. */
  crash: "今早6点20左右,石门镇S216线一辆客车坠崖,已致12人死亡、9人受伤,县公安局和应急局在现场。微博阅读860万",
  /** 48 h only. */
  water: "昨天中午开始幸福里小区停水,物业没贴通知,抖音播放12.3万,网友质疑县水务局不作为,请尽快核实",
} as const;

const TRIAGE: Actions["triage"] = {
  matter: "opinion",
  categories: ["vital-interest"],
  eventLevel: "none",
  opinionLevel: "III",
  policyOwner: "none",
  sensitive: false,
  places: ["990121"],
  units: ["青岩县水务局"],
  leadUnit: null,
  respond: true,
};

/** What an action says when a test does not care. */
const DEFAULTS: { [A in Act]: Actions[A] } = {
  supplement: { text: "已派人到场", patch: {}, gates: {} },
  triage: TRIAGE,
  assign: { units: [] },
  acknowledge: {},
  return: { reason: "不属本局职责", suggestion: "青岩县住房和城乡建设局" },
  respond: { form: "首次回应", units: [], link: "https://www.qingyan.example/1", publishedAt: 0, gates: {} },
  reportUp: { target: "本级党委政府" },
  close: { tag: "良好", result: "已恢复供水并公开说明" },
  falseAlarm: { reason: "视频拍摄地为外省" },
  fileOnly: { reason: "重复反映,已于上周答复" },
  confirm: { agree: true },
  adoptRules: { reason: "县政府新规定自今日起施行" },
  distinguish: { other: "YQ-990121-20261120-009" },
  see: {},
  urge: {},
};

/** One case on the table of the pure core: people act on it at times that the test sets, and nothing is stored. */
export class Desk {
  readonly office: Office;
  readonly events: CaseEvent[] = [];
  now: Instant;
  case: Case;

  constructor(report: string = REPORTS.water, time = "11-20 09:00", office: Office = exampleOffice()) {
    this.office = office;
    this.now = at(time);
    const { input, requestedDueAt } = takeReport(
      { text: report, at: this.now, from: "王晓梅", attachments: 0 },
      office,
    );
    const origin = { kind: "group", name: "青岩县舆情值班群" } as const;
    const context = { now: this.now, office, actor: { name: "王晓梅", known: true } };
    this.events.push(...decideReport({ ...input, id: "YQ-990121-20261120-001", origin }, requestedDueAt, context));
    this.case = evolve(null, this.events, office);
  }

  passes(time: string): this {
    this.now += span(time);
    return this;
  }

  /** Tries; returns why not, or "" when it was done. */
  tries<A extends Act>(by: string, action: A, input: Saying<A> = {}): string {
    const defaults =
      action === "respond" ? { ...DEFAULTS[action], publishedAt: this.now, link: this.#nextLink() } : DEFAULTS[action];
    const said = Object.entries({ ...defaults, ...input }).filter(([, value]) => value !== undefined);
    const decision = decide(this.case, action, Object.fromEntries(said) as Actions[A], {
      now: this.now,
      office: this.office,
      actor: { name: by, known: true },
    });
    if ("refused" in decision) return decision.refused.normalize("NFKC");
    this.events.push(...decision.events);
    this.case = evolve(this.case, decision.events, this.office);
    return "";
  }

  #nextLink(): string {
    return `https://www.qingyan.example/${this.events.length}`;
  }

  /** Does it; a refusal is a failure of the test. */
  does<A extends Act>(by: string, action: A, input: Saying<A> = {}): this {
    const refused = this.tries(by, action, input);
    if (refused !== "") throw new Error(`${by} ${action}: ${refused}`);
    return this;
  }

  clock(key: string) {
    return this.case.clocks.find((k) => k.key === key && k.kind !== "advisory");
  }
}

/** A case that has been decided and assigned to these units. */
export function assigned(...units: string[]): Desk {
  const names = units.length > 0 ? units : ["青岩县水务局"];
  return new Desk().does("周敏", "triage", { units: names }).does("周敏", "assign", { units: names });
}
