// A link with data-sheet opens its page as a sheet over the page one is on: what is sent from there is answered there, and
// once it is granted, one is back on the page below. In a new tab, or without scripts, it is a page like any other.
const SENT = "oceIsSent";

const parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");
const isPlain = (press) => !press.button && !press.ctrlKey && !press.metaKey && !press.shiftKey && !press.altKey;

// The styles and scripts of the page come along; those that are here already run on.
function dressed(page) {
  const here = (name) => new Set([...document.querySelectorAll(`[${name}]`)].map((one) => one[name]));
  const [known, running] = [here("href"), here("src")];
  for (const script of page.querySelectorAll("head script[src]")) {
    if (running.has(script.src)) continue;
    const own = document.createElement("script");
    own.type = "module";
    own.src = script.src;
    document.head.append(own);
  }
  const styles = [...page.querySelectorAll("head link[rel=stylesheet]")].filter((link) => !known.has(link.href));
  return Promise.all(styles.map((link) => new Promise((done) => {
    const own = document.createElement("link");
    own.rel = "stylesheet";
    own.href = link.href;
    own.onload = own.onerror = done;
    document.head.append(own);
  })));
}

function sheet() {
  const made = document.createElement("dialog");
  made.className = "sheet";
  const close = document.createElement("button");
  close.type = "button";
  close.className = "close";
  close.textContent = "×";
  close.setAttribute("aria-label", document.documentElement.dataset.close ?? "×");
  close.addEventListener("click", () => made.close());
  made.append(close, document.createElement("div"));
  const opener = document.activeElement;
  made.addEventListener("close", () => {
    made.remove();
    opener?.focus?.();
  });
  // First in the page: what a label or a hint names by its id is what stands in the sheet.
  document.body.prepend(made);
  return made;
}

// What one had in hand stays in hand: the same input has the cursor, and a chosen file stays chosen.
function show(over, content, address) {
  const before = over.lastElementChild;
  const held = before.contains(document.activeElement) ? document.activeElement : null;
  const body = document.createElement("div");
  body.append(...content.childNodes);
  for (const form of body.querySelectorAll("form:not([action])")) form.action = address;
  for (const file of before.querySelectorAll("input[type=file]")) {
    if (file.files.length) body.querySelector(`input[type=file][name="${CSS.escape(file.name)}"]`)?.replaceWith(file);
  }
  const heading = body.querySelector("h1");
  if (heading) over.setAttribute("aria-label", heading.textContent.trim());
  before.replaceWith(body);
  window.htmx?.process(body);
  const fault = body.querySelector("[aria-invalid]") ?? body.querySelector("[role=alert]");
  const same = held?.name && [...body.querySelectorAll("[name]")].find((one) => one.name === held.name && one.value === held.value);
  if (fault) {
    if (!fault.matches("input, select, textarea")) fault.tabIndex = -1;
    fault.focus();
  } else same?.focus();
}

async function open(link) {
  const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
  const page = await parsed(answer);
  const content = page.querySelector("#content");
  if (!answer.ok || !content || page.body.classList.contains("outside")) {
    location.href = link.href;
    return;
  }
  await dressed(page);
  const over = sheet();
  show(over, content, answer.url);
  over.showModal();
  const heading = over.querySelector("h1");
  if (heading) {
    heading.tabIndex = -1;
    heading.focus();
  }
}

// The page below is asked for anew, so that what it lists is fresh; only where somebody is typing in it, it stays as it is.
const isTyped = (one) => one.type !== "hidden" && (one.type === "checkbox" || one.type === "radio" ? one.checked !== one.defaultChecked : "defaultValue" in one && one.value !== one.defaultValue);
async function goBack(over) {
  const address = location.pathname + location.search;
  if (![...document.querySelectorAll("#content form[method=post] :is(input, textarea)")].some(isTyped)) {
    location.assign(address);
    return;
  }
  const said = (await parsed(await fetch(address, { headers: { Accept: "text/html" } }))).querySelector("#content > [role=status]");
  over.close();
  document.querySelector("#content > [role=status]")?.remove();
  if (said) document.querySelector("#content").prepend(said);
}

async function send(over, form, button) {
  const told = new FormData(form, button);
  // A press that only changes the sheet needs no photo.
  if (button?.formNoValidate) for (const file of form.querySelectorAll("input[type=file]")) told.delete(file.name);
  over.setAttribute("aria-busy", "true");
  const body = form.enctype === "multipart/form-data" ? told : new URLSearchParams(told);
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual", headers: { Accept: "text/html" } });
  over.removeAttribute("aria-busy");
  if (answer.type === "opaqueredirect") return goBack(over);
  const page = await parsed(answer);
  const content = page.querySelector("#content");
  // Signed out meanwhile, or another page altogether: the browser sends it itself and shows what comes.
  if (!content?.querySelector("form") || page.body.classList.contains("outside")) return byHand(form, button);
  show(over, content, answer.url);
  return undefined;
}

function byHand(form, button) {
  form.dataset[SENT] = "yes";
  form.requestSubmit(button);
}

document.addEventListener("click", (press) => {
  const over = press.target.closest?.("dialog.sheet");
  if (over && (press.target === over || press.target.closest("a[data-leave]"))) {
    press.preventDefault();
    over.close();
    return;
  }
  const link = press.target.closest?.("a[data-sheet]");
  if (!link || over || !isPlain(press) || link.pathname === location.pathname) return;
  press.preventDefault();
  open(link).catch(() => { location.href = link.href; });
});

document.addEventListener("submit", (sent) => {
  const [form, over] = [sent.target, sent.target.closest("dialog.sheet")];
  if (!over || form.method !== "post" || SENT in form.dataset) return;
  sent.preventDefault();
  if (over.getAttribute("aria-busy")) return;
  send(over, form, sent.submitter).catch(() => byHand(form, sent.submitter));
});
