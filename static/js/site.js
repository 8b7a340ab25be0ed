// On every page: times in words, menus that close, focus on what went wrong, tidy sign-out.

const language = document.documentElement.lang || undefined;
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
const exact = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" });
const day = new Intl.DateTimeFormat(language, { dateStyle: "full", timeZone: "UTC" });
const DAY = 86400; // seconds
const STEPS = [["day", DAY], ["hour", 3600], ["minute", 60]];
const LONGEST = 14 * DAY; // seconds; older times keep their date

function tellTimes(root = document) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(+at)) continue;
    const dayOnly = time.dateTime.length === 10; // in a private space nothing says when on a day
    const seconds = (at - (dayOnly ? today() : Date.now())) / 1000;
    time.title ||= (dayOnly ? day : exact).format(at);
    time.dataset.plain ??= time.textContent;
    const tell = dayOnly ? inDays : inWords;
    time.textContent = Math.abs(seconds) > LONGEST ? time.dataset.plain : tell(seconds);
  }
}

/** When the present UTC day began: the server's days are UTC days. */
const today = () => Date.now() - Date.now() % (DAY * 1000);
const inDays = (seconds) => relative.format(Math.round(seconds / DAY) || 0, "day");

function inWords(seconds) {
  const [unit, size] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? ["second", Infinity];
  return relative.format(Math.round(seconds / size) || 0, unit);
}

tellTimes();
setInterval(tellTimes, 60_000);
document.addEventListener("arrived", (event) => tellTimes(event.target));

// Menus are <details>: one open at a time, closed by Escape and by a click elsewhere.
const menus = [...document.querySelectorAll("details.menu")];
document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const open = menus.find((menu) => menu.open);
  if (event.key !== "Escape" || !open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

document.getElementById("problems")?.focus();

// A page that opens at a post has its line of success far above: it is said at the foot too.
const done = document.querySelector("main > .notice.success > p");
if (done && location.hash) {
  const said = document.getElementById("said");
  said.textContent = done.textContent;
  setTimeout(() => { said.textContent = ""; }, 5000);
}

// Wide tables and code scroll inside themselves; the keyboard must be able to reach them in every browser.
function reachWide(root = document) {
  for (const box of root.querySelectorAll(".prose :is(table, pre), .quoted .prose")) {
    if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight + 1) box.tabIndex = 0;
  }
}
reachWide();
addEventListener("resize", () => reachWide()); // a phone that is turned
document.addEventListener("arrived", (event) => reachWide(event.target));
document.addEventListener("toggle", (event) => reachWide(event.target), true); // a text was unfolded

// What this device remembers belongs to the member who signs out.
document.querySelector("[data-sign-out]")?.addEventListener("submit", () => {
  for (const key of Object.keys(localStorage)) {
    if (/^(draft|folds):/.test(key)) localStorage.removeItem(key);
  }
});
