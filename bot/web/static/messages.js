// One message of the talk as a list item.

import { button, byId, make, words } from "./page.js";
import { offerReading } from "./speech.js";

export const OWN_CODE = /\b\d{4}([ -]?\d{4}){3}\b/;
const PHONE = /\b(?:11[23]|14 ?0\d{2,3}|0\d{1,3}-\d[\d ]{2,9}\d)\b/;
const SITE = /\b(?:https?:\/\/)?(?:[a-z0-9-]+\.)+(?:nl|org|eu|com)\b(?:\/[^\s,)]*[^\s.,)])?/i;
const LINKS = new RegExp(`${SITE.source}|${PHONE.source}`, "gi"); // sites first: 113.nl is no number

/** What the bot said: each line apart, numbers to tap, calm when it is help. */
export function botItem(message, openPage) {
  const item = make("li", `vg-message vg-message--bot vg-message--${message.kind}`);
  item.dataset.kind = message.kind;
  const body = make("div", "vg-message__body");
  body.append(make("span", "vg-hidden", words("from-bot")));
  body.append(...linesOf(message.text).map(lineOf));
  if (message.choices.length) markQuestion(body, message.id);
  item.append(body);
  if (message.kind === "summary") body.append(button(words("to-page"), openPage, "primary-action"));
  offerReading(body, aloud(message));
  return item;
}

/** Whom to call, when the talk cannot answer a cry for help now; each text once. */
export function showHelp({ help = [] }) {
  const shown = [...document.querySelectorAll("[data-help]")].map((item) => item.dataset.help);
  help.filter((text) => !shown.includes(text)).forEach((text) => {
    const item = botItem({ text, kind: "help", choices: [] });
    item.dataset.help = text;
    byId("messages").append(item);
    item.scrollIntoView({ block: "start", behavior: "instant" });
  });
}

/** What the person said or tapped. */
export function personItem(text) {
  const item = make("li", "vg-message vg-message--person");
  const body = make("div", "vg-message__body");
  body.append(make("span", "vg-hidden", words("from-person")));
  text.split("\n").forEach((line) => body.append(make("p", "vg-message__line", line)));
  item.append(body);
  return item;
}

// The question among the lines: it names the group of its buttons.
function markQuestion(body, id) {
  const lines = [...body.querySelectorAll("p")].reverse();
  const asked = lines.find((line) => line.textContent.trim().endsWith("?"));
  if (asked) asked.classList.add("vg-message__asked");
  (asked || lines[0] || body).id = `said-${id}`;
}

// The own code is shown once, large, in its own card: not in the talk as well.
const linesOf = (text) => text.split("\n").filter((line) => line.trim() && !OWN_CODE.test(line));

function aloud(message) {
  const choices = message.choices.map((choice) => choice.label);
  const said = linesOf(message.text);
  return (choices.length ? [...said, words("choose"), ...choices] : said).join("\n");
}

function lineOf(line) {
  const paragraph = make("p", "vg-message__line");
  let done = 0;
  for (const found of line.matchAll(LINKS)) {
    paragraph.append(line.slice(done, found.index), link(found[0]));
    done = found.index + found[0].length;
  }
  paragraph.append(line.slice(done));
  return paragraph;
}

function link(text) {
  const element = make("a", "utrecht-link utrecht-link--html-a vg-message__link", text);
  if (/^\d/.test(text) && !/[a-z]/i.test(text)) {
    element.href = `tel:${text.replace(/\D/g, "")}`;
    return element;
  }
  element.href = /^https?:/i.test(text) ? text : `https://${text}`;
  element.target = "_blank";
  element.rel = "noopener noreferrer";
  return element;
}
