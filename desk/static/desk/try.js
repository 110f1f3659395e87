// The try-out page's phone: the practice website's chat in a phone's frame, and beside web chat
// the simulated SMS of the demo programme, where the patient's number is known.

import { Conversation, forget, read, write } from "../chat/conversation.js";
import { leave, leaveByEscape } from "../chat/leaving.js";
import { View } from "../chat/view.js";
import { simulatedSms, webChat } from "../chat/wires.js";

const PATIENT = "blether-try";
const MESSAGES = "blether-try-messages";

const wayIn = document.getElementById("way-in");
const mine = document.getElementById("mine");
const chat = document.getElementById("chat");
const { bot } = chat.dataset;

const view = new View({
  root: chat.attachShadow({ mode: "open", delegatesFocus: true }),
  note: ["Write what is wrong, in your own words. When you close this tab, this chat is gone from this device."],
});
let patient = restore() ?? newPatient(wayIn.value);
let conversation = begin();

function newPatient(way) {
  return { way, from: madeUpNumber() };
}

// Ofcom keeps 07700 900000 to 900999 for drama: nobody has these numbers.
function madeUpNumber() {
  const last = crypto.getRandomValues(new Uint16Array(1))[0] % 1000;
  return `+447700900${String(last).padStart(3, "0")}`;
}

function restore() {
  const kept = read(PATIENT);
  const ways = [...wayIn.options].map((option) => option.value);
  return ways.includes(kept.way) ? kept : null;
}

function begin() {
  const isWeb = patient.way === "web";
  const wire = isWeb ? webChat({ bot }) : simulatedSms({ bot, from: patient.from, to: patient.way });
  write(PATIENT, patient);
  wayIn.value = patient.way;
  mine.textContent = isWeb
    ? "Web chat: the practice does not know your number"
    : `Your made-up number is ${patient.from.replace("+44", "0").replace(/^(.{5})/, "$1 ")}`;
  const begun = new Conversation({ wire, key: MESSAGES });
  view.follow(begun);
  begun.start();
  return begun;
}

function startAgain() {
  conversation.forget();
  patient = newPatient(wayIn.value);
  conversation = begin();
  view.focus();
}

function leaveQuickly() {
  leave({ forget: () => { conversation.forget(); forget(PATIENT); } });
}

wayIn.addEventListener("change", startAgain);
document.getElementById("start-again").addEventListener("click", startAgain);
document.getElementById("leave").addEventListener("click", leaveQuickly);
leaveByEscape({ isWanted: () => true, said: () => {}, leave: leaveQuickly });
view.focus();
