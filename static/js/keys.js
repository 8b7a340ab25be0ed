// Single keys. A page says which it knows; `?` lists just those. Never while one types, never with a modifier, and
// not at all on a device where they were switched off.

export const acts = new Map(); // a key to what it does

/** Let `name` do something on this page. */
export function key(name, act) {
  acts.set(name, act);
}

export function areOff() {
  try { return localStorage.getItem("keys") === "off"; } catch { return false; }
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
const listed = document.querySelector("main [data-key-list]");
const openKeys = () => import("./keylist.js").then((list) => list.show(door)).catch(() => location.assign(door.href));

if (listed) import("./keylist.js").then((list) => list.wire(listed));
else if (door) {
  key("?", openKeys);
  door.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    openKeys();
  });
}
