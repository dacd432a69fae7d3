// The contact person's side: a code opens the page.

import { openShare } from "./api.js";
import { byId, goTo, words } from "./page.js";
import { fillSheet } from "./sheet.js";

const form = byId("code-form");
let isBusy = false;

async function open(event) {
  event.preventDefault();
  const code = byId("code").value.replace(/\D/g, "");
  if (isBusy) return undefined;
  if (code.length !== 6) return wrong(words("empty"));
  isBusy = true;
  try {
    return show(await openShare(location.pathname.split("/").pop(), code));
  } catch (trouble) {
    return trouble.status === 410 ? closed() : wrong(sentenceFor(trouble));
  } finally {
    isBusy = false;
  }
}

function show(page) {
  form.hidden = true;
  fillSheet(page);
  goTo(byId("opened"));
  byId("sheet").focus({ preventScroll: true });
}

function closed() {
  form.hidden = true;
  goTo(byId("closed"));
}

function wrong(sentence) {
  byId("code-error").textContent = sentence;
  byId("code").setAttribute("aria-invalid", "true");
  byId("code").focus();
}

function sentenceFor({ status, retryAfter }) {
  if (status === 429) return lockedFor(Math.max(1, Math.ceil(retryAfter / 60)));
  return words({ 0: "offline", 403: "wrong", 404: "unknown" }[status] || "broken");
}

const lockedFor = (minutes) => (minutes === 1 ? words("locked-one") : words("locked", { minutes }));

form.addEventListener("submit", open);
byId("print").addEventListener("click", () => window.print());
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
