// The contact person's side: a name and a code open the page, and a line may go back.

import { openShare, readShare, shareOnPaper } from "./api.js";
import { byId, goTo, save, words } from "./page.js";
import { fillSheet } from "./sheet.js";

const form = byId("code-form");
const shareId = location.pathname.split("/").pop();
const key = {}; // what opened the page: the code, and the name of who did not sign on
let isBusy = false;

async function open(event) {
  event.preventDefault();
  if (isBusy) return undefined;
  ["name", "code"].forEach((id) => byId(id) && right(id));
  if (byId("name")) key.name = oneLine("name");
  key.code = byId("code").value.replace(/\D/g, "");
  if (key.name === "") return wrong("name", words("no-name"));
  if (key.code.length !== 6) return wrong("code", words("empty"));
  return ask(() => openShare(shareId, key), show, (trouble) => wrong(...fieldOf(trouble)));
}

async function tellRead(event) {
  event.preventDefault();
  if (isBusy) return undefined;
  right("line");
  const line = oneLine("line");
  return ask(() => readShare(shareId, { ...key, line }), thank, (trouble) => wrong("line", sentenceFor(trouble, "line-wrong")));
}

async function ask(call, done, failed) {
  isBusy = true;
  try {
    return done(await call());
  } catch (trouble) {
    return trouble.status === 410 ? closed() : failed(trouble);
  } finally {
    isBusy = false;
  }
}

const oneLine = (id) => byId(id).value.replace(/\s+/g, " ").trim();

function show(page) {
  form.hidden = true;
  if (byId("signed-on")) byId("signed-on").hidden = true;
  fillSheet(page);
  goTo(byId("opened"));
  byId("sheet").focus({ preventScroll: true });
}

function thank() {
  byId("read-done").textContent = words("read-done");
}

async function saveOnPaper() {
  if (isBusy) return undefined;
  byId("save-result").textContent = "";
  return ask(
    () => shareOnPaper(shareId, key),
    save,
    (trouble) => (byId("save-result").textContent = sentenceFor(trouble, "broken")),
  );
}

function closed() {
  form.hidden = true;
  byId("opened").hidden = true;
  goTo(byId("closed"));
}

function wrong(id, sentence) {
  byId(`${id}-error`).textContent = sentence;
  byId(id).setAttribute("aria-invalid", "true");
  byId(id).focus();
}

function right(id) {
  byId(`${id}-error`).textContent = "";
  byId(id).removeAttribute("aria-invalid");
}

// A name is all that the server can find wrong where the code has six digits.
const fieldOf = (trouble) => [trouble.status === 400 && key.name ? "name" : "code", sentenceFor(trouble, "name-wrong")];

function sentenceFor({ status, retryAfter }, wrongText) {
  if (status === 429) return lockedFor(Math.max(1, Math.ceil(retryAfter / 60)));
  return words({ 0: "offline", 400: wrongText, 403: "wrong", 404: "unknown" }[status] || "broken");
}

const lockedFor = (minutes) => (minutes === 1 ? words("locked-one") : words("locked", { minutes }));

// The page itself repeats nothing of its address: what is packed with a name must hold nothing that others choose.
if (byId("sign-on")) byId("sign-on").href = `/aanmelden?terug=${encodeURIComponent(location.pathname)}`;
if (byId("back")) byId("back").value = location.pathname;
form.addEventListener("submit", open);
byId("read-form").addEventListener("submit", tellRead);
byId("save").addEventListener("click", saveOnPaper);
byId("print").addEventListener("click", () => window.print());
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
