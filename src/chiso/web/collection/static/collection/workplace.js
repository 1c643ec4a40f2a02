// The officer's workplace: saves while one types, moves the points, and leads from place to place by keyboard.

import { Queue } from "./queue.js";
import { post, Sender, words } from "./sender.js";

const root = document.querySelector("[data-workplace]");
const told = root.dataset;
const queue = new Queue(told.report, told.person);
// What the page knows of each cell: the change that wrote it last, and what this page has saved itself.
const seen = new Map();
const kept = new Map();
const LOOK_AHEAD = 250;
const SAVE_AFTER = 1500;
const LONGEST_WAIT = 5000;
let lookTimer;
let saveTimer;
let lookNumber = 0;

const pageNumber = () => Number(root.querySelector("[data-place]")?.dataset.number || 0);
const here = () => root.querySelector("[data-place]")?.dataset.place || "";
const waiting = () => Object.keys(queue.cells()).length;
const fieldOf = (fact) => root.querySelector(`[data-field="${CSS.escape(fact)}"]`);

const sender = new Sender({
  queue,
  place: here,
  save: told.save,
  told: showState,
  answered: (answer, cells) => {
    queue.holdBack(answer, cells);
    settle(answer, cells);
    const saved = Object.keys(answer.cells).length ? words(told.saysSaved, { time: answer.at }) : "";
    if (Object.keys(queue.held()).length) sayHeld(saved);
    else if (!waiting()) say(words(told.saysSaved, { time: answer.at }), "done");
  },
});

// -- the state of saving

function say(text, kind = "") {
  const place = root.querySelector("[data-save-state]");
  place.textContent = text;
  place.dataset.kind = kind;
}

function showState(state, detail = "") {
  const count = waiting();
  const sentence = {
    saving: told.saysSaving,
    offline: words(told.saysOffline, { count }),
    postponed: `${detail}. ${words(told.saysPostponed, { count })}`,
    "signed-out": words(told.saysSignedOut, { count }),
    "other-person": words(told.saysOtherPerson, { count }),
    closed: `${words(told.saysClosed, { count })} ${detail}`,
    denied: words(told.saysDenied, { count }),
  }[state];
  say(sentence, state === "saving" ? "" : "warn");
  if (state === "signed-out") {
    const link = document.createElement("a");
    link.href = `${told.signIn}?next=${encodeURIComponent(location.pathname)}`;
    link.textContent = told.saysSignIn;
    root.querySelector("[data-save-state]").append(" ", link);
  }
}

// Values that were not taken in, and where: they may stand at another place than this one.
function sayHeld(saved = "") {
  const held = Object.values(queue.held());
  const conflicts = held.filter((one) => one.theirs).length;
  const sentence = words(conflicts ? told.saysConflict : told.saysRefused, { count: conflicts || held.length });
  say(saved ? `${saved} · ${sentence}` : sentence, "warn");
  for (const code of new Set(held.map((one) => one.at))) {
    const line = root.querySelector(`[data-line="${CSS.escape(code)}"]`);
    if (!line || code === here()) continue;
    const link = Object.assign(document.createElement("a"), { href: line.href });
    link.textContent = (line.querySelector(".tree-code") || line).textContent.trim();
    root.querySelector("[data-save-state]").append(" ", link);
  }
}

// The report takes in nothing more: what still waits here is shown beside what stands in it, and may be given up.
function sayLeft() {
  const count = waiting() + Object.keys(queue.held()).length;
  say(told.closed ? `${words(told.saysClosed, { count })} ${told.closed}` : words(told.saysDenied, { count }), "warn");
  const drop = button(told.saysDrop, () => {
    if (!confirm(words(told.saysDropAsk, { count }))) return;
    queue.clear();
    location.reload();
  });
  root.querySelector("[data-save-state]").append(" ", drop);
}

// -- fields

