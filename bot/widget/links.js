// Phone numbers and web addresses in what Blether writes become links: a tap rings.

import { element } from "./elements.js";

const LINK = /https:\/\/[^\s,]+[^\s,.]|\b(?:0\d{2,4} \d{3} ?\d{3,4}|0800 1111|116 123|999|111)\b/g;

// The text as a list of strings and links.
export function linked(text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(LINK)) {
    parts.push(text.slice(end, found.index), link(found[0]));
    end = found.index + found[0].length;
  }
  return [...parts, text.slice(end)];
}

export function link(text) {
  const isWeb = text.startsWith("https:");
  const href = isWeb ? text : `tel:${text.replaceAll(" ", "")}`;
  return element("a", { href, ...(isWeb && { target: "_blank", rel: "noreferrer noopener" }) }, text);
}
