// What scripts add to pages that work without them: lists that answer while one types (htmx), keys, pages opened as a
// sheet over the page, menus that close, messages that are put away.
import "../vendor/htmx.org/htmx.esm.min.js";

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

// A link with data-sheet opens its page over this one. Opened in a new tab, or without scripts, it is a page of its own.
function sheet() {
  const made = document.createElement("dialog");
  made.className = "sheet";
  const close = document.createElement("button");
  close.type = "button";
  close.className = "close";
  close.textContent = "×";
  close.setAttribute("aria-label", root.dataset.close ?? "×");
  close.addEventListener("click", () => made.close());
  made.append(close);
  made.addEventListener("click", (press) => press.target === made && made.close());
  made.addEventListener("close", () => made.remove());
  document.body.append(made);
  return made;
}
async function openSheet(link) {
  const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const content = page.querySelector("#content");
  if (!answer.ok || !content || page.body.classList.contains("outside")) {
    location.href = link.href;
    return;
  }
  const over = sheet();
  const body = document.createElement("div");
  body.append(...content.childNodes);
  for (const form of body.querySelectorAll("form:not([action])")) form.action = answer.url;
  const heading = body.querySelector("h1");
  if (heading) over.setAttribute("aria-label", heading.textContent.trim());
  over.append(body);
  window.htmx?.process(body);
  over.showModal();
}
document.addEventListener("click", (press) => {
  const link = press.target.closest?.("a[data-sheet]");
  if (!link || press.button || press.ctrlKey || press.metaKey || press.shiftKey || press.altKey) return;
  press.preventDefault();
  openSheet(link).catch(() => { location.href = link.href; });
});

// A message that can be undone stays until it is put away.
for (const away of document.querySelectorAll(".messages .away")) {
  away.hidden = false;
  away.addEventListener("click", () => away.closest("li").remove());
}
