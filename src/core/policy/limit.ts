import { z } from "zod";

const Amount = z.number("期限须是数字").positive("期限须大于 0");

/** A limit in numbers. Natural hours run through nights and holidays; working days follow the holiday notices. */
const NumericLimit = z.discriminatedUnion("unit", [
  z.strictObject({ value: Amount, unit: z.literal("naturalHour") }),
  z.strictObject({ value: Amount.int("天数须是整数"), unit: z.literal("day") }),
  z.strictObject({ value: Amount.int("工作日数须是整数"), unit: z.literal("workingDay") }),
]);
export type NumericLimit = z.infer<typeof NumericLimit>;

/** What a document writes: a number, 立即, 第一时间 or 及时. */
const Limit = z.discriminatedUnion(
  "unit",
  [
    ...NumericLimit.options,
    z.strictObject({ value: z.literal(0), unit: z.literal("immediate") }),
    z.strictObject({ value: z.null(), unit: z.literal("firstMoment") }),
    z.strictObject({ value: z.null(), unit: z.literal("timely") }),
  ],
  "只能是 naturalHour、day、workingDay、immediate、firstMoment、timely",
);

const Instants = z.enum([
  "occurredAt",
  "surfacedAt",
  "detectedAt",
  "receivedAt",
  "assignedAt",
  "respondedAt",
  "sourcePublishedAt",
  "learnedAt",
  "investigationApprovedAt",
]);

const isShorter = (a: z.infer<typeof Limit> | undefined, b: z.infer<typeof Limit>): boolean =>
  a?.unit === b.unit && (a.value ?? 0) <= (b.value ?? 0);

/** One clock that an obligation starts. */
export const ClockSchema = z
  .strictObject({
    /** The earliest known of these is the start. */
    start: z.array(Instants).min(1),
    limit: Limit,
    kind: z.enum(["hard", "soft", "extendable"]),
    /** The number that stands in for 第一时间 or 及时; never the document's own. */
    default: z
      .strictObject({
        value: Amount,
        unit: z.enum(["naturalHour", "day", "workingDay"]),
        source: z.literal("inference"),
      })
      .optional(),
    extendTo: NumericLimit.optional(),
    extendIf: z.string().min(1).optional(),
    /** The limit holds for each level of government that passes the report on. */
    perLevel: z.literal(true).optional(),
  })
  .refine((c) => (c.kind === "extendable") === (c.extendTo !== undefined), {
    message: "kind: extendable 与 extendTo(延长后的期限)须同时写",
    path: ["extendTo"],
  })
  .refine((c) => !isShorter(c.extendTo, c.limit), { message: "延长后的期限须比原期限长", path: ["extendTo"] })
  .refine((c) => c.default === undefined || c.limit.value === null, {
    message: "default 只用于 firstMoment(第一时间)和 timely(及时)",
    path: ["default"],
  });

export type ClockRule = z.infer<typeof ClockSchema>;

/** The number that a clock runs by; undefined when the document gives none and the pack supplies none. */
export function numericLimit(clock: ClockRule): NumericLimit | undefined {
  const { limit } = clock;
  switch (limit.unit) {
    case "naturalHour":
    case "day":
    case "workingDay":
      return limit;
    case "immediate":
      return undefined;
    case "firstMoment":
    case "timely":
      return clock.default && { value: clock.default.value, unit: clock.default.unit };
  }
}

const UNITS = { naturalHour: "小时", day: "日", workingDay: "个工作日" } as const;

const numberText = (limit: NumericLimit): string => `${limit.value}${UNITS[limit.unit]}`;

/** "24小时", "7个工作日(可延长至15个工作日)", "第一时间(内部按1小时)", "立即". */
export function limitText(clock: ClockRule): string {
  const { limit } = clock;
  const number = numericLimit(clock);
  const perLevel = clock.perLevel ? "(每级)" : "";
  switch (limit.unit) {
    case "immediate":
      return `立即${perLevel}`;
    case "firstMoment":
    case "timely": {
      const word = limit.unit === "timely" ? "及时" : "第一时间";
      return number ? `${word}(内部按${numberText(number)})` : word;
    }
    default: {
      const extended = clock.extendTo ? `(可延长至${numberText(clock.extendTo)})` : "";
      return `${numberText(limit)}${extended}${perLevel}`;
    }
  }
}
