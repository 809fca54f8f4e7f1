// Quarter-hour steps, and presses on the pad that show at once in the input. Without this script the pad is sent as it is.
const QUARTER = 15;

function minutesIn(text) {
  const clock = /^(\d+):([0-5]\d)$/.exec(text.trim());
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
  const found = /^(\d+(?:[.,]\d+)?)\s*(m?)/i.exec(text.trim());
  if (!found) return 0;
  return Math.round(Number(found[1].replace(",", ".")) * (found[2] ? 1 : 60));
}

function clockOf(minutes) {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

function padOf(name) {
  return document.querySelectorAll(`.pad[data-for="${CSS.escape(name)}"] input`);
}

document.addEventListener("click", (press) => {
  const button = press.target.closest("button.step");
  if (!button) return;
  const input = document.getElementById(button.dataset.for);
  const minutes = Math.max(0, minutesIn(input.value) + Number(button.dataset.step));
  input.value = clockOf(Math.round(minutes / QUARTER) * QUARTER);
  for (const radio of padOf(input.name)) radio.checked = false;
});

document.addEventListener("change", (change) => {
  const pad = change.target.closest(".pad");
  if (pad) document.getElementById(pad.dataset.for).value = change.target.value;
});

document.addEventListener("input", (typing) => {
  if (typing.target.closest(".took-line")) for (const radio of padOf(typing.target.name)) radio.checked = false;
  // Words for something new mean none of the suggestions.
  if (typing.target.id === "what") for (const radio of document.querySelectorAll("input[name=on]")) radio.checked = false;
});
