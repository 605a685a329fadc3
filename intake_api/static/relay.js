// Takes the token of a sign-in link out of the address: into the field, and out of the history.
const field = document.getElementById("token");
if (field && window.location.hash.length > 1) {
  field.value = decodeURIComponent(window.location.hash.slice(1));
  window.history.replaceState(null, "", window.location.pathname);
  field.form.querySelector("button[type=submit]").focus();
}
