// The phone on the desk: asks the server what there is, shows it, and sends what its person does.

import { item, make, meta } from "./shown.js";

const byId = (id) => document.getElementById(id);
const NAMES = ["Ali", "Bea", "Cem", "Dora", "Eva", "Faisal", "Gerda", "Hugo"];
const PAUSE = 1000; // milliseconds before asking again, when the server is not there
let phone = "";
let changes = -1;
let asking = new AbortController();
let turning = 0; // switches under way: what the server said before must not turn them back

async function call(method, path, body) {
  const answer = await fetch(`/api/${path}`, {
    method,
    body: body && JSON.stringify(body),
    headers: body ? { "Content-Type": "application/json" } : {},
  });
  byId("notice").textContent = answer.ok ? "" : "Dat lukt hier niet.";
  return answer.status < 300 && answer.status !== 204 ? answer.json() : null;
}

const messages = (body) => call("POST", `phones/${encodeURIComponent(phone)}/messages`, body);

function act(given, before) {
  if (given.kind !== "edit") return messages(given);
  const text = window.prompt("Uw nieuwe woorden", before);
  return text && messages({ ...given, text });
}

async function ask() {
  asking = new AbortController();
  const query = new URLSearchParams({ phone, after: changes });
  const answer = await fetch(`/api/state?${query}`, { signal: asking.signal });
  show(await answer.json());
}

function show(state) {
  changes = state.changes;
  phone = state.phone.address;
  showPhones(state.phones);
  showChat(state.phone.chat);
  showTrouble(state.trouble);
  meta(state);
  if (state.phone.chat.some((one) => one.status === "delivered") && document.hasFocus())
    call("POST", `phones/${encodeURIComponent(phone)}/read`);
}

function showPhones(phones) {
  const options = phones.map((one) => {
    const option = make("option", "", `${one.name} (${one.hidden ? "zonder nummer" : one.address})`);
    option.value = one.address;
    return option;
  });
  if (byId("phones").length !== options.length || byId("phones").value !== phone)
    byId("phones").replaceChildren(...options);
  byId("phones").value = phone;
}

// Only what changed is made anew, so that an open list stays open and the keyboard stays where it is.
function showChat(chat) {
  const shown = [...byId("chat").children];
  chat.forEach((message, number) => {
    const is = JSON.stringify(message);
    if (shown[number]?.dataset.is === is) return;
    const made = item(message, act);
    made.dataset.is = is;
    if (shown[number]) keep(shown[number], made);
    else byId("chat").append(made);
  });
  shown.slice(chat.length).forEach((old) => old.remove());
  if (chat.length > shown.length) byId("log").scrollTop = byId("log").scrollHeight;
}

function keep(old, made) {
  const place = [...old.querySelectorAll("button, summary")].indexOf(document.activeElement);
  const open = old.querySelector("details")?.open;
  old.replaceWith(made);
  if (open && made.querySelector("details")) made.querySelector("details").open = true;
  if (place >= 0) made.querySelectorAll("button, summary")[place]?.focus();
}

async function turn(switches) {
  turning += 1;
  const now = await call("PATCH", "trouble", switches).finally(() => (turning -= 1));
  if (now) showTrouble(now);
}

function showTrouble(trouble) {
  if (turning) return;
  byId("answer").value = trouble.answer;
  for (const box of byId("trouble").querySelectorAll("input")) box.checked = Boolean(trouble[box.name]);
  byId("later").dataset.hours = trouble.hoursAhead;
}

function choose(address) {
  phone = address;
  changes = -1;
  byId("chat").replaceChildren();
  asking.abort();
}

async function join(hidden) {
  const name = NAMES[byId("phones").length % NAMES.length];
  choose((await call("POST", "phones", { name, hidden })).address);
}

async function sendOther({ kind, forwarded }) {
  const text = byId("text").value.trim();
  const place = byId("phones").selectedIndex;
  const number = `316${String(Math.floor(Math.random() * 1e8)).padStart(8, "0")}`;
  if (forwarded !== undefined && !text) return;
  await messages({ kind, text, forwarded: forwarded !== undefined, number });
  if (["image", "document", "text"].includes(kind)) byId("text").value = "";
  if (kind === "new_number") choose((await call("GET", "state")).phones[place].address);
}

function listen() {
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = byId("text").value;
    byId("text").value = "";
    if (text.trim()) messages({ kind: "text", text });
  });
  byId("text").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    byId("composer").requestSubmit();
  });
  byId("phones").addEventListener("change", (event) => choose(event.target.value));
  byId("join").addEventListener("click", () => join(false));
  byId("join-hidden").addEventListener("click", () => join(true));
  byId("others").addEventListener("click", (event) => event.target.dataset.kind && sendOther(event.target.dataset));
  byId("trouble").addEventListener("change", ({ target }) => {
    const value = target.type !== "checkbox" ? target.value : Number(target.dataset.number) * target.checked;
    turn({ [target.name]: Number.isNaN(value) ? target.checked : value });
  });
  byId("later").addEventListener("click", () => turn({ hoursAhead: Number(byId("later").dataset.hours) + 25 }));
  byId("today").addEventListener("click", () => turn({ hoursAhead: 0 }));
}

listen();
for (;;) {
  try {
    await ask();
  } catch (error) {
    if (error.name !== "AbortError") await new Promise((resume) => setTimeout(resume, PAUSE));
  }
}
