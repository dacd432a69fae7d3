// "Hulp nu" and "Snel weg". Both work without an answer from the server.

import { forget } from "./memory.js";
import { byId } from "./page.js";

export function wireExits() {
  document.querySelectorAll("[data-leave]").forEach((way) => way.addEventListener("click", leave));
  byId("help-now").addEventListener("click", openHelp);
  byId("help-close").addEventListener("click", () => byId("help").close());
  // Back after leaving may bring the whole page back from memory: then only the waiting question may show.
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
}

function leave(event) {
  event.preventDefault();
  forget();
  document.body.replaceChildren();
  document.title = "";
  const page = event.currentTarget.dataset.leave;
  outermost().location.replace(new URL(page, location.href).href);
}

// In a frame the whole page goes: a neutral frame in a page about benefits is not gone.
function outermost() {
  return window.top || window;
}

function openHelp(event) {
  const panel = byId("help");
  if (!panel.showModal) return; // an older browser goes to /hulp
  event.preventDefault();
  panel.showModal();
  byId("help-title").focus();
  showLinesOfThisHour();
}

// The page may be open for hours; without a connection the list that came with it stays.
async function showLinesOfThisHour() {
  try {
    const answer = await fetch("/hulp", { credentials: "omit" });
    const lines = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".vg-help-lines");
    if (answer.ok && lines) document.querySelector("#help .vg-help-lines").replaceWith(document.importNode(lines, true));
  } catch {
    // the list stays as it is
  }
}
