// How the chat looks. Sizes are in em of the reader's own text size ("medium"), so that the style
// of the page around it cannot make it small. A style sheet made by script is allowed by every
// content policy; browsers that cannot make one get a style element.

export function dress(root) {
  const place = root.getRootNode();
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    place.adoptedStyleSheets = [sheet];
  } catch {
    const style = document.createElement("style");
    style.textContent = STYLE;
    place.prepend(style);
  }
}

const STYLE = `
:host {
  all: initial; font: medium/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  --ink: #1b262c; --quiet: #4a5b64; --paper: #fff; --brand: #0b5d5b; --brand-dark: #07403f;
  --on-brand: #fff; --mine: #d3ede3; --theirs: #edf0f3; --line: #c9d2cf; --edge: #66757d;
  --alarm: #8a1c1c; --alarm-paper: #fdf0ef; --link: #0a4a94; --shadow: rgb(18 32 38 / 32%);
  --focus: #fdd522; --focus-edge: #1b262c;
  color: var(--ink); color-scheme: light dark; text-align: start;
}
@media (prefers-color-scheme: dark) {
  :host {
    --ink: #eef3f2; --quiet: #b3c2c4; --paper: #172126; --brand: #0e6f6c; --brand-dark: #0a5553;
    --on-brand: #fff; --mine: #14504c; --theirs: #2a373d; --line: #3b4a51; --edge: #8fa1a8;
    --alarm: #ffb4ab; --alarm-paper: #3a1d1b; --link: #9fd0ff; --shadow: rgb(0 0 0 / 60%);
    --focus-edge: #000;
  }
}
*, ::before, ::after { box-sizing: border-box; }
.unseen {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap;
}
button, textarea { font: inherit; color: inherit; }
button { cursor: pointer; touch-action: manipulation; }
:focus-visible {
  outline: 3px solid var(--focus); outline-offset: 1px; box-shadow: 0 0 0 6px var(--focus-edge);
}

.launcher {
  position: fixed; z-index: 2147483000; inset-block-end: max(1em, env(safe-area-inset-bottom));
  inset-inline-end: 1em; max-width: calc(100vw - 2em); min-height: 3.25em; padding: .6em 1.4em;
  border: 2px solid #fff; border-radius: 1.7em; background: var(--brand); color: var(--on-brand);
  font-weight: 700; box-shadow: 0 .3em 1.2em var(--shadow);
}
.launcher:hover { background: var(--brand-dark); }

.panel {
  position: fixed; z-index: 2147483001; inset: auto 1em 1em auto; margin: 0; padding: 0;
  width: min(25em, calc(100vw - 2em)); height: min(42em, calc(100dvh - 2em)); max-height: none;
  border: 1px solid var(--line); border-radius: 1em; overflow: auto; overscroll-behavior: contain;
  background: var(--paper); color: var(--ink); box-shadow: 0 1em 3em var(--shadow);
}
.panel[open] { display: flex; flex-direction: column; }
.panel::backdrop { background: var(--paper); }
@media (max-width: 30em), (max-height: 34em) {
  .panel {
    inset: 0; width: 100%; max-width: none; height: 100vh; height: 100dvh; border: 0; border-radius: 0;
  }
}

.bar {
  display: flex; flex-wrap: wrap; gap: .5em; align-items: center; flex: none;
  padding: .6em; padding-inline-start: .85em; background: var(--brand); color: var(--on-brand);
}
.title { margin: 0; flex: 1; font-size: 1.2em; line-height: 1.2; letter-spacing: .01em; }
.button {
  min-height: 2.75em; padding: .3em 1.1em; border: 2px solid transparent; border-radius: 1.5em;
  font-weight: 700; line-height: 1.2;
}
.button--leave { padding-inline: .9em; background: #fff; color: #8a1c1c; }
.button--leave:hover { background: #fbe3e1; }
.button--close { min-width: 2.75em; padding: 0; background: transparent; color: var(--on-brand); border-color: rgb(255 255 255 / 75%); }
.button--close:hover { background: var(--brand-dark); }
.button--send { background: var(--brand); color: var(--on-brand); }
.button--send:hover { background: var(--brand-dark); }
.button--reply { min-width: 4em; background: var(--paper); color: var(--ink); border-color: var(--brand); }
.button--reply:hover { background: var(--mine); }

/* What is unseen is placed within its thread or form, or it would make the panel scroll. */
.thread, .form { position: relative; }
.thread {
  flex: 1 0 9em; overflow-y: auto; overscroll-behavior: contain; padding: 1em;
  display: flex; flex-direction: column; gap: .5em;
}
.thread:focus-visible { outline-offset: -4px; box-shadow: inset 0 0 0 6px var(--focus-edge); }
.note { margin: 0 0 .5em; color: var(--quiet); font-size: .95em; }
.bubble {
  max-width: 90%; padding: .6em .85em; border: 1px solid transparent; border-radius: 1.1em;
  overflow-wrap: anywhere;
}
.bubble__text { display: block; white-space: pre-line; }
.bubble--mine { align-self: flex-end; background: var(--mine); border-end-end-radius: .3em; }
.bubble--theirs { align-self: flex-start; background: var(--theirs); border-end-start-radius: .3em; }
.bubble--unsent, .bubble--refused { background: var(--alarm-paper); border-color: var(--alarm); }
.bubble__unsent { display: block; margin-top: .3em; color: var(--alarm); font-size: .95em; }
.bubble__again {
  min-height: 2em; padding: .2em .1em; border: 0; background: none; color: inherit; font-weight: 700;
  text-decoration: underline; text-underline-offset: .15em;
}
a[href^="tel:"] { white-space: nowrap; }
a { color: var(--link); text-underline-offset: .15em; }
.status { flex: none; min-height: 1.5em; margin: 0; padding: 0 1em .2em; color: var(--quiet); font-size: .95em; }
.status--problem { color: var(--alarm); font-weight: 600; }
.replies { display: flex; flex-wrap: wrap; gap: .5em; flex: none; padding: .1em 1em .6em; }
.replies:empty { display: none; }

.form { display: flex; flex: none; flex-wrap: wrap; gap: .5em; align-items: flex-end; padding: .7em; border-top: 1px solid var(--line); }
.input {
  flex: 1 1 8em; min-width: 0; min-height: 2.75em; max-height: 8em; padding: .55em 1em; resize: none;
  border: 2px solid var(--edge); border-radius: 1.4em; background: var(--paper); field-sizing: content;
}
.input::placeholder { color: var(--quiet); opacity: 1; }

@media (prefers-reduced-motion: no-preference) {
  .bubble { animation: arrive .15s ease-out; }
  @keyframes arrive { from { opacity: 0; transform: translateY(.4em); } }
}
@media (forced-colors: active) {
  .launcher, .panel, .bubble, .button { border-color: CanvasText; }
}
`;
