// Where the nodes of a network stand: what is tied stands near each other, nothing overlaps, and what lies in a group lies together.
// The same network always looks the same.

const LEAF = 48;
// A group with nobody in it, and whatever stands alone, carries a name that is always read.
const LONE = 105;
const GAP = 14;
const HULL = 46;

// Places: for every id its x and y. `nodes` have id and perhaps parent, `ties` source, target and width; `shape` is how many
// times wider than high the picture is.
export function placed(nodes, ties, shape) {
  const wider = Math.min(1.35, Math.max(0.8, Math.sqrt(shape)));
  const parents = new Map(nodes.map((node) => [node.id, node.parent]));
  const chain = (id) => { const found = []; for (let at = id; at !== undefined; at = parents.get(at)) found.unshift(at); return found; };
  const chains = new Map(nodes.map((node) => [node.id, chain(node.id)]));
  const places = new Map();
  const settle = (parent, depth) => {
    const own = nodes.filter((node) => node.parent === parent);
    const circles = own.map(({ id, shape }) => {
      const inner = settle(id, depth + 1);
      return { id, radius: inner ? inner + HULL : shape === "group" || !depth ? LONE : LEAF };
    });
    if (!circles.length) return 0;
    const radius = pack(circles, lifted(ties, chains, depth));
    for (const circle of circles) places.set(circle.id, { x: circle.x, y: circle.y });
    return radius;
  };
  settle(undefined, 0);
  return new Map(nodes.map((node) => {
    const all = chains.get(node.id).map((id) => places.get(id));
    return [node.id, { x: wider * all.reduce((sum, one) => sum + one.x, 0), y: all.reduce((sum, one) => sum + one.y, 0) }];
  }));
}

// The ties between those that stand side by side at a depth, whatever within them is tied.
function lifted(ties, chains, depth) {
  const near = new Map();
  const add = (one, other, weight) => near.set(one, [...(near.get(one) ?? []), { id: other, weight }]);
  for (const { source, target, width } of ties) {
    const one = chains.get(source)?.[depth];
    const other = chains.get(target)?.[depth];
    if (one === undefined || other === undefined || one === other) continue;
    add(one, other, width);
    add(other, one, width);
  }
  return near;
}

// Sets x and y of each circle and returns the radius of all: the largest first, each as near to what it is tied to as it fits.
function pack(circles, near) {
  const ties = (circle) => near.get(circle.id)?.length ?? 0;
  const done = new Map();
  for (const circle of [...circles].sort((one, other) => other.radius - one.radius || ties(other) - ties(one))) {
    const tied = (near.get(circle.id) ?? []).filter(({ id }) => done.has(id));
    const weight = tied.reduce((sum, one) => sum + one.weight, 0);
    const mean = (axis) => (weight ? tied.reduce((sum, one) => sum + done.get(one.id)[axis] * one.weight, 0) / weight : 0);
    const wish = { x: mean("x"), y: mean("y") };
    for (let turn = 0; ; turn += 1) {
      circle.x = wish.x + 7 * Math.sqrt(turn) * Math.cos(turn * 2.4);
      circle.y = wish.y + 7 * Math.sqrt(turn) * Math.sin(turn * 2.4);
      if ([...done.values()].every((other) => Math.hypot(circle.x - other.x, circle.y - other.y) >= circle.radius + other.radius + GAP)) break;
    }
    done.set(circle.id, circle);
  }
  const middle = (axis) => (Math.min(...circles.map((one) => one[axis] - one.radius)) + Math.max(...circles.map((one) => one[axis] + one.radius))) / 2;
  const centre = { x: middle("x"), y: middle("y") };
  for (const circle of circles) { circle.x -= centre.x; circle.y -= centre.y; }
  return Math.max(...circles.map((one) => Math.hypot(one.x, one.y) + one.radius));
}
