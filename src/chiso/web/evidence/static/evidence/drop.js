// Evidence by drag and drop: files that are dropped are sent at once; the bar shows how far they have come.

// A file that misses the place by a little would otherwise open in the browser and take the page away.
const place = () => document.querySelector("[data-drop]");
const brings = (event) => event.dataTransfer?.types.includes("Files");

document.addEventListener("dragover", (event) => {
  if (!brings(event)) return;
  event.preventDefault();
  place()?.classList.add("over");
});

document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) place()?.classList.remove("over");
});

document.addEventListener("drop", (event) => {
  if (!brings(event)) return;
  event.preventDefault();
  const drop = place();
  if (!drop) return;
  drop.classList.remove("over");
  // What is under way comes first; the files stay where they are.
  if (drop.querySelector("button[disabled]") || !event.dataTransfer.files.length) return;
  drop.querySelector("input[type=file]").files = event.dataTransfer.files;
  drop.requestSubmit();
});

document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = event.target.querySelector?.("progress");
  if (!bar || !event.detail.lengthComputable) return;
  bar.classList.add("running");
  bar.value = (100 * event.detail.loaded) / event.detail.total;
});

document.addEventListener("htmx:afterRequest", (event) => {
  event.target.querySelector?.("progress")?.classList.remove("running");
});

// The button that was pressed is gone with the part it stood in: the keyboard goes on at what came of it.
document.addEventListener("htmx:afterSettle", () => {
  const said = document.querySelector("[data-evidence] [data-said]");
  if (said && document.activeElement === document.body) said.focus({ preventScroll: true });
});
