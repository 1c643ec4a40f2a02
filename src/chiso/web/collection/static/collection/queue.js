// Values that wait to be saved, kept in the browser per report and person: they survive a lost connection, a closed
// tab and a restart of the server. A change in flight keeps its name, so that one that did arrive is known again.
// What arrived and was not taken in is held beside them until a person has looked at it.

export class Queue {
  // `most`: cells that one change may hold.
  constructor(report, person, most = 500) {
    this.key = `chiso:waiting:${report}:${person}`;
    this.most = most;
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) || nothing();
    } catch {
      return nothing();
    }
  }

  write(kept) {
    try {
      if (isNothing(kept)) localStorage.removeItem(this.key);
      else localStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // Storage is full or forbidden: the values still wait in the page.
    }
    this.memory = kept;
  }

  kept() {
    const stored = this.read();
    return isNothing(stored) ? this.memory || stored : stored;
  }

  put(fact, cell) {
    const kept = this.kept();
    kept.cells[fact] = cell;
    delete kept.held?.[fact];
    this.write(kept);
  }

  drop(fact) {
    const kept = this.kept();
    delete kept.cells[fact];
    delete kept.held?.[fact];
    this.write(kept);
  }

  // Everything that waits, the newest value of each cell.
  cells() {
    const kept = this.kept();
    return { ...(kept.flight ? kept.flight.cells : {}), ...kept.cells };
  }

  // Cells that a save did not take in, by its answer: not understood, or changed by somebody else meanwhile.
  holdBack(answer, sent) {
    const waits = this.cells();
    for (const [fact, sentence] of Object.entries(answer.refused)) {
      if (!waits[fact]) this.hold(fact, { cell: sent[fact], at: answer.where[fact], sentence });
    }
    for (const [fact, theirs] of Object.entries(answer.conflicts)) {
      this.hold(fact, { cell: waits[fact] || sent[fact], at: answer.where[fact], theirs });
    }
  }

  hold(fact, held) {
    const kept = this.kept();
    delete kept.cells[fact];
    kept.held = { ...kept.held, [fact]: held };
    this.write(kept);
  }

  held() {
    return this.kept().held || {};
  }

  clear() {
    this.write(nothing());
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

function nothing() {
  return { flight: null, cells: {}, held: {} };
}

function isNothing(kept) {
  return !kept.flight && !Object.keys(kept.cells).length && !Object.keys(kept.held || {}).length;
}

function name() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
