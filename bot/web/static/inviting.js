// Where staff make a card. The key stays in its field, and nothing is kept when the page closes.

import * as api from "./api.js";
import { byId, goTo, inGroups, words } from "./page.js";

const FIELDS = ["contactName", "contactEmail", "meetingAt", "reference"];
let isBusy = false;
let invitationId = "";

async function invite(event) {
  event.preventDefault();
  if (isBusy) return;
  isBusy = true;
  clearFaults();
  try {
    show(await api.invite(byId("key").value, Object.fromEntries(FIELDS.map((name) => [name, byId(name).value]))));
  } catch (trouble) {
    tell(trouble);
  } finally {
    isBusy = false;
  }
}

function tell(trouble) {
  if (trouble.status === 400) trouble.errors.forEach(({ field, detail }) => fault(field, detail));
  else if (trouble.status === 401) fault("key", trouble.detail);
  else byId("trouble").textContent = trouble.detail || words("offline");
  const first = document.querySelector('[aria-invalid="true"]');
  if (first) first.focus();
}

function fault(field, sentence) {
  byId(`${field}-error`).textContent = sentence;
  byId(field).setAttribute("aria-invalid", "true");
}

function clearFaults() {
  byId("trouble").textContent = "";
  ["key", ...FIELDS].forEach((name) => {
    byId(`${name}-error`).textContent = "";
    byId(name).removeAttribute("aria-invalid");
  });
}

function show(made) {
  invitationId = made.invitationId;
  byId("card").replaceChildren(cardOf(made.card.html));
  byId("pdf").href = URL.createObjectURL(new Blob([bytesOf(made.card.pdf)], { type: "application/pdf" }));
  byId("opening-code").textContent = inGroups(made.openingCode, 3);
  ["letter", "whatsapp"].forEach((name) => (byId(name).value = made[name]));
  ["form", "withdrawn"].forEach((id) => (byId(id).hidden = true));
  ["kept", "card"].forEach((id) => (byId(id).hidden = false));
  goTo(byId("made"));
}

// Its styles are this page's own here: a page of ours takes none from inside.
function cardOf(html) {
  const bare = html.replace(/<style>[^<]*<\/style>/, "");
  return document.importNode(new DOMParser().parseFromString(bare, "text/html").querySelector(".vg-invite"), true);
}

const bytesOf = (base64) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

async function withdraw() {
  try {
    await api.withdrawInvitation(byId("key").value, invitationId);
  } catch (trouble) {
    byId("withdraw-trouble").textContent = trouble.detail || words("offline");
    return;
  }
  byId("withdraw-trouble").textContent = "";
  ["kept", "card"].forEach((id) => (byId(id).hidden = true));
  goTo(byId("withdrawn"));
}

function again() {
  URL.revokeObjectURL(byId("pdf").href);
  byId("card").replaceChildren();
  byId("reference").value = "";
  byId("made").hidden = true;
  byId("form").hidden = false;
  byId("contactName").focus();
}

async function copy(event) {
  const name = event.currentTarget.dataset.copy;
  await navigator.clipboard.writeText(byId(name).value);
  byId(`${name}-copied`).textContent = words("copied");
}

byId("form").addEventListener("submit", invite);
byId("print").addEventListener("click", () => window.print());
byId("withdraw").addEventListener("click", withdraw);
byId("again").addEventListener("click", again);
document.querySelectorAll("[data-copy]").forEach((one) => {
  one.hidden = !navigator.clipboard; // absent on http
  one.addEventListener("click", copy);
});
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
