// The grid of a week: sums while one types, and rows of a spreadsheet pasted where they begin.
const grid = document.querySelector("table.week");

function minutesIn(text) {
  const clock = /^(\d+):([0-5]\d)$/.exec(text.trim());
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
  const found = /^(\d+(?:[.,]\d+)?)\s*(m?)/i.exec(text.trim());
  if (!found) return 0;
  return Number(found[1].replace(",", ".")) * (found[2] ? 1 : 60);
}

function written(minutes) {
  const whole = Math.round(minutes);
  if (!whole) return "";
  return whole % 3 ? `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}` : String(whole / 60);
}

function sum(inputs) {
  return [...inputs].reduce((minutes, input) => minutes + minutesIn(input.value), 0);
}

function add() {
  for (const row of grid.tBodies[0].rows) row.querySelector("[data-sum]").textContent = written(sum(row.querySelectorAll("input[data-day]")));
  for (const cell of grid.querySelectorAll("[data-of]")) cell.textContent = written(sum(grid.querySelectorAll(`input[data-day="${cell.dataset.of}"]`)));
  grid.querySelector("[data-all]").textContent = written(sum(grid.querySelectorAll("input[data-day]")));
}

function paste(event) {
  const lines = event.clipboardData.getData("text").replace(/\r/g, "").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  const input = event.target.closest("input[data-day]");
  if (!input || (lines.length === 1 && lines[0].length === 1)) return;
  event.preventDefault();
  const rows = [...grid.tBodies[0].rows];
  const top = rows.indexOf(input.closest("tr"));
  for (const [down, line] of lines.entries()) {
    for (const [across, text] of line.entries()) {
      const target = rows[top + down]?.querySelector(`input[data-day="${Number(input.dataset.day) + across}"]`);
      if (target) target.value = text.trim();
    }
  }
  add();
}

if (grid) {
  grid.addEventListener("input", add);
  grid.addEventListener("paste", paste);
  add();
  grid.querySelector("input[data-day]")?.select();
}
