// What stands on the page: one message as a list item, and what Meta did.

const LINK = /https?:\/\/[^\s]+[^\s.,)]/g;
const STATUSES = { accepted: "aangenomen", sent: "verstuurd", delivered: "bezorgd", read: "gelezen", failed: "mislukt" };
const KINDS = {
  voice: "Spraakbericht",
  image: "Foto",
  video: "Filmpje",
  document: "Bestand",
  sticker: "Sticker",
  location: "Plaats op de kaart",
  contacts: "Visitekaartje",
  unsupported: "Iets wat Meta niet kent",
  template: "Vast bericht",
};
const HANDSHAKES = { waits: "De bot is er nog niet.", done: "De bot is er.", refused: "De bot kent ons woord niet." };

export function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

/** One message; `act` gets what its buttons do. */
export function item(message, act) {
  const mine = message.from === "person";
  const shown = make("li", `message message--${message.from}`);
  shown.append(make("span", "hidden", mine ? "U: " : "Bot: "), words(message));
  if (message.buttons?.length) shown.append(choices(message, act));
  shown.append(about(message, act, mine));
  return shown;
}

function words(message) {
  const line = make("p");
  const label = KINDS[message.kind];
  if (label) line.append(make("strong", "", message.text ? `${label}\n` : label));
  if (message.deleted) line.append(make("em", "", "Dit bericht is gewist."));
  let end = 0;
  for (const found of message.text.matchAll(LINK)) {
    line.append(message.text.slice(end, found.index), link(found[0]));
    end = found.index + found[0].length;
  }
  line.append(message.text.slice(end));
  return line;
}

function link(address) {
  const anchor = make("a", "", address);
  Object.assign(anchor, { href: address, target: "_blank", rel: "noopener noreferrer" });
  return anchor;
}

function choices(message, act) {
  const buttons = message.buttons.map((one) => {
    const button = action(one.title, () => act({ kind: "tap", button: one.id, to: message.id }));
    if (one.description) button.append(make("small", "", one.description));
    return button;
  });
  const group = make("div", "choices");
  group.append(...buttons);
  if (!message.list) return group;
  const list = make("details");
  list.append(make("summary", "", message.list), group);
  return list;
}

function about(message, act, mine) {
  const at = new Date(message.at).toLocaleTimeString("nl", { hour: "2-digit", minute: "2-digit" });
  const told = [at, message.forwarded && "doorgestuurd", message.edited && "veranderd", message.reaction];
  const line = make("div", "about");
  const code = message.code ? ` (${message.code})` : "";
  line.append(make("span", "", [...told, STATUSES[message.status] + code].filter(Boolean).join(" · ")));
  const to = message.id;
  if (!mine) line.append(action("Duim", () => act({ kind: "reaction", to, emoji: "👍" }), "Duim: reageer met een duim"));
  if (mine && !message.deleted) {
    if (message.kind === "text") line.append(action("Verander", () => act({ kind: "edit", to }, message.text)));
    line.append(action("Wis", () => act({ kind: "delete", to })));
  }
  return line;
}

function action(text, work, name = "") {
  const button = make("button", "", text);
  button.type = "button";
  if (name) button.setAttribute("aria-label", name);
  button.addEventListener("click", work);
  return button;
}

/** What Meta delivered and refused. */
export function meta({ webhook, tries, refusals, trouble }) {
  document.getElementById("webhook").textContent = `${HANDSHAKES[webhook.handshake]} ${webhook.address}`;
  const hours = trouble.hoursAhead;
  document.getElementById("clock").textContent = hours ? `Bij Meta is het ${hours} uur later.` : "";
  const parts = (one) => `Berichten ${one.messages}, meldingen ${one.statuses}, antwoord ${one.status || "geen"}`;
  fill("tries", tries.map((one) => (one.try > 1 ? `${parts(one)} (keer ${one.try})` : parts(one))));
  fill("refusals", refusals.map((one) => `${one.code}: ${one.details}`));
}

function fill(id, lines) {
  document.getElementById(id).replaceChildren(...lines.reverse().map((line) => make("li", "", line)));
}
