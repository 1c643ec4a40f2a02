// Before a report is read through and submitted, what still waits on this computer is sent.

import { Queue } from "./queue.js";
import { Sender, words } from "./sender.js";

const place = document.querySelector("[data-waiting]");
const told = place.dataset;
const queue = new Queue(told.report, told.person);
const submit = document.querySelector("[data-submit]");
const waiting = () => Object.keys(queue.cells()).length;

const sender = new Sender({
  queue,
  place: () => "",
  save: told.save,
  told: showState,
  answered: (answer, cells) => {
    queue.holdBack(answer, cells);
    // What is missing, and what is submitted, is what stands in the report now.
    if (!waiting()) location.reload();
  },
});

function show(text) {
  place.replaceChildren(text);
  place.hidden = false;
}

function showState(state, detail = "") {
  const count = waiting();
  show(
    {
      saving: told.saysSaving,
      offline: words(told.saysOffline, { count }),
      "signed-out": words(told.saysSignedOut, { count }),
      "other-person": words(told.saysOtherPerson, { count }),
      closed: `${words(told.saysClosed, { count })} ${detail}`,
      denied: words(told.saysDenied, { count }),
    }[state],
  );
  if (state === "signed-out") link(`${told.signIn}?next=${encodeURIComponent(location.pathname)}`, told.saysSignIn);
}

function link(address, text) {
  place.append(" ", Object.assign(document.createElement("a"), { href: address, textContent: text }));
}

function showHeld(held) {
  show(words(told.saysHeld, { count: held.length }));
  for (const code of new Set(held.map((one) => one.at))) {
    link(told.place.replace("@code@", code), code === "general" ? told.saysGeneral : code);
  }
}

const held = Object.values(queue.held());
if (waiting() && told.write === "yes") {
  if (submit) submit.disabled = true;
  sender.now();
} else if (waiting()) showState("closed", told.closed);
else if (held.length) showHeld(held);
