/** The faults a messenger can be made to have, in words for those who train and test. */

import { digits } from "./format.js";
import { PLATFORMS } from "./words.js";

/** What is offered at a tap: {label, hint, fault}, `fault` for the People API without its bot. */
export const OFFERED = [
  offer("reset_before", "تا پایان دادن", { method: "*" }),
  offer("latency", "هر بار ۲ ثانیه", { method: "*", delay: 2 }),
  offer("timeout_before", "سه ارسال بعدی", { times: 3, delay: 5 }),
  offer("timeout_after", "پس از رسیدن پیام", { times: 1, delay: 5 }),
  offer("429", "سه ارسال بعدی", { times: 3, retry_after: 3 }),
  offer("500", "سه ارسال بعدی", { times: 3 }),
  offer("html_502", "سه ارسال بعدی", { times: 3 }),
  offer("403", "ارسال بعدی", { times: 1 }),
  offer("repeat", "هر پیام دو بار", { method: "*", times: 2 }),
];

const KINDS = {
  400: "پاسخ ۴۰۰",
  401: "پاسخ ۴۰۱",
  403: "مسدود (۴۰۳)",
  404: "پاسخ ۴۰۴",
  409: "پاسخ ۴۰۹",
  429: "شلوغی (۴۲۹)",
  500: "خرابی (۵۰۰)",
  502: "پاسخ ۵۰۲",
  html_502: "خرابی راه (۵۰۲)",
  ok_false_200: "نپذیرفتن با پاسخ ۲۰۰",
  timeout_before: "بی‌پاسخی",
  timeout_after: "پاسخ گم‌شده",
  reset_before: "قطع ارتباط",
  reset_after: "قطع پس از کار",
  latency: "کندی",
  repeat: "پیام تکراری",
  rate_limit: "سقف سرعت",
};
const CONDITIONS = ["latency", "repeat", "rate_limit"];

function offer(kind, hint, fault) {
  return { kind, hint, fault: { method: "sendMessage", kind, ...fault } };
}

/** «شلوغی (۴۲۹)». */
export function what({ kind }) {
  return KINDS[kind] ?? kind;
}

/** «شلوغی (۴۲۹) · بله». */
export function title(fault) {
  return `${what(fault)} · ${PLATFORMS[fault.bot] ?? "هر دو پیام‌رسان"}`;
}

/** How much of it is to come, and what has been: «۲ بار دیگر · ۱ بار رخ داد». */
export function course({ kind, times, hits }) {
  const endless = times == null || CONDITIONS.includes(kind);
  const coming = endless ? "تا پایان دادن" : `${digits(times - hits)} بار دیگر`;
  return hits ? `${coming} · ${digits(hits)} بار رخ داد` : coming;
}
