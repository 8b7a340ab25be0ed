// On the pages of a private space: away at once, by the link or by Escape twice, with nothing left to look at.
// Not a module: it runs before there is anything to see.

(() => {
  const TWICE = 1000; // ms between two presses that count as one wish
  const LEFT = "left"; // says in this tab only that it was left; what is behind it stays shut then
  const { away } = document.currentScript.dataset;
  let pressedAt = -Infinity;

  function leave() {
    sessionStorage.setItem(LEFT, "1");
    document.documentElement.hidden = true; // at once: the page we go to may take its time
    document.documentElement.classList.remove("dusk");
    document.body?.replaceChildren();
    location.replace(away); // "back" doesn't lead here
  }

  // "Back" to another page of the space, after leaving, leads away again; who comes on purpose may stay.
  const [came] = performance.getEntriesByType("navigation");
  if (came?.type === "navigate") sessionStorage.removeItem(LEFT);
  else if (sessionStorage.getItem(LEFT)) leave();
  addEventListener("pageshow", (event) => { if (event.persisted && sessionStorage.getItem(LEFT)) leave(); });

  // Before anybody else hears the key: menus, boxes one writes in, the browser's own.
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") { pressedAt = -Infinity; return; }
    if (event.repeat || event.isComposing) return;
    if (event.timeStamp - pressedAt <= TWICE) { event.preventDefault(); leave(); }
    pressedAt = event.timeStamp;
  }, { capture: true });

  addEventListener("click", (event) => {
    if (event.target.closest?.("[data-leave]")) { event.preventDefault(); leave(); }
  });
})();
