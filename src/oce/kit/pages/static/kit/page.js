// What scripts add to pages that work without them: lists that answer while one types (htmx), keys, sheets over the
// page (sheets.js), menus that close, messages that are put away.
import "../vendor/htmx.org/htmx.esm.min.js";
import "./sheets.js";

const root = document.documentElement;
root.classList.add("scripted");

const isTyping = (target) => target.closest?.("input, textarea, select, [contenteditable]");

// Menus and sheets close with Escape, and menus when one presses elsewhere.
function closeMenus(except) {
  for (const open of document.querySelectorAll("details.pick[open]")) {
    if (!open.contains(except)) open.open = false;
  }
}
document.addEventListener("click", (press) => closeMenus(press.target));

// Keys: an element says which keys press it, as data-key="g t"; the second must follow within a second.
let first = "";
let firstAt = 0;
function pressed(keys) {
  return [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === keys);
}
document.addEventListener("keydown", (press) => {
  if (press.key === "Escape") {
    const open = document.querySelector("details.pick[open] > summary");
    closeMenus(null);
    open?.focus();
    if (location.hash === "#menu") location.hash = "content";
    return;
  }
  if (press.ctrlKey || press.metaKey || press.altKey || isTyping(press.target) || document.querySelector("dialog[open]")) return;
  const both = press.timeStamp - firstAt < 1000 ? `${first} ${press.key}` : press.key;
  const found = pressed(both) ?? pressed(press.key) ?? (press.key === "/" ? document.querySelector("main input[type=search]") : null);
  first = press.key;
  firstAt = press.timeStamp;
  if (!found) return;
  press.preventDefault();
  if (found.matches("input")) found.focus();
  else found.click();
});

// A message that can be undone stays until it is put away.
document.addEventListener("click", (press) => press.target.closest?.(".messages .away")?.closest("li").remove());
