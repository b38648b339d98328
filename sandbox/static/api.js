/** The People API: what a person may do with a phone. Every function gives the reply's JSON. */

/** The server said no (the message is its code), or could not be reached: then `status` is 0. */
export class Refused extends Error {
  constructor(status, description) {
    super(description);
    this.status = status;
  }
}

export const address = ({ platform, key }) => `${platform}/${key}`;

export const state = () => call("GET", "/sandbox/state");
export const chat = (person) => call("GET", chatPath(person));
export const send = (person, text) => post(person, "send", { text });
export const edit = (person, messageId, text) => post(person, "edit", { message_id: messageId, text });
export const press = (person, messageId, data) => post(person, "press", { message_id: messageId, data });
export const start = (person, payload) => post(person, "start", payload ? { payload } : {});
export const contact = (person) => post(person, "contact", {});
export const block = (person, blocked) => post(person, "block", { blocked });

/** Send `files` as "photo" or "document"; several go out as one album. */
export function upload(person, files, as, caption) {
  const form = new FormData();
  form.set("as", as);
  form.set("caption", caption);
  for (const file of files) form.append("file", file, file.name);
  return call("POST", `${chatPath(person)}/upload`, form);
}

export const addPerson = (person) => call("POST", "/sandbox/people", person);
export const advanceClock = (seconds) => call("POST", "/sandbox/clock", { advance: seconds });
export const resetClock = () => call("POST", "/sandbox/clock", { reset: true });
export const addFault = (fault) => call("POST", "/sandbox/faults", fault);
export const endFault = ({ id }) => call("DELETE", `/sandbox/faults?id=${id}`);
export const clearFaults = () => call("DELETE", "/sandbox/faults");

function chatPath({ platform, key }) {
  return `/sandbox/chat/${encodeURIComponent(platform)}/${encodeURIComponent(key)}`;
}

function post(person, verb, body) {
  return call("POST", `${chatPath(person)}/${verb}`, body);
}

async function call(method, path, body) {
  const response = await fetch(path, { method, ...payload(body) }).catch((cause) => {
    throw new Refused(0, cause.message);
  });
  const reply = await response.json();
  if (!response.ok) throw new Refused(response.status, reply.error);
  return reply;
}

function payload(body) {
  if (body === undefined || body instanceof FormData) return { body };
  return { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
}
