// The keyboard of a spreadsheet: arrows and Enter lead from cell to cell, F2 edits, Esc takes back what was typed.

export function listen(sheet, { restore }) {
  const frame = sheet.root.querySelector("[data-frame]");
  let editing = null;
  let found = "";

  frame.addEventListener("focusin", (event) => {
    if (!event.target.matches(".entry")) return;
    editing = null;
    found = event.target.value;
    event.target.select();
  });

  frame.addEventListener("dblclick", (event) => {
    if (event.target.matches(".entry")) editing = event.target;
  });

  frame.addEventListener("keydown", (event) => {
    const entry = event.target;
    if (!entry.matches(".entry") || event.isComposing || event.altKey) return;
    if (event.key === "F2") {
      editing = entry;
      entry.setSelectionRange(entry.value.length, entry.value.length);
      event.preventDefault();
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (entry.value !== found) restore(entry, found);
      editing = null;
      entry.select();
    } else {
      const step = stepOf(event, editing === entry);
      if (step && move(sheet, entry, step)) event.preventDefault();
      else if (event.key === "Enter") event.preventDefault();
    }
  });
}

function stepOf(event, editing) {
  const side = editing ? undefined : { ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
  const far = event.ctrlKey || event.metaKey ? { Home: [-Infinity, -Infinity], End: [Infinity, Infinity] }[event.key] : undefined;
  if (event.ctrlKey || event.metaKey) return far;
  if (event.shiftKey && event.key !== "Enter") return undefined;
  const down = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [event.shiftKey ? -1 : 1, 0], PageDown: [10, 0], PageUp: [-10, 0] };
  return side || down[event.key];
}

function move(sheet, entry, [down, right]) {
  const at = sheet.at(entry);
  const within = (number, most) => Math.max(0, Math.min(most, number));
  const row = within(at.row + down, sheet.rows.length - 1);
  const next = sheet.entry(row, within(at.column + right, sheet.rows[row].length - 1));
  if (!next || next === entry) return false;
  next.focus();
  // The head and the first column must not cover it.
  next.closest("td").scrollIntoView({ block: "nearest", inline: "nearest" });
  return true;
}
