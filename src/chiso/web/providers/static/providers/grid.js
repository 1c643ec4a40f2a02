// The grid of a provider: saves while one types or pastes, says what became of each cell, loses nothing offline.

import { Queue } from "../collection/queue.js";
import { Sender, words } from "../collection/sender.js";
import { Bar } from "./bar.js";
import { isBlock, parse, place } from "./block.js";
import { listen } from "./keys.js";
import { entryOf, Sheet } from "./sheet.js";

const root = document.querySelector("[data-supply]");
const told = root.dataset;
const MOST_CELLS = 1000;
const SAVE_AFTER = 1500;
const queue = new Queue(`supply-${told.round}`, told.person, MOST_CELLS);
const sheet = new Sheet(root);
const conflicts = new Map();
let saveTimer;

const waiting = () => Object.keys(queue.cells()).length;

const sender = new Sender({
  queue,
  place: () => "",
  save: told.save,
  told: showState,
  answered: settle,
});
const bar = root.querySelector("[data-bar]") && new Bar(sheet, { changed: (key) => put([key], true), choose: choices });

// -- the state of saving

function say(text, kind = "") {
  const state = root.querySelector("[data-save-state]");
  state.textContent = text;
  state.dataset.kind = kind;
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
  if (state !== "signed-out") return;
  const link = Object.assign(document.createElement("a"), { textContent: told.saysSignIn });
  link.href = `${told.signIn}?next=${encodeURIComponent(location.pathname + location.search)}`;
  root.querySelector("[data-save-state]").append(" ", link);
}

// -- writing

function put(keys, soon) {
  for (const key of keys) {
    queue.put(key, sheet.cell(key));
    sheet.wait(key);
  }
  say(told.saysTyping);
  clearTimeout(saveTimer);
  if (soon) sender.now();
  else saveTimer = setTimeout(() => sender.now(), SAVE_AFTER);
}

function changed(entry, soon) {
  const key = sheet.keyOf(entry);
  const waits = queue.cells()[key];
  if (entry.value.trim() === (waits ? waits.text : sheet.before.get(key))) {
    if (soon && waiting()) sender.now();
    return;
  }
  put([key], soon);
}

function paste(entry, text) {
  const { changed: cells, left } = place(sheet, sheet.at(entry), parse(text));
  put(cells.map(([one]) => sheet.keyOf(one)), true);
  const note = root.querySelector("[data-pasted]");
  const undo = button(told.saysUndo, () => {
    for (const [one, old] of cells) one.value = old;
    // What the paste replaced is the newest now, also where the paste has been kept meanwhile.
    put(cells.map(([one]) => sheet.keyOf(one)), true);
    note.replaceChildren();
    entry.focus();
  });
  note.replaceChildren(words(told.saysPasted, { count: cells.length }), left ? ` ${words(told.saysRest, { count: left })}` : "", cells.length ? undo : "");
  entry.select();
}

function restore(entry, old) {
  entry.value = old;
  const key = sheet.keyOf(entry);
  if (old === sheet.before.get(key) && !queue.kept().flight?.cells[key]) {
    queue.drop(key);
    sheet.mark(key, "");
    if (!waiting()) say("");
  } else put([key], false);
}

// -- what the server answers