// What stands in a field; with the other two, what stood there when the page was made.
function read(field, isChecked = (one) => one.checked, valueOf = (one) => one.value) {
  const among = (selector) => [...field.querySelectorAll(selector)];
  const chosen = among("[data-state]").find(isChecked);
  const value = among("[data-value]").find((one) => one.type !== "radio" || isChecked(one));
  const beside = (name) => {
    const control = field.querySelector(`[data-${name}]`);
    return control ? valueOf(control).trim() : "";
  };
  return {
    text: chosen ? chosen.value : value ? (value.type === "radio" ? value.value : valueOf(value).trim()) : "",
    note: beside("note"),
    source: beside("source"),
    as_of: beside("as-of"),
    seen: Math.max(seen.get(field.dataset.field) || 0, pageNumber()),
  };
}

const asMade = (field) => read(field, (one) => one.defaultChecked, (one) => one.defaultValue);

function write(field, cell) {
  const state = ["n/a", "none of these"].includes(cell.text) ? cell.text : "";
  for (const box of field.querySelectorAll("[data-state]")) box.checked = box.value === state;
  for (const control of field.querySelectorAll("[data-value]")) {
    if (control.type === "radio") control.checked = control.value === (state ? "" : cell.text);
    else control.value = state ? "" : cell.text;
  }
  for (const [name, key] of [["note", "note"], ["source", "source"], ["as-of", "as_of"]]) {
    const control = field.querySelector(`[data-${name}]`);
    if (control) control.value = cell[key] || "";
  }
}

// An answer that is chosen is told by its words.
function wordsOf(field, cell) {
  const chosen = [...field.querySelectorAll("input[type=radio], input[type=checkbox]")].find((one) => one.value === cell.text);
  return (cell.text && chosen?.closest("label").textContent.trim()) || cell.text || told.saysEmpty;
}

const same = (one, other) => ["text", "note", "source", "as_of"].every((key) => one[key] === other[key]);
const before = new WeakMap();

function remember() {
  for (const field of root.querySelectorAll("[data-field]")) before.set(field, asMade(field));
}

function changed(field, soon) {
  const cell = read(field);
  const waits = queue.cells()[field.dataset.field];
  // What waits keeps the change that its writer had seen: else it would take the place of a value nobody has looked at.
  if (same(cell, waits || before.get(field) || {})) {
    if (soon && waits) sender.now();
    return;
  }
  before.set(field, cell);
  queue.put(field.dataset.field, cell);
  say(told.saysTyping);
  clearTimeout(lookTimer);
  clearTimeout(saveTimer);
  if (soon) {
    sender.now();
    return;
  }
  lookTimer = setTimeout(lookAhead, LOOK_AHEAD);
  saveTimer = setTimeout(() => sender.now(), SAVE_AFTER);
}

// Points while typing: computed by the server, not kept yet.
async function lookAhead() {
  const number = ++lookNumber;
  const cells = queue.cells();
  if (!waiting()) return;
  try {
    const response = await post(told.preview, { here: here(), cells });
    if (response.ok && number === lookNumber) settle(await response.json(), {}, true);
  } catch {
    // Without a connection there is nothing to look at; saving says so.
  }
}

// -- what the server answers

function settle(answer, sent, ahead = false) {
  for (const [fact, cell] of Object.entries(answer.cells)) {
    if (!ahead) {
      seen.set(fact, cell.n);
      if (sent[fact]) kept.set(fact, { cell: sent[fact], n: cell.n });
    }
    const field = fieldOf(fact);
    if (!field) continue;
    show(field, "[data-understood]", field.dataset.control === "number" ? cell.shown : "");
    const doubt = field.querySelector("[data-doubt]");
    if (doubt) {
      doubt.textContent = cell.doubt;
      doubt.hidden = !cell.doubt;
      if (cell.doubt && !ahead) field.querySelector("details.beside").open = true;
    }
    // A look ahead may arrive after the save that it was sent before: a choice that waits for a person stays.
    if (!(ahead && queue.held()[fact])) trouble(field, "");
  }
  for (const [fact, sentence] of Object.entries(answer.refused)) {
    const field = fieldOf(fact);
    if (field && !(ahead && field.contains(document.activeElement))) trouble(field, sentence);
    if (field) show(field, "[data-understood]", "");
  }
  for (const [fact, theirs] of Object.entries(answer.conflicts)) choose(fact, theirs, queue.held()[fact]?.cell);
  for (const [fact, theirs] of Object.entries(answer.replaced)) since(fact, theirs);
  movePoints(answer);
}

