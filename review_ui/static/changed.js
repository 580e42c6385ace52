// Says when something new is to be seen on a page on which something is under way. A page that
// nobody has touched shows it by itself; one with words in it or parts opened waits to be asked.
// Without this script the page works the same: open it again to see what is new.

const place = document.getElementById("changed");
const PAUSES_S = [2, 2, 3, 3, 5, 5, 10, 10, 20, 30];
const MOST_S = 600;
const began = Date.now();
let touched = false;
let asked = 0;

for (const kind of ["input", "change", "toggle", "submit"]) {
  document.addEventListener(kind, () => { touched = true; }, true);
}

function isInUse() {
  const here = document.activeElement;
  const chosen = document.getSelection();
  return touched || (here !== null && here !== document.body) || (chosen !== null && !chosen.isCollapsed);
}

function show() {
  location.reload();
}

function offer() {
  if (place.childElementCount) return;
  const line = document.createElement("p");
  line.className = "govuk-body";
  line.append("Something changed since you opened this page. ");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "wr-link-button";
  button.textContent = "Show it";
  button.addEventListener("click", show);
  line.append(button);
  place.append(line);
}

async function look() {
  if (document.visibilityState === "visible") {
    const answer = await fetch(place.dataset.ask, { credentials: "same-origin", redirect: "error" }).catch(() => null);
    if (answer !== null && answer.status >= 400 && answer.status < 500) return;
    if (answer !== null && answer.ok && (await answer.text()).trim() !== place.dataset.mark) {
      return isInUse() ? offer() : show();
    }
  }
  wait();
}

function wait() {
  if (Date.now() - began > MOST_S * 1000) return;
  const pause = PAUSES_S[Math.min(asked, PAUSES_S.length - 1)];
  asked += 1;
  setTimeout(look, pause * 1000);
}

wait();
