// The talk: says what the person taps or types, shows what comes back, and comes back after a reload.

import * as api from "./api.js";
import { focusAnswers, offer, showProgress } from "./answers.js";
import { beginTalk, settleCard } from "./card.js";
import { early, linkHere } from "./early.js";
import { wireExits } from "./exits.js";
import * as memory from "./memory.js";
import { OWN_CODE, botItem, personItem, showHelp } from "./messages.js";
import { foldMore, wireMore } from "./more.js";
import { byId, day, goTo, inGroups, words } from "./page.js";
import { patiently, showTrouble } from "./patience.js";
import { refreshCard, showCard } from "./share-card.js";
import { stopReading } from "./speech.js";
import { closePage, openPage, wireSummary } from "./summary.js";
import { offerLink, offerWhatsApp, wireWhatsApp } from "./whatsapp.js";

const FOLLOW_PAUSES_MS = [1000, 2000, 4000, 8000, 15000, 30000, 30000, 60000, 60000, 60000];

const talk = { session: null, question: null, seen: new Set(), isBusy: false, round: 0 };

// --- beginning and coming back ---------------------------------------------------------------------------------

async function begin() {
  const link = linkHere();
  if (link) return offerLink(link, resumeWith);
  const session = memory.recall();
  await (session ? comeBack(session) : start());
  return settleCard((card) => patiently(() => api.join(talk.session, card)), take, showTrouble);
}

async function start() {
  const made = await patiently(() => early(beginTalk), "offline-start");
  adopt({ id: made.conversationId, token: made.token, code: made.resumeCode });
  take(made);
}

async function comeBack(session) {
  try {
    const state = await patiently(() => early(() => api.read(session)), "offline-start");
    talk.session = session;
    take(onlyWaiting(state));
  } catch (trouble) {
    if (!trouble.isGone) throw trouble;
    memory.forget();
    await start();
    showTrouble(words("gone"));
  }
}

function adopt(session) {
  talk.session = memory.keep(session);
}

// After a reload or a resume nobody can read back what was said: only what is new, and the question that waits.
function onlyWaiting(state) {
  const said = state.messages.filter((message) => message.from === "bot");
  const asked = said.filter((message) => message.choices.length).pop() || said[said.length - 1];
  said.forEach((message) => talk.seen.add(message.id));
  if (asked) talk.seen.delete(asked.id);
  const news = said.filter((message) => message !== asked && (state.news || []).includes(message.id));
  news.forEach((message) => talk.seen.delete(message.id));
  return { ...state, messages: [...news, ...(asked ? [asked] : [])] };
}

async function resumeWith(key) {
  const found = await api.resume(key);
  memory.forget();
  adopt({ id: found.conversationId, token: found.token, code: found.resumeCode });
  clearTalk();
  take(onlyWaiting(found));
  focusAnswers();
}

function clearTalk() {
  talk.seen.clear();
  talk.round += 1;
  ["messages", "share-place"].forEach((id) => byId(id).replaceChildren());
  ["own-code", "ended"].forEach((id) => (byId(id).hidden = true));
  foldMore();
}

// --- one turn ---------------------------------------------------------------------------------------------------

async function tell(body, label, event) {
  if (talk.isBusy || !talk.session || (event && event.detail > 1)) return; // a double tap says one thing
  setBusy(true);
  stopReading();
  const message = { ...body, messageId: api.newMessageId() };
  try {
    const state = await patiently(() => api.say(talk.session, message), "offline", showHelp);
    heard(body, label, state);
    take(state, body);
  } catch (trouble) {
    await refuse(trouble); // which may empty the screen
    showHelp(trouble);
  } finally {
    setBusy(false);
    keepFocus();
  }
}

function setBusy(isBusy) {
  talk.isBusy = isBusy;
  byId("talk").dataset.busy = isBusy;
  byId("own-words").readOnly = isBusy;
  // Not `disabled`: a disabled button loses the keyboard's place.
  byId("talk").querySelectorAll("button:not(#retry)").forEach((one) => one.setAttribute("aria-disabled", isBusy));
}

function heard(body, label, state) {
  // A cry for help does not stay on the screen, where somebody else may read it.
  if (!state.question || state.question.id !== "safety") byId("messages").append(personItem(label));
  if (body.text) byId("own-words").value = "";
  if (body.choice === "remember_yes") talk.session = memory.remember(talk.session);
  if (body.choice === "remember_no") memory.forgetOnPhone();
}

function take(state, body = {}) {
  const isReply = Boolean(body.text || body.choice); // to be shown whatever its ids: a server that forgot begins again at 1
  const news = state.messages.filter((one) => one.from === "bot" && (isReply || !talk.seen.has(one.id)));
  const before = talk.question;
  news.forEach(show);
  showQuestion(state, news, before);
  // Only just after the question: a talk taken up again on another phone was not promised there.
  const isNew = before && before.id === "remember";
  // The day begins anew with every word, as on the server.
  if (state.remember && (isNew || talk.session.until)) talk.session = memory.remember(talk.session);
  if (state.share) byId("share-place").replaceChildren(showCard(talk.session, state.share));
  else lookAtShare();
  showOwnCode(state, news);
  offerWhatsApp(state, isReply);
  scrollToNews(news.length, isReply);
  if (isEnd(state, body)) return end();
  if (body.choice === "summary") toPage();
  if (state.pending) follow();
}

function show(message) {
  talk.seen.add(message.id);
  byId("messages").append(botItem(message, toPage));
}

