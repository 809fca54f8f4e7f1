// What every picture needs: the table it is drawn from, the colours of the page, numbers as the reader writes them.

const root = document.documentElement;
const numbers = new Intl.NumberFormat(root.lang || undefined, { maximumFractionDigits: 2 });

// The cells of a figure's table. Drawing needs no more digits than a float has; the table and the file keep them all.
export function read(figure) {
  const cells = (line) => [...line.cells].map((cell) => ({
    text: cell.textContent.trim(),
    amount: cell.dataset.amount === undefined ? null : Number(cell.dataset.amount),
    link: cell.querySelector("a")?.href ?? "",
    shape: cell.dataset.shape ?? "",
    within: cell.dataset.within ?? "",
  }));
  const table = figure.querySelector("table.figures");
  return {
    unit: figure.dataset.unit,
    title: figure.querySelector("figcaption h2").textContent.trim(),
    description: figure.querySelector("figcaption .hint").textContent.trim(),
    columns: [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim()),
    rows: [...table.tBodies[0].rows].map(cells),
  };
}

// Long names end in a mark; the table, and what one points at, say them whole.
export const shortened = (text, most) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);

export const inWords = (amount, unit) => (unit ? `${numbers.format(amount)} ${unit}` : numbers.format(amount));

// A colour of the page by its name, as the theme has it now.
export function colour(name, share = 1) {
  const probe = document.createElement("span");
  probe.style.color = share === 1 ? `var(--${name})` : `color-mix(in srgb, var(--${name}) ${share * 100}%, var(--surface))`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return srgb(found);
}

// Mixed colours come as "color(srgb r g b)", which not every library reads.
function srgb(text) {
  const parts = text.match(/^color\(srgb ([\d.]+) ([\d.]+) ([\d.]+)/);
  return parts ? `rgb(${parts.slice(1).map((part) => Math.round(part * 255)).join(", ")})` : text;
}

export const SERIES = 8;
export const series = (at) => colour(`series-${(at % SERIES) + 1}`);

export const letters = () => getComputedStyle(root).getPropertyValue("--text").trim();
export const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export function go(link) {
  if (link) location.href = link;
}
