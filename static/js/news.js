// The topic page of a circle: asks now and then whether somebody answered, and says so without moving what is read.

import { goTo } from "./keys.js";

const talk = document.getElementById("replies");
const said = document.getElementById("said");
const OFTEN = 30_000; // ms between two questions, give or take 30 %
const SELDOM = 300_000; // ms, where nothing comes for long
const SLOWER = 1.5; // each time nothing came
const MOST_FAILURES = 5; // in a row; then this page asks no more

const CAME = "for news";

if (history.state === CAME) {
  const first = document.getElementById(location.hash.slice(1));
  if (first) goTo(first);
  history.replaceState(null, "");
}

const strip = document.createElement("p");
strip.className = "said news";
strip.setAttribute("role", "status");
said.before(strip);

let wait = OFTEN;
let failures = 0;
let dueAt = 0;
let timer = 0;

function plan() {
  clearTimeout(timer);
  const ms = wait * (0.7 + 0.6 * Math.random());
  dueAt = Date.now() + ms;
  if (!document.hidden) timer = setTimeout(ask, ms);
}

function stop() { dueAt = 0; }

async function ask() {
  let answer = null;
  try {
    answer = await fetch(talk.dataset.news, { headers: { Accept: "application/json" }, redirect: "error" });
  } catch { /* no connection: as for an answer that failed */ }
  if (answer?.status >= 400 && answer.status < 500 && answer.status !== 429) return stop(); // not for us any more
  if (answer?.ok) {
    failures = 0;
    wait = answer.status === 204 ? Math.min(wait * SLOWER, SELDOM) : OFTEN;
    if (answer.status === 200) show(await answer.json());
  } else {
    failures += 1;
    if (failures >= MOST_FAILURES) return stop();
    wait = Math.min(wait * 2, SELDOM);
  }
  plan();
}

function show({ words, url }) {
  if (strip.dataset.words === words) return; // said, or waved away
  strip.dataset.words = words;
  const link = Object.assign(document.createElement("a"), { href: url, textContent: words });
  link.addEventListener("click", (event) => {
    if (link.pathname + link.search !== location.pathname + location.search) return;
    event.preventDefault(); // the same address would only scroll, and loaded anew it would scroll back to where it was
    history.scrollRestoration = "manual";
    history.replaceState(CAME, "", link.href);
    location.reload();
  });
  const later = Object.assign(document.createElement("button"), { type: "button", textContent: talk.dataset.cancel });
  later.addEventListener("click", () => strip.replaceChildren());
  strip.replaceChildren(link, later);
}

document.addEventListener("visibilitychange", () => {
  clearTimeout(timer);
  if (document.hidden || !dueAt) return;
  wait = OFTEN; // somebody is back
  timer = setTimeout(ask, Math.max(dueAt - Date.now(), 1000 + 2000 * Math.random()));
});

plan();
