// What the pages do beyond reading: they work without it.
"use strict";

// A card and its marks light up together, by pointer and by keyboard.
function marksOf(id) {
  return [...document.querySelectorAll("mark[data-statements]")].filter((mark) =>
    mark.dataset.statements.split(" ").includes(id),
  );
}

function light(ids, lit) {
  for (const id of ids) {
    document.getElementById(`card-${id}`)?.classList.toggle("lit", lit);
    for (const mark of marksOf(id)) mark.classList.toggle("lit", lit);
  }
}

function idsAt(target) {
  const place = target instanceof Element ? target.closest("mark[data-statements], .card[data-statement]") : null;
  if (!place) return [];
  return (place.dataset.statements ?? place.dataset.statement).split(" ");
}

for (const [on, off] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  document.addEventListener(on, (event) => light(idsAt(event.target), true));
  document.addEventListener(off, (event) => light(idsAt(event.target), false));
}

// A mark leads to its card: by click, and by Enter once it has the focus.
function follow(mark) {
  const card = document.getElementById(`card-${mark.dataset.statements.split(" ")[0]}`);
  card?.scrollIntoView({ block: "nearest" });
  card?.querySelector("a")?.focus({ preventScroll: true });
}

for (const mark of document.querySelectorAll("mark[id][data-statements]")) {
  mark.tabIndex = 0;
  mark.setAttribute("role", "link");
}
document.addEventListener("click", (event) => {
  const mark = event.target instanceof Element ? event.target.closest("mark[data-statements]") : null;
  if (mark && String(window.getSelection()) === "") follow(mark);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target instanceof Element && event.target.matches("mark[data-statements]")) {
    follow(event.target);
  }
});

// Copying what an element says.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy).textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = button.dataset.done;
    } catch {
      window.getSelection().selectAllChildren(document.getElementById(button.dataset.copy));
    }
  });
}
