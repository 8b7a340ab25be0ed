// Quoting: words selected in a post go into the answer to it, as Markdown that reads as they did.

import { put } from "./composer.js";
import { answerHere } from "./conversation.js";

const MOST = 2000; // characters; core/markup/quoting.py has the same, and the same rules
const TEXTS = ".opening .prose, .post .prose";
const talk = document.getElementById("replies");

const button = Object.assign(document.createElement("button"), { type: "button", className: "button cite", hidden: true });
button.append(talk.dataset.cite, " ", Object.assign(document.createElement("kbd"), { textContent: "q" }));
document.body.append(button);

/** What is selected, within the one text it begins in. */
function chosen() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const text = elementOf(range.startContainer).closest(TEXTS);
  if (!text || !selection.toString().trim()) return null;
  if (!text.contains(range.endContainer)) range.setEnd(text, text.childNodes.length);
  return { range, text, words: selection.toString() };
}

const elementOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);

const SIGNS = /[\\`*_[\]>|]/g;
const STOPS = "\\s<>\"`\uff0c\u3001\u3002\uff1b\uff1a\uff01\uff1f\uff08\uff09\u300a-\u3011\u201c\u201d\u201e\u00ab\u00bb\u060c\u061b\u061f\\\\\\[\\]|";
/** A sign; or a bare address, in which a backslash would be its end. */
const IN_TEXT = new RegExp(`((?<![A-Za-z0-9_@/])https?://(?!/)[^${STOPS}]*[^${STOPS}.,;:!?'*_~)])|${SIGNS.source}`, "gi");

const escape = (line, signs = SIGNS) => line.trim()
  .replace(/&(?=#?\w+;)/g, "&amp;")
  .replace(signs, (sign, address) => (typeof address === "string" ? sign : `\\${sign}`))
  .replace(/^(\d{1,9})([.)])/, "$1\\$2")
  .replace(/^[#+-]/, "\\$&")
  .replace(/^[=~]/, "\u200b$&"); // no backslash helps there

function shortened(words) {
  const text = words.trim();
  if (text.length <= MOST) return text;
  return `${[...text.slice(0, MOST)].slice(0, -1).join("").replace(/\s+\S*$/, "")} …`;
}

function quotation(words, name, address) {
  const wrote = talk.dataset.wrote.replace("{name}", () => escape(name));
  const lines = shortened(words).split("\n").map((line) => `> ${escape(line, IN_TEXT)}`.trimEnd());
  // two blanks at the end keep a line's end, where another line follows
  const ended = lines.map((line, at) => (line !== ">" && lines[at + 1]?.length > 1 ? `${line}  ` : line));
  return `[${wrote}](${address}):\n\n${ended.join("\n").replace(/(?:\n>)+(?=\n>\n)/g, "")}\n\n`;
}

export async function quote() {
  const found = chosen();
  const post = found?.text.closest("article");
  const link = post?.querySelector(".post-acts .reply");
  if (!link) return;
  const name = post.querySelector("h3").textContent;
  const text = quotation(found.words, name, post.querySelector(".copy").href);
  button.hidden = true;
  if (!document.querySelector(".in-place")) await answerHere(link);
  const box = document.querySelector(".in-place textarea");
  box.focus();
  const before = box.value.trimEnd();
  box.setSelectionRange(before.length, box.value.length);
  const added = `${before && "\n\n"}${text}`;
  put(box, added, before.length + added.length, before.length + added.length);
}

function place() {
  const found = chosen();
  button.hidden = !found;
  if (!found) return;
  const box = found.range.getBoundingClientRect();
  const right = document.documentElement.clientWidth - button.offsetWidth - 8;
  button.style.left = `${scrollX + Math.max(8, Math.min(box.left, right))}px`;
  button.style.top = `${scrollY + Math.min(box.bottom + 8, innerHeight - button.offsetHeight - 8)}px`;
}

let timer = 0;
document.addEventListener("selectionchange", () => {
  clearTimeout(timer);
  timer = setTimeout(place, 200);
});
button.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
button.addEventListener("click", () => quote().catch(() => {}));
place(); // of what was selected before we came
