// A call that waits for the connection: the words stay on the screen, and the same message goes again.

import { byId, words } from "./page.js";

const PAUSES_MS = [2000, 4000, 8000, 15000, 30000];

/** Sends until there is an answer; throws only what waiting cannot mend. `onTrouble` sees every failure. */
export async function patiently(send, offline = "offline", onTrouble = () => {}) {
  for (let tries = 0; ; tries += 1) {
    try {
      const answer = await send();
      showTrouble("");
      return answer;
    } catch (trouble) {
      onTrouble(trouble);
      showTrouble(trouble.isPassing ? words(nameOf(trouble, offline)) : "", trouble.isPassing);
      if (!trouble.isPassing) throw trouble;
      await pause(tries, trouble);
    }
  }
}

/** One line above the answers about what went wrong; an empty text takes it away. */
export function showTrouble(text, withRetry = false) {
  if (byId("trouble").textContent !== text) byId("trouble").textContent = text;
  const hadFocus = document.activeElement === byId("retry");
  byId("retry").hidden = !withRetry;
  if (hadFocus && !withRetry) byId("answers").focus({ preventScroll: true });
}

function nameOf(trouble, offline) {
  if (trouble.status === 0) return offline;
  return trouble.status === 429 ? "busy" : "down";
}

// Until the pause is over, the connection is back or somebody presses "try again".
function pause(tries, trouble) {
  const length = Math.max(PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)], trouble.retryAfter * 1000);
  return new Promise((resolve) => {
    const done = new AbortController();
    const go = () => {
      clearTimeout(timer);
      done.abort();
      resolve();
    };
    const timer = setTimeout(go, length);
    byId("retry").addEventListener("click", go, { signal: done.signal });
    window.addEventListener("online", go, { signal: done.signal });
  });
}
