// Shift pressed three times within five seconds leaves the page, as the red link does; the page is gone at once.
const way = document.querySelector(".door-exit__link");
const WITHIN = 5000;

function leave() {
  document.body.hidden = true;
  if (window.speechSynthesis) window.speechSynthesis.cancel(); // before the next page is there
  window.location.replace(way.href);
}

if (way) {
  let presses = [];
  for (const told of document.querySelectorAll("[data-exit-told]")) told.hidden = false;
  way.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    if (event.key !== "Shift") {
      presses = []; // somebody writes a capital letter
      return;
    }
    const now = Date.now();
    presses = [...presses.filter((at) => now - at < WITHIN), now];
    if (presses.length === 3) leave();
  });
}
