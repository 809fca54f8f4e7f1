// Bars, stacked bars, lines and heat-maps, drawn by Chart.js.
import "../../vendor/chart.js/chart.umd.min.js";
import "../../vendor/chartjs-chart-matrix/chartjs-chart-matrix.min.js";
import { colour, go, inWords, isStill, letters, series } from "./table.js";

const LONG_WORDS = 9;
const ROW_HEIGHT = 30;

// Beside its colour every series has a pattern, for those who see few colours and for printers that have none.
function pattern(at) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 10;
  const pen = tile.getContext("2d");
  pen.fillStyle = series(at);
  pen.fillRect(0, 0, 10, 10);
  pen.strokeStyle = pen.fillStyle = colour("surface");
  pen.globalAlpha = 0.55;
  pen.lineWidth = 1.6;
  pen.beginPath();
  if (at % 4 === 1) { pen.moveTo(-1, 11); pen.lineTo(11, -1); }
  if (at % 4 === 2) { pen.arc(5, 5, 1.7, 0, 7); pen.fill(); pen.beginPath(); }
  if (at % 4 === 3) { pen.moveTo(0, 5); pen.lineTo(10, 5); }
  pen.stroke();
  return at % 4 === 0 ? series(at) : pen.createPattern(tile, "repeat");
}

function axes(isSideways, isStacked, unit) {
  const grid = { color: colour("line"), drawTicks: false };
  const ticks = { color: colour("muted"), padding: 8, autoSkipPadding: 16 };
  const of = (isAmount) => ({
    stacked: isStacked,
    grid: isAmount ? grid : { display: false },
    border: { display: false },
    beginAtZero: true,
    ticks: isAmount ? { ...ticks, maxTicksLimit: 6, callback: (value) => inWords(value, "") } : { ...ticks, autoSkip: !isSideways, maxRotation: 0 },
    title: { display: isAmount && Boolean(unit), text: unit, color: colour("muted") },
  });
  return isSideways ? { x: of(true), y: of(false) } : { x: of(false), y: of(true) };
}

function options(table, more) {
  const { font } = globalThis.Chart.defaults;
  font.family = letters();
  font.size = 13;
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: isStill() ? false : { duration: 250 },
    onHover: (event, found) => { event.native.target.style.cursor = found.length && table.rows[found[0].index]?.[0].link ? "pointer" : ""; },
    onClick: (_event, found) => found.length && go(table.rows[found[0].index]?.[0].link),
    ...more,
    plugins: {
      legend: { display: table.columns.length > 2, position: "bottom", align: "start", labels: { color: colour("ink"), usePointStyle: true, pointStyle: "rectRounded", padding: 16 } },
      tooltip: { backgroundColor: colour("ink"), titleColor: colour("ground"), bodyColor: colour("ground"), padding: 12, cornerRadius: 10, displayColors: false, callbacks: { label: (mark) => ` ${mark.dataset.label}: ${inWords(mark.raw, table.unit)}` } },
      ...more.plugins,
    },
  };
}

const amounts = (table, at) => table.rows.map((row) => row[at].amount ?? 0);

function bars(kind, table, space) {
  const words = table.rows.map((row) => row[0].text);
  const isSideways = kind === "bars" && words.reduce((sum, text) => sum + text.length, 0) / words.length > LONG_WORDS;
  if (isSideways) space.style.height = `${Math.max(200, words.length * ROW_HEIGHT + 70)}px`;
  const datasets = table.columns.slice(1).map((label, at) => ({
    label,
    data: amounts(table, at + 1),
    backgroundColor: pattern(at),
    hoverBackgroundColor: series(at),
    borderRadius: 5,
    borderSkipped: kind === "stacked" ? false : "start",
    borderColor: colour("surface"),
    borderWidth: kind === "stacked" ? 1 : 0,
    maxBarThickness: 46,
  }));
  const more = { indexAxis: isSideways ? "y" : "x", scales: axes(isSideways, kind === "stacked", table.unit) };
  return { type: "bar", data: { labels: words, datasets }, options: options(table, more) };
}

function line(table) {
  const points = ["circle", "rectRounded", "triangle", "rectRot"];
  const datasets = table.columns.slice(1).map((label, at) => ({
    label,
    data: table.rows.map((row) => row[at + 1].amount),
    borderColor: series(at),
    backgroundColor: series(at),
    borderDash: [[], [7, 4], [2, 3], [10, 3, 2, 3]][at % 4],
    borderWidth: 2.5,
    pointStyle: points[at % 4],
    pointRadius: table.rows.length > 60 ? 0 : 3.5,
    tension: 0.25,
  }));
  const more = { interaction: { mode: "index", intersect: false }, scales: axes(false, false, table.unit) };
  return { type: "line", data: { labels: table.rows.map((row) => row[0].text), datasets }, options: options(table, more) };
}

function heat(table, space) {
  const across = table.columns.slice(1);
  const down = table.rows.map((row) => row[0].text);
  const cells = table.rows.flatMap((row, y) => across.map((x, at) => ({ x, y: down[y], row: y, amount: row[at + 1].amount ?? 0 })));
  const most = Math.max(...cells.map((cell) => cell.amount), 1e-9);
  const shades = [colour("sunk"), ...[0.25, 0.5, 0.75, 1].map((share) => colour("accent", share))];
  space.style.height = `${down.length * ROW_HEIGHT + 70}px`;
  const fields = {
    label: table.title,
    data: cells,
    backgroundColor: cells.map((cell) => shades[cell.amount > 0 ? Math.ceil((cell.amount / most) * 4) : 0]),
    borderRadius: 4,
    width: ({ chart }) => Math.max(2, (chart.chartArea?.width ?? 0) / across.length - 3),
    height: ({ chart }) => Math.max(2, (chart.chartArea?.height ?? 0) / down.length - 3),
  };
  const ticks = { color: colour("muted"), padding: 4, autoSkipPadding: 8, maxRotation: 0 };
  const bare = { display: false };
  const more = {
    onClick: (_event, found) => found.length && go(table.rows[cells[found[0].index].row][0].link),
    scales: {
      x: { type: "category", labels: across, offset: true, ticks, grid: bare, border: bare },
      y: { type: "category", labels: down, offset: true, reverse: false, ticks: { ...ticks, autoSkip: false }, grid: bare, border: bare },
    },
    plugins: {
      legend: { display: false },
      tooltip: { displayColors: false, callbacks: { title: () => "", label: (mark) => `${mark.raw.y}, ${mark.raw.x}: ${inWords(mark.raw.amount, table.unit)}` } },
    },
  };
  return { type: "matrix", data: { datasets: [fields] }, options: options(table, more) };
}

export function draw(kind, table, space) {
  const canvas = document.createElement("canvas");
  const inner = document.createElement("div");
  if (kind === "heat") inner.style.minWidth = `${(table.columns.length - 1) * 13 + 110}px`;
  inner.style.height = "100%";
  inner.style.position = "relative";
  inner.append(canvas);
  space.replaceChildren(inner);
  const drawn = { line: () => line(table), heat: () => heat(table, space) }[kind] ?? (() => bars(kind, table, space));
  const chart = new globalThis.Chart(canvas, drawn());
  return { canvas: () => canvas, remove: () => chart.destroy() };
}
