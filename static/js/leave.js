// On the pages of a private space: away at once, by the link or by Escape twice, with nothing left to look at.

const TWICE = 1000; // ms between two presses that count as one wish
const link = document.querySelector("[data-leave]");
let pressedAt = -Infinity;

function leave() {
  document.body.replaceChildren(); // at once: the page we go to may take its time
  document.documentElement.classList.remove("dusk");
  location.replace(link.href); // "back" doesn't lead here
}

// Before anybody else hears the key: menus, boxes one writes in, the browser's own.
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") { pressedAt = -Infinity; return; }
  if (event.repeat || event.isComposing) return;
  if (event.timeStamp - pressedAt <= TWICE) { event.preventDefault(); leave(); }
  pressedAt = event.timeStamp;
}, { capture: true });

link?.addEventListener("click", (event) => { event.preventDefault(); leave(); });
