// The card of one share: its link, its code, whether it was opened, and the button that closes it.

import * as api from "./api.js";
import { copyOf, day, dayAndTime, imageOf, inGroups, words } from "./page.js";

const CLOSED = "vg-share--closed";

/** A card for a share of the API; `code` and `qr` are there only just after sharing. */
export function showCard(session, share) {
  const { root, slot } = copyOf("share-template");
  slot("url").textContent = share.url;
  slot("ends").textContent = words("ends", { when: day(share.expiresAt) });
  root.dataset.share = share.shareId;
  showOpened(slot, share);
  showCode(slot, share);
  showMail(slot, share);
  wireCopy(slot, share);
  slot("stop").addEventListener("click", () => stop(session, share, root, slot));
  if (share.withdrawnAt) close(root, slot);
  return root;
}

/** A card as it is now: opened meanwhile, or closed somewhere else. */
export async function refreshCard(session, root) {
  const { shares } = await api.shares(session);
  const share = shares.find((one) => one.shareId === root.dataset.share);
  const slot = (name) => root.querySelector(`[data-slot="${name}"]`);
  if (!share || root.classList.contains(CLOSED)) return;
  if (share.withdrawnAt) close(root, slot);
  else showOpened(slot, share);
  if (!share.withdrawnAt) showMail(slot, share);
}

function showOpened(slot, { openedAt, openedBy, openedHow, openedLater, readAt, readLine }) {
  const when = openedAt && dayAndTime(openedAt);
  const opened = openedBy ? words("opened-by", { when, name: openedBy }) : words("opened", { when });
  slot("opened").textContent = when ? opened : words("not-opened");
  const others = openedLater && openedLater.length ? words("opened-later", { names: openedLater.join(", ") }) : "";
  say(slot("how"), openedBy ? [words(openedHow), others].filter(Boolean).join(" ") : "");
  say(slot("read"), readAt ? words("read", { when: dayAndTime(readAt) }) : "");
  say(slot("line"), readLine ? words("read-line", { line: readLine }) : "");
}

function say(place, sentence) {
  place.textContent = sentence;
  place.hidden = !sentence;
}

// Who is written to by e-mail has the code already: there is nothing to carry.
function showMail(slot, { to, mailedAt, lines }) {
  say(slot("mail"), to ? words(mailedAt ? "mailed" : "mail-waits", { name: to, when: mailedAt && dayAndTime(mailedAt) }) : "");
  slot("give").hidden = Boolean(to);
  if (lines) slot("title").textContent = words("another-ready");
}

function showCode(slot, { code, qr }) {
  slot("code-part").hidden = !code;
  slot("code-lost").hidden = Boolean(code);
  if (code) slot("code").textContent = inGroups(code, 3);
  slot("qr").hidden = !qr;
  if (qr) slot("qr").src = imageOf(qr);
}

function wireCopy(slot, { url, to }) {
  slot("copy").hidden = !navigator.clipboard || Boolean(to); // absent on http
  slot("copy").addEventListener("click", async () => {
    await navigator.clipboard.writeText(url);
    slot("result").textContent = words("copied");
  });
}

async function stop(session, share, root, slot) {
  try {
    await api.withdraw(session, share.shareId);
    close(root, slot);
    root.focus();
    root.dispatchEvent(new CustomEvent("withdrawn", { bubbles: true }));
  } catch {
    slot("result").textContent = words("failed");
  }
}

function close(root, slot) {
  root.classList.add(CLOSED);
  slot("title").textContent = words("withdrawn-title");
  slot("opened").textContent = words("withdrawn");
  ["give", "mail", "ends", "keeps", "buttons"].forEach((name) => slot(name) && slot(name).remove());
}
