// Browsers word the choice of a file in their own language; people read it in that of the page.
//
// The box itself stays, unseen, over the words: what is clicked, dropped or reached with the keyboard is still the box.

function worded(input) {
  const says = document.body.dataset;
  const box = document.createElement("span");
  const button = document.createElement("span");
  const name = document.createElement("span");
  box.className = "file-box form-control";
  button.className = "file-button";
  button.textContent = input.multiple ? says.chooseFiles : says.chooseFile;
  name.className = "file-name";
  box.setAttribute("aria-hidden", "true");
  box.append(button, name);
  const frame = document.createElement("span");
  frame.className = "file-frame";
  input.replaceWith(frame);
  frame.append(box, input);

  const tell = () => {
    name.textContent = [...input.files].map((file) => file.name).join(", ") || says.noFile;
  };
  input.addEventListener("change", tell);
  input.form?.addEventListener("reset", () => setTimeout(tell));
  addEventListener("pageshow", tell);
  tell();
}

export function word(within) {
  for (const input of within.querySelectorAll("input[type=file]:not(.file-frame *)")) worded(input);
}
