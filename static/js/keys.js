// Single keys. A page says which it knows; `?` lists just those. Never while one types, never with a modifier, and
// not at all on a device where they were switched off.

const acts = new Map(); // a key to what it does
const SWITCH = "keys";

/** Let `name` do something on this page. */
export function key(name, act) {
  acts.set(name, act);
}

function areOff() {
  try { return localStorage.getItem(SWITCH) === "off"; } catch { return false; }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable], dialog")) return;
  const act = acts.get(event.key);
  if (!act || areOff()) return;
  event.preventDefault(); // a key that is ours types nothing, and starts no search of the browser's
  act();
});

// --- from post to post, or down a list -----------------------------------------------------------

const ITEMS = ".opening, .post, .topics h3 a, .lines > li > a";
const EDGE = 120; // px from the upper edge within which something counts as being read

let last = null;

function items() {
  return [...document.querySelectorAll(ITEMS)].filter((item) => item.checkVisibility());
}

/** Where one is: what has the focus, where the last key led, or what stands at the upper edge. */
export function standing(all = items()) {
  const at = document.activeElement?.closest(ITEMS);
  if (at && all.includes(at)) return at;
  if (last?.isConnected && inSight(last)) return last;
  return all.findLast((item) => item.getBoundingClientRect().top <= EDGE) ?? null;
}

const inSight = (item) => {
  const { top, bottom } = item.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
};

/** Put the focus on a post or a link, and it at the upper edge. */
export function goTo(item) {
  last = item;
  if (!item.matches("a")) item.tabIndex = -1;
  item.focus({ preventScroll: true, focusVisible: true });
  item.scrollIntoView({ block: item.matches("a") ? "nearest" : "start" });
}

function step(by) {
  const all = items();
  const next = all[all.indexOf(standing(all)) + by];
  if (next) goTo(next);
}

if (document.querySelector(ITEMS)) {
  key("j", () => step(1));
  key("k", () => step(-1));
}

// --- / -------------------------------------------------------------------------------------------

const sought = document.querySelector("[data-slash]");
if (sought) {
  key("/", () => {
    const menu = sought.closest("details");
    if (menu) menu.open = true;
    sought.focus();
  });
}

// --- ? -------------------------------------------------------------------------------------------

const door = document.querySelector("[data-keys]");
let dialog = null;

function wireSwitch(root) {
  const box = root.querySelector("[data-key-switch]");
  box.checked = !areOff();
  box.addEventListener("change", () => {
    try {
      if (box.checked) localStorage.removeItem(SWITCH); else localStorage.setItem(SWITCH, "off");
    } catch { box.checked = true; /* nothing can be remembered here */ }
  });
}

async function showKeys() {
  if (dialog) { dialog.showModal(); return; }
  const answer = await fetch(door.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const list = page.querySelector("[data-key-list]");
  if (!answer.ok || !list) throw new Error("no list in the answer");
  for (const row of list.querySelectorAll("[data-for]")) {
    if (!row.dataset.for.split(" ").some(isKnown)) row.remove();
  }
  dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "keys-title");
  dialog.append(...list.childNodes);
  dialog.querySelector("[data-close]").hidden = false;
  document.body.append(dialog);
  wireSwitch(dialog);
  dialog.showModal();
}

const isKnown = (name) => acts.has(name) || (name === "Escape" && Boolean(document.querySelector("[data-leave]")));

const openKeys = () => showKeys().catch(() => location.assign(door.href));

if (door && !document.querySelector("main [data-key-list]")) {
  key("?", openKeys);
  door.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    openKeys();
  });
}
const listed = document.querySelector("main [data-key-list]");
if (listed) wireSwitch(listed);
