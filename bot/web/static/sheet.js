// The page as the contact person reads it: only the sections and lines it is given, in that order.

import { byId, day, make, words } from "./page.js";

// What one A4 holds, tried on paper: so many rows of so many letters in one column, and in two.
const ONE_COLUMN = { rows: 36, letters: 85 };
const TWO_COLUMNS = { rows: 88, letters: 42 };

/** Fills the sheet in this document with `{sections, sharedAt, expiresAt}`. */
export function fillSheet({ sections, sharedAt, expiresAt }, withoutLines = "nothing") {
  const sheet = byId("sheet");
  sheet.classList.toggle("vg-sheet--long", !fits(sections, ONE_COLUMN));
  sheet.classList.toggle("vg-sheet--full", !fits(sections, TWO_COLUMNS));
  const dates = sharedAt ? words("dates", { shared: day(sharedAt), expires: day(expiresAt) }) : words("look-ahead");
  sheet.querySelector('[data-slot="dates"]').textContent = dates;
  const place = sheet.querySelector('[data-slot="sections"]');
  place.replaceChildren(...sections.map(sectionOf));
  if (!sections.length) place.append(make("p", "", words(withoutLines)));
}

function fits(sections, { rows, letters }) {
  const rowsOf = (line) => 1 + Math.ceil(line.text.length / letters); // its label, its words
  return sections.reduce((sum, section) => section.lines.reduce((one, line) => one + rowsOf(line), sum + 2), 0) <= rows;
}

/** A line's text: the person's own words stand between quotes, fixed sentences do not. */
export function quoted({ text, ownWords }) {
  return ownWords && !text.startsWith("“") ? `“${text}”` : text;
}

function sectionOf({ topic, title, lines }) {
  const section = make("section", `vg-sheet__section vg-sheet__section--${topic}`);
  section.append(make("h3", "utrecht-heading-3 vg-sheet__topic", title));
  const list = make("ul", "vg-sheet__lines");
  list.append(...lines.map(lineOf));
  section.append(list);
  return section;
}

function lineOf(line) {
  const item = make("li", "vg-sheet__line");
  if (line.label) item.append(make("span", "vg-sheet__label", line.label), " ");
  item.append(make("span", "vg-sheet__words", quoted(line)));
  return item;
}
