// Single keys that lead around a case's page. They can be switched off on this computer, and rest in every field.
const KEPT = "desk-keys";
const use = document.querySelector("[data-keys-use]");
const ways = new Map([...document.querySelectorAll("[data-key]")].map((way) => [way.dataset.key, way]));
const list = document.querySelector(".desk-keys");

function kept() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return false; // what cannot be switched off is not switched on
  }
}

function unfold() {
  list.open = true;
  list.querySelector("summary").focus();
}

function go(way) {
  const target = way.hash && document.getElementById(way.hash.slice(1));
  if (!target) return way.click();
  const folded = target.closest("details");
  if (folded) folded.open = true;
  if (!target.matches("input, textarea, select, [tabindex]")) target.tabIndex = -1;
  target.focus();
  target.scrollIntoView({ block: "center" });
}

for (const told of document.querySelectorAll("[data-keys-told]")) told.hidden = false;
use.checked = kept();
use.addEventListener("change", () => {
  try {
    localStorage.setItem(KEPT, use.checked ? "on" : "off");
  } catch {
    use.checked = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (!use.checked || event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
  if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")) return;
  const way = ways.get(event.key);
  if (event.key !== "?" && !way) return;
  event.preventDefault();
  if (way) go(way);
  else unfold();
});

document.querySelector('a[href="#keys"]').addEventListener("click", (event) => {
  event.preventDefault();
  unfold();
});

// A link to a field opens what it is folded in, also by mouse.
for (const way of ways.values()) {
  way.addEventListener("click", (event) => {
    if (way.hash && document.getElementById(way.hash.slice(1))) {
      event.preventDefault();
      go(way);
    }
  });
}