function show(field, selector, text) {
  const place = field.querySelector(selector);
  if (place) place.textContent = text || "";
}

function trouble(field, sentence) {
  const place = field.querySelector("[data-trouble]");
  if (place) place.textContent = sentence;
  for (const control of field.querySelectorAll("[data-value]")) {
    control.setAttribute("aria-invalid", String(Boolean(sentence)));
    control.classList.toggle("is-invalid", Boolean(sentence) && control.type !== "radio");
  }
}

// Somebody else was first: both values stand side by side until a person chooses.
function choose(fact, theirs, own) {
  const field = fieldOf(fact);
  if (!field || !own) return;
  const place = field.querySelector("[data-trouble]");
  const sentence = words(told.saysTheirs, {
    who: theirs.by,
    value: theirs.shown || told.saysEmpty,
    at: theirs.at,
    own: wordsOf(field, own),
  });
  show(field, "[data-understood]", "");
  const keep = button(told.saysKeepTheirs, () => {
    write(field, { ...theirs, text: theirs.state || theirs.text });
    settled(field, fact, theirs);
  });
  const put = button(told.saysPutMine, () => {
    seen.set(fact, theirs.n);
    queue.put(fact, { ...own, seen: theirs.n });
    place.replaceChildren();
    sender.now();
  });
  place.replaceChildren(Object.assign(document.createElement("p"), { textContent: sentence }), keep, put);
  keep.focus({ preventScroll: true });
}

function settled(field, fact, theirs) {
  seen.set(fact, theirs.n);
  queue.drop(fact);
  before.set(field, read(field));
  show(field, "[data-understood]", field.dataset.control === "number" ? theirs.shown : "");
  field.querySelector("[data-trouble]").replaceChildren();
  say("");
}

function since(fact, theirs) {
  const field = fieldOf(fact);
  if (!field) return;
  write(field, { ...theirs, text: theirs.state || theirs.text });
  settled(field, fact, theirs);
  field.querySelector("[data-trouble]").textContent = words(told.saysSince, {
    who: theirs.by,
    value: theirs.shown || told.saysEmpty,
    at: theirs.at,
  });
}

