// "Nog een pagina maken voor iemand anders": a page of its own, with exactly the lines that are ticked.

import * as api from "./api.js";
import { byId, goTo, make, words } from "./page.js";

const form = byId("another-form");
let yes = null; // a second try after a lost answer is the same yes
let shown = null;

/** `sections()` gives the person's own page, `wordsOf(line)` what is shown of a line, `made(share)` shows what was made. */
export function wireAnother(session, sections, wordsOf, made) {
  shown = wordsOf;
  byId("another").addEventListener("click", () => (form.hidden ? open(sections()) : close()));
  byId("another-not").addEventListener("click", close);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    share(session(), made);
  });
}

/** Only who has lines can make a page of them. */
export function showAnother(sections) {
  byId("another").hidden = sections.length === 0;
  if (!sections.length) form.hidden = true;
  if (!form.hidden) fill(sections);
}

function open(sections) {
  fill(sections);
  byId("another").setAttribute("aria-expanded", "true");
  form.hidden = false;
  goTo(byId("another-title"));
}

function close() {
  form.hidden = true;
  byId("another-error").textContent = "";
  byId("another").setAttribute("aria-expanded", "false");
  byId("another").focus();
}

function fill(sections) {
  byId("another-lines").replaceChildren(...sections.flatMap((section) => section.lines).map(boxOf));
}

function boxOf(line) {
  const label = make("label", "vg-another__line");
  const box = make("input");
  box.type = "checkbox";
  box.value = line.lineId;
  const text = make("span", "", line.label ? `${line.label} ` : "");
  text.append(make("span", "vg-another__words", shown(line)));
  label.append(box, text);
  return label;
}

async function share(session, made) {
  const lines = [...form.querySelectorAll("input:checked")].map((box) => box.value);
  byId("another-error").textContent = lines.length ? "" : words("another-empty");
  if (!lines.length) return;
  const meant = lines.join();
  if (!yes || yes.meant !== meant) yes = { meant, id: api.newMessageId() };
  try {
    const card = await api.share(session, yes.id, lines);
    yes = null;
    close();
    made({ ...card, lines });
  } catch (trouble) {
    byId("another-error").textContent = words(trouble.status === 0 ? "offline-start" : "failed");
  }
}
