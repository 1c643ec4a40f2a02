// Evidence by drag and drop: a file that is dropped is sent at once; the bar shows how far it has come.

const form = (event) => event.target.closest?.("[data-drop]");

document.addEventListener("dragover", (event) => {
  const drop = form(event);
  if (!drop) return;
  event.preventDefault();
  drop.classList.add("over");
});

document.addEventListener("dragleave", (event) => {
  const drop = form(event);
  if (drop && !drop.contains(event.relatedTarget)) drop.classList.remove("over");
});

document.addEventListener("drop", (event) => {
  const drop = form(event);
  if (!drop || !event.dataTransfer.files.length) return;
  event.preventDefault();
  drop.classList.remove("over");
  drop.querySelector("input[type=file]").files = event.dataTransfer.files;
  drop.requestSubmit();
});

document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = event.target.querySelector?.("progress");
  if (!bar || !event.detail.lengthComputable) return;
  bar.classList.add("running");
  bar.value = (100 * event.detail.loaded) / event.detail.total;
});
