// The topic page: answer in place, fold branches and remember it, copy a link, keep a post, keys for the post one is at.

import { goTo, key, standing } from "./keys.js";

const talk = document.getElementById("replies");
const said = document.getElementById("said");
const isPrivate = document.documentElement.classList.contains("dusk");

function say(words) {
  said.textContent = words;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { said.textContent = ""; }, 4000);
}

// --- folding -------------------------------------------------------------------------------------

const DEEPEST = 8; // replies below this depth share its class, so a branch can't be told apart in the page

const depthOf = (node) => Number(/\bd(\d)\b/.exec(node.className)?.[1] ?? 0);

function* branch(post) {
  const depth = depthOf(post);
  for (let next = post.nextElementSibling; next && depthOf(next) > depth; next = next.nextElementSibling) {
    if (next.matches(".post, .gap, .in-place")) yield next;
  }
}

function foldable(link) {
  const post = link.closest(".post");
  return post && depthOf(post) < DEEPEST && [...branch(post)].length > 0;
}

function fold(link, folded) {
  const post = link.closest(".post");
  link.setAttribute("aria-expanded", String(!folded));
  let count = 0;
  let skip = 0; // inside a branch that stays folded on its own
  for (const node of branch(post)) {
    if (node.matches(".post")) count += 1;
    const depth = depthOf(node);
    if (skip && depth > skip) continue;
    skip = 0;
    node.hidden = folded;
    if (!folded && node.querySelector(".fold[aria-expanded=false]")) skip = depth;
  }
  link.textContent = folded ? `${talk.dataset.unfold} (${count})` : talk.dataset.fold;
}

const memory = {
  key: `folds:${talk?.dataset.topic}`,
  read() {
    try { return new Set(JSON.parse(localStorage.getItem(this.key)) ?? []); } catch { return new Set(); }
  },
  write(id, folded) {
    if (isPrivate) return;
    const ids = this.read();
    if (folded) ids.add(id); else ids.delete(id);
    try {
      if (ids.size) localStorage.setItem(this.key, JSON.stringify([...ids].slice(-200)));
      else localStorage.removeItem(this.key);
    } catch { /* storage is full or forbidden: folding still works for now */ }
  },
};

function unfoldAround(node) {
  for (let post = node; post?.hidden;) {
    const depth = depthOf(post);
    do post = post.previousElementSibling; while (post && depthOf(post) >= depth);
    const link = post?.querySelector(".fold[aria-expanded=false]");
    if (link) fold(link, false);
  }
}

if (talk) {
  for (const id of memory.read()) {
    const link = document.getElementById(id)?.querySelector(".fold");
    if (link && foldable(link)) fold(link, true);
  }
  const named = location.hash.length > 1;
  const wanted = named ? document.getElementById(location.hash.slice(1)) : document.querySelector(".opening ~ .talk .target");
  if (wanted?.hidden) { unfoldAround(wanted); goTo(wanted); }
  else if (!named) wanted?.scrollIntoView(); // all of a short topic is here
}

// --- long quotations -----------------------------------------------------------------------------

function foldQuotes(root) {
  const long = [...root.querySelectorAll(".prose > blockquote:not(.long)")].filter((quote) => quote.scrollHeight > quote.clientHeight + 24);
  for (const quote of long) {
    const button = Object.assign(document.createElement("button"), {
      type: "button", className: "quiet unquote", textContent: talk.dataset.quote,
    });
    button.addEventListener("click", () => {
      quote.classList.add("open");
      quote.tabIndex = -1;
      quote.focus({ preventScroll: true });
      button.remove();
    });
    quote.classList.add("long");
    quote.after(button);
  }
}

if (talk) {
  foldQuotes(talk);
  talk.addEventListener("toggle", (event) => foldQuotes(event.target), true); // a text behind content notes
}

// --- next unread ---------------------------------------------------------------------------------

let reached = null;

function nextUnread() {
  const unread = [...document.querySelectorAll(".post.new")];
  const next = unread.find((post) => !reached
    || reached.compareDocumentPosition(post) & Node.DOCUMENT_POSITION_FOLLOWING);
  if (!next) return false;
  unfoldAround(next);
  reached = next;
  goTo(next);
  return true;
}

const unreadLink = document.getElementById("next-unread");
if (unreadLink) key("n", () => nextUnread() || location.assign(unreadLink.dataset.beyond));

// --- the post one is at --------------------------------------------------------------------------

const linkHere = (selector) => (standing() ?? document.querySelector(".opening, .post"))?.querySelector(selector);

