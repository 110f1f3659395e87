// Everything works without this file. It says when the page is no longer live, calls out when
// danger or an urgent callback comes in, keeps a double click from sending a form twice, and
// takes people to what was refused.

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

// Signing out by itself: said two minutes before, and put off by typing or pressing anything.
// Tabs tell each other, so that work in one keeps the others open.
const idle = document.getElementById("idle");

if (idle) {
  const SAY_BEFORE = 120, TELL_EVERY = 60;
  const limit = Number(idle.dataset.seconds);
  const now = () => Math.floor(Date.now() / 1000);
  let told = now();
  const lastTold = () => {
    try { return Math.max(told, Number(localStorage.getItem("still-here")) || 0); } catch { return told; }
  };
  const tell = () => {
    told = now();
    try { localStorage.setItem("still-here", told); } catch { /* a browser that keeps nothing */ }
    idle.hidden = true;
  };
  tell(); // loading a page is doing something
  const stay = () => {
    tell();
    fetch(idle.dataset.stillHere, { credentials: "same-origin" }).catch(() => {});
  };
  const isBusy = () => { if (now() - lastTold() >= TELL_EVERY) stay(); };
  for (const doing of ["keydown", "pointerdown"]) document.addEventListener(doing, isBusy);
  document.getElementById("idle-stay").addEventListener("click", stay);
  setInterval(() => {
    const left = limit - (now() - lastTold());
    // The server goes by its own clock, which is a little kinder.
    if (left < -TELL_EVERY) location.assign(location.pathname);
    if (left > SAY_BEFORE) { idle.hidden = true; return; }
    const minutes = Math.max(1, Math.ceil(left / 60));
    const text = `Still there? You will be signed out in ${minutes} minute${minutes > 1 ? "s" : ""}.`;
    const says = document.getElementById("idle-says");
    if (says.textContent !== text) says.textContent = text;
    idle.hidden = false;
  }, 5000);
}

// ------------------------------------------------------------- calling out
// The banner on every page says how many alerts nobody has looked at and how many urgent
// callbacks wait. When either grows, the tab's title says so, and a sound is made where the
// link worker has switched it on: a browser allows no sound before that.

const soundSwitch = document.getElementById("sound");
const SOUND = "blether-sound";
let title = document.title;
let counts = readCounts();

function readCounts() {
  const element = document.getElementById("calls-out");
  if (!element) return { unseen: 0, urgent: 0 };
  return { unseen: Number(element.dataset.unseen), urgent: Number(element.dataset.urgent) };
}

function showInTitle() {
  const loud = counts.unseen || counts.urgent;
  document.title = `${loud ? "! " : ""}${title.replace(/^! /, "")}`;
}

function makeSound() {
  const context = new AudioContext();
  for (const [start, pitch] of [[0, 660], [0.18, 880], [0.36, 660]]) {
    const tone = context.createOscillator();
    const loudness = context.createGain();
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0.2, context.currentTime + start);
    loudness.gain.exponentialRampToValueAtTime(0.001, context.currentTime + start + 0.16);
    tone.connect(loudness).connect(context.destination);
    tone.start(context.currentTime + start);
    tone.stop(context.currentTime + start + 0.17);
  }
}

function callOutWhenMore() {
  const now = readCounts();
  const isMore = now.unseen > counts.unseen || now.urgent > counts.urgent;
  counts = now;
  showInTitle();
  if (!isMore) return;
  document.dispatchEvent(new CustomEvent("desk:called-out"));
  if (localStorage.getItem(SOUND) === "on") makeSound();
}

function showSwitch() {
  const isOn = localStorage.getItem(SOUND) === "on";
  soundSwitch.hidden = false;
  soundSwitch.setAttribute("aria-pressed", String(isOn));
  soundSwitch.textContent = isOn ? "Sound on" : "Sound off";
}

if (soundSwitch) {
  showSwitch();
  soundSwitch.addEventListener("click", () => {
    const isOn = localStorage.getItem(SOUND) === "on";
    localStorage.setItem(SOUND, isOn ? "off" : "on");
    showSwitch();
    if (!isOn) makeSound();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "queue") title = document.title;
    callOutWhenMore();
  });
  showInTitle();
}
