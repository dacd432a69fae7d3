// "Mijn pagina": the person reads what was told, chooses what may go along, changes it, and shares it or not.

import * as api from "./api.js";
import { pictogram } from "./answers.js";
import { showKeeping, wireKeeping } from "./keeping.js";
import { byId, copyOf, goTo, save, words } from "./page.js";
import { fillSheet, quoted } from "./sheet.js";
import { showCard } from "./share-card.js";
import { showAnother, wireAnother } from "./another.js";

const page = { session: null, sections: [], read: null, yes: null, heard: null, uncovered: new Set(), looks: 0 };

/** Shows the page of this talk. */
export async function openPage(session) {
  page.session = session;
  page.uncovered.clear();
  byId("summary").hidden = false;
  byId("share-answer").textContent = "";
  window.scrollTo(0, 0);
  byId("summary-title").focus({ preventScroll: true });
  page.read = saved(async () => {
    page.sections = (await api.summary(session)).sections;
    showSections();
    await showShares();
    page.heard(await showKeeping(session)); // reading it told what is new, which belongs in the talk
  });
  await page.read;
}

export function closePage() {
  byId("summary").hidden = true;
}

/** `heard(state, choice)` tells the talk what was said on this page. */
export function wireSummary(heard) {
  page.heard = heard;
  wireKeeping(async (state, choice) => {
    heard(state, choice);
    page.sections = (await api.summary(page.session)).sections;
    showSections();
  });
  byId("print").addEventListener("click", () => window.print());
  byId("save").addEventListener("click", () => saved(async () => save(await api.briefingOnPaper(page.session))));
  byId("share-yes").addEventListener("click", shareNow);
  byId("share-no").addEventListener("click", () => (byId("share-answer").textContent = words("not-shared")));
  byId("shares").addEventListener("withdrawn", showQuestion);
  wireAnother(() => page.session, () => page.sections, shownWords, added);
}

// Runs a call and says it when it failed, so that no switch shows what is not so.
async function saved(deed) {
  try {
    await deed();
    byId("summary-trouble").textContent = "";
    return true;
  } catch (trouble) {
    say(trouble);
    return false;
  }
}

function say(trouble) {
  byId("summary-trouble").textContent = words(trouble.status === 0 ? "offline-start" : "failed");
}

// --- the lines ---------------------------------------------------------------------------------------------------

function showSections() {
  byId("summary-empty").hidden = page.sections.length > 0;
  byId("sections").replaceChildren(...page.sections.map(sectionOf));
  showAnother(page.sections);
  showPreview();
}

// The look ahead comes from the server, which makes it as it will be shared; a late answer to an earlier look is dropped.
async function showPreview() {
  const look = ++page.looks;
  try {
    const briefing = await api.briefing(page.session);
    const covered = page.sections.flatMap((section) => section.lines.filter(isCovered).map((line) => line.lineId));
    if (look === page.looks) fillSheet({ briefing }, new Set(covered));
  } catch (trouble) {
    say(trouble);
  }
}

const isCovered = (line) => line.covered && !page.uncovered.has(line.lineId);
const shownWords = (line) => (isCovered(line) ? words("covered") : quoted(line));

function sectionOf(section) {
  const { root, slot } = copyOf("section-template");
  slot("title").append(pictogram(section.topic), section.title);
  slot("name").textContent = ` ${section.title}`;
  const all = slot("shared");
  const showAll = () => (all.checked = section.lines.every((line) => line.shared));
  showAll();
  const items = section.lines.map((line) => lineOf(line, showAll));
  slot("lines").append(...items.map((item) => item.root));
  all.addEventListener("change", () => switchTopic(section, all, items));
  return root;
}

async function switchTopic(section, all, items) {
  const shared = all.checked;
  const isSaved = await saved(() => api.changeTopic(page.session, section.topic, shared));
  if (!isSaved) all.checked = !shared;
  else section.lines.forEach((line) => (line.shared = shared));
  items.forEach((item) => item.show());
  showPreview();
}

function lineOf(line, changed) {
  const { root, slot } = copyOf("line-template");
  const show = () => {
    slot("label").textContent = line.label || "";
    slot("text").textContent = shownWords(line);
    slot("uncover").hidden = !isCovered(line);
    slot("edit").hidden = isCovered(line); // its form would show the words
    slot("shared").checked = line.shared;
    slot("mark").hidden = !line.marked;
    slot("names").hidden = !line.hiddenNames;
    root.classList.toggle("vg-line--hidden", !line.shared);
  };
  root.querySelectorAll('[data-slot="name"]').forEach((name) => {
    name.textContent = ` ${line.label || line.text}`;
  });
  slot("uncover").addEventListener("click", () => uncover(line, slot, show));
  show();
  slot("shared").addEventListener("change", () => switchLine(line, slot("shared"), show, changed));
  slot("names").addEventListener("click", () => showNames(line, slot, show));
  wireEdit(line, slot, show);
  wireRemove(line, slot);
  return { root, show };
}

