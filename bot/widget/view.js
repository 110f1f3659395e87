// The conversation on the screen: thread, quick replies, message box. The same in a practice's
// chat panel and on the try-out page's phone; it lives in a shadow root, where no style of the
// page around it reaches.

import { button, element, unseen } from "./elements.js";
import { linked } from "./links.js";
import { dress } from "./style.js";

const LONGEST_TEXT = 10_000;
const NOT_TAKEN = "This could not be sent. Please ring the practice. In danger, ring 999.";

export class View {
  #conversation;
  #redraw = () => this.#show();

  // `note` stands above the first message; `before` are elements above the thread.
  constructor({ root, note, before = [] }) {
    dress(root);
    this.thread = element("div", {
      class: "thread", role: "log", "aria-live": "polite", "aria-label": "Messages", tabindex: 0,
    });
    this.note = element("p", { class: "note" }, ...note);
    this.status = element("p", { class: "status", id: "typing", role: "status" });
    this.replies = element("div", { class: "replies", role: "group", "aria-label": "Quick replies" });
    this.input = this.#messageBox();
    root.append(...before, this.thread, this.status, this.replies, this.#form());
  }

  focus() {
    this.input.focus();
  }

  // Show another conversation from now on.
  follow(conversation) {
    this.#conversation?.removeEventListener("change", this.#redraw);
    this.#conversation = conversation;
    this.input.value = conversation.draft;
    conversation.addEventListener("change", this.#redraw);
    // What was said before is not said again.
    this.thread.setAttribute("aria-live", "off");
    this.thread.replaceChildren(this.note);
    this.#show();
    requestAnimationFrame(() => this.thread.setAttribute("aria-live", "polite"));
  }

  toTheEnd() {
    this.thread.scrollTop = this.thread.scrollHeight;
  }

  // ---------------------------------------------------------------- building

  #messageBox() {
    return element("textarea", {
      class: "input", id: "message", rows: 1, maxlength: LONGEST_TEXT, autocomplete: "off",
      placeholder: "Text message",
      oninput: () => this.#conversation.keepDraft(this.input.value),
      onkeydown: (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        this.form.requestSubmit();
      },
    });
  }

  #form() {
    this.form = element(
      "form",
      {
        class: "form",
        onsubmit: (event) => {
          event.preventDefault();
          if (this.input.value.trim()) this.#send(this.input.value);
        },
      },
      element("label", { class: "unseen", for: "message" }, "Your message"),
      this.input,
      button("Send", { type: "submit", class: "button button--send" }),
    );
    return this.form;
  }

  // The focus stays in the message box, whichever way a text was sent.
  #send(text) {
    this.input.value = "";
    this.#conversation.send(text);
    this.focus();
  }

  // ----------------------------------------------------------------- showing

  #show() {
    const isNew = this.#showMessages();
    this.#showReplies();
    this.#showStatus();
    if (isNew) this.toTheEnd();
  }

  // Only what is new or changed is touched, so that a screen reader says each message once.
  // Whether a message came is given back.
  #showMessages() {
    const shown = new Map([...this.thread.children].map((item) => [item.dataset.id, item]));
    let isNew = false;
    for (const message of this.#conversation.messages) {
      const item = shown.get(String(message.id));
      if (item?.dataset.state === (message.state ?? "")) continue;
      isNew ||= !item;
      if (item) item.replaceWith(this.#bubble(message));
      else this.thread.append(this.#bubble(message));
    }
    return isNew;
  }

  #bubble(message) {
    const isMine = message.from === "patient";
    const text = isMine ? [message.text] : linked(message.text);
    return element(
      "div",
      {
        class: `bubble bubble--${isMine ? "mine" : "theirs"} bubble--${message.state ?? "sent"}`,
        "data-id": message.id,
        "data-state": message.state ?? "",
      },
      unseen(isMine ? "You: " : "Blether: "),
      element("span", { class: "bubble__text", dir: "auto" }, ...text), // Arabic reads from the right
      ...this.#notSent(message),
    );
  }

  #notSent(message) {
    if (message.state === "refused") {
      return [element("span", { class: "bubble__unsent" }, NOT_TAKEN)];
    }
    if (message.state !== "unsent") return [];
    const again = button("Try again", {
      class: "bubble__again",
      onclick: () => { this.focus(); this.#conversation.start(); },
    });
    return [element("span", { class: "bubble__unsent" }, "Not sent yet. ", again)];
  }

  #showReplies() {
    const options = this.#conversation.options;
    const shown = [...this.replies.children].map((reply) => reply.textContent);
    if (String(shown) === String(options)) return;
    this.replies.replaceChildren(...options.map((option) => button(option, {
      class: "button button--reply",
      // Pressed twice, it is gone by the second time.
      onclick: (event) => event.currentTarget.isConnected && this.#send(option),
    })));
    this.toTheEnd();
  }

  #showStatus() {
    const { problem, isSending } = this.#conversation;
    const text = problem || (isSending ? "Blether is writing…" : "");
    if (this.status.textContent !== text) this.status.textContent = text;
    this.status.classList.toggle("status--problem", Boolean(problem));
  }
}
