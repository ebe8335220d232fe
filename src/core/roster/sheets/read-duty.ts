import { isWorkingDay } from "#core/clocks/working-days.ts";
import { atTime, type Day, type Instant, localParts } from "#core/time.ts";
import type { DutyEntry } from "../schema.ts";
import { isNothing, readPeople } from "./cells.ts";
import {
  monthOf,
  type OfficeHours,
  readClock,
  readDays,
  readShift,
  readWeekdays,
  type Shift,
  usualShift,
} from "./days.ts";
import type { Draft } from "./draft.ts";
import type { DraftPhones } from "./phones.ts";
import { addPhone } from "./read-people.ts";
import { type Cell, cellOf, type Place, type RosterTable, type Row } from "./table.ts";

/** An entry of the duty roster and the row it comes from. */
export interface SaidDuty {
  entry: DutyEntry;
  at: Place;
  officer: Cell | undefined;
  leader: Cell | undefined;
}

interface Days {
  dates?: Day[];
  weekdays?: number[];
}

/**
 * A duty list: one row per day, per weekday, or per shift of either. Where it gives no hours, a working day is the night after
 * it and any other day is whole.
 */
export function readDutyTable(
  table: RosterTable,
  { draft, phones }: { draft: Draft; phones: DraftPhones },
  { now, hours }: { now: Instant; hours: OfficeHours },
): SaidDuty[] {
  const list = monthOf(table.title);
  let above: Days | undefined;
  let isUsual = false;
  const said = table.rows.flatMap((row): SaidDuty[] => {
    const isBelow = ["date", "weekday"].every((f) => !cellOf(row, f as Cell["field"])?.text);
    const days = isBelow ? above : daysOf(row, list, now, draft);
    if (isBelow && !above) draft.error(row.place, "没有写日期或星期");
    above = days;
    const officer = personOf(table, row, "officer", { draft, phones });
    const leader = personOf(table, row, "dutyLeader", { draft, phones });
    if (!days || !officer || !leader) return [];
    const shift = shiftOf(row, hours, draft);
    isUsual ||= shift === "usual";
    const parts = shift === "usual" ? usual(days, hours) : shift ? [{ ...days, ...shift }] : [];
    return parts.map((part) => ({
      entry: { ...part, officer: officer.name, leader: leader.name },
      at: row.place,
      officer: officer.cell,
      leader: leader.cell,
    }));
  });
  if (isUsual)
    draft.note(
      { sheet: table.sheet, row: table.headingRow },
      `没有写时间，工作日按 ${hours.closes} 至次日 ${hours.opens}、其他日子按 ${hours.opens} 至次日 ${hours.opens} 算；不同的请加“时间”一列，如 17:30-08:30`,
    );
  return said;
}

function daysOf(row: Row, list: ReturnType<typeof monthOf>, now: Instant, draft: Draft): Days | undefined {
  const [date, week] = [cellOf(row, "date"), cellOf(row, "weekday")];
  const weekdays = draft.read(week, readWeekdays, "周一、周二 这样的星期，或 周一至周五、周末");
  if (!date || isNothing(date.text)) return weekdays && { weekdays };
  const dates = readDays(date.text, list, now);
  // Offices write 周一 into the column of days as well.
  const inColumn = dates ? undefined : readWeekdays(date.text);
  if (inColumn) return { weekdays: inColumn };
  if (!dates) return draft.error(date, `“${date.text}”不是日期，请写成 2026-12-01 或 12月1日`);
  const [first] = dates;
  const actual = first === undefined ? 0 : weekdayOf(first);
  if (dates.length === 1 && week && weekdays && !weekdays.includes(actual))
    return draft.error(week, `${first} 是周${"一二三四五六日"[actual - 1]}，不是${week.text}，请核对日期和星期`);
  return { dates };
}

const weekdayOf = (day: Day): number => localParts(atTime(day, "12:00")).weekday;

function personOf(
  table: RosterTable,
  row: Row,
  field: "officer" | "dutyLeader",
  { draft, phones }: { draft: Draft; phones: DraftPhones },
): { name: string; cell: Cell } | undefined {
  const what = field === "officer" ? "值班员" : "带班领导";
  const cell = cellOf(row, field);
  const [person, ...others] = readPeople(cell?.text ?? "");
  if (!cell || !person) return draft.error(cell ?? row.place, `没有写${what}`);
  if (others.length > 0)
    draft.note(
      cell,
      `一班只记一名${what}，按 ${person.name} 算；其余 ${others.map((o) => o.name).join("、")} 不会收到值班提醒`,
    );
  if (person.phone) phones.add(person.name, person.phone, cell);
  else addPhone(table, row, cell, person.name, phones);
  return { name: person.name, cell };
}

function shiftOf(row: Row, hours: OfficeHours, draft: Draft): Shift | "usual" | undefined {
  const clock = "08:30 这样的时间";
  const from = draft.read(cellOf(row, "from"), readClock, clock);
  const to = draft.read(cellOf(row, "to"), readClock, clock);
  if (from && to) return { from, to };
  const cell = cellOf(row, "shift");
  const written = [cell, cellOf(row, "from"), cellOf(row, "to")].some((c) => c && !isNothing(c.text));
  if (!written) return "usual";
  if (from || to) return draft.error(row.place, "起、止时间只写了一个");
  return draft.read(cell, (text) => readShift(text, hours), "17:30-08:30 这样的起止时间，或 全天、白班、夜班");
}

/** The hours that a list without hours means, working days apart from other days. */
function usual({ dates, weekdays }: Days, hours: OfficeHours): (Days & Shift)[] {
  return [true, false].flatMap((isWorking) => {
    const some = dates
      ? { dates: dates.filter((day) => isWorkingDay(day) === isWorking) }
      : { weekdays: (weekdays ?? []).filter((day) => day <= 5 === isWorking) };
    return Object.values(some)[0]?.length ? [{ ...some, ...usualShift(isWorking, hours) }] : [];
  });
}
