/* Sends files piece by piece, so that a bad line costs one piece and not the whole file. Without this script
   the form sends them in one go. Nothing is kept in the browser. */
"use strict";
(() => {
  const form = document.querySelector("form[data-files]");
  if (!form || !window.fetch || !Blob.prototype.slice) return;
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-files-list]");
  const told = form.querySelector("[data-files-told]");
  const root = form.getAttribute("action");
  const TRIES = 8;
  const FINAL = ["/problems/no_room_for_files", "/problems/file_check_failed"];
  let isSending = false;

  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const online = () => navigator.onLine === false
    ? new Promise((done) => window.addEventListener("online", done, { once: true }))
    : Promise.resolve();

  const SENT = "sent", REFUSED = "refused", BROKEN = "broken";

  class Refused extends Error {
    constructor(sentence, isFinal) {
      super(sentence);
      this.isFinal = isFinal;
    }
  }

  /* Ask until there is an answer: what is cut off or overloaded is asked again, what is refused is not. */
  async function ask(path, body, type) {
    for (let attempt = 0; ; attempt += 1) {
      let answer = null;
      try {
        answer = await fetch(root + path, {
          method: "POST", body, credentials: "same-origin",
          headers: { Accept: "application/json", "Content-Type": type },
        });
      } catch (_) { /* the line is broken */ }
      if (answer && answer.ok) {
        told.textContent = "";
        return answer.json();
      }
      const isPassing = !answer || answer.status === 429 || answer.status >= 500;
      if (!isPassing || attempt >= TRIES) {
        const problem = answer ? await answer.json().catch(() => ({})) : {};
        throw new Refused(problem.title || form.dataset.failed, !isPassing);
      }
      if (answer && answer.status === 503) {
        const problem = await answer.json().catch(() => ({}));
        if (FINAL.includes(problem.type)) throw new Refused(problem.title, true);
      }
      told.textContent = form.dataset.waiting;
      await online();
      await pause(Math.min(15000, 500 * 2 ** attempt));
    }
  }

  function shown(file) {
    const row = document.createElement("li");
    const name = document.createElement("span");
    const state = document.createElement("span");
    const bar = document.createElement("progress");
    const isolated = document.createElement("bdi");
    isolated.textContent = file.name;
    name.className = "door-files__name";
    name.append(isolated);
    state.className = "door-files__size";
    state.textContent = form.dataset.going;
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    row.append(name, state, bar);
    list.append(row);
    list.hidden = false;
    return { row, name: isolated, state, bar };
  }

  async function send(file, purpose) {
    const { row, name, state, bar } = shown(file);
    try {
      const begun = await ask("/begin", new URLSearchParams({
        name: file.name, size: String(file.size), purpose, mark: String(file.lastModified),
      }), "application/x-www-form-urlencoded");
      name.textContent = bar.ariaLabel = begun.name;
      let next = begun.next;
      while (next * begun.bytes < file.size) {
        bar.value = next * begun.bytes / file.size;
        const piece = file.slice(next * begun.bytes, (next + 1) * begun.bytes);
        next = (await ask(`/piece/${begun.id}/${next}`, piece, "application/octet-stream")).next;
      }
      bar.value = 1;
      await ask(`/end/${begun.id}`, "", "application/x-www-form-urlencoded");
      bar.remove();
      state.textContent = form.dataset.done;
      return SENT;
    } catch (error) {
      const sentence = document.createElement("p");
      sentence.className = "govuk-error-message";
      sentence.setAttribute("role", "alert");
      sentence.textContent = error instanceof Refused ? error.message : form.dataset.failed;
      bar.remove();
      state.textContent = "";
      row.append(sentence);
      return error instanceof Refused && error.isFinal ? REFUSED : BROKEN;
    }
  }

  form.addEventListener("submit", async (event) => {
    const files = Array.from(input.files);
    if (!files.length) return;
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    list.replaceChildren();
    const chosen = form.querySelector("input[name=purpose]:checked");
    const left = new DataTransfer();  /* what a broken line stopped is still chosen, what was refused is not */
    let isWhole = true;
    for (const file of files) {
      const end = await send(file, chosen ? chosen.value : "evidence");
      isWhole = isWhole && end === SENT;
      if (end === BROKEN) left.items.add(file);
    }
    isSending = false;
    input.value = "";
    input.files = left.files;
    told.textContent = "";
    if (!isWhole) {
      input.focus();
      return;
    }
    const arrived = document.createElement("input");  /* the rest of the form goes too: links, what to do with numbers */
    Object.assign(arrived, { type: "hidden", name: "arrived", value: "yes" });
    form.append(arrived);
    form.requestSubmit(event.submitter);
  });
})();
