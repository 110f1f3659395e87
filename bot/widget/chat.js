// The chat for a practice's own website. One line puts it there:
//
//   <script src="https://BLETHER/webhooks/web/chat.js" data-practice="CODE" defer></script>
//
// data-practice  the practice code; without it the patient is asked
// data-exit      where "Leave quickly" goes: a plain page, https://www.bbc.co.uk/weather by default
// data-label     what the button says, "Chat for help" by default
//
// Nothing else is loaded from anywhere. A site with a content policy allows Blether's address
// in script-src and connect-src; no inline style or script is used. docs/web-chat.md says more.
(() => {
  const tag = document.currentScript;
  const settings = { bot: new URL(tag.src).origin, ...tag.dataset };
  import(new URL("panel.js", tag.src))
    .then(({ addChat }) => addChat(settings))
    .catch((error) => console.error(
      `Blether's chat could not start. Is ${location.origin} among its WEB_CHAT_ORIGINS?`, error,
    ));
})();
