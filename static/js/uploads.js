// Pictures and PDFs for what is being written: chosen, dropped or pasted, and put into the text.

const MOST_BYTES = 10_000_000;
const KINDS = "image/jpeg,image/png,image/webp,application/pdf";
const going = new Map(); // form -> how many files are on their way
let queue = Promise.resolve(); // one after the other: the site opens only one of a member at a time

const make = (name, settings = {}, ...inside) => {
  const element = Object.assign(document.createElement(name), settings);
  element.append(...inside);
  return element;
};

function buttonOf(form) {
  return form?.querySelector("button[data-files]");
}

/** The lines of what was added, between the box and what follows it. */
function listOf(form) {
  const there = form.querySelector(".uploads");
  if (there) return there;
  const list = make("ul", { className: "uploads" });
  form.elements.body.closest(".field").after(list);
  return list;
}

export function pick(button) {
  const chooser = make("input", { type: "file", accept: button.dataset.kinds ?? KINDS, multiple: true });
  chooser.addEventListener("change", () => [...chooser.files].forEach((file) => send(button, file)));
  chooser.click();
}

function send(button, file) {
  const { form, dataset: words } = button;
  const name = make("bdi", { textContent: file.name });
  const line = make("li", {}, name);
  listOf(form).append(line);
  if (file.size > MOST_BYTES) return refuse(line, words, words.large);
  const bar = make("progress", { max: 1, value: 0 });
  bar.setAttribute("aria-label", file.name);
  const cancel = make("button", { type: "button", className: "quiet", textContent: words.cancel });
  line.append(bar, cancel);
  const fields = new FormData();
  fields.set("csrf_token", form.elements.csrf_token.value);
  fields.set("file", file);
  const request = new XMLHttpRequest(); // fetch does not tell how far it is
  const over = (act) => () => {
    going.set(form, going.get(form) - 1);
    bar.remove();
    cancel.remove();
    act();
  };
  going.set(form, (going.get(form) ?? 0) + 1);
  request.open("POST", words.files);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = event.loaded / event.total;
  });
  request.upload.addEventListener("load", () => bar.removeAttribute("value")); // now it is looked at
  request.addEventListener("load", over(() => {
    if (request.status === 201) return added(button, line, request.response);
    refuse(line, words, request.response?.error ?? (request.status === 413 ? words.large : words.failed));
  }));
  request.addEventListener("error", over(() => refuse(line, words, words.failed)));
  request.addEventListener("abort", over(() => { line.remove(); button.focus(); }));
  let sent = false;
  cancel.addEventListener("click", () => (sent ? request.abort() : request.dispatchEvent(new Event("abort"))));
  queue = queue.then(() => line.isConnected && new Promise((done) => {
    sent = true;
    request.addEventListener("loadend", done);
    request.send(fields);
  }));
}

/** Said at the foot, wherever one is in the text, and kept in the line. */
function refuse(line, words, why) {
  say(`${line.textContent}: ${why}`);
  line.append(make("span", { className: "wrong", textContent: why }), awayButton(line, words.away));
}

function awayButton(line, label, act = () => {}) {
  const away = make("button", { type: "button", className: "quiet", textContent: label });
  away.addEventListener("click", () => { act(); line.remove(); });
  return away;
}

function say(words) {
  const said = document.getElementById("said");
  said.textContent = words;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { said.textContent = ""; }, 6000);
}

function added(button, line, { url, markdown, picture }) {
  const { form, dataset: words } = button;
  const box = form.elements.body;
  put(box, markdown);
  say(words.added);
  const away = awayButton(line, words.out, () => { takeOut(box, url); box.focus(); });
  if (!picture) return line.append(make("span", { className: "hint", textContent: words.pdf }), away);
  const input = make("input", { type: "text", dir: "auto", autocomplete: "off", maxLength: 300 });
  input.addEventListener("input", () => describe(box, url, input.value));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // it would post the text
    box.focus();
  });
  const label = make("label", {}, make("b", { textContent: words.words }), " ", make("span", { className: "hint", textContent: words.hint }), input);
  line.replaceChildren(make("img", { src: url, alt: "", width: 72, height: 72 }), label, away);
}

/** Below the line that is being written; the cursor stays where it is. */
function put(box, markdown) {
  const end = box.value.indexOf("\n", box.selectionEnd);
  const at = end < 0 ? box.value.length : end;
  const before = box.value.slice(0, at).trim() ? "\n\n" : "";
  box.setRangeText(`${before}${markdown}\n`, at, at, "preserve");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Every place where the text names it, and the empty line before what follows. */
function takeOut(box, url) {
  for (let end; (end = box.value.indexOf(`](${url})`)) >= 0;) {
    const start = [...box.value.slice(0, end).matchAll(/(?<!\\)!?\[/g)].at(-1)?.index ?? end;
    const after = end + url.length + 3;
    const lines = /^\n*/.exec(box.value.slice(after))[0].length;
    const alone = !start || box.value[start - 1] === "\n";
    box.setRangeText("", start, after + (alone ? lines : 0), "preserve");
  }
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Write what a picture shows between its brackets. */
function describe(box, url, words) {
  const end = box.value.indexOf(`](${url})`);
  const start = end < 0 ? -1 : box.value.lastIndexOf("![", end);
  if (start < 0) return;
  box.setRangeText(words.replace(/[\\[\]`*_<>!#~|]/g, "\\$&"), start + 2, end, "preserve");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** With script it stands with the other tools, above the text, and sends no form. */
function settle(root) {
  for (const button of root.querySelectorAll("button[data-files]")) {
    Object.assign(button, { type: "button", className: "", title: button.textContent });
    button.closest("form").querySelector(".tools").append(button);
  }
}

settle(document);
document.addEventListener("arrived", (event) => settle(event.target));

const isBox = (element) => element?.name === "body" && buttonOf(element.form);

document.addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!files.length || !isBox(event.target)) return;
  event.preventDefault();
  files.forEach((file) => send(buttonOf(event.target.form), file));
});
document.addEventListener("dragover", (event) => {
  if (isBox(event.target) && event.dataTransfer.types.includes("Files")) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const files = [...(event.dataTransfer?.files ?? [])];
  if (!files.length || !isBox(event.target)) return;
  event.preventDefault();
  files.forEach((file) => send(buttonOf(event.target.form), file));
});
document.addEventListener("submit", (event) => {
  if (!going.get(event.target)) return;
  event.preventDefault(); // the page would be gone before the file is there
  event.stopImmediatePropagation();
  say(buttonOf(event.target).dataset.wait);
}, true);
