// Everything works without this file. It says when the page is no longer live,
// keeps a double click from sending a form twice, and takes people to what was refused.

const offline = document.getElementById("offline");

if (offline) {
  const say = (isOffline) => () => { offline.hidden = !isOffline; };
  document.addEventListener("htmx:sendError", say(true));
  document.addEventListener("htmx:responseError", say(true));
  document.addEventListener("htmx:afterOnLoad", say(false));
}

// Somebody selecting words, or pressing a button, keeps the list as it is until the next poll.
let isPressing = false;
document.addEventListener("pointerdown", () => { isPressing = true; });
document.addEventListener("pointerup", () => { isPressing = false; });
document.addEventListener("pointercancel", () => { isPressing = false; });
document.addEventListener("htmx:beforeSwap", (event) => {
  const isSelecting = !document.getSelection().isCollapsed;
  if (event.detail.target.id === "queue" && (isPressing || isSelecting)) event.detail.shouldSwap = false;
});

document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
// "Back" may bring a page as it was left.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

document.getElementById("refused")?.focus();
