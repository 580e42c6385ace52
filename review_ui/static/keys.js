// Single keys for people who work without a mouse. Every key presses something that is on the page
// for everybody; without this script the page works the same. Switched off in the preferences.

const lines = [...document.querySelectorAll("[data-lines] [data-line]")];
const sheet = document.getElementById("key-sheet");
const said = document.getElementById("key-said");
let current = -1;

function say(words) {
  if (said) said.textContent = words;
}

function isTyping(target) {
  return target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}

function goToLine(step) {
  const next = current + step;
  if (next < 0 || next >= lines.length) {
    const page = document.querySelector(step > 0 ? "a[rel=next]" : "a[rel=prev]");
    if (page) page.click();
    else say(step > 0 ? "This is the last item." : "This is the first item.");
    return;
  }
  if (current >= 0) lines[current].removeAttribute("aria-current");
  current = next;
  lines[current].setAttribute("aria-current", "true");
  lines[current].scrollIntoView({ block: "nearest" });
  lines[current].querySelector("a[data-open]").focus();
}

function step(key) {
  if (lines.length) return goToLine(key === "j" ? 1 : -1);
  const link = document.querySelector(`a[data-go="${key}"]`);
  if (link) link.click();
  else say(key === "j" ? "There is no next item." : "There is no previous item.");
}

function open() {
  if (current >= 0) lines[current].querySelector("a[data-open]").click();
}

function reveal() {
  const place = lines.length ? lines[Math.max(current, 0)] : document.querySelector("main [data-line]");
  const details = place && place.querySelector("details[data-reveal]");
  if (!details) return;
  details.open = !details.open;
  say(details.open ? "Text revealed." : "Text hidden.");
}

// Opens what a key belongs to: a form behind its name, a question's answer, or a form to send.
function press(key) {
  const found = document.querySelector(`main [data-key="${key}"]`);
  if (!found) return say("This cannot be used now. The page says why.");
  const around = found.parentElement.closest("details");
  if (around) around.open = true;
  if (found.matches("form")) return found.requestSubmit();
  if (found.matches("details")) {
    found.open = true;
    const first = found.querySelector("textarea, input:not([type=hidden]), button");
    return first && first.focus();
  }
  found.click();
  found.focus();
}

function toggleSheet() {
  if (!sheet) return;
  if (sheet.open) sheet.close();
  else sheet.showModal();
}

const ACTS = {
  j: () => step("j"),
  k: () => step("k"),
  o: open,
  r: reveal,
  e: () => document.querySelector('a[data-go="e"]')?.click(),
  "?": toggleSheet,
};
for (const key of ["a", "n", "c", "h", "p", "x", "u"]) ACTS[key] = () => press(key);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && event.key !== "j" && event.key !== "k") return;
  if (isTyping(event.target)) return;
  if (sheet && sheet.open && event.key !== "?") return;
  const act = ACTS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

const opener = document.getElementById("key-sheet-open");
if (opener) {
  opener.parentElement.hidden = false;
  opener.addEventListener("click", toggleSheet);
}
