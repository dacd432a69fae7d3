// Small tools for the page. Words come from the templates, never from the scripts, and enter as text, never as HTML.

export const byId = (id) => document.getElementById(id);

export function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

/** The sentence of <template id="texts"> with this name; {field} is filled in. */
export function words(name, fields = {}) {
  const source = byId("texts").content.querySelector(`[data-text="${name}"]`);
  return source.textContent.trim().replace(/\{(\w+)\}/g, (_, field) => fields[field]);
}

/** A copy of a <template>, and a finder for its data-slot elements. */
export function copyOf(templateId) {
  const root = byId(templateId).content.firstElementChild.cloneNode(true);
  const slot = (name) => root.querySelector(`[data-slot="${name}"]`);
  return { root, slot };
}

export function button(label, onPress, look = "secondary-action") {
  const element = make("button", `utrecht-button utrecht-button--${look}`, label);
  element.type = "button";
  element.addEventListener("click", onPress);
  return element;
}

/** "123456" by 3 becomes "123 456". */
export function inGroups(digits, size) {
  return digits.replace(/\D/g, "").match(new RegExp(`\\d{1,${size}}`, "g")).join(" ");
}

const inDutch = (options) => {
  const format = new Intl.DateTimeFormat("nl-NL", options);
  return (iso) => format.format(new Date(iso));
};
export const day = inDutch({ day: "numeric", month: "long", year: "numeric" });
export const dayAndTime = inDutch({ day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });

/** The QR code of a share as an address for <img>: an image cannot run anything, whatever is in it. */
export const imageOf = (svg) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;

/** Saves a file, under a name that tells nothing. */
export function save(blob) {
  const link = make("a");
  link.href = URL.createObjectURL(blob);
  link.download = "pagina.pdf";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/** Shows an element and moves the keyboard there. */
export function goTo(element) {
  element.hidden = false;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest", behavior: "instant" });
}
