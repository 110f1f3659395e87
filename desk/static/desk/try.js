// A patient's phone in the browser. It talks to the same channels as any patient
// does, survives a reload and a lost connection, and never sends a text twice.

const phone = document.getElementById("phone");
const thread = document.getElementById("thread");
const replies = document.getElementById("replies");
const typing = document.getElementById("typing");
const form = document.getElementById("form");
const input = document.getElementById("message");
const wayIn = document.getElementById("way-in");
const mine = document.getElementById("mine");

const BOT = phone.dataset.bot;
const KEPT = "blether-try";
const LISTEN_EVERY_MS = 5000;
// A service that does not answer within this has lost the connection.
const GIVE_UP_AFTER_MS = 20000;

let patient = restore() ?? newPatient(wayIn.value);

// -------------------------------------------------------------- the patient

function newPatient(way) {
  return { way, from: madeUpNumber(), session: null, messages: [], seen: 0, options: [] };
}

// Ofcom keeps 07700 900000 to 900999 for drama: nobody has these numbers.
function madeUpNumber() {
  const last = crypto.getRandomValues(new Uint16Array(1))[0] % 1000;
  return `+447700900${String(last).padStart(3, "0")}`;
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function restore() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  const ways = [...wayIn.options].map((option) => option.value);
  return kept && ways.includes(kept.way) ? kept : null;
}

function keep() {
  sessionStorage.setItem(KEPT, JSON.stringify(patient));
}

// ---------------------------------------------------------------- the wire

async function call(path, body) {
  const response = await fetch(`${BOT}/webhooks/${path}`, {
    method: body ? "POST" : "GET",
    headers: body ? { "Content-Type": "application/json" } : {},
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(GIVE_UP_AFTER_MS),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

async function deliver(message) {
  if (patient.way !== "web") {
    const sms = { from: patient.from, to: patient.way, message_id: message.id, text: message.text };
    return call("simulated_sms/webhook", sms);
  }
  patient.session ??= (await call("web/session", {})).session;
  keep();
  return call("web/webhook", { session: patient.session, message_id: message.id, text: message.text });
}

async function send(text) {
  const message = { id: newId(), text, who: "mine", state: "sending" };
  patient.messages.push(message);
  patient.options = [];
  await attempt(message);
}

// The same id is used however often a message is tried, so the bot answers it once.
async function attempt(message) {
  const sender = patient;
  message.state = "sending";
  show();
  typing.textContent = "Blether is writing…";
  try {
    const answers = await deliver(message);
    message.state = "sent";
    if (sender === patient) take(answers);
  } catch {
    message.state = "unsent";
  }
  if (sender !== patient) return;
  typing.textContent = "";
  show();
}

function take(answers) {
  for (const answer of answers) {
    if (patient.messages.some((message) => message.id === answer.id)) continue;
    patient.messages.push({ id: answer.id, text: answer.text, who: "theirs" });
    patient.seen = Math.max(patient.seen, answer.id);
    patient.options = answer.options;
  }
}

// What came later: a link worker's text, a reminder, what a lost connection missed.
async function listen() {
  if (patient.way !== "web" || !patient.session) return;
  const sender = patient;
  try {
    const query = new URLSearchParams({ session: patient.session, after: patient.seen });
    const answers = await call(`web/messages?${query}`);
    if (sender !== patient || patient.messages.some((m) => m.state === "sending")) return;
    if (answers.length) { take(answers); show(); }
  } catch { /* the next listening may do better */ }
}

// -------------------------------------------------------------- the screen

function show() {
  keep();
  wayIn.value = patient.way;
  mine.textContent = patient.way === "web"
    ? "Web chat: the practice does not know your number"
    : `Your made-up number is ${patient.from.replace("+44", "0").replace(/^(.{5})/, "$1 ")}`;
  showMessages();
  replies.replaceChildren(...patient.options.map(quickReply));
  thread.scrollTop = thread.scrollHeight;
}

// Only what is new or changed is touched, so that a screen reader says each message once.
function showMessages() {
  const shown = new Map([...thread.children].map((item) => [item.dataset.id, item]));
  for (const message of patient.messages) {
    const item = shown.get(String(message.id));
    shown.delete(String(message.id));
    if (!item) thread.append(bubble(message));
    else if (item.dataset.unsent !== isUnsent(message)) item.replaceWith(bubble(message));
  }
  for (const item of shown.values()) item.remove();
}

function isUnsent(message) {
  return String(message.state === "unsent");
}

function bubble(message) {
  const item = document.createElement("li");
  item.dataset.id = message.id;
  item.dataset.unsent = isUnsent(message);
  item.className = `bubble bubble--${message.who}`;
  item.dir = "auto"; // Arabic reads from the right
  item.textContent = message.text;
  if (item.dataset.unsent === "true") {
    item.classList.add("bubble--unsent");
    const note = document.createElement("span");
    note.className = "bubble__unsent";
    note.textContent = "Not sent. ";
    const again = document.createElement("button");
    again.type = "button";
    again.className = "bubble__again";
    again.textContent = "Try again";
    again.addEventListener("click", () => { input.focus(); attempt(message); });
    note.append(again);
    item.append(note);
  }
  return item;
}

function quickReply(option) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "phone__reply";
  button.textContent = option;
  button.addEventListener("click", () => { input.focus(); send(option); });
  return button;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = input.value;
  if (!text.trim()) return;
  input.value = "";
  send(text);
  input.focus();
});

input.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

wayIn.addEventListener("change", () => {
  patient = newPatient(wayIn.value);
  typing.textContent = "";
  show();
  input.focus();
});

document.getElementById("start-again").addEventListener("click", () => {
  patient = newPatient(wayIn.value);
  typing.textContent = "";
  show();
  input.focus();
});

// Leaves nothing on screen and nothing to go back to.
document.getElementById("leave").addEventListener("click", () => {
  sessionStorage.removeItem(KEPT);
  document.body.replaceChildren();
  location.replace("https://www.bbc.co.uk/weather");
});

// A text that was on its way when the page was closed is offered again.
for (const message of patient.messages) {
  if (message.state === "sending") message.state = "unsent";
}
show();
listen();
setInterval(listen, LISTEN_EVERY_MS);
