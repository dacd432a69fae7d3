// The calls to /v1, and what can go wrong with them.

const LONGEST_WAIT_MS = 20000;
const PASSING = [0, 429, 500, 502, 503, 504]; // 0: no connection

/** A call that gave no answer to work with. */
export class Trouble extends Error {
  constructor(status, said = {}, retryAfter = 0) {
    super(said.title || `status ${status}`);
    this.status = status;
    this.retryAfter = retryAfter; // seconds
    this.detail = said.detail || ""; // what happened and what can be done now
    this.errors = said.errors || [];
    this.help = said.help || []; // whom to call, when the words were a cry for help
    this.isPassing = PASSING.includes(status);
    this.isGone = status === 401 || status === 404;
  }
}

async function call(method, path, token, body, credentials = "omit") {
  const response = await reach(method, path, token, body, credentials);
  if (response.ok && (response.headers.get("Content-Type") || "").startsWith("application/pdf")) return response.blob();
  const said = response.status === 204 ? {} : await response.json().catch(() => ({}));
  if (response.ok) return said;
  throw new Trouble(response.status, said, Number(response.headers.get("Retry-After")) || 0);
}

async function reach(method, path, token, body, credentials) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), LONGEST_WAIT_MS);
  try {
    return await fetch(`/v1${path}`, {
      method, headers, body: body && JSON.stringify(body), signal: stop.signal, cache: "no-store", credentials,
    });
  } catch {
    throw new Trouble(0);
  } finally {
    clearTimeout(timer);
  }
}

const about = ({ id }, rest = "") => `/conversations/${encodeURIComponent(id)}${rest}`;
const line = (lineId) => `/summary/lines/${encodeURIComponent(lineId)}`;

export const create = (card) => call("POST", "/conversations", null, { channel: "web", ...(card && { invitation: card }) });
export const join = (session, card) => call("PATCH", about(session), session.token, { invitation: card });
export const resume = (key) => call("POST", "/conversations/resume", null, key);
export const read = (session) => call("GET", about(session), session.token);
export const say = (session, body) => call("POST", about(session, "/messages"), session.token, body);
export const meetOn = (session, meeting) => call("PATCH", about(session), session.token, { meeting });
export const goOnInWhatsApp = (session) => call("PATCH", about(session), session.token, { channel: "whatsapp" });
export const erase = (session) => call("DELETE", about(session), session.token);
export const summary = (session) => call("GET", about(session, "/summary"), session.token);
export const briefing = (session) => call("GET", about(session, "/briefing"), session.token);
export const briefingOnPaper = (session) => call("GET", about(session, "/briefing.pdf"), session.token);
export const changeTopic = (session, topic, shared) =>
  call("PATCH", about(session, `/summary/topics/${encodeURIComponent(topic)}`), session.token, { shared });
export const changeLine = (session, lineId, change) => call("PATCH", about(session, line(lineId)), session.token, change);
export const removeLine = (session, lineId) => call("DELETE", about(session, line(lineId)), session.token);
export const shares = (session) => call("GET", about(session, "/shares"), session.token);
export const share = (session, messageId, lines) =>
  call("POST", about(session, "/shares"), session.token, { messageId, ...(lines && { lines }) });
export const withdraw = (session, shareId) =>
  call("DELETE", about(session, `/shares/${encodeURIComponent(shareId)}`), session.token);
// With the cookie of who signed on: the only calls that bring one.
const ofShare = (shareId, deed, body) => call("POST", `/shares/${encodeURIComponent(shareId)}/${deed}`, null, body, "same-origin");
export const openShare = (shareId, key) => ofShare(shareId, "open", key);
export const shareOnPaper = (shareId, key) => ofShare(shareId, "pdf", key);
export const readShare = (shareId, key) => ofShare(shareId, "read", key);

export const invite = (key, invitation) => call("POST", "/invitations", key, invitation);
export const withdrawInvitation = (key, id) => call("DELETE", `/invitations/${encodeURIComponent(id)}`, key);

/** A new message id: the same one is sent again after a lost connection, so nothing is said twice. */
export function newMessageId() {
  if (crypto.randomUUID) return crypto.randomUUID(); // absent on http and on older phones
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
