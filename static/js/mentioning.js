// Whom to name: after an @, or in a line that asks for a handle, people whose name or handle begins so,
// to choose from. composer.js loads this with the first @. The box stays a plain text box to who listens: what is
// found is said in words, and the one that Enter would take is its active descendant.

const TYPED = /(?:^|[^\p{L}\p{N}_@./+-])@([\p{L}\p{N}-]{1,30})$/u;
const PAUSE = 150; // ms after the last key
let shown = null; // what is on the screen: { box, list, menu, said, length }
let waiting = null;
let taken = ""; // what was chosen last for a field that holds nothing else
const isLine = (box) => box.localName === "input";
let asking = null;

export function look(box) {
  clearTimeout(waiting);
  asking?.abort();
  const typed = isLine(box) ? box.value.trim().replace(/^@/, "") : TYPED.exec(box.value.slice(0, box.selectionStart))?.[1];
  if (!typed || typed === taken) return close();
  waiting = setTimeout(() => ask(box, typed).catch(close), PAUSE);
}

async function ask(box, typed) {
  const field = box.closest("[data-people]");
  asking = new AbortController();
  const answer = await fetch(`${field.dataset.people}?q=${encodeURIComponent(typed)}`, { signal: asking.signal });
  if (!answer.ok) return close();
  const people = await answer.json();
  if (!people.length || document.activeElement !== box) return close();
  show(box, field, people, typed.length);
}

function show(box, field, people, length) {
  close();
  const menu = Object.assign(document.createElement("div"), { className: "menu names" });
  const list = Object.assign(document.createElement("div"), { id: `${box.id}-names` });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.label);
  people.forEach(({ name, handle }, number) => {
    const one = document.createElement("a");
    one.id = `${list.id}-${number}`;
    one.dataset.handle = handle;
    one.setAttribute("role", "option");
    one.append(Object.assign(document.createElement("bdi"), { textContent: name }), ` @${handle}`);
    list.append(one);
  });
  const said = Object.assign(document.createElement("span"), { className: "unseen" });
  said.setAttribute("role", "status");
  menu.append(list);
  box.after(menu, said);
  said.textContent = field.dataset.found.replace("{count}", people.length);
  box.setAttribute("aria-controls", list.id);
  shown = { box, list, menu, said, length };
  mark(list.firstElementChild);
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // the box keeps the focus
    const one = event.target.closest("[role=option]");
    if (one) choose(one);
  });
}

const chosen = () => shown.list.querySelector("[aria-selected=true]");

function mark(one) {
  for (const other of shown.list.children) other.setAttribute("aria-selected", String(other === one));
  shown.box.setAttribute("aria-activedescendant", one.id);
  one.scrollIntoView({ block: "nearest" });
}

function choose(one) {
  const { box, length } = shown;
  const at = box.selectionStart;
  close();
  const from = isLine(box) ? 0 : at - length, to = isLine(box) ? box.value.length : at;
  taken = isLine(box) ? one.dataset.handle : "";
  box.setSelectionRange(from, to);
  const words = taken || `${one.dataset.handle} `;
  if (!document.execCommand("insertText", false, words)) {
    box.setRangeText(words, from, to, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function close() {
  if (!shown) return;
  const { box, menu, said } = shown;
  shown = null;
  menu.remove();
  said.remove();
  for (const name of ["aria-controls", "aria-activedescendant"]) box.removeAttribute(name);
}

document.addEventListener("keydown", (event) => {
  if (!shown || event.target !== shown.box || event.isComposing) return;
  const now = chosen();
  const moves = {
    ArrowDown: () => mark(now.nextElementSibling ?? shown.list.firstElementChild),
    ArrowUp: () => mark(now.previousElementSibling ?? shown.list.lastElementChild),
    Enter: () => choose(now),
    Tab: () => choose(now),
    Escape: close,
  };
  if (!Object.hasOwn(moves, event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  moves[event.key]();
}, true);
document.addEventListener("focusout", (event) => { if (event.target === shown?.box) close(); });
document.addEventListener("leaving", close);
