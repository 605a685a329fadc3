/* Reads questions aloud, with a voice that lives on this device and speaks the page's language; without one no button
   is shown, for a voice elsewhere would hear what page somebody reads. What somebody typed is never said. */
const told = document.querySelector("script[data-listen]").dataset;
const speech = window.speechSynthesis;
const main = document.getElementById("main");
const primary = (tag) => tag.toLowerCase().split(/[-_]/)[0];
const tongue = primary(document.documentElement.lang);
const near = { es: "ES", pt: "PT", zh: "CN" }[tongue] || ""; // of several voices the one of our own texts
const ASKED = "legend, label, .govuk-hint, option";
const BLOCKS = "p, li, h3, summary, .govuk-inset-text, .govuk-warning-text__text";
const UNSAID = "[hidden], [data-unsaid], .govuk-error-summary, .govuk-visually-hidden, button, textarea";
const ICON = '<svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" focusable="false"><path d="M4 9.5v5h3.5L12 19V5L7.5 9.5zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11"/></svg>';
let buttons = [];
let pressed = null;
let queue = []; // kept, so that no browser forgets to say that a part is over

function voice() {
  const ours = speech.getVoices().filter((one) => one.localService === true && primary(one.lang) === tongue);
  return ours.find((one) => one.lang.toUpperCase().endsWith(near)) || ours[0];
}

const isOurs = (part) => primary(part.closest("[lang]").lang) === tongue;
const isSaid = (part) => isOurs(part) && !part.closest(UNSAID);

function wordsOf(part) {
  const copy = part.cloneNode(true);
  for (const one of copy.querySelectorAll(`${UNSAID}, [lang]`)) {
    if (one.matches(UNSAID) || primary(one.lang) !== tongue) one.remove();
  }
  return copy.textContent.replace(/\s+/g, " ").trim();
}

function stop() {
  queue = [];
  speech.cancel();
  if (pressed) pressed.children[1].textContent = told.listen;
  pressed = null;
}

function read(button, parts) {
  const ours = voice();
  stop();
  if (!ours) return offer();
  const mine = parts.filter(isSaid).map(wordsOf).filter(Boolean).map((words) => {
    const one = new SpeechSynthesisUtterance(words);
    one.voice = ours;
    one.lang = ours.lang;
    return one;
  });
  if (!mine.length) return;
  const over = () => { if (queue === mine) stop(); };
  for (const one of mine) one.onerror = over;
  mine[mine.length - 1].onend = over;
  queue = mine;
  pressed = button;
  button.children[1].textContent = told.stop;
  for (const one of mine) speech.speak(one);
}

function add(name, put, parts) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "door-aloud door-noprint";
  button.innerHTML = `${ICON}<span></span><span class="govuk-visually-hidden"></span>`;
  button.children[1].textContent = told.listen;
  button.children[2].textContent = `: ${wordsOf(name)}`;
  button.addEventListener("click", () => (pressed === button ? stop() : read(button, parts())));
  put(button);
  buttons.push(button);
}

const isAfter = (one, other) => Boolean(other.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);

/* A heading is read with what stands below it, as far as the next; what is folded away has a button of its own. */
function underHeadings() {
  const headings = [...main.querySelectorAll("h1, h2")].filter((one) => isSaid(one) && !one.closest("form"));
  const isLoose = (one) => !one.closest("form, details > :not(summary)") && !one.parentElement.closest(BLOCKS);
  headings.forEach((heading, place) => {
    const next = headings[place + 1];
    const isBelow = (one) => isAfter(one, heading) && !(next && isAfter(one, next));
    const parts = () => [heading, ...[...main.querySelectorAll(BLOCKS)].filter((one) => isLoose(one) && isBelow(one))];
    add(heading, (button) => heading.after(button), parts);
  });
}

function inFolds() {
  for (const fold of main.querySelectorAll("details")) {
    const name = fold.querySelector("summary");
    const isLoose = (one) => !one.parentElement.closest(BLOCKS);
    add(name, (button) => name.after(button), () => [...fold.querySelectorAll(BLOCKS)].filter(isLoose));
  }
}

/* A question is read with its hint and its choices, and with the heading that stands over it. */
function atQuestions() {
  for (const group of main.querySelectorAll("form .govuk-form-group")) {
    const name = group.querySelector("legend, label");
    if (!name || group.parentElement.closest(".govuk-form-group")) continue;
    const before = group.previousElementSibling;
    const above = before && before.matches(".door-heading") ? [before] : [];
    const isTick = name.closest(".govuk-checkboxes__item");
    const put = (button) => (isTick ? group.append(button) : name.after(button));
    add(name, put, () => [...above, ...group.querySelectorAll(ASKED)]);
  }
}

function offer() {
  if (!voice()) {
    for (const one of buttons) one.remove();
    buttons = [];
  } else if (!buttons.length) {
    underHeadings();
    inFolds();
    atQuestions();
  }
}

if (speech && window.SpeechSynthesisUtterance) {
  offer();
  speech.onvoiceschanged = offer; // many browsers know their voices only a moment later
  window.addEventListener("pagehide", stop);
  document.addEventListener("visibilitychange", () => { if (document.hidden) stop(); });
}
