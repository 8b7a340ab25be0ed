// The box one writes in: formatting tools, preview without leaving, and a draft that survives a lost connection.

const language = document.documentElement.lang || undefined;
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "narrow" });
const isPrivate = document.documentElement.classList.contains("dusk");
const QUIET = 1500; // ms after the last key
const RETRY = 10_000; // ms between tries without a connection
const PATIENCE = 20_000; // ms for an answer

// --- tools ---------------------------------------------------------------------------------------

export function put(box, text, start, end) {
  box.focus();
  // insertText keeps the browser's own undo; setRangeText is for browsers without it
  if (!document.execCommand("insertText", false, text)) box.setRangeText(text);
  box.setSelectionRange(start, end);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function applyTool({ around, before, link }, box) {
  const { selectionStart: from, selectionEnd: to, value } = box;
  const chosen = value.slice(from, to);
  if (around) return put(box, around + chosen + around, from + around.length, to + around.length);
  if (link !== undefined) {
    const at = from + chosen.length + 3;
    return put(box, `[${chosen}](https://)`, chosen ? at : from + 1, chosen ? at + 8 : from + 1);
  }
  const head = value.lastIndexOf("\n", from - 1) + 1;
  box.setSelectionRange(head, to);
  const lines = value.slice(head, to).split("\n").map((line) => before + line).join("\n");
  return put(box, lines, head + lines.length, head + lines.length);
}

// --- preview -------------------------------------------------------------------------------------

async function showPreview(form) {
  const fields = new FormData();
  for (const name of ["csrf_token", "draft_place", "title", "body"]) {
    if (form.elements[name]) fields.set(name, form.elements[name].value);
  }
  const answer = await fetch(form.dataset.preview, { method: "POST", body: fields });
  if (!answer.ok) throw new Error("no preview");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const box = form.querySelector(".preview");
  box.querySelector(".prose").replaceChildren(...page.body.childNodes);
  box.hidden = false;
  box.dispatchEvent(new CustomEvent("arrived", { bubbles: true }));
  box.focus();
}

// --- quote all -----------------------------------------------------------------------------------

/** The server puts the post into the text: the page that answers without script holds it. */
async function quoteAll(form) {
  const fields = new FormData(form);
  fields.set("quote", "1");
  const answer = await fetch(form.action, { method: "POST", body: fields });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const text = page.querySelector("[data-lift] textarea")?.value;
  if (!answer.ok || text === undefined) throw new Error("no text in the answer");
  const box = form.elements.body;
  box.select();
  put(box, text, text.length, text.length);
}

// --- the kind of company, as the profile says it -------------------------------------------------

function sayAsInProfile(button, form) {
  for (const [name, value] of Object.entries(JSON.parse(button.dataset.mine))) form.elements[name].value = value;
  button.closest("details").querySelector("summary").textContent = button.dataset.said;
  form.elements.body.dispatchEvent(new Event("input", { bubbles: true })); // the draft is to know
}

// --- drafts --------------------------------------------------------------------------------------

/** What is said of a topic besides its text, where the form asks for it. */
const SAID = ["wish", "tags", "company_size", "company_market", "company_regulated"];

class Draft {
  constructor(form) {
    this.form = form;
    this.line = form.querySelector(".draft-state");
    this.place = form.elements.draft_place?.value;
    this.key = `draft:${this.place}`;
    this.last = this.text();
    this.unheard = new Set(); // texts sent of which we don't know whether they arrived
    if (!isPrivate) this.offerKept();
  }

  text() {
    const { title, body } = this.form.elements;
    const chosen = new FormData(this.form);
    const said = SAID.filter((name) => chosen.has(name)).map((name) => [name, chosen.get(name)]);
    return JSON.stringify({
      title: title?.value ?? "", body: body.value, notes: chosen.getAll("notes"), ...Object.fromEntries(said),
    });
  }

  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), QUIET);
  }

  /** One at a time: a text whose answer nobody waits for would later look like another window's. */
  async save(leaving = false) {
    clearTimeout(this.timer);
    const text = this.text();
    if (this.stopped || text === this.last) return;
    if (leaving) this.hold(text); // the page may not live to hear the answer
    if (this.going) { this.again = true; return; }
    const going = this.going = new AbortController();
    const patience = setTimeout(() => going.abort(), PATIENCE);
    this.show("saving");
    try {
      await this.send(text, { keepalive: leaving, signal: going.signal });
    } catch {
      if (!this.stopped) this.keep(text);
    }
    clearTimeout(patience);
    this.going = null;
    if (this.again) { this.again = false; this.changed(); }
  }

  async send(text, wishes) {
    const { notes, ...words } = JSON.parse(text);
    const { csrf_token: token, nonce, draft_version: version } = this.form.elements;
    const sent = {
      csrf_token: token?.value ?? "", nonce: nonce?.value ?? "", draft_place: this.place,
      draft_version: version?.value ?? "", ...words,
    };
    const fields = new FormData();
    for (const [name, value] of Object.entries(sent)) fields.set(name, value);
    for (const note of notes) fields.append("notes", note);
    const answer = await fetch(this.form.dataset.drafts, { method: "POST", body: fields, ...wishes });
    if (answer.status === 409) return this.meet(await answer.json(), version);
    if (answer.status === 429 || answer.status >= 500) throw new Error(String(answer.status));
    if (!answer.ok) return this.refuse(answer);
    this.last = text;
    this.unheard.clear();
    const saved = await answer.json();
    if (version) version.value = saved.version ?? "";
    this.savedAt = new Date();
    this.forget();
    this.show("saved");
  }

  /** The server holds a newer text: another window's, or one of ours whose answer was lost. */
  meet(there, version) {
    if (!this.unheard.has(there.body)) return this.stop("elsewhere");
    if (version) version.value = there.version;
    this.again = true;
  }

  /** It will not be kept, however often we try; only a text that is too long may still be cut. */
  async refuse(answer) {
    const { error } = await answer.json().catch(() => ({}));
    if (answer.status !== 422) this.stop();
    this.forget();
    this.show("refused", error);
  }

  /** Until the server can be reached, the text is held on this device, and tried again. */
  keep(text) {
    this.unheard.add(JSON.parse(text).body);
    this.show(this.hold(text) ? "kept" : "keptPrivate");
    this.timer = setTimeout(() => this.save(), RETRY);
  }

  /** On this device; never for a private space. */
  hold(text) {
    if (isPrivate) return false;
    try { localStorage.setItem(this.key, text); } catch { return false; }
    return true;
  }

  forget() {
    try { localStorage.removeItem(this.key); } catch { /* nothing was kept then */ }
  }

  stop(state) {
    this.stopped = true;
    this.going?.abort();
    clearTimeout(this.timer);
    if (state) this.show(state);
  }

  show(state, words = this.line?.dataset[state]) {
    if (!this.line) return;
    this.line.dataset.state = state;
    // Said aloud only when the state changes; the ticking clock is for the eye.
    const [status, clock] = this.line.querySelectorAll("span");
    const quiet = state === "saving" || state === "saved";
    const spoken = state === "saving" ? status.textContent : words;
    status.className = quiet ? "unseen" : "";
    if (status.textContent !== spoken) status.textContent = spoken;
    if (quiet) this.tick(); else clock.textContent = "";
  }

  tick() {
    const clock = this.line?.querySelector("[data-clock]");
    if (!clock || !this.savedAt || !["saving", "saved"].includes(this.line.dataset.state)) return;
    const seconds = Math.round((this.savedAt - Date.now()) / 5000) * 5;
    const when = seconds > -60 ? relative.format(Math.min(seconds, 0), "second")
      : relative.format(Math.ceil(seconds / 60), "minute");
    clock.textContent = seconds > -5 ? this.line.dataset.saved : this.line.dataset.when.replace("{when}", when);
  }

  offerKept() {
    let kept = null;
    try { kept = localStorage.getItem(this.key); } catch { return; }
    if (!kept || !this.line) return;
    if (kept === this.last) return this.forget();
    const words = JSON.parse(kept);
    const choice = (words, act) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: words });
      button.addEventListener("click", () => { offer.remove(); act(); this.form.elements.body.focus(); });
      return button;
    };
    const offer = document.createElement("div");
    offer.className = "notice amber";
    offer.setAttribute("role", "status");
    offer.append(
      Object.assign(document.createElement("p"), { textContent: this.line.dataset.found }),
      choice(this.line.dataset.use, () => {
        for (const name of ["title", "body", ...SAID]) {
          if (this.form.elements[name] && name in words) this.form.elements[name].value = words[name];
        }
        this.save();
      }),
      choice(this.line.dataset.drop, () => this.forget()),
    );
    this.line.after(offer);
  }
}

