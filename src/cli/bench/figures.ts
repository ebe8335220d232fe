/** What a goal is held against: the value itself, or its ratio to the floor of the same run. */
export interface Goal {
  /** "P1" … as in docs/performance.md */
  id: string;
  of: "value" | "ratio";
  is: ">=" | "<=";
  limit: number;
}

/** One measured figure. */
export interface Figure {
  /** Stable name for machines: "timers.fired". */
  id: string;
  /** Name for people. */
  name: string;
  /** Null when this machine cannot measure it. */
  value: number | null;
  unit: string;
  /** The same on the bare parts, measured in the same run. */
  floor?: number;
  /** value / floor */
  ratio?: number;
  /** Goals with the verdict; null when it could not be measured. */
  goals: (Goal & { met: boolean | null })[];
}

type Given = Pick<Figure, "id" | "name" | "value" | "unit"> & { floor?: number; goals?: readonly Goal[] };

/** Completes a figure: its ratio, and whether its goals are met. */
export function figure({ goals = [], ...given }: Given): Figure {
  const { value, floor } = given;
  const ratio = value !== null && floor ? value / floor : undefined;
  const met = (goal: Goal): boolean | null => {
    const held = goal.of === "ratio" ? ratio : value;
    if (held === undefined || held === null) return null;
    return goal.is === ">=" ? held >= goal.limit : held <= goal.limit;
  };
  return { ...given, ...(ratio === undefined ? {} : { ratio }), goals: goals.map((g) => ({ ...g, met: met(g) })) };
}
