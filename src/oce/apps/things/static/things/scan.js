// The scanner: the field keeps the focus for a hand scanner, and the camera reads codes into it. Without this script the
// form works all the same, with the keys or a hand scanner.

const AGAIN_AFTER = 2500; // milliseconds in which one code before the camera counts once
const LOOKS_PER_SECOND = 6;

const field = document.querySelector("#code");
const view = document.querySelector(".scan-view");
const video = view.querySelector("video");
const button = document.querySelector("button.camera");
const fault = document.querySelector(".camera-fault");

function ready() {
  const answer = document.querySelector("#scanned");
  field.value = "";
  (answer.querySelector("[data-next]") ?? field).focus();
  if (navigator.vibrate && answer.dataset.answer) {
    navigator.vibrate(answer.dataset.answer === "yes" ? 60 : [60, 80, 60]);
  }
}

new MutationObserver(ready).observe(document.querySelector(".scanner"), { childList: true });
field.focus();

// A browser without a reader of its own gets one: a script, and the small program that it runs.
function loaded(address) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
}

async function reader() {
  const formats = ["qr_code", "ean_13", "ean_8", "code_128", "code_39", "data_matrix", "upc_a", "itf"];
  if ("BarcodeDetector" in window) {
    const known = await window.BarcodeDetector.getSupportedFormats();
    if (known.includes("qr_code")) {
      return new window.BarcodeDetector({ formats: formats.filter((each) => known.includes(each)) });
    }
  }
  await loaded(view.dataset.reader);
  const { BarcodeDetector, prepareZXingModule } = window.BarcodeDetectionAPI;
  prepareZXingModule({
    overrides: { locateFile: (path, prefix) => (path.endsWith(".wasm") ? view.dataset.program : prefix + path) },
  });
  return new BarcodeDetector({ formats });
}

let stream = null;
let last = { code: "", at: 0 };

async function look(detector) {
  while (stream) {
    if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
      const [found] = await detector.detect(video);
      const isNew = found && (found.rawValue !== last.code || Date.now() - last.at > AGAIN_AFTER);
      if (found) last = { code: found.rawValue, at: Date.now() };
      // While a number is being typed, the camera waits.
      if (isNew && !document.activeElement?.matches("[data-next]")) {
        field.value = found.rawValue;
        field.form.requestSubmit();
      }
    }
    await new Promise((done) => setTimeout(done, 1000 / LOOKS_PER_SECOND));
  }
}

function stop() {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  view.hidden = true;
  button.setAttribute("aria-pressed", "false");
}

async function start() {
  fault.hidden = true;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    video.srcObject = stream;
    view.hidden = false;
    button.setAttribute("aria-pressed", "true");
    await video.play();
    await look(await reader());
  } catch {
    stop();
    fault.hidden = false;
  }
}

if (navigator.mediaDevices?.getUserMedia) {
  button.hidden = false;
  button.addEventListener("click", () => (stream ? stop() : start()));
  window.addEventListener("pagehide", stop);
}
