// Long text in a form is kept in its tab until it has arrived: a session that ends, or a refusal, does not lose it.

import { person } from "./session.js";

const PREFIX = `chiso:draft:${person}:`;
const SENT = `chiso:sent:${person}`;

// Values of a report have a keeper of their own.
const isKept = (area) => area.matches?.("form[method=post] textarea[name]:not([data-value])");
const keyOf = (area) => `${PREFIX}${new URL(area.form.action).pathname}:${area.name}`;
const areasOf = (form) => [...form.elements].filter(isKept);

function store(act) {
  try {
    return act(sessionStorage);
  } catch {
    return null; // without storage the text stands in the page alone
  }
}

export function forget(form) {
  for (const area of areasOf(form)) store((kept) => kept.removeItem(keyOf(area)));
}

function restore() {
  for (const area of document.querySelectorAll("textarea")) {
    if (!isKept(area) || area.value) continue;
    area.value = store((kept) => kept.getItem(keyOf(area))) || "";
    if (area.value) area.closest("details")?.setAttribute("open", "");
  }
}

export function listen() {
  if (!person) return;
  // What was sent from the page before has arrived if this one says so.
  const sent = JSON.parse(store((kept) => kept.getItem(SENT)) || "[]");
  store((kept) => kept.removeItem(SENT));
  if (document.querySelector("main .alert-success")) for (const key of sent) store((kept) => kept.removeItem(key));
  restore();
  document.addEventListener("input", (event) => {
    const area = event.target;
    if (isKept(area)) store((kept) => kept.setItem(keyOf(area), area.value));
  });
  document.addEventListener("submit", (event) => {
    const keys = areasOf(event.target).map(keyOf);
    if (keys.length) store((kept) => kept.setItem(SENT, JSON.stringify(keys)));
  });
  document.addEventListener("htmx:afterSettle", restore);
}