for (const [name, selector] of [["r", ".post-acts .reply"], ["e", ".post-acts a[href$='/edit']"]]) {
  if (document.querySelector(selector)) key(name, () => linkHere(selector)?.click());
}

// --- answering in place --------------------------------------------------------------------------

const REFERENCES = ["for", "aria-describedby", "aria-labelledby", "aria-controls"];

/** Give every id inside `box` a suffix: the page has a form of its own with the same names. */
function rename(box, suffix) {
  const changed = (ids) => ids.split(" ").map((id) => id + suffix).join(" ");
  for (const node of [box, ...box.querySelectorAll("*")]) {
    if (node.id) node.id += suffix;
    for (const name of REFERENCES) {
      if (node.getAttribute(name)) node.setAttribute(name, changed(node.getAttribute(name)));
    }
  }
}

export async function answerHere(link) {
  const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const composer = page.querySelector("[data-lift]");
  if (!answer.ok || !composer) throw new Error("no form in the answer");
  document.querySelector(".in-place")?.remove();
  const post = link.closest("article");
  composer.classList.add("in-place", ...[...post.classList].filter((name) => /^d\d$/.test(name)));
  rename(composer, "-here");
  const cancel = document.createElement("button");
  cancel.type = "button";
  cancel.className = "quiet";
  cancel.textContent = talk.dataset.cancel;
  cancel.addEventListener("click", () => {
    composer.dispatchEvent(new CustomEvent("leaving", { bubbles: true }));
    composer.remove();
    link.focus();
  });
  composer.querySelector(".buttons").append(cancel);
  post.after(document.adoptNode(composer));
  composer.dispatchEvent(new CustomEvent("arrived", { bubbles: true }));
  composer.querySelector("textarea").focus();
}

// --- reactions in place, the focus staying where it is ------------------------------------------

document.getElementById("react")?.addEventListener("submit", (event) => {
  const { target: form, submitter: button } = event;
  if (button?.name !== "kind") return;
  event.preventDefault();
  const fields = new FormData(form, button);
  fetch(button.formAction, { method: "POST", body: fields, headers: { Accept: "application/json" } })
    .then((answer) => answer.json())
    .then(({ pressed, words }) => {
      button.setAttribute("aria-pressed", String(pressed));
      button.textContent = words;
    })
    .catch(() => { // refused, or no connection: the page itself says why
      const kind = Object.assign(document.createElement("input"), { type: "hidden", name: "kind", value: button.value });
      form.append(kind);
      form.action = button.formAction;
      form.submit();
    });
});

// --- one listener for the links under the posts --------------------------------------------------

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (link.matches(".fold") && foldable(link)) {
    event.preventDefault();
    const folded = link.getAttribute("aria-expanded") === "true";
    fold(link, folded);
    memory.write(link.closest(".post").id, folded);
  } else if (link.matches(".post-acts .reply")) {
    event.preventDefault();
    answerHere(link).catch(() => location.assign(link.href));
  } else if (link.matches(".copy") && navigator.clipboard) {
    event.preventDefault();
    navigator.clipboard.writeText(link.href)
      .then(() => say(said.dataset.copied), () => location.assign(link.href));
  } else if (link.id === "next-unread") {
    event.preventDefault();
    if (!nextUnread()) location.assign(link.dataset.beyond);
  }
});

// --- keeping a post for later, in place ----------------------------------------------------------

async function toggleSaved(button) {
  const saved = button.getAttribute("aria-pressed") === "true";
  const answer = await fetch(button.formAction, {
    method: "POST", body: new FormData(button.form), redirect: "manual",
  });
  if (answer.type !== "opaqueredirect") throw new Error("not saved");
  button.setAttribute("aria-pressed", String(!saved));
  button.setAttribute("formaction", saved
    ? button.formAction.replace(/\/end$/, "")
    : `${button.formAction}/end`);
}

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button?.matches(".save")) return;
  event.preventDefault();
  toggleSaved(button).catch(() => {
    button.classList.remove("save"); // the page that comes says what went wrong
    button.click();
  });
});

// --- quoting, which comes once something is selected ----------------------------------------------

if (talk.dataset.cite) {
  document.addEventListener("selectionchange", function first() {
    if (getSelection().isCollapsed) return;
    document.removeEventListener("selectionchange", first);
    import("./quote.js").catch(() => {});
  });
  key("q", () => import("./quote.js").then(({ quote }) => quote()).catch(() => {}));
}
