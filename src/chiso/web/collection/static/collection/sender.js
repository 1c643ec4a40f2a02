// Sends what waits, one change after the other, and tries again with growing pauses until it has arrived.

import { renew } from "../web/session.js";

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 60000;

export class Sender {
  // `told(state, detail)` hears: saving, saved, offline, postponed, signed-out, other-person, closed, denied.
  constructor({ queue, place, save, told, answered }) {
    Object.assign(this, { queue, place, save, told, answered });
    this.pause = FIRST_PAUSE;
    this.busy = false;
    addEventListener("online", () => this.now());
    addEventListener("chiso:session", (event) => {
      this.renewed = false;
      if (event.detail === "same") this.now();
    });
  }

  now() {
    clearTimeout(this.timer);
    this.pause = FIRST_PAUSE;
    return this.flush();
  }

  // Two tabs of one person share the queue: only one of them sends at a time.
  async flush() {
    if (this.busy) return;
    this.busy = true;
    try {
      if (navigator.locks) await navigator.locks.request(this.queue.key, () => this.sendAll());
      else await this.sendAll();
    } finally {
      this.busy = false;
    }
  }

  async sendAll() {
    for (let flight = this.queue.take(); flight; flight = this.queue.take()) {
      this.told("saving");
      if (!(await this.send(flight))) return;
    }
  }

  async send(flight) {
    let response;
    try {
      response = await post(this.save, { change: flight.change, here: this.place(), cells: flight.cells });
    } catch {
      return this.later("offline");
    }
    if (response.ok) {
      const answer = await response.json().catch(() => null);
      if (!answer) return this.later("offline");
      this.queue.arrived(answer.number);
      this.pause = FIRST_PAUSE;
      this.renewed = false;
      this.answered(answer, flight.cells);
      return true;
    }
    return this.refused(response);
  }

  async refused(response) {
    const answer = await response.json().catch(() => ({}));
    if (response.status === 401) return this.stop("signed-out");
    if (response.status === 409) return this.stop("closed", answer.message);
    if (response.status === 403) return this.renew();
    if (response.status === 400 || response.status === 404) return this.stop("denied", answer.message);
    if (answer.message && (response.status === 503 || response.status === 507)) {
      return this.later("postponed", answer.message, response.headers.get("Retry-After"));
    }
    return this.later("offline");
  }

  // The page outlived its session: somebody signed in again elsewhere. Was it the same person?
  async renew() {
    if (this.renewed) return this.stop("denied");
    const who = await renew();
    if (who === "offline") return this.later("offline");
    if (who !== "same") return this.stop(who === "out" ? "signed-out" : "other-person");
    this.renewed = true;
    this.timer = setTimeout(() => this.flush(), 0);
    return false;
  }

  // A server in trouble says after how many seconds it is worth trying again.
  later(state, detail, seconds) {
    this.told(state, detail);
    this.pause = Math.max(this.pause, 1000 * (Number(seconds) || 0));
    this.timer = setTimeout(() => this.flush(), this.pause * (0.75 + Math.random() / 2));
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
    return false;
  }

  stop(state, detail) {
    this.told(state, detail);
    return false;
  }
}

// A sentence with its values in their places.
export const words = (template, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), template);

export function post(address, data) {
  const body = JSON.stringify(data);
  return fetch(address, {
    method: "POST",
    body,
    // A page that is being left still sends its last values.
    keepalive: body.length < 60000,
    redirect: "error",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json",
      "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content,
    },
  });
}
