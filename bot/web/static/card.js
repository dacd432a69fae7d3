// Coming from a card: it begins the talk, or joins the one that this browser has already. Nothing is spent by looking.

import * as api from "./api.js";

/** The token of a card that led here, behind the "#" so that no server on the way reads it. */
export const cardHere = () => new URLSearchParams(location.hash.slice(1)).get("uitnodiging");

let card = cardHere();
let refusal = "";
if (card) history.replaceState(null, "", location.pathname); // who looks at the phone later finds no card in it

/** A new talk: with the card where there is one, and without it when the card is refused. */
export async function beginTalk() {
  if (!card) return api.create();
  try {
    const made = await api.create(card);
    card = null;
    return made;
  } catch (trouble) {
    if (trouble.isPassing) throw trouble;
    refuse(trouble);
    return api.create();
  }
}

/** Once there is a talk: `join(card)` with the card that is left, and `tell(sentence)` when one was refused. */
export async function settleCard(join, take, tell) {
  const left = card;
  card = null;
  if (left) await join(left).then(take, refuse);
  if (refusal) tell(refusal);
  refusal = "";
}

function refuse(trouble) {
  card = null;
  refusal = trouble.detail;
}