function showQuestion(state, news, before) {
  const asked = news.filter((message) => message.choices.length).pop();
  const isSame = before && state.question && before.id === state.question.id;
  talk.question = state.question;
  ["answers", "more"].forEach((id) => (byId(id).hidden = false));
  if (asked || !isSame) offer(state.question, asked, tell, state.picked);
  showProgress(state.progress, state.question);
}

const refuse = ({ isGone, status }) =>
  isGone ? startAgain(words("gone")) : showTrouble(words(status === 413 ? "too-long" : "failed"));

// The engine is down: the words are kept, and the reply comes later.
async function follow() {
  const round = (talk.round += 1);
  for (const length of FOLLOW_PAUSES_MS) {
    await new Promise((resolve) => setTimeout(resolve, length));
    if (round !== talk.round || talk.isBusy) return;
    const state = await api.read(talk.session).catch(() => null);
    if (round !== talk.round || talk.isBusy) return;
    if (state && state.messages.some((message) => message.from === "bot" && !talk.seen.has(message.id))) return take(state);
  }
}

// --- what else shows ----------------------------------------------------------------------------------------------

function showOwnCode(state, news) {
  const inWords = news.map((message) => message.text.match(OWN_CODE)).filter(Boolean).pop();
  const isPaused = Boolean(state.question && state.question.awaiting === "paused");
  const code = inWords ? inWords[0] : isPaused && talk.session.code;
  byId("own-code").hidden = !code;
  if (code) byId("own-code-digits").textContent = inGroups(code, 4);
  if (code) byId("own-code-ends").textContent = words("keeps", { when: day(state.endsAt) });
}

function lookAtShare() {
  const card = byId("share-place").querySelector("[data-share]");
  if (card) refreshCard(talk.session, card).catch(() => {}); // it only freshens: the next turn tries again
}

function codeSaved() {
  const { code, ...rest } = talk.session;
  adopt(rest);
  byId("own-code").hidden = true;
  byId("own-code-digits").textContent = "";
  focusAnswers();
}

function scrollToNews(count, isReply) {
  const items = byId("messages").children;
  const own = items[items.length - count - 1];
  const first = own && own.matches(".vg-message--person") ? own : items[items.length - count];
  if (isReply && first) first.scrollIntoView({ block: "start", behavior: "instant" });
}

// The tapped button is gone: the keyboard goes on where the new answers are.
function keepFocus() {
  const at = document.activeElement;
  const isLost = !at || at === document.body || at.closest("[hidden]");
  const isPhone = matchMedia("(pointer: coarse)").matches; // its keyboard would cover the new buttons
  if (!byId("own-code").hidden) return goTo(byId("own-code"));
  if (!byId("ended").hidden || byId("talk").hidden) return undefined;
  if (isLost || (isPhone && at.id === "own-words")) focusAnswers();
  return undefined;
}

// --- the end, and starting again ------------------------------------------------------------------------------------

const isEnd = (state, body) => Boolean(state.erased || body.choice === "erase_yes");

function end() {
  leave();
  goTo(byId("ended"));
}

function leave() {
  clearTalk();
  memory.forget();
  talk.session = null;
  ["answers", "more"].forEach((id) => (byId(id).hidden = true));
}

async function startAgain(notice = "") {
  memory.forget();
  clearTalk();
  await start();
  showTrouble(notice);
  focusAnswers();
}

async function eraseAll() {
  foldMore();
  try {
    await patiently(() => api.erase(talk.session));
  } catch (trouble) {
    if (!trouble.isGone) return refuse(trouble);
  }
  return end();
}

// --- the page -------------------------------------------------------------------------------------------------------

function toPage() {
  if (!talk.session) return;
  stopReading();
  ["talk", "skip"].forEach((id) => (byId(id).hidden = true));
  openPage(talk.session);
}

// A yes that was taken back on the page: what it erased leaves the screen as well.
function heardOnPage(state, choice) {
  if (choice === "health_no") byId("messages").replaceChildren();
  take(state);
}

function toTalk() {
  closePage();
  ["talk", "skip"].forEach((id) => (byId(id).hidden = false));
  lookAtShare();
  byId("talk-title").focus({ preventScroll: true });
  byId("answers").scrollIntoView({ block: "nearest", behavior: "instant" });
}

function wire() {
  const on = (id, deed, kind = "click") => byId(id).addEventListener(kind, deed);
  document.querySelectorAll("[data-choice]").forEach((tool) =>
    tool.addEventListener("click", (event) => tell({ choice: tool.dataset.choice }, tool.textContent, event)));
  on("composer", sayWords, "submit");
  on("own-words", sendOnEnter, "keydown");
  on("own-code-saved", codeSaved);
  on("again", () => startAgain());
  on("to-page", toPage);
  on("to-talk", toTalk);
}

function sayWords(event) {
  event.preventDefault();
  const text = byId("own-words").value.trim();
  if (text) tell({ text }, text);
}

// Enter sends where there is a real keyboard; on a phone it makes a new line.
function sendOnEnter(event) {
  const isPlain = event.key === "Enter" && !event.shiftKey && !event.isComposing;
  if (!isPlain || matchMedia("(pointer: coarse)").matches) return;
  event.preventDefault();
  byId("composer").requestSubmit();
}

wireExits();
wireSummary(heardOnPage);
wireMore(resumeWith, eraseAll);
wireWhatsApp(() => talk.session, leave);
wire();
begin();
