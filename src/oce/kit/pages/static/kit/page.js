// What scripts add to pages that work without them: lists answer while one types (htmx), and "/" goes to the search.
import "../vendor/htmx.org/htmx.esm.min.js";

document.addEventListener("keydown", (press) => {
  const isTyping = press.target.closest("input, textarea, select");
  if (press.key !== "/" || isTyping || press.ctrlKey || press.metaKey || press.altKey) return;
  const search = document.querySelector("input[type=search]");
  if (search) {
    press.preventDefault();
    search.focus();
  }
});

// The menu of a phone closes with the Escape key, as people expect of what covers the page.
document.addEventListener("keydown", (press) => {
  if (press.key === "Escape" && location.hash === "#menu") location.hash = "content";
});
