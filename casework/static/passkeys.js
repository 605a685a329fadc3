// Passkeys: asks the browser for one at the door, or makes one. The answer goes into a hidden field of the form.
const bytes = (text) => {
  const filled = text.replaceAll("-", "+").replaceAll("_", "/").padEnd(Math.ceil(text.length / 4) * 4, "=");
  return Uint8Array.from(atob(filled), (sign) => sign.charCodeAt(0));
};
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

async function asked(from) {
  const answer = await fetch(from, { credentials: "same-origin", cache: "no-store" });
  if (!answer.ok) throw new Error("no challenge");
  const options = await answer.json();
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const one of options.excludeCredentials ?? []) one.id = bytes(one.id);
  return options;
}

function written(given) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (given.response[name]) response[name] = text(given.response[name]);
  }
  return JSON.stringify({ id: given.id, rawId: text(given.rawId), type: given.type, response });
}

async function use(form, by) {
  const failed = form.querySelector("[data-passkey-failed]");
  const field = form.elements.namedItem("passkey");
  failed.hidden = true;
  try {
    const publicKey = await asked(form.dataset.passkeyFrom);
    field.value = written(await navigator.credentials[form.dataset.passkey]({ publicKey }));
  } catch {
    field.value = "";
    failed.hidden = false;
    return;
  }
  if (by?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: by.name, value: by.value }));
  form.submit();
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("[data-passkey]")) {
    if (location.origin !== form.dataset.passkeyAt) continue; // passkeys are bound to the desk's one address
    const button = form.querySelector("[data-passkey-use]");
    if (button) {
      form.querySelector("[data-passkey-offered]").hidden = false;
      button.addEventListener("click", () => use(form));
      continue;
    }
    form.addEventListener("submit", (event) => {
      const missing = ["passkey_name", "passphrase"].some((name) => !form.elements.namedItem(name).value.trim());
      if (missing) return; // the desk says what
      event.preventDefault();
      use(form, event.submitter);
    });
  }
}
