// Runs in the browser after a sign-in at the tool. The code in the address is good once and was used.
history.replaceState(null, "", location.pathname);

const token = sessionStorage.getItem("tieline-page");
const next = document.getElementById("next");
if (next !== null) location.replace(next.href);

const again = document.getElementById("again");
if (document.getElementById("about").classList.contains("bad") && token !== null) {
  again.href = `/connect#${token}`;
  again.hidden = false;
} else {
  sessionStorage.removeItem("tieline-page");
}
