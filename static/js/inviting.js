// Invitations: people are looked up by name or handle, and a link is copied by a button.

import { look } from "./mentioning.js";

document.addEventListener("input", ({ target }) => {
  if (target.matches?.("[data-people] input")) look(target);
});

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const words = button.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    words.textContent = button.dataset.copied;
  });
}
