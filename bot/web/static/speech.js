// Reads a message aloud with the browser's own Dutch voice. A voice that lives on a server would send the words
// away, so only voices of the device itself count; without one there is no button.

import { button, words } from "./page.js";

const waiting = [];
let speaking = null;

function voice() {
  const all = window.speechSynthesis ? speechSynthesis.getVoices() : [];
  const own = all.filter((one) => one.localService && /^nl\b/i.test(one.lang));
  return own.find((one) => /NL$/i.test(one.lang)) || own[0] || null;
}

/** Puts a read-aloud button in `place` as soon as there is a voice. */
export function offerReading(place, text) {
  if (!window.speechSynthesis) return;
  if (!voice()) waiting.push([place, text]);
  else place.append(readingButton(text));
}

export function stopReading() {
  if (window.speechSynthesis) speechSynthesis.cancel();
  if (speaking) speaking.textContent = words("read-aloud");
  speaking = null;
}

function readingButton(text) {
  const element = button(words("read-aloud"), () => (speaking === element ? stopReading() : read(element, text)), "subtle");
  element.classList.add("vg-read");
  return element;
}

function read(element, text) {
  stopReading();
  speaking = element;
  element.textContent = words("read-stop");
  const lines = text.split("\n").filter(Boolean).map(utterance); // one a sentence: long ones break off in Chrome
  lines[lines.length - 1].onend = () => speaking === element && stopReading();
  lines.forEach((one) => speechSynthesis.speak(one));
}

function utterance(line) {
  const one = new SpeechSynthesisUtterance(line);
  one.voice = voice();
  one.lang = one.voice.lang;
  one.rate = 0.9; // a little slower than usual: for people who learn Dutch
  return one;
}

if (window.speechSynthesis && speechSynthesis.addEventListener) {
  speechSynthesis.addEventListener("voiceschanged", () => {
    if (voice()) waiting.splice(0).forEach(([place, text]) => offerReading(place, text));
  });
}
