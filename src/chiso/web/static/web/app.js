// What every page shares: the menu on small screens, the language, requests of htmx, sessions that end.

import * as days from "./days.js";
import * as drafts from "./drafts.js";
import * as files from "./files.js";
import * as session from "./session.js";

document.addEventListener("click", (event) => {
  const toggle = event.target.closest("[data-toggles]");
  if (!toggle) return;
  const target = document.getElementById(toggle.dataset.toggles);
  const open = target.classList.toggle("open");
  toggle.setAttribute("aria-expanded", String(open));
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
});

// -- a table that fits needs no frame to scroll in, and its header stays in sight while the page scrolls

const frames = new ResizeObserver((seen) => {
  for (const { target } of seen) target.classList.toggle("fits", target.scrollWidth <= target.clientWidth);
});
for (const frame of document.querySelectorAll(".scroll")) frames.observe(frame);

// -- what is chosen is said in the language of the page, in parts that arrive later too

files.word(document);
document.addEventListener("htmx:load", (event) => files.word(event.detail.elt));

// -- a button that is pressed twice acts once

const PRESSED_FOR = 5000;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.matches("[hx-post]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  // The answer may be a file, and the page stays.
  setTimeout(() => delete form.dataset.sent, PRESSED_FOR);
});

addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) delete form.dataset.sent;
});

// -- what could not be sent is told where everybody sees it

const notice = document.querySelector("[data-notice]");

function tell(state, sentence = "") {
  notice.querySelector("[data-notice-words]").textContent = sentence || (state ? notice.dataset[`says${state}`] : "");
  notice.querySelector("a").hidden = state !== "SignedOut";
  notice.hidden = !state;
}

notice.querySelector("button").addEventListener("click", () => tell(""));

// What the application says of what keeps it from its work; nothing where something in front of it answered.
function sentenceOf(xhr) {
  try {
    const answer = JSON.parse(xhr.responseText);
    return answer.message && `${answer.message}. ${answer.do}`;
  } catch {
    return "";
  }
}

session.listen((who) => {
  if (who === "same" && !notice.hidden) tell("Again");
  if (who === "other") tell("Other");
  dispatchEvent(new CustomEvent("chiso:session", { detail: who }));
});

// Pages hold no inline code; the token stands in a meta element.
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = document.querySelector("meta[name=csrf-token]").content;
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful) return;
  tell("");
  if (event.detail.elt.matches("form")) drafts.forget(event.detail.elt);
});

document.addEventListener("htmx:sendError", () => tell("Offline"));

document.addEventListener("htmx:responseError", async (event) => {
  const { boosted, pathInfo, xhr } = event.detail;
  if (xhr.status === 401 && boosted) {
    location.assign(pathInfo.requestPath); // leads to the page for signing in, and back from there
  } else if (xhr.status === 401) tell("SignedOut");
  else if (xhr.status >= 500 || xhr.status === 413) tell("Failed", sentenceOf(xhr));
  else if (xhr.status !== 403) tell("Refused");
  else tell({ same: "Again", other: "Other", out: "SignedOut", offline: "Offline" }[await session.renew()]);
});

days.listen();
drafts.listen();

// A part that leads to another page stops asking: on a slow machine it would be led there twice.
document.addEventListener("htmx:beforeOnLoad", ({ detail: { elt, xhr } }) => {
  if (xhr.getResponseHeader("HX-Redirect")) elt.replaceWith(elt.cloneNode(true));
});