function settle(answer, sent) {
  const waits = queue.cells();
  for (const key of Object.keys(sent)) {
    if (answer.number[key] !== undefined) sheet.seen.set(key, Math.max(sheet.seen.get(key) || 0, answer.number[key]));
    if (!waits[key]) sheet.mark(key, answer.refused[key] || "");
    conflicts.delete(key);
  }
  for (const [key, cell] of Object.entries(answer.cells)) {
    const typing = waits[key] || (document.activeElement === entryAt(key) && entryAt(key).value.trim() !== sent[key].text);
    sheet.kept(key, cell, typing);
  }
  for (const [key, theirs] of Object.entries(answer.conflicts)) {
    conflicts.set(key, { theirs, own: sent[key] });
    const { by, at } = theirs;
    sheet.mark(key, words(told.saysTheirs, { who: by, at, value: theirs.shown || told.saysEmpty, own: sent[key].text || told.saysEmpty }));
  }
  for (const [key, theirs] of Object.entries(answer.replaced)) {
    sheet.kept(key, { ...theirs, doubt: "" }, false);
    sheet.mark(key, words(told.saysSince, { who: theirs.by, at: theirs.at, value: theirs.shown || told.saysEmpty }));
  }
  for (const [unit, held] of Object.entries(answer.held)) {
    const place_ = root.querySelector(`[data-row="${unit}"] [data-held]`);
    if (place_) place_.textContent = held;
  }
  const left = list();
  bar?.refresh();
  if (waiting()) return;
  const saved = words(told.saysSaved, { time: answer.at });
  say(left ? `${saved} · ${words(told.saysTrouble, { count: left })}` : saved, left ? "warn" : "done");
}

function entryAt(key) {
  const square = sheet.squares.get(key);
  return square && entryOf(square);
}

// Cells that were not taken in stand in a list that leads to them.
function list() {
  const place_ = root.querySelector("[data-troubles]");
  const cells = [...sheet.squares.values()].filter((square) => square.dataset.trouble);
  place_.hidden = !cells.length;
  const head = Object.assign(document.createElement("li"), { className: "state bad" });
  head.textContent = words(told.saysTrouble, { count: cells.length });
  const items = cells.slice(0, 50).map((square) => {
    const item = document.createElement("li");
    const name = square.parentElement.querySelector("th span").textContent.trim();
    item.append(button(`${name}: ${entryOf(square).value || told.saysEmpty}`, () => entryOf(square).focus()));
    return item;
  });
  place_.replaceChildren(...(cells.length ? [head, ...items] : []));
  return cells.length;
}

// Somebody else was first: both values stand side by side until a person chooses.
function choices(key) {
  const found = conflicts.get(key);
  if (!found) return [];
  const { theirs, own } = found;
  const done = () => {
    conflicts.delete(key);
    sheet.seen.set(key, theirs.n);
    entryAt(key).focus();
  };
  const keep = button(told.saysKeepTheirs, () => {
    queue.drop(key);
    sheet.kept(key, { ...theirs, doubt: "" }, false);
    done();
    list();
    bar.show(key);
  });
  const mine = button(told.saysPutMine, () => {
    done();
    sheet.mark(key, "");
    sheet.write(key, own);
    put([key], true);
    list();
    bar.show(key);
  });
  return [document.createElement("br"), keep, mine];
}

function button(text, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm" });
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

// -- what people do

const writes = (target) => told.write === "yes" && target.matches?.(".entry");

root.addEventListener("input", (event) => writes(event.target) && changed(event.target, false));
root.addEventListener("change", (event) => writes(event.target) && changed(event.target, true));
root.addEventListener("focusin", (event) => event.target.matches(".entry") && bar.show(sheet.keyOf(event.target)));
root.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain");
  if (!writes(event.target) || !isBlock(text)) return;
  event.preventDefault();
  paste(event.target, text);
});
root.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-form]")) return;
  event.preventDefault();
  sender.now();
});

function leave() {
  if (told.write !== "yes") return;
  if (document.activeElement && writes(document.activeElement)) changed(document.activeElement, true);
  else if (waiting()) sender.now();
}
addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());

// -- the page arrives: values that still wait stand in it

if (sheet.rows.length) {
  listen(sheet, { restore });
  root.querySelector("[data-plain-save]")?.setAttribute("hidden", "");
  const early = [...sheet.squares].filter(([key, square]) => entryOf(square).value.trim() !== sheet.before.get(key));
  if (told.write === "yes" && early.length) put(early.map(([key]) => key), false);
  for (const [key, cell] of Object.entries(queue.cells())) {
    sheet.write(key, cell);
    if (sheet.squares.has(key)) sheet.wait(key);
  }
}
if (told.write === "yes" && waiting()) sender.now();
