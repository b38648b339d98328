/** Words that several parts of the page share. */

export const PLATFORMS = { telegram: "تلگرام", bale: "بله" };

const ROLES = {
  officer: "کارشناس دستگاه",
  reviewer: "کارشناس بررسی",
  director: "مدیر",
  complaints: "مسئول شکایات",
  admin: "مدیر سامانه",
  auditor: "ناظر",
  debtor: "متقاضی",
  applicant: "متقاضی",
};

const REFUSALS = {
  blocked: "این شخص ربات را مسدود کرده است.",
  no_such_button: "این دکمه دیگر آنجا نیست.",
  no_such_message: "این پیام دیگر آنجا نیست.",
};

/** What to tell when the server refused (api.Refused), or could not be reached. */
export function refusal({ status, message }) {
  if (status === 0) return "اتصال برقرار نیست؛ کمی بعد دوباره بزنید.";
  return REFUSALS[message] ?? `سرور نپذیرفت: ${message}`;
}

/** What a person does here: the server's hint in Persian, or the hint as it came. */
export function role(person) {
  return ROLES[person.role_hint] ?? person.role_hint ?? "";
}

/** The first letter of a name, for a round picture. */
export function initial(name) {
  return [...name.trim()][0] ?? "؟";
}

/** «کارشناس دستگاه · تلگرام»: the role, if there is a hint of it, and the messenger. */
export function place(person) {
  return [role(person), PLATFORMS[person.platform]].filter(Boolean).join(" · ");
}
