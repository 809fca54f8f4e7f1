// Networks of people, groups and things, drawn by Cytoscape: groups as hulls around what lies in them, the strength of a tie as
// its width.
import cytoscape from "../../vendor/cytoscape/cytoscape.esm.min.mjs";
import { placed } from "./packing.js";
import { colour, go, inWords, letters, shortened } from "./table.js";

const SHAPES = { group: "round-rectangle", person: "ellipse", thing: "rectangle", process: "round-rectangle" };
const COLOURS = { group: "accent-soft", person: "agent", thing: "thing", process: "process" };
const WIDEST = 12;
const READABLE = 13;
const LEGIBLE = 11;
const NAME_WIDTH = 110;
const NAME_MOST = 28;

// Cytoscape writes a style of its own into the page, which the policy of the house forbids, unless it finds one there already.
const STYLE_ID = "__________cytoscape_stylesheet";
if (!document.getElementById(STYLE_ID)) {
  const stands = document.createElement("template");
  stands.id = STYLE_ID;
  document.head.append(stands);
}

function elements(table) {
  const nodes = new Map();
  const note = (cell) => {
    if (!cell.text) return;
    const known = nodes.get(cell.text) ?? { id: cell.text, label: shortened(cell.text, NAME_MOST), shape: "person", link: "" };
    nodes.set(cell.text, { ...known, link: cell.link || known.link, shape: cell.shape || known.shape, within: cell.within || known.within });
  };
  table.rows.forEach((row) => { note(row[0]); note(row[1]); });
  for (const node of [...nodes.values()]) {
    if (node.within && !nodes.has(node.within)) note({ text: node.within, link: "", shape: "group", within: "" });
  }
  const ties = table.rows.filter((row) => row[0].text && row[1].text && row[0].text !== row[1].text);
  const most = Math.max(...ties.map((row) => row.at(-1).amount ?? 0), 1e-9);
  const isHull = new Set([...nodes.values()].map((node) => node.within).filter(Boolean));
  return [
    ...[...nodes.values()].map((node) => ({
      data: { ...node, parent: node.within && !isInside(nodes, node) ? node.within : undefined },
      classes: `${node.shape}${isHull.has(node.id) ? " hull" : ""}`,
    })),
    ...ties.map((row, at) => ({
      data: { id: `tie-${at}`, source: row[0].text, target: row[1].text, width: 1.8 + ((row.at(-1).amount ?? 0) / most) * (WIDEST - 1.8), words: row[2].amount === null ? row[2].text : inWords(row[2].amount, table.unit) },
    })),
  ];
}

// A group within a group within itself would never end.
function isInside(nodes, node) {
  const seen = new Set([node.id]);
  for (let at = node; at?.within; at = nodes.get(at.within)) {
    if (seen.has(at.within)) return true;
    seen.add(at.within);
  }
  return false;
}

function style() {
  const label = { label: "data(label)", color: colour("ink"), "font-family": letters(), "font-size": 16, "text-wrap": "wrap", "text-max-width": 120, "min-zoomed-font-size": LEGIBLE };
  return [
    { selector: "node", style: { ...label, width: 30, height: 30, shape: "ellipse", "background-color": colour("agent"), "text-valign": "bottom", "text-margin-y": 5, "border-width": 2, "border-color": colour("surface"), "text-background-color": colour("ground"), "text-background-opacity": 0.8, "text-background-padding": 2, "text-background-shape": "round-rectangle" } },
    ...Object.entries(SHAPES).map(([name, shape]) => ({ selector: `node.${name}`, style: { shape, "background-color": colour(COLOURS[name]) } })),
    { selector: "node.group", style: { width: 42, height: 42, "border-color": colour("accent"), "font-weight": 600, "font-size": 17 } },
    { selector: "node.hull", style: { "background-color": colour("accent"), "background-opacity": 0.08, "border-color": colour("accent"), "border-opacity": 0.45, "border-width": 1.5, shape: "round-rectangle", padding: 22, "text-valign": "top", "text-margin-y": -6, "font-weight": 600 } },
    { selector: "edge", style: { width: "data(width)", "line-color": colour("edge"), "line-opacity": 0.5, "curve-style": "bezier", "target-arrow-shape": "triangle", "target-arrow-color": colour("edge"), "arrow-scale": 0.8, color: colour("muted"), "font-size": 15, "font-family": letters(), "text-background-color": colour("surface"), "text-background-opacity": 1, "text-background-padding": 3, "text-background-shape": "round-rectangle" } },
    { selector: "edge.near", style: { "line-color": colour("accent"), "line-opacity": 0.85, "target-arrow-color": colour("accent"), label: "data(words)" } },
    { selector: ".far", style: { opacity: 0.25 } },
  ];
}

function zoomers(space, net) {
  const tools = document.createElement("div");
  tools.className = "zoomers";
  const add = (sign, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chip";
    button.textContent = sign;
    button.addEventListener("click", act);
    tools.append(button);
  };
  const by = (factor) => () => net.zoom({ level: net.zoom() * factor, renderedPosition: { x: net.width() / 2, y: net.height() / 2 } });
  add("+", by(1.3));
  add("−", by(1 / 1.3));
  add("⤢", () => net.fit(undefined, 24));
  // Beside the picture and not in it: whoever listens hears the picture as one.
  space.after(tools);
  return tools;
}

export function draw(_kind, table, space) {
  space.replaceChildren();
  const found = elements(table);
  const nodes = found.filter((one) => one.data.source === undefined);
  const ties = found.filter((one) => one.data.source !== undefined);
  const places = placed(nodes.map((one) => one.data), ties.map((one) => one.data), space.clientWidth / space.clientHeight);
  for (const one of nodes) one.position = places.get(one.data.id);
  const isCoarse = matchMedia("(pointer: coarse)").matches;
  const net = cytoscape({
    container: space,
    elements: found,
    style: style(),
    layout: { name: "preset", fit: true, padding: 28 },
    // A finger or a wheel on the picture scrolls the page, as everywhere; the buttons make it larger.
    userZoomingEnabled: false,
    userPanningEnabled: !isCoarse,
    boxSelectionEnabled: false,
    autoungrabify: isCoarse,
    minZoom: 0.1,
    maxZoom: 4,
  });
  // However far away one looks from, the names of groups and of whatever stands alone can be read; those of people within
  // groups appear when one comes nearer.
  const named = net.nodes(".group, :orphan");
  const readable = () => named.style({ "font-size": Math.max(17, READABLE / net.zoom()), "text-max-width": Math.max(120, NAME_WIDTH / net.zoom()), "min-zoomed-font-size": 0 });
  readable();
  net.on("zoom", readable);
  net.on("tap", "node", (press) => go(press.target.data("link")));
  net.on("mouseover", "node", (press) => {
    const near = press.target.closedNeighborhood();
    press.target.style({ label: press.target.id(), "font-size": Math.max(16, READABLE / net.zoom()), "min-zoomed-font-size": 0, "z-index": 9 });
    net.elements().difference(near.union(near.ancestors())).addClass("far");
    near.edges().addClass("near");
    space.style.cursor = press.target.data("link") ? "pointer" : "";
  });
  net.on("mouseout", "node", (press) => { press.target.removeStyle("label font-size min-zoomed-font-size z-index"); readable(); net.elements().removeClass("far near"); space.style.cursor = ""; });
  const tools = zoomers(space, net);
  return {
    canvas: async () => {
      const image = new Image();
      image.src = net.png({ full: true, scale: 2, bg: colour("ground") });
      await image.decode();
      return image;
    },
    remove: () => { tools.remove(); net.destroy(); },
  };
}