function button(text, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm" });
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function movePoints(answer) {
  for (const [code, mark] of Object.entries(answer.marks)) {
    const line = root.querySelector(`[data-line="${CSS.escape(code)}"]`);
    if (!line) continue;
    line.className = line.className.replace(/ is-\w+/, "") + ` is-${mark.state}`;
    replace(line.querySelector("[data-line-points]"), mark.points);
    line.querySelector("[data-line-words]").textContent = mark.words;
  }
  for (const [code, [points, filled]] of Object.entries(answer.parts)) {
    const part = root.querySelector(`[data-part="${CSS.escape(code)}"]`);
    replace(part?.querySelector("[data-part-points]"), points || "–");
    replace(part?.querySelector("[data-part-filled]"), String(filled));
  }
  replace(root.querySelector("[data-sum-points]"), answer.total.level || answer.total.points || "–");
  replace(root.querySelector("[data-sum-most]"), answer.total.most);
  replace(root.querySelector("[data-sum-filled]"), String(answer.total.filled));
  replace(root.querySelector("[data-sum-provisional]"), answer.total.provisional ? told.saysProvisional : "");
  const target = root.querySelector("[data-target]");
  if (answer.target && target) target.innerHTML = answer.target;
  const points = root.querySelector("[data-points]");
  if (answer.explanation && points && answer.here === here()) points.innerHTML = answer.explanation;
}

function replace(place, text) {
  if (!place || place.textContent === text) return;
  place.textContent = text;
  place.classList.remove("moved");
  void place.offsetWidth;
  place.classList.add("moved");
}

// -- a place arrives: values that still wait stand in it, and what is in it is remembered

function arrive() {
  remember();
  takeEarly();
  const waits = queue.cells();
  for (const field of root.querySelectorAll("[data-field]")) {
    const fact = field.dataset.field;
    const own = kept.get(fact);
    // A page that was asked for before a save arrived does not know the saved value yet.
    const cell = waits[fact] || (own && own.n > pageNumber() ? own.cell : null);
    if (cell && told.write === "yes") write(field, cell);
    else if (waits[fact]) trouble(field, words(told.saysLeft, { value: wordsOf(field, waits[fact]) }));
  }
  for (const [fact, held] of Object.entries(queue.held())) showHeld(fieldOf(fact), fact, held);
  root.querySelector("[data-plain-save]")?.setAttribute("hidden", "");
  for (const line of root.querySelectorAll("[data-line]")) {
    if (line.dataset.line === here()) {
      line.setAttribute("aria-current", "page");
      line.scrollIntoView({ block: "nearest" });
    } else line.removeAttribute("aria-current");
  }
}

// What somebody wrote before this script was there is as good as what is written now.
function takeEarly() {
  if (told.write !== "yes") return;
  for (const field of root.querySelectorAll("[data-field]")) {
    if (!queue.held()[field.dataset.field] && !same(read(field), before.get(field))) changed(field, false);
  }
}

function showHeld(field, fact, held) {
  if (!field) return;
  if (told.write !== "yes") {
    trouble(field, words(told.saysLeft, { value: wordsOf(field, held.cell) }));
    return;
  }
  write(field, held.cell);
  before.set(field, read(field));
  if (held.theirs) choose(fact, held.theirs, held.cell);
  else trouble(field, held.sentence);
}

async function go(direction) {
  const link = root.querySelector(`[data-go="${direction}"]`);
  if (!link) return;
  leave();
  link.click();
}

function leave() {
  if (told.write !== "yes") return;
  if (document.activeElement?.closest?.("[data-field]")) changed(document.activeElement.closest("[data-field]"), true);
  if (waiting()) sender.now();
}

// -- what people do

root.addEventListener("input", (event) => {
  const field = event.target.closest("[data-field]");
  if (!field || told.write !== "yes") return;
  const box = event.target;
  if (box.matches("[data-state]") && box.checked) {
    for (const other of field.querySelectorAll("[data-state]")) other.checked = other === box;
    for (const control of field.querySelectorAll("[data-value]")) {
      if (control.type === "radio") control.checked = control.value === "";
      else control.value = "";
    }
    const beside = field.querySelector("details.beside");
    beside.open = true;
    beside.querySelector("[data-note]").focus();
  } else if (box.matches("[data-value]") && box.value) {
    for (const other of field.querySelectorAll("[data-state]")) other.checked = false;
  }
  changed(field, box.type === "radio" || box.type === "checkbox");
});

root.addEventListener("change", (event) => {
  const field = event.target.closest("[data-field]");
  if (field && told.write === "yes") changed(field, true);
});

root.addEventListener("focusout", (event) => {
  if (event.target.closest("[data-field]") && waiting()) sender.now();
});

root.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-form]")) return;
  event.preventDefault();
  leave();
});

root.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input[data-value]:not([type=radio])")) {
    event.preventDefault();
    const fields = [...root.querySelectorAll("[data-field] [data-value], [data-go=after]")].filter(
      (one) => one.type !== "radio" || one.checked || one.id,
    );
    fields[fields.indexOf(event.target) + 1]?.focus();
  }
});

addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    go(event.key === "ArrowDown" ? "after" : "before");
  }
});

root.addEventListener("click", async (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  leave();
  if (!link.matches("[data-after-saving]") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!Object.keys(queue.cells()).length) return;
  // What is missing is found on the server: what was typed a moment ago has to be there first, if it can be.
  event.preventDefault();
  const until = Date.now() + LONGEST_WAIT;
  while (Object.keys(queue.cells()).length && Date.now() < until) await new Promise((done) => setTimeout(done, 50));
  location.assign(link.href);
});
addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id !== "place") return;
  arrive();
  document.getElementById("tree")?.classList.remove("open");
  const field = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  (field || document.getElementById("place-title"))?.focus();
});

arrive();
if (waiting() || Object.keys(queue.held()).length) {
  if (told.write !== "yes") sayLeft();
  else if (waiting()) sender.now();
  else sayHeld();
}
