// The page as the contact person reads it: only what it is given, in that order.

import { byId, day, make, words } from "./page.js";

const ORDINARY = { rows: 30, letters: 62 }; // lines that one A4 holds at their full size, and letters in each; tried on paper
const WISH = 300; // letters: the large ones are for a wish, not for a story

/** Fills the sheet in this document with `{briefing, sharedAt, expiresAt}`; lines of `covered` ids show that they are there. */
export function fillSheet({ briefing, sharedAt, expiresAt }, covered = new Set()) {
  const { meeting, blocks, questions, openers, agreed, foot } = briefing;
  const slot = (name) => byId("sheet").querySelector(`[data-slot="${name}"]`);
  const lineOf = lineWith(covered);
  const filled = blocks.filter((block) => block.groups.length);
  const isEmpty = !filled.length && !meeting.lines.length;
  byId("sheet").classList.toggle("vg-sheet--long", rowsOf(meeting, blocks) > ORDINARY.rows);
  slot("dates").textContent = sharedAt ? words("dates", { shared: day(sharedAt), expires: day(expiresAt) }) : words("look-ahead");
  slot("facts").replaceChildren(...meeting.facts.map(factOf));
  slot("sections").replaceChildren(
    ...(meeting.lines.length ? [part("meeting", meeting.title, listOf(meeting.lines, lineOf))] : []),
    ...filled.map((block) => blockOf(block, lineOf)),
    ...[questions, openers].filter((made) => made.items.length).map(madeOf),
    ...(isEmpty ? [make("p", "", words("nothing"))] : []),
  );
  slot("agreed").replaceChildren(...agreed.map((title) => make("p", "vg-sheet__box", title)));
  slot("foot").replaceChildren(...foot.flatMap((sentence) => [make("p", "", sentence), " "])); // one paragraph on paper
}

/** A line's text: the person's own words stand between quotes, fixed sentences do not. */
export function quoted({ text, ownWords }) {
  return ownWords && !text.startsWith("“") ? `“${text.trim()}”` : text;
}

function rowsOf(meeting, blocks) {
  const lines = [...meeting.lines, ...blocks.flatMap((block) => block.groups.flatMap((group) => group.lines))];
  return lines.reduce((sum, { text, label, ownWords }) => sum + Math.ceil(text.length / ORDINARY.letters) + (ownWords && label ? 1 : 0), 0);
}

function factOf({ label, text }) {
  const fact = make("div", "vg-sheet__fact");
  fact.append(make("dt", "vg-sheet__label", label), make("dd", "", text));
  return fact;
}

function part(name, title, ...content) {
  const section = make("section", `vg-sheet__part vg-sheet__part--${name}`);
  const body = make("div", "vg-sheet__body");
  body.append(...content);
  section.append(make("h3", "utrecht-heading-3 vg-sheet__head", title), body);
  return section;
}

function blockOf({ id, title, groups }, lineOf) {
  const hasTopics = groups.length > 1 || id === "consider" || id === "well";
  return part(id, title, ...groups.map((group) => groupOf(group, hasTopics, lineOf)));
}

function groupOf({ title, lines }, hasTopics, lineOf) {
  const group = make("div", "vg-sheet__group");
  if (hasTopics) group.append(make("h4", "vg-sheet__label vg-sheet__topic", title));
  group.append(listOf(lines, lineOf));
  return group;
}

function listOf(lines, lineOf) {
  const list = make("ul", "vg-sheet__lines");
  list.append(...lines.map(lineOf));
  return list;
}

const lineWith = (covered) => (line) => {
  // on paper a covered line is left out: a paper lies about
  if (covered.has(line.lineId)) return make("li", "vg-sheet__line vg-screen", words("covered"));
  const item = make("li", "vg-sheet__line");
  if (line.ownWords && line.label) item.append(make("span", "vg-sheet__label", line.label), " ");
  item.append(make("span", `vg-sheet__words${line.text.length > WISH ? " vg-sheet__words--long" : ""}`, quoted(line)));
  if (line.note) item.append(make("span", "vg-sheet__label", line.note));
  return item;
};

function madeOf({ title, items }) {
  const list = make("ol", "vg-sheet__made");
  list.append(...items.map(({ lineId, text }) => {
    const item = make("li", "", text);
    item.dataset.line = lineId;
    return item;
  }));
  return part("made", title, list);
}
