// Coming from WhatsApp by a link, and going on there.

import * as api from "./api.js";
import { cardHere } from "./card.js";
import { linkHere } from "./early.js";
import { button, byId, goTo, inGroups, words } from "./page.js";
import { showTrouble } from "./patience.js";

/** A link works once: so only a tap spends it, not a preview of the link. */
export function offerLink(link, resumeWith) {
  history.replaceState(null, "", location.pathname);
  const go = async () => {
    try {
      await resumeWith({ link });
    } catch (trouble) {
      showTrouble(words(trouble.isGone ? "link-used" : "failed"));
    }
  };
  byId("share-place").replaceChildren(button(words("resume-link"), go, "primary-action"));
}

/** `session()` gives the talk's; `leave()` clears the screen, because the talk goes on elsewhere. */
export function wireWhatsApp(session, leave) {
  const goOn = async () => {
    if (!session()) return undefined;
    try {
      const { moveCode } = await api.goOnInWhatsApp(session());
      if (moveCode) return showCode(moveCode);
      leave();
      return goTo(byId("in-whatsapp"));
    } catch {
      return showTrouble(words("failed"));
    }
  };
  byId("to-whatsapp").addEventListener("click", goOn);
  // A second link or card may open in the tab where the first one is still shown: only its "#" is new then.
  window.addEventListener("hashchange", () => (linkHere() || cardHere()) && location.reload());
  const opener = byId("to-phone"); // there only where the municipality has a number
  if (!opener) return;
  opener.addEventListener("click", goOn);
  byId("move-copy").hidden = !navigator.clipboard; // absent on http
  byId("move-copy").addEventListener("click", copyCode);
}

function showCode(code) {
  byId("move-code").textContent = words("move", { code: inGroups(code, 4) });
  byId("to-phone").setAttribute("aria-expanded", true);
  byId("move-copied").textContent = "";
  goTo(byId("move"));
}

async function copyCode() {
  await navigator.clipboard.writeText(byId("move-code").textContent);
  byId("move-copied").textContent = words("move-copied");
}

/** Offered once something was answered here: before that, the question is here because it is not for WhatsApp. */
export function offerWhatsApp(state, isReply) {
  byId("whatsapp").hidden = !(state.whatsapp && (isReply || !byId("whatsapp").hidden));
  if (byId("to-phone")) byId("to-phone").hidden = Boolean(state.whatsapp); // its phone is known: no code is needed
}
