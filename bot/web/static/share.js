// The contact person's side: a code opens the page.

import { openShare, shareOnPaper } from "./api.js";
import { byId, goTo, save, words } from "./page.js";
import { fillSheet } from "./sheet.js";

const form = byId("code-form");
const shareId = () => location.pathname.split("/").pop();
let isBusy = false;
let opened = null; // the code that opened the page

async function open(event) {
  event.preventDefault();
  const code = byId("code").value.replace(/\D/g, "");
  if (isBusy) return undefined;
  if (code.length !== 6) return wrong(words("empty"));
  isBusy = true;
  try {
    show(await openShare(shareId(), code));
    opened = code;
    return undefined;
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

async function saveOnPaper() {
  byId("save-result").textContent = "";
  try {
    save(await shareOnPaper(shareId(), opened));
  } catch (trouble) {
    if (trouble.status === 410) location.reload();
    else byId("save-result").textContent = sentenceFor(trouble);
  }
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
byId("save").addEventListener("click", saveOnPaper);
byId("print").addEventListener("click", () => window.print());
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
