// Review by keyboard: single keys, and choosing words in the text. Without it the pages work by their forms.
"use strict";

const text = document.getElementById("text");
const told = document.getElementById("choosing");
const take = document.getElementById("take");
const form = document.getElementById("edit-form");
let field = ""; // the field that words are chosen for

// --- single keys --------------------------------------------------------------------------------------

// They can be turned off (WCAG 2.1.4): whoever dictates would set them off by speaking.
const OFF = "musnad-single-keys-off";
let off = false;
try {
  off = localStorage.getItem(OFF) === "yes";
} catch {
  // Without a place to remember it, they are on.
}

function typesInto(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable='true']");
}

function press(key) {
  const wanted = [...document.querySelectorAll("[data-keys]")].find((one) =>
    one.dataset.keys.split(" ").includes(key),
  );
  if (!wanted) return false;
  if (wanted.matches("summary")) {
    wanted.parentElement.open = !wanted.parentElement.open;
    wanted.focus();
  } else if (wanted.getAttribute("href") === "#edit") {
    form.querySelector("select, input:not([type='hidden']), textarea").focus();
    form.closest("section").scrollIntoView({ block: "start" });
  } else {
    wanted.click();
  }
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && typesInto(event.target) && event.target !== text) {
    event.preventDefault();
    (document.getElementById("draft") ?? document.querySelector("h1")).focus();
    return;
  }
  if (event.key === "Enter" && event.ctrlKey && form?.contains(event.target)) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  if (off || event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typesInto(event.target)) return;
  if (press(event.key.toLowerCase())) event.preventDefault();
});

// One press is one decision, however long it lasts, and until the next page is there.
let leaving = false;
document.addEventListener("submit", (event) => {
  if (leaving) event.preventDefault();
  leaving = true;
});
window.addEventListener("pageshow", () => {
  leaving = false;
});

const keysSwitch = document.getElementById("keys-switch");
function showSwitch() {
  keysSwitch.textContent = off ? keysSwitch.dataset.on : keysSwitch.dataset.off;
}
if (keysSwitch) {
  keysSwitch.hidden = false;
  showSwitch();
  keysSwitch.addEventListener("click", () => {
    off = !off;
    try {
      localStorage.setItem(OFF, off ? "yes" : "no");
    } catch {
      // It holds for this page.
    }
    showSwitch();
  });
}

// --- choosing words in the text -----------------------------------------------------------------------

// The graph counts code points, the browser UTF-16 units: Array.from gives the former.
const count = (string) => Array.from(string).length;

function placeOf(offset) {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let left = offset;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const points = Array.from(node.data);
    if (left <= points.length) return [node, points.slice(0, left).join("").length];
    left -= points.length;
  }
  return [text, text.childNodes.length];
}

function chosen() {
  const selection = window.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const whole = range.toString();
  const words = whole.trim();
  if (!words) return null;
  const start = count(before.toString()) + count(whole.slice(0, whole.indexOf(words)));
  return { words, start, end: start + count(words) };
}

function show(range) {
  const [box, words] = [text.getBoundingClientRect(), range.getBoundingClientRect()];
  text.scrollTop += words.top - box.top - Math.min(120, text.clientHeight / 3);
}

function leave(to) {
  text.contentEditable = "false";
  text.setAttribute("role", "group");
  for (const name of ["aria-multiline", "aria-readonly", "aria-label"]) text.removeAttribute(name);
  text.classList.remove("choosing");
  take.hidden = true;
  window.getSelection().removeAllRanges();
  to?.focus();
}

function takeIt() {
  const found = chosen();
  if (!found) {
    told.textContent = told.dataset.none;
    return;
  }
  const box = form.elements[field];
  box.value = found.words;
  form.elements[`${field}_start`].value = found.start;
  form.elements[`${field}_end`].value = found.end;
  told.textContent = told.dataset.taken.replace("%s", found.words);
  leave(box);
}

function choose(name) {
  field = name;
  if (chosen()) {
    takeIt();
    return;
  }
  // A caret to select with from the keyboard, which browsers give to what can be edited alone; nothing is.
  text.contentEditable = "true";
  text.setAttribute("role", "textbox");
  text.setAttribute("aria-multiline", "true");
  text.setAttribute("aria-readonly", "true");
  text.setAttribute("aria-label", text.dataset.label);
  text.classList.add("choosing");
  take.hidden = false;
  told.textContent = told.dataset.how;
  text.focus();
  const [start, end] = ["start", "end"].map((edge) => Number(form.elements[`${name}_${edge}`].value));
  const range = document.createRange();
  range.setStart(...placeOf(start));
  range.setEnd(...placeOf(end));
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  requestAnimationFrame(() => {
    show(range);
    range.startContainer.parentElement?.scrollIntoView({ block: "nearest", behavior: "instant" });
  });
}

const shown = text?.querySelector("mark.evidence") ?? text?.querySelector("mark.content");
if (shown) {
  const range = document.createRange();
  range.selectNodeContents(shown);
  document.fonts.ready.then(() => show(range)); // before, lines are of another height
}
if (text && form) {
  text.spellcheck = false;
  for (const event of ["beforeinput", "paste", "cut", "drop", "dragstart"]) {
    text.addEventListener(event, (happened) => happened.preventDefault());
  }
  text.addEventListener("keydown", (event) => {
    if (!text.isContentEditable) return;
    if (event.key === "Enter") {
      event.preventDefault();
      takeIt();
    } else if (event.key === "Escape") {
      event.preventDefault();
      told.textContent = "";
      leave(form.elements[field]);
    }
  });
  take.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
  take.addEventListener("click", takeIt);
  for (const button of document.querySelectorAll("button[data-choose]")) {
    button.hidden = false;
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => choose(button.dataset.choose));
  }
}
