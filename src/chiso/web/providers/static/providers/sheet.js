// The cells of the grid: what stands in each, what the page knows of it, and how it is marked.

export class Sheet {
  constructor(root) {
    this.root = root;
    this.rows = [...root.querySelectorAll("[data-row]")].map((row) => [...row.querySelectorAll(".entry")]);
    this.columns = [...root.querySelectorAll("[data-column]")];
    this.squares = new Map([...root.querySelectorAll("[data-cell]")].map((one) => [one.dataset.cell, one]));
    this.seen = new Map();
    for (const row of root.querySelectorAll("[data-row]")) {
      for (const one of row.querySelectorAll("[data-cell]")) this.seen.set(one.dataset.cell, Number(row.dataset.number));
    }
    // As the page was made: somebody may have typed before this script was there.
    this.before = new Map([...this.squares].map(([key, square]) => [key, entryOf(square).defaultValue]));
  }

  keyOf(entry) {
    return entry.closest("[data-cell]").dataset.cell;
  }

  at(entry) {
    const row = this.rows.findIndex((one) => one.includes(entry));
    return row < 0 ? null : { row, column: this.rows[row].indexOf(entry) };
  }

  entry(row, column) {
    return this.rows[row]?.[column];
  }

  // A cell as it is sent.
  cell(key) {
    const square = this.squares.get(key);
    const { note = "", source = "", asOf = "" } = square.dataset;
    return { text: entryOf(square).value.trim(), note, source, as_of: asOf, seen: this.seen.get(key) || 0 };
  }

  write(key, cell) {
    const square = this.squares.get(key);
    if (!square) return;
    entryOf(square).value = cell.text;
    Object.assign(square.dataset, { note: cell.note || "", source: cell.source || "", asOf: cell.as_of || "" });
  }

  // What the server has kept: it stands in the cell as it was understood, unless somebody goes on typing there.
  kept(key, cell, typing) {
    this.seen.set(key, cell.n);
    const square = this.squares.get(key);
    if (!square) return;
    this.count(square, this.before.get(key), cell.text);
    this.before.set(key, cell.text);
    if (!typing) this.write(key, cell);
    square.dataset.shown = cell.shown;
    square.dataset.doubt = cell.doubt || "";
    square.classList.toggle("doubted", Boolean(cell.doubt));
    this.mark(key, "");
  }

  mark(key, sentence) {
    const square = this.squares.get(key);
    if (!square) return;
    square.dataset.trouble = sentence;
    square.classList.toggle("troubled", Boolean(sentence));
    square.classList.remove("waiting");
    entryOf(square).setAttribute("aria-invalid", String(Boolean(sentence)));
    square.querySelector(".why")?.remove();
  }

  wait(key) {
    const square = this.squares.get(key);
    square?.classList.add("waiting");
  }

  // The head of a column says for how many units there is a figure.
  count(square, before, after) {
    const step = Number(Boolean(after)) - Number(Boolean(before));
    const head = this.columns[[...square.parentElement.querySelectorAll("[data-cell]")].indexOf(square)];
    if (!step || !head) return;
    head.dataset.given = Number(head.dataset.given) + step;
    const show = (number) => Number(number).toLocaleString(document.documentElement.lang);
    head.querySelector("[data-column-given]").textContent = this.root.dataset.saysGiven
      .replace("{given}", show(head.dataset.given))
      .replace("{all}", show(head.dataset.all));
  }
}

export function entryOf(square) {
  return square.querySelector(".entry");
}
