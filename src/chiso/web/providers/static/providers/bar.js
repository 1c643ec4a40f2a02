// The bar below the grid: all about the selected cell, and what stands beside its value.

const FIELDS = [["note", "note"], ["source", "source"], ["as-of", "asOf"]];

export class Bar {
  constructor(sheet, { changed, choose }) {
    Object.assign(this, { sheet, changed, choose });
    this.place = sheet.root.querySelector("[data-bar]");
    this.key = "";
    for (const [name, key] of FIELDS) {
      this.part(name).addEventListener("change", (event) => {
        this.sheet.squares.get(this.key).dataset[key] = event.target.value.trim();
        this.changed(this.key);
      });
    }
  }

  part(name) {
    return this.place.querySelector(`[data-bar-${name}]`);
  }

  show(key) {
    const square = this.sheet.squares.get(key);
    const told = square.dataset;
    const column = [...square.parentElement.querySelectorAll("[data-cell]")].indexOf(square);
    this.key = key;
    this.place.hidden = false;
    this.part("unit").textContent = square.parentElement.querySelector("th span").textContent.trim();
    this.part("figure").textContent = this.sheet.columns[column].querySelector(".column-label").textContent;
    this.part("shown").textContent = told.shown || "";
    const before = this.part("before");
    before.textContent = told.before ? before.dataset.words.replace("{value}", told.before) : "";
    this.part("doubt").textContent = told.doubt || "";
    for (const [name, data] of FIELDS) this.part(name).value = told[data] || "";
    this.part("trouble").replaceChildren(told.trouble || "", ...this.choose(key));
  }

  // What is said of the shown cell may have changed.
  refresh() {
    if (this.key && !this.place.contains(document.activeElement)) this.show(this.key);
  }
}
