// The chat of a practice's website: a button, and the panel that it opens. On a wide screen the
// panel stands beside the page; on a phone it fills the screen and holds the focus.

import { Conversation, forget, read, write } from "./conversation.js";
import { button, element } from "./elements.js";
import { leave, leaveByEscape } from "./leaving.js";
import { link } from "./links.js";
import { View } from "./view.js";
import { webChat } from "./wires.js";

const KEPT = "blether-chat";
const PANEL_KEPT = "blether-panel";
const FILLS_SCREEN = "(max-width: 30em), (max-height: 34em)";

// Put the chat on this page, once, however often the line stands there.
export function addChat({ bot, practice, exit, label = "Chat for help" }) {
  if (document.querySelector("[data-blether]")) return;
  const host = element("div", { "data-blether": "", role: "region", "aria-label": label });
  const root = host.attachShadow({ mode: "open" });
  document.body.append(host);
  new Panel({ root, label, exit, wire: webChat({ bot, practice }) }).start();
}

class Panel {
  constructor({ root, label, exit, wire }) {
    this.root = root;
    this.exit = exit;
    this.conversation = new Conversation({ wire, key: KEPT });
    this.launcher = button(label, {
      class: "launcher", "aria-expanded": "false", "aria-haspopup": "dialog",
      onclick: () => this.open(),
    });
    this.said = element("p", { class: "unseen", role: "status" });
    this.dialog = element("dialog", {
      class: "panel", "aria-labelledby": "title",
      onclose: () => this.#closed(),
    });
    root.append(this.launcher, this.dialog, this.said);
    this.view = new View({ root: this.dialog, note: note(), before: [this.#bar()] });
    leaveByEscape({
      isWanted: () => this.dialog.open || this.conversation.isBegun,
      said: (left) => this.#escapePressed(left),
      leave: () => this.leave(),
    });
  }

  // A panel that was open before a reload is open again.
  start() {
    this.view.follow(this.conversation);
    if (this.conversation.isBegun) this.conversation.start();
    const { isOpen, hadFocus } = read(PANEL_KEPT);
    if (isOpen) this.open({ takesFocus: hadFocus });
    addEventListener("pagehide", () => this.#keep());
  }

  open({ takesFocus = true } = {}) {
    if (this.dialog.open) return;
    const fillsScreen = matchMedia(FILLS_SCREEN).matches;
    if (fillsScreen) this.dialog.showModal();
    else this.dialog.show();
    this.launcher.setAttribute("aria-expanded", "true");
    this.said.textContent = "";
    this.view.toTheEnd();
    // Who came to another page of the site begins at its top, not in the chat.
    if (takesFocus || fillsScreen) this.view.focus();
    else this.root.activeElement?.blur();
    this.conversation.start();
    this.#keep();
  }

  close() {
    this.dialog.close();
  }

  #closed() {
    this.launcher.setAttribute("aria-expanded", "false");
    this.launcher.focus();
    this.#keep();
  }

  #keep() {
    if (this.hasLeft) return;
    const hadFocus = this.dialog.contains(this.root.activeElement);
    write(PANEL_KEPT, { isOpen: this.dialog.open, hadFocus });
  }

  leave() {
    this.hasLeft = true;
    leave({
      exit: this.exit,
      forget: () => { this.conversation.forget(); forget(PANEL_KEPT); },
    });
  }

  #escapePressed(left) {
    if (this.dialog.open) this.close();
    this.said.textContent = `Press Escape ${left === 1 ? "once more" : `${left} more times`} to leave this page.`;
  }

  #bar() {
    return element(
      "div", { class: "bar" },
      element("h2", { class: "title", id: "title" }, "Blether"),
      button("Leave quickly", {
        class: "button button--leave", title: "Or press Escape 3 times", onclick: () => this.leave(),
      }),
      button("✕", { class: "button button--close", "aria-label": "Close chat", onclick: () => this.close() }),
    );
  }
}

function note() {
  return [
    "Write what is wrong, in your own words. I am a computer. A link worker at your practice can",
    " read what you write. In danger now? Ring ", link("999"), ". When you close this tab, this",
    " chat is gone from this device.",
  ];
}
