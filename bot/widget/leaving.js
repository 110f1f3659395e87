// Leaving quickly: for whoever is watched. Nothing stays on the screen or in the tab's store, the
// page is replaced by a plain one, and "back" does not return to it. What the browser's own
// history keeps of the pages before is beyond any page's reach.

const PRESSES = 3;
const WITHIN_MS = 2000;
const PLAIN_PAGE = "https://www.bbc.co.uk/weather";

export function leave({ exit, forget }) {
  forget();
  document.title = "";
  document.documentElement.replaceChildren();
  location.replace(safeExit(exit));
}

// Pressing Escape three times leaves as well. `said(presses)` hears how many are left.
export function leaveByEscape({ isWanted, said, leave }) {
  let presses = 0;
  let last = 0;
  const listen = (event) => {
    if (event.key !== "Escape" || event.isComposing || event.repeat || !isWanted()) return;
    presses = event.timeStamp - last < WITHIN_MS ? presses + 1 : 1;
    last = event.timeStamp;
    if (presses >= PRESSES) leave();
    else said(PRESSES - presses);
  };
  addEventListener("keydown", listen, true);
}

function safeExit(exit) {
  return /^https?:\/\//.test(exit ?? "") ? exit : PLAIN_PAGE;
}
