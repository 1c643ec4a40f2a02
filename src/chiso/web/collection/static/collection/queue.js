// Values that wait to be saved, kept in the browser per report and person: they survive a lost connection, a closed
// tab and a restart of the server. A change in flight keeps its name, so that one that did arrive is known again.

export class Queue {
  // `most`: cells that one change may hold.
  constructor(report, person, most = 500) {
    this.key = `chiso:waiting:${report}:${person}`;
    this.most = most;
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) || { flight: null, cells: {} };
    } catch {
      return { flight: null, cells: {} };
    }
  }

  write(kept) {
    try {
      if (!kept.flight && !Object.keys(kept.cells).length) localStorage.removeItem(this.key);
      else localStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // Storage is full or forbidden: the values still wait in the page.
    }
    this.memory = kept;
  }

  kept() {
    const stored = this.read();
    return stored.flight || Object.keys(stored.cells).length ? stored : this.memory || stored;
  }

  put(fact, cell) {
    const kept = this.kept();
    kept.cells[fact] = cell;
    this.write(kept);
  }

  drop(fact) {
    const kept = this.kept();
    delete kept.cells[fact];
    this.write(kept);
  }

  // Everything that waits, the newest value of each cell.
  cells() {
    const kept = this.kept();
    return { ...(kept.flight ? kept.flight.cells : {}), ...kept.cells };
  }

  // The change to send: the one in flight again, else what has been written since.
  take() {
    const kept = this.kept();
    if (!kept.flight && Object.keys(kept.cells).length) {
      const all = Object.entries(kept.cells);
      kept.flight = { change: name(), cells: Object.fromEntries(all.slice(0, this.most)) };
      kept.cells = Object.fromEntries(all.slice(this.most));
      this.write(kept);
    }
    return kept.flight;
  }

  // The change arrived: later ones of the same cells have seen it. `number` is the report's, or one for each cell.
  arrived(number) {
    const kept = this.kept();
    for (const fact of Object.keys(kept.flight ? kept.flight.cells : {})) {
      const seen = typeof number === "object" ? number[fact] : number;
      if (kept.cells[fact] && seen !== undefined) kept.cells[fact].seen = seen;
    }
    kept.flight = null;
    this.write(kept);
  }
}

function name() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
