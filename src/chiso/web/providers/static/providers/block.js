// A block copied from a spreadsheet: cells parted by tabs, rows by line ends, cells with either of them in quotes.

export function isBlock(text) {
  return /[\t\n]/.test(text.replace(/\r?\n$/, ""));
}

export function parse(text) {
  const rows = [[""]];
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let at = 0; at < source.length; at += 1) {
    const one = source[at];
    const row = rows[rows.length - 1];
    if (quoted) {
      if (one !== '"') row[row.length - 1] += one;
      else if (source[at + 1] === '"') row[row.length - 1] += source[(at += 1)];
      else quoted = false;
    } else if (one === '"' && row[row.length - 1] === "") quoted = true;
    else if (one === "\t") row.push("");
    else if (one === "\n") rows.push([""]);
    else row[row.length - 1] += one;
  }
  return rows.map((row) => row.map((cell) => cell.replace(/\s+/g, " ").trim()));
}

// Put a block into the sheet from one cell on; say which cells changed, and how much had no place.
export function place(sheet, start, block) {
  const changed = [];
  let left = 0;
  block.forEach((cells, down) => {
    const missing = cells.some((text, right) => text && !sheet.entry(start.row + down, start.column + right));
    if (missing) left += 1;
    cells.forEach((text, right) => {
      const entry = sheet.entry(start.row + down, start.column + right);
      if (!entry || entry.value === text) return;
      changed.push([entry, entry.value]);
      entry.value = text;
    });
  });
  return { changed, left };
}
