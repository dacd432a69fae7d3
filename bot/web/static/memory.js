// What this phone remembers: the token for this tab, and for 24 hours only after a yes. Never a word of the talk.

const KEY = "voorgesprek";
const DAY_MS = 24 * 60 * 60 * 1000;

// A browser may refuse storage (a frame, a private window): then the talk lives as long as the page.
function tried(deed) {
  try {
    return deed();
  } catch {
    return null;
  }
}

const tab = () => sessionStorage;
const phone = () => localStorage;
const readFrom = (area) => tried(() => JSON.parse(area().getItem(KEY)));
const writeTo = (area, session) => tried(() => area().setItem(KEY, JSON.stringify(session)));
const clear = (area) => tried(() => area().removeItem(KEY));

/** The session of this tab, or the one this phone may still remember; else null. */
export function recall() {
  const here = readFrom(tab);
  if (here) return here;
  const kept = readFrom(phone);
  if (kept && kept.until > Date.now()) return keep(kept);
  clear(phone);
  return null;
}

/** Keeps `{id, token, code?, until?}` for this tab, so that a reload loses nothing. */
export function keep(session) {
  writeTo(tab, session);
  return session;
}

/** After "yes, remember": also when the tab was closed, for a day. The own code stays in the tab. */
export function remember(session) {
  const kept = { id: session.id, token: session.token, until: Date.now() + DAY_MS };
  writeTo(phone, kept);
  return keep({ ...session, until: kept.until });
}

export function forgetOnPhone() {
  clear(phone);
}

export function forget() {
  clear(tab);
  clear(phone);
}
