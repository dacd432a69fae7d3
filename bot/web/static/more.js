// The two panels under the talk: going on with one's own code, and erasing everything.

import { byId, words } from "./page.js";

/** `resumeWith({code})` opens another talk; `eraseAll()` ends this one. */
export function wireMore(resumeWith, eraseAll) {
  const on = (id, deed, kind = "click") => byId(id).addEventListener(kind, deed);
  const resume = () => unfold(byId("to-resume"), byId("resume"), byId("resume-code"));
  const erase = () => unfold(byId("to-erase"), byId("erase"), byId("erase"));
  on("to-resume", resume);
  on("resume-not", resume);
  on("resume", (event) => resumeByCode(event, resumeWith), "submit");
  on("to-erase", erase);
  on("erase-no", erase);
  on("erase-yes", eraseAll);
}

/** Both panels closed, as at the start. */
export function foldMore() {
  ["resume", "erase"].forEach((name) => {
    byId(name).hidden = true;
    byId(`to-${name}`).setAttribute("aria-expanded", "false");
  });
}

function unfold(opener, panel, first) {
  const isOpen = panel.hidden;
  foldMore();
  panel.hidden = !isOpen;
  opener.setAttribute("aria-expanded", isOpen);
  (isOpen ? first : opener).focus();
  if (isOpen) panel.scrollIntoView({ block: "nearest", behavior: "instant" });
}

async function resumeByCode(event, resumeWith) {
  event.preventDefault();
  const digits = byId("resume-code").value.replace(/\D/g, "");
  if (digits.length !== 16) return wrong("code-empty");
  try {
    await resumeWith({ code: digits });
    byId("resume-code").value = "";
    return wrong("");
  } catch (trouble) {
    if (trouble.status === 429) return wrong("code-locked");
    return wrong(trouble.isPassing ? "failed" : "code-unknown");
  }
}

function wrong(name) {
  byId("resume-error").textContent = name && words(name);
  byId("resume-code").setAttribute("aria-invalid", Boolean(name));
  if (name) byId("resume-code").focus();
}
