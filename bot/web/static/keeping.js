// How long everything is kept, by the day of the meeting; and every yes, to be taken back as easily as it was given.

import * as api from "./api.js";
import { forgetOnPhone } from "./memory.js";
import { byId, day, words } from "./page.js";

const keeping = { session: null, heard: null };

/** `heard(state, choice)` tells the talk what a yes that was taken back has changed. */
export function wireKeeping(heard) {
  keeping.heard = heard;
  byId("meeting").addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = byId("meeting-day").value;
    if (chosen) meetOn(chosen);
    else wrong("meeting-empty");
  });
  byId("meeting-not").addEventListener("click", () => meetOn(null));
  byId("health-stop").addEventListener("click", () => takeBack("health_no", "health-stopped"));
  byId("remember-stop").addEventListener("click", () => takeBack("remember_no", "remember-stopped"));
}

export async function showKeeping(session) {
  keeping.session = session;
  byId("keeping").hidden = true;
  byId("keeping-result").textContent = "";
  const state = await api.read(session);
  show(state);
  return state;
}

function show(state) {
  byId("keeping").hidden = false; // only once it is filled: a day that was typed before would be overwritten
  byId("keeping-ends").textContent = words("keeps", { when: day(state.endsAt) });
  byId("meeting-day").value = state.meeting || "";
  byId("meeting-not").hidden = !state.meeting;
  byId("keeping-health").hidden = !state.health;
  byId("keeping-remember").hidden = !state.remember;
  wrong("");
}

async function meetOn(chosen) {
  try {
    show(await api.meetOn(keeping.session, chosen));
    byId("keeping-result").textContent = words(chosen ? "meeting-kept" : "meeting-unknown");
  } catch (trouble) {
    wrong(trouble.status === 400 ? "meeting-wrong" : "failed");
  }
}

async function takeBack(choice, result) {
  try {
    const state = await api.say(keeping.session, { choice, messageId: api.newMessageId() });
    if (choice === "remember_no") forgetOnPhone();
    await keeping.heard(state, choice);
    const now = await api.read(keeping.session);
    show(now);
    const isStill = choice === "health_no" ? now.health : now.remember; // no engine, or help comes first
    byId("keeping-result").textContent = words(isStill ? "not-yet" : result);
    byId("keeping-title").focus();
  } catch {
    byId("keeping-result").textContent = words("failed");
  }
}

function wrong(name) {
  byId("meeting-error").textContent = name && words(name);
  byId("meeting-day").setAttribute("aria-invalid", Boolean(name));
  if (name) byId("meeting-day").focus();
}
