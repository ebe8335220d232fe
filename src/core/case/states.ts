/** The states of a case, as data. Clocks run in every open state: signing, returning and consulting never stop one. */
export const STATES = {
  draft: { zh: "待确认", open: true },
  reported: { zh: "已上报", open: true },
  verifying: { zh: "核实中", open: true },
  triaged: { zh: "已研判", open: true },
  consulting: { zh: "会商中", open: true },
  assigned: { zh: "待签收", open: true },
  returned: { zh: "已退回", open: true },
  handling: { zh: "处置中", open: true },
  reviewing: { zh: "审核中", open: true },
  responded: { zh: "已首次回应", open: true },
  evaluating: { zh: "评估中", open: true },
  closed: { zh: "已办结", open: false },
  archived: { zh: "已归档", open: false },
  falseAlarm: { zh: "误报", open: false },
  merged: { zh: "已并案", open: false },
  transferred: { zh: "已移送", open: false },
} as const;

export type StateId = keyof typeof STATES;

export const isOpen = (state: StateId): boolean => STATES[state].open;

/** States in which an action may be taken, and the state it leads to; null: the state stays. */
export const TRANSITIONS = {
  supplement: { from: "open", to: null },
  triage: { from: ["draft", "reported", "verifying", "triaged", "assigned", "returned", "handling"], to: "triaged" },
  assign: { from: ["triaged", "consulting", "assigned", "returned", "handling", "responded"], to: "assigned" },
  acknowledge: { from: ["assigned", "returned", "handling", "responded"], to: "handling" },
  return: { from: ["assigned", "handling", "responded"], to: "returned" },
  respond: {
    from: ["triaged", "consulting", "assigned", "returned", "handling", "reviewing", "responded", "evaluating"],
    to: "responded",
  },
  reportUp: { from: "open", to: null },
  close: {
    from: ["triaged", "assigned", "returned", "handling", "reviewing", "responded", "evaluating"],
    to: "closed",
  },
  falseAlarm: { from: ["draft", "reported", "verifying", "triaged", "assigned", "returned"], to: "falseAlarm" },
  fileOnly: { from: ["draft", "reported", "verifying", "triaged"], to: "closed" },
  merge: { from: ["reported", "verifying", "triaged"], to: "merged" },
  distinguish: { from: "open", to: null },
  note: { from: "open", to: null },
  adoptRules: { from: "open", to: null },
  urge: { from: "open", to: null },
} as const satisfies Record<string, { from: "open" | readonly StateId[]; to: StateId | null }>;

export type TransitionId = keyof typeof TRANSITIONS;

export function allowedIn(transition: TransitionId, state: StateId): boolean {
  const { from } = TRANSITIONS[transition];
  return from === "open" ? isOpen(state) : (from as readonly StateId[]).includes(state);
}
