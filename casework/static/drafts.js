// Keeps what is typed into a form as a draft: a few seconds after the typing stops, and when the page is left.
// Without this script the button beside it does the same.
const REST = 3000; // milliseconds without a key
const LONGEST = 15000; // milliseconds of typing without a rest
const AGAIN = 20000; // milliseconds until a draft that was not kept is tried again
const PATIENCE = 3000; // milliseconds a form waits for a draft that is on its way

class Draft {
  constructor(told) {
    this.told = told;
    this.form = told.closest("form");
    this.version = this.form.elements.namedItem("draft_version");
    this.running = null;
    this.isDirty = false;
    this.form.addEventListener("input", () => this.typed());
    if ("unsent" in told.dataset) this.typed();
  }

  typed() {
    this.isDirty = true;
    this.begun ??= Date.now();
    this.later(Date.now() - this.begun > LONGEST ? 0 : REST);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), wait);
  }

  // What is on its way is waited for: the older text must not arrive last.
  keep() {
    clearTimeout(this.timer);
    this.running ??= this.send(false).finally(() => {
      this.running = null;
      if (this.isDirty && !this.hasFailed) this.later(REST);
    });
    return this.running;
  }

  async send(isLeaving) {
    this.isDirty = false;
    this.begun = null;
    this.hasFailed = false;
    try {
      const body = new URLSearchParams([...new FormData(this.form)].filter(([, value]) => typeof value === "string"));
      if (isLeaving && this.running) body.set("draft_version", ""); // newer than what is on its way
      const answer = await fetch(this.told.dataset.draft, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        keepalive: isLeaving,
        redirect: "error",
      });
      const said = await answer.json();
      if (said.version) this.version.value = said.version;
      else if (answer.status >= 500) this.failed();
      this.tell(said.told ?? this.told.dataset.failed);
    } catch {
      this.failed();
      this.tell(this.told.dataset.failed);
    }
  }

  failed() {
    this.isDirty = this.hasFailed = true;
    this.later(AGAIN);
  }

  tell(words) {
    if (this.told.textContent !== words) this.told.textContent = words;
  }

  // The form itself is on its way: nothing may be kept after it.
  sent() {
    clearTimeout(this.timer);
    this.isDirty = false;
    return this.running;
  }

  leave() {
    if (this.isDirty) this.send(true);
  }
}

const drafts = [...document.querySelectorAll("[data-draft]")].map((told) => new Draft(told));
const sending = new Map();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (sending.get(form) === "now") return;
  if (sending.get(form) === "soon") return event.preventDefault(); // pressed twice
  const waiting = drafts
    .map((draft) => (draft.form === form ? draft.sent() : draft.isDirty ? draft.keep() : null))
    .filter(Boolean);
  if (waiting.length === 0) return;
  event.preventDefault();
  sending.set(form, "soon");
  const enough = new Promise((done) => setTimeout(done, PATIENCE));
  Promise.race([Promise.allSettled(waiting), enough]).then(() => {
    sending.set(form, "now");
    form.requestSubmit(event.submitter);
  });
});

for (const [target, kind] of [[window, "pagehide"], [document, "visibilitychange"]]) {
  target.addEventListener(kind, () => {
    if (kind === "pagehide" || document.visibilityState === "hidden") drafts.forEach((draft) => draft.leave());
  });
}

// A page that comes back from the browser's memory was not sent again yet.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) sending.clear();
});
