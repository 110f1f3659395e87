// One patient's conversation in one tab: what was said, what is still to be sent, what came later.
//
// It is kept in sessionStorage only: it survives a reload, and closing the tab leaves nothing.
// A text keeps its id however often it is tried, so the bot answers it once; texts go one after
// the other, in the order written. It fires "change" whenever there is something to show.

import { Refused, TooMany } from "./wires.js";

const FIRST_TRY_AGAIN_MS = 1000;
const LAST_TRY_AGAIN_MS = 30_000;
const LISTEN_FIRST_MS = 2000;
const LISTEN_LAST_MS = 30_000;
const LISTEN_SLOWER_BY = 1.4;
// A text may be stored a moment after one with a higher id, so what came lately is asked for
// again; what is known already is dropped by its id.
const ASK_AGAIN_MS = 30_000;

export class Conversation extends EventTarget {
  #wire;
  #key;
  #kept;
  #isSending = false;
  #isStopped = false;
  #tries = 0;
  #sendTimer;
  #listenTimer;
  #listenIn = LISTEN_FIRST_MS;

  // `key` names it in sessionStorage; what is kept there is taken up again.
  constructor({ wire, key }) {
    super();
    this.#wire = wire;
    this.#key = key;
    this.#kept = { messages: [], options: [], draft: "", memory: {}, ...read(key) };
    this.problem = "";
    this.wakeUp = () => document.hidden || this.#hurry();
  }

  get messages() { return this.#kept.messages; }
  get options() { return this.#kept.options; }
  get draft() { return this.#kept.draft; }
  get isSending() { return this.#isSending; }
  get isBegun() { return this.messages.length > 0; }

  // Send what a reload or a lost connection held up, and listen for what comes.
  start() {
    addEventListener("online", this.wakeUp);
    document.addEventListener("visibilitychange", this.wakeUp);
    this.#hurry();
  }

  // Nothing is sent, heard or kept any more.
  stop() {
    this.#isStopped = true;
    clearTimeout(this.#sendTimer);
    clearTimeout(this.#listenTimer);
    removeEventListener("online", this.wakeUp);
    document.removeEventListener("visibilitychange", this.wakeUp);
  }

  forget() {
    this.stop();
    forget(this.#key);
  }

  keepDraft(text) {
    this.#kept.draft = text;
    this.#keep();
  }

  send(text) {
    this.#kept.messages.push({ id: newId(), text, from: "patient", state: "waiting" });
    this.#kept.options = [];
    this.#kept.draft = "";
    this.#changed();
    this.#hurry();
  }

  // ------------------------------------------------------------------ sending

  #hurry() {
    this.#listenIn = LISTEN_FIRST_MS;
    clearTimeout(this.#sendTimer);
    this.#sendWaiting();
    this.#listen();
  }

  async #sendWaiting() {
    if (this.#isSending || this.#isStopped) return;
    this.#isSending = true;
    for (let message; !this.#isStopped && (message = this.#firstWaiting()); ) {
      this.#changed();
      if (!(await this.#deliver(message))) break;
    }
    this.#isSending = false;
    this.#changed();
  }

  #firstWaiting() {
    return this.messages.find((message) => ["waiting", "unsent"].includes(message.state));
  }

  // Whether the next one may follow.
  async #deliver(message) {
    try {
      const answers = await this.#wire.deliver(message, this.#kept.memory);
      message.state = "sent";
      this.problem = "";
      this.#tries = 0;
      this.#take(answers);
      return true;
    } catch (error) {
      message.state = error instanceof Refused ? "refused" : "unsent";
      if (message.state === "refused") return true;
      this.problem = error instanceof TooMany ? error.message : NO_CONNECTION;
      this.#tryAgainIn(error instanceof TooMany ? error.seconds * 1000 : this.#backOff());
      return false;
    }
  }

  #backOff() {
    return Math.min(FIRST_TRY_AGAIN_MS * 2 ** this.#tries++, LAST_TRY_AGAIN_MS) * spread();
  }

  #tryAgainIn(ms) {
    clearTimeout(this.#sendTimer);
    if (!this.#isStopped) this.#sendTimer = setTimeout(() => this.#sendWaiting(), ms);
  }

  // ---------------------------------------------------------------- listening

  // A link worker's text, a reminder, the answer that a lost connection missed.
  async #listen() {
    clearTimeout(this.#listenTimer);
    if (this.#isStopped || document.hidden) return;
    try {
      const answers = await this.#wire.later(this.#after(), this.#kept.memory);
      if (this.#take(answers)) this.#listenIn = LISTEN_FIRST_MS;
    } catch { /* the next listening may do better */ }
    this.#changed();
    clearTimeout(this.#listenTimer);
    if (this.#isStopped) return;
    this.#listenTimer = setTimeout(() => this.#listen(), this.#listenIn * spread());
    this.#listenIn = Math.min(this.#listenIn * LISTEN_SLOWER_BY, LISTEN_LAST_MS);
  }

  #after() {
    const settled = this.messages.filter((m) => m.from === "bot" && m.at < Date.now() - ASK_AGAIN_MS);
    return Math.max(0, ...settled.map((message) => message.id));
  }

  // Whether any of it is new.
  #take(answers) {
    const known = new Set(this.messages.map((message) => message.id));
    const fresh = answers.filter((answer) => !known.has(answer.id));
    for (const { id, text, options } of fresh) {
      this.messages.push({ id, text, from: "bot", at: Date.now() });
      this.#kept.options = options ?? [];
    }
    return fresh.length > 0;
  }

  // ------------------------------------------------------------------ keeping

  #changed() {
    if (this.#isStopped) return;
    this.#keep();
    this.dispatchEvent(new Event("change"));
  }

  #keep() {
    if (!this.#isStopped) write(this.#key, this.#kept);
  }
}

const NO_CONNECTION = "No connection. Your text is kept here, and goes as soon as there is one.";

// Many browsers that lost a service together must not come back to it together.
function spread() {
  return 0.8 + Math.random() * 0.4;
}

// crypto.randomUUID needs https, and not every practice's site has it.
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// A browser may refuse to keep anything; the chat then lasts as long as the page.
export function read(key) {
  try { return JSON.parse(sessionStorage.getItem(key)) ?? {}; } catch { return {}; }
}

export function write(key, value) {
  try { sessionStorage.setItem(key, JSON.stringify(value)); } catch { /* see above */ }
}

export function forget(key) {
  try { sessionStorage.removeItem(key); } catch { /* see above */ }
}
