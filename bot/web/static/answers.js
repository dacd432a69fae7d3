// The ways to answer the waiting question: its buttons, or the topics to tick, and the buttons that are always there.

import { button, byId, make, words } from "./page.js";

const TOPIC = "topics:";
const TOOLS = ["back", "skip", "explain", "example", "why", "pause"];
const WITHOUT_TOOLS = ["safety", "concern"]; // under a help text: the question and nothing else
const ticked = new Map(); // topic id -> label, kept over both screens of the menu

/** Shows the choices of the waiting question; `tell(body, label)` says one, `picked` are the topics of the menu. */
export function offer(question, message, tell, picked = []) {
  showTools(question);
  byId("answers").dataset.question = question ? question.id : "";
  const choices = message ? message.choices : [];
  const place = byId("choices");
  place.replaceChildren();
  place.hidden = !choices.length;
  if (!choices.length) return;
  place.setAttribute("aria-labelledby", `said-${message.id}`);
  if (choices.some(isTopic)) place.append(...menu(picked, choices, tell));
  else place.append(...choices.filter(isNoTool).map((choice) => choiceButton(choice, tell)));
}

/** Moves the keyboard to the answers: the log speaks the question, Tab goes to the first button. */
export function focusAnswers() {
  byId("answers").focus({ preventScroll: true });
}

export function showProgress(progress, question) {
  const shown = Boolean(question && question.topic && progress && progress.of);
  byId("progress").hidden = !shown;
  if (!shown) return;
  byId("progress-bar").max = progress.of;
  byId("progress-bar").value = progress.answered;
  byId("progress-text").textContent = words("progress", progress);
}

const isTopic = (choice) => choice.value.startsWith(TOPIC);
const isNoTool = (choice) => byId("tools").hidden || !TOOLS.includes(choice.value);

function showTools(question) {
  byId("tools").hidden = !question || WITHOUT_TOOLS.includes(question.id);
  byId("tools").querySelectorAll("[data-topic-only]").forEach((tool) => {
    tool.hidden = !(question && question.topic);
  });
}

function choiceButton(choice, tell) {
  const element = button(choice.label, (event) => tell({ choice: choice.value }, choice.label, event));
  element.dataset.value = choice.value;
  return element;
}

function menu(picked, choices, tell) {
  picked.forEach((topic) => ticked.has(topic) || ticked.set(topic, topic));
  const topics = make("div", "vg-topics");
  topics.append(...choices.filter(isTopic).map(topicBox));
  const go = button(words("continue"), (event) => tell(...chosen(choices), event), "primary-action");
  go.dataset.value = "continue";
  const others = choices.filter((choice) => !isTopic(choice) && choice.value !== "continue" && isNoTool(choice));
  return [topics, go, ...others.map((choice) => choiceButton(choice, tell))];
}

function chosen(choices) {
  if (ticked.size) return [{ choice: TOPIC + [...ticked.keys()].join(",") }, [...ticked.values()].join("\n")];
  const none = choices.find((choice) => choice.value === "continue");
  return [{ choice: "continue" }, none ? none.label : words("no-topics")];
}

function topicBox(choice) {
  const topic = choice.value.slice(TOPIC.length);
  const box = make("input", "utrecht-checkbox utrecht-checkbox--html-input vg-box");
  box.type = "checkbox";
  box.value = topic;
  box.checked = ticked.has(topic);
  if (box.checked) ticked.set(topic, choice.label);
  box.addEventListener("change", () => (box.checked ? ticked.set(topic, choice.label) : ticked.delete(topic)));
  const label = make("label", "vg-topic");
  label.append(box, pictogram(topic), make("span", "", choice.label));
  return label;
}

/** The topic's small drawing; a topic of the municipality's own may have none. */
export function pictogram(topic) {
  const image = make("img", "vg-pictogram");
  image.alt = "";
  image.width = 32;
  image.height = 32;
  image.addEventListener("error", () => image.remove());
  image.src = new URL(`pictograms/${encodeURIComponent(topic)}.svg`, import.meta.url).href;
  return image;
}
