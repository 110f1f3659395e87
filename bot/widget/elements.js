// Building a page's elements. Text is only ever set as text, so a patient's words never run.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== false && value != null) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

// Read by screen readers, not shown.
export function unseen(text) {
  return element("span", { class: "unseen" }, text);
}

export function button(text, attributes) {
  return element("button", { type: "button", ...attributes }, text);
}