const drafts = new Map();

function adopt(root) {
  for (const form of root.querySelectorAll("form[data-composer][data-drafts]")) {
    if (form.elements.draft_place?.value && !drafts.has(form)) drafts.set(form, new Draft(form));
  }
}

adopt(document);
setInterval(() => drafts.forEach((draft) => draft.tick()), 5000);

document.addEventListener("arrived", (event) => adopt(event.target));
document.addEventListener("leaving", (event) => {
  const form = event.target.querySelector("form");
  drafts.get(form)?.save(true);
  drafts.delete(form);
});
document.addEventListener("input", (event) => drafts.get(event.target.form)?.changed());
document.addEventListener("submit", (event) => {
  const draft = drafts.get(event.target);
  if (!draft) return;
  if (navigator.onLine) return draft.stop();
  event.preventDefault(); // without a connection the page would be lost, and the text with it
  draft.keep(draft.text());
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") drafts.forEach((draft) => draft.save(true));
});
window.addEventListener("online", () => drafts.forEach((draft) => draft.save()));
window.addEventListener("pageshow", (event) => {
  if (event.persisted) drafts.forEach((draft) => { draft.stopped = false; });
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("form[data-composer] button");
  if (!button) return;
  const { form } = button;
  if (button.dataset.files) { // it is no page's first need, so it comes when somebody writes
    event.preventDefault();
    uploads().then(({ pick }) => pick(button), () => { delete button.dataset.files; button.type = "submit"; button.click(); });
    return;
  }
  if (button.dataset.mine) sayAsInProfile(button, form);
  if (button.closest(".tools")) applyTool(button.dataset, form.elements.body);
  else if (button.name === "quote" && !button.dataset.plain) {
    event.preventDefault();
    quoteAll(form).catch(() => { button.dataset.plain = "yes"; button.click(); });
  } else if (button.name === "preview" && form.dataset.preview && !button.dataset.plain) {
    event.preventDefault();
    showPreview(form).catch(() => { button.dataset.plain = "yes"; button.click(); });
  }
});

const uploads = () => import("./uploads.js");

for (const sign of ["focusin", "dragover", "arrived"]) {
  document.addEventListener(sign, ({ target }) => {
    if (target.closest?.("form[data-composer]") || target.querySelector?.("form[data-composer]")) uploads().catch(() => {});
  });
}

// A title is one line, however many it takes to show it.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches?.(".headline")) return;
  event.preventDefault();
  event.target.form.elements.body.focus();
});

// People are looked up once somebody types an @; never in a private space, where nothing asks for it.
document.addEventListener("input", ({ target }) => {
  if (target.matches?.("[data-people] textarea") && target.value.includes("@")) {
    import("./mentioning.js").then(({ look }) => look(target), () => {});
  }
});