async function switchLine(line, box, show, changed) {
  const shared = box.checked;
  if (await saved(() => api.changeLine(page.session, line.lineId, { shared }))) line.shared = shared;
  show();
  changed();
  showPreview();
}

function uncover(line, slot, show) {
  page.uncovered.add(line.lineId);
  show();
  showPreview();
  slot("edit").focus();
}

// Names of people show as [naam] until the person lets them be read, here and on the shared page.
async function showNames(line, slot, show) {
  if (!(await saved(() => change(line, { names: true })))) return;
  show();
  showPreview();
  slot("edit").focus();
}

function wireEdit(line, slot, show) {
  const swap = (isEditing) => {
    slot("form").hidden = !isEditing;
    slot("tools").hidden = isEditing;
    (isEditing ? slot("words") : slot("edit")).focus();
  };
  slot("edit").addEventListener("click", () => {
    slot("words").value = line.text.replace(/^“|”$/g, "");
    swap(true);
  });
  slot("edit-not").addEventListener("click", () => swap(false));
  slot("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = slot("words").value.trim();
    if (!text || !(await saved(() => change(line, { text })))) return;
    show();
    showPreview();
    swap(false);
  });
}

// The server masks numbers in an edited line too, so its own reading is shown.
async function change(line, changes) {
  await api.changeLine(page.session, line.lineId, changes);
  const fresh = (await api.summary(page.session)).sections.flatMap((section) => section.lines);
  Object.assign(line, fresh.find((one) => one.lineId === line.lineId));
}

function wireRemove(line, slot) {
  const swap = (isAsking) => {
    slot("sure").hidden = !isAsking;
    slot("tools").hidden = isAsking;
    (isAsking ? slot("sure") : slot("remove")).focus();
  };
  slot("remove").addEventListener("click", () => swap(true));
  slot("remove-no").addEventListener("click", () => swap(false));
  slot("remove-yes").addEventListener("click", async () => {
    if (!(await saved(() => api.removeLine(page.session, line.lineId)))) return;
    page.sections.forEach((section) => (section.lines = section.lines.filter((one) => one !== line)));
    page.sections = page.sections.filter((section) => section.lines.length);
    showSections();
    goTo(byId("summary-title"));
  });
}

// --- sharing ------------------------------------------------------------------------------------------------------

async function showShares() {
  const { shares, to } = await api.shares(page.session);
  const now = new Date().toISOString();
  const open = shares.filter((share) => !share.withdrawnAt && !share.closedByWrongCodes && share.expiresAt > now);
  const isGuessed = (share) => share.closedByWrongCodes && !share.withdrawnAt && share.expiresAt > now;
  byId("shares").replaceChildren(...open.map(cardOf));
  if (to) showInvited(to);
  showQuestion();
  byId("share-guessed").hidden = !shares.some(isGuessed);
}

function cardOf(share) {
  const card = showCard(page.session, share);
  card.classList.toggle("vg-share--another", Boolean(share.lines));
  return card;
}

// A page for somebody else does not stand in the way of one for the contact person.
function showQuestion() {
  const mine = byId("shares").querySelector(".vg-share:not(.vg-share--another):not(.vg-share--closed)");
  byId("share-question").hidden = Boolean(mine);
}

function showInvited(name) {
  const notice = byId("invited-notice").content.cloneNode(true);
  notice.querySelectorAll("p").forEach((p) => (p.textContent = p.textContent.replaceAll("{contact_name}", name)));
  byId("share-notice").replaceChildren(notice);
}

function added(share) {
  const card = cardOf(share);
  byId("shares").querySelectorAll(".vg-share--closed").forEach((closed) => closed.remove());
  byId("shares").append(card);
  goTo(card);
}

async function shareNow() {
  await page.read; // a quick tap must not be told that there is nothing
  if (!page.sections.some((section) => section.lines.some((line) => line.shared))) {
    byId("share-answer").textContent = words("nothing");
    return;
  }
  page.yes = page.yes || api.newMessageId(); // a second try after a lost answer is the same yes
  await saved(async () => {
    const share = await api.share(page.session, page.yes);
    page.yes = null;
    added(share);
    showQuestion();
  });
}
