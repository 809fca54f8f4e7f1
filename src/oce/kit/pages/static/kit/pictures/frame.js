// Draws every picture of the page from the table beside it, when it comes into view, with the library its kind needs; and lets
// one change between picture and table, and take the picture along.
import { colour, read } from "./table.js";

const drawers = {
  sankey: () => import("./flows.js"),
  graph: () => import("./networks.js"),
};
const charts = () => import("./charts.js");
const drawn = new Map();

async function draw(figure) {
  const { draw: drawer } = await (drawers[figure.dataset.picture] ?? charts)();
  const table = read(figure);
  const space = figure.querySelector(".drawing");
  drawn.get(figure)?.remove();
  drawn.set(figure, drawer(figure.dataset.picture, table, space));
  space.setAttribute("role", "img");
  // What is wider than its place can be moved by the arrow keys as well.
  if (space.scrollWidth > space.clientWidth) space.tabIndex = 0;
  space.setAttribute("aria-label", `${table.title}. ${table.description}`);
}

function tools(figure) {
  const toggle = figure.querySelector(".toggle");
  toggle.hidden = false;
  toggle.addEventListener("click", (press) => {
    const pressed = press.target.closest("[data-show]");
    if (!pressed) return;
    figure.classList.toggle("shows-table", pressed.dataset.show === "table");
    for (const one of toggle.children) one.setAttribute("aria-pressed", String(one === pressed));
  });
  const take = figure.querySelector("[data-take=png]");
  take.hidden = false;
  take.addEventListener("click", () => png(figure));
}

async function png(figure) {
  const shown = await drawn.get(figure).canvas();
  const sheet = document.createElement("canvas");
  sheet.width = shown.width;
  sheet.height = shown.height;
  const pen = sheet.getContext("2d");
  pen.fillStyle = colour("surface");
  pen.fillRect(0, 0, sheet.width, sheet.height);
  pen.drawImage(shown, 0, 0);
  const link = document.createElement("a");
  link.download = `${figure.dataset.name}.png`;
  link.href = sheet.toDataURL("image/png");
  link.click();
}

const redrawAll = () => [...drawn.keys()].forEach(draw);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawAll);

// Paper is light: before printing the pictures are drawn for it.
const root = document.documentElement;
let theme;
addEventListener("beforeprint", () => { theme = root.dataset.theme; root.dataset.theme = "light"; redrawAll(); });
addEventListener("afterprint", () => { if (theme) root.dataset.theme = theme; else delete root.dataset.theme; redrawAll(); });

const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    // What cannot be drawn is still told: the table comes back.
    draw(target).then(() => tools(target), () => target.classList.add("undrawn"));
  }
}, { rootMargin: "300px" });

function watch(within) {
  for (const figure of within.querySelectorAll("figure[data-picture]:not([data-watched])")) {
    if (!figure.querySelector("table.figures")) continue;
    figure.dataset.watched = "yes";
    seen.observe(figure);
  }
}
watch(document);
document.addEventListener("htmx:after:swap", () => watch(document));
