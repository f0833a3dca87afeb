/**
 * The five cron fields of a scheduled action of an Auto Scaling group.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scheduled-scaling.html
 */
export interface Cron {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  /**
   * Whether the schedule includes a day.
   * @param month - From 1 on.
   * @param date - The day of the month.
   * @param weekday - From Sunday, 0, on.
   */
  isDay(month: number, date: number, weekday: number): boolean;
}

/** Parses a recurrence; undefined if it isn't cron. */
export function parseCron(recurrence: string): Cron | undefined {
  const fields = recurrence.trim().split(/\s+/);
  if (fields.length !== 5) return undefined;
  const [minutes, hours, days, months, weekdays] = RANGES.map((range, index) =>
    valuesOf(fields[index] ?? "", range),
  );
  if (!minutes || !hours || !days || !months || !weekdays) return undefined;
  // If both the day of the month and the day of the week are set, either one is enough.
  const either = !(fields[2] ?? "").startsWith("*") && !(fields[4] ?? "").startsWith("*");
  return {
    minutes,
    hours,
    isDay(month, date, weekday) {
      const [onDate, onWeekday] = [days.has(date), weekdays.has(weekday)];
      return months.has(month) && (either ? onDate || onWeekday : onDate && onWeekday);
    },
  };
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
}

const RANGES: readonly Range[] = [
  { from: 0, to: 59 },
  { from: 0, to: 23 },
  { from: 1, to: 31 },
  { from: 1, to: 12, names: ["", ..."jan feb mar apr may jun jul aug sep oct nov dec".split(" ")] },
  { from: 0, to: 6, names: "sun mon tue wed thu fri sat".split(" ") },
];

/** The values of a field: `*`, numbers, names, lists, ranges and steps; undefined for anything else. */
function valuesOf(field: string, { from, to, names = [] }: Range): ReadonlySet<number> | undefined {
  const values = new Set<number>();
  for (const part of field.toLowerCase().split(",")) {
    const [, first = "", last, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? [];
    const numberOf = (text: string): number => (names.includes(text) ? names.indexOf(text) : Number(text));
    const begin = first === "*" ? from : numberOf(first);
    const end = first === "*" || (step !== undefined && last === undefined) ? to : numberOf(last ?? first);
    const by = Number(step ?? 1);
    // 7 is also Sunday.
    const isWeekday = to === 6;
    if (!(begin >= from && end <= (isWeekday ? 7 : to) && begin <= end && by > 0)) return undefined;
    for (let value = begin; value <= end; value += by) values.add(isWeekday ? value % 7 : value);
  }
  return values;
}
