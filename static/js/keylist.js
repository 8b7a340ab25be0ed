// What `?` shows: the keys that work on this page, and the switch for all of them. Loaded when it is asked for.

import { acts, areOff } from "./keys.js";

let dialog = null;

const isKnown = (name) => acts.has(name) || (name === "Escape" && Boolean(document.querySelector("[data-leave]")));

/** Let the switch in `root` say and keep whether single keys work on this device. */
export function wire(root) {
  const box = root.querySelector("[data-key-switch]");
  box.checked = !areOff();
  box.addEventListener("change", () => {
    try {
      if (box.checked) localStorage.removeItem("keys"); else localStorage.setItem("keys", "off");
    } catch { box.checked = true; /* nothing can be remembered here */ }
  });
}

/** Over the page; the list comes from the page that `door` leads to. */
export async function show(door) {
  dialog ??= await made(door.href);
  if (!dialog.open) dialog.showModal();
}

async function made(address) {
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const list = page.querySelector("[data-key-list]");
  if (!answer.ok || !list) throw new Error("no list in the answer");
  for (const row of list.querySelectorAll("[data-for]")) if (!isKnown(row.dataset.for)) row.remove();
  const box = document.createElement("dialog");
  box.setAttribute("aria-labelledby", "keys-title");
  box.append(...list.childNodes);
  box.querySelector("[data-close]").hidden = false;
  document.body.append(box);
  wire(box);
  return box;
}
