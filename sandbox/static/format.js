/** Numbers, times and sizes as a Persian reader expects them; times are Tehran's. */

const ZONE = { timeZone: "Asia/Tehran" };
const CLOCK = new Intl.DateTimeFormat("fa-IR", { ...ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DAY = new Intl.DateTimeFormat("fa-IR-u-ca-persian", {
  ...ZONE, weekday: "long", day: "numeric", month: "long", year: "numeric",
});
const SECONDS = new Intl.DateTimeFormat("en-GB", {
  ...ZONE, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
});
const NUMBER = new Intl.NumberFormat("fa-IR", { maximumFractionDigits: 1 });

/** «۴۲۹» of 429: the digits of any value in Persian, all else untouched. */
export function digits(value) {
  return String(value).replace(/[0-9]/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]);
}

/** «۰۹:۰۵» of an instant. */
export function clock(instant) {
  return CLOCK.format(new Date(instant));
}

/** The seconds from an instant to 08:00 of the next day. */
export function untilMorning(instant) {
  const parts = SECONDS.formatToParts(new Date(instant));
  const of = (type) => Number(parts.find((part) => part.type === type).value);
  return 32 * 3600 - of("hour") * 3600 - of("minute") * 60 - of("second");
}

/** «یکشنبه ۱ آذر ۱۴۰۵». Built from parts: browsers order Persian dates in ways no one writes. */
export function day(instant) {
  const parts = Object.fromEntries(DAY.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  return `${parts.weekday} ${parts.day} ${parts.month} ${parts.year}`;
}

/** «یکشنبه ۱ آذر ۱۴۰۵، ساعت ۰۹:۰۵». */
export function moment(instant) {
  return `${day(instant)}، ساعت ${clock(instant)}`;
}

/** «۱ روز و ۲ ساعت» of a number of seconds: its two largest units. */
export function span(seconds) {
  const parts = [];
  let left = Math.abs(seconds);
  for (const [unit, name] of [[86400, "روز"], [3600, "ساعت"], [60, "دقیقه"]]) {
    if (left >= unit) parts.push(`${digits(Math.floor(left / unit))} ${name}`);
    left %= unit;
  }
  return parts.slice(0, 2).join(" و ") || `${digits(Math.round(left))} ثانیه`;
}

/** «۲٫۴ مگابایت» of a number of bytes. */
export function size(bytes) {
  const steps = [[1 << 20, "مگابایت"], [1 << 10, "کیلوبایت"], [1, "بایت"]];
  const [unit, name] = steps.find(([least]) => bytes >= least) ?? [1, "بایت"];
  return `${NUMBER.format(bytes / unit)} ${name}`;
}
