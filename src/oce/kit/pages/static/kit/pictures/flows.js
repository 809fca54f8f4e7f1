// Flows between two sides, or along a way of many steps (Sankey), drawn by Chart.js with its extension.
import "../../vendor/chart.js/chart.umd.min.js";
import "../../vendor/chartjs-chart-sankey/chartjs-chart-sankey.min.js";
import { colour, go, inWords, isStill, letters, series, shortened } from "./table.js";

const RETURNS = " ↩";
const LAYER_WIDTH = 150;
// How wide a letter of a name is about, and how many are shown at least.
const LETTER = 8;
const NAME_LEAST = 14;

// What comes back to where it was would turn in a circle: such a flow ends at a mark of its own.
function straight(rows) {
  const after = new Map();
  const reaches = (start, end, seen = new Set()) => {
    if (start === end) return true;
    seen.add(start);
    return [...(after.get(start) ?? [])].some((next) => !seen.has(next) && reaches(next, end, seen));
  };
  return rows.map((row) => {
    const from = row[0].text;
    const to = reaches(row[1].text, from) ? row[1].text + RETURNS : row[1].text;
    if (!after.has(from)) after.set(from, new Set());
    after.get(from).add(to);
    return { from, to, flow: row[2].amount ?? 0 };
  }).filter((flow) => flow.flow > 0);
}

// How many steps lie behind each other: each needs room for its name.
function layers(flows) {
  const depth = new Map();
  for (let changed = true; changed;) {
    changed = false;
    for (const { from, to } of flows) {
      const next = (depth.get(from) ?? 0) + 1;
      if (next > (depth.get(to) ?? 0)) { depth.set(to, next); changed = true; }
    }
  }
  return Math.max(0, ...depth.values()) + 1;
}

export function draw(_kind, table, space) {
  const canvas = document.createElement("canvas");
  const inner = document.createElement("div");
  inner.style.height = "100%";
  inner.style.position = "relative";
  inner.append(canvas);
  space.replaceChildren(inner);
  const flows = straight(table.rows);
  const steps = layers(flows);
  inner.style.minWidth = `${steps * LAYER_WIDTH}px`;
  const most = Math.max(NAME_LEAST, Math.floor(Math.max(space.clientWidth, steps * LAYER_WIDTH) / steps / LETTER));
  const names = [...new Set(flows.flatMap((flow) => [flow.from, flow.to]))];
  const links = new Map(table.rows.flatMap((row) => [[row[0].text, row[0].link], [row[1].text, row[1].link]]));
  const shade = new Map(names.map((name, at) => [name, series(at)]));
  const sides = Math.max(new Set(flows.map((flow) => flow.from)).size, new Set(flows.map((flow) => flow.to)).size);
  space.style.height = `${Math.min(900, Math.max(240, sides * 46 + 40))}px`;
  const { font } = globalThis.Chart.defaults;
  font.family = letters();
  const chart = new globalThis.Chart(canvas, {
    type: "sankey",
    data: { datasets: [{
      label: table.title,
      data: flows,
      colorFrom: (mark) => shade.get(mark.raw?.from) ?? colour("edge"),
      colorTo: (mark) => shade.get(mark.raw?.to) ?? colour("edge"),
      colorMode: "gradient",
      alpha: 0.45,
      borderWidth: 0,
      nodeWidth: 12,
      nodePadding: 18,
      size: "max",
      labels: Object.fromEntries(names.map((name) => [name, shortened(name, most)])),
      color: colour("ink"),
      font: { size: 13, family: letters(), weight: 550 },
    }] },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: isStill() ? false : { duration: 250 },
      layout: { padding: { top: 8, bottom: 8 } },
      onHover: (event, found) => { event.native.target.style.cursor = found.length && links.get(flows[found[0].index]?.to) ? "pointer" : ""; },
      onClick: (_event, found) => found.length && go(links.get(flows[found[0].index].to) || links.get(flows[found[0].index].from)),
      plugins: {
        legend: { display: false },
        tooltip: { backgroundColor: colour("ink"), titleColor: colour("ground"), bodyColor: colour("ground"), padding: 12, cornerRadius: 10, displayColors: false, callbacks: { title: () => "", label: (mark) => `${mark.raw.from} → ${mark.raw.to}: ${inWords(mark.raw.flow, table.unit)}` } },
      },
    },
  });
  return { canvas: () => canvas, remove: () => chart.destroy() };
}
