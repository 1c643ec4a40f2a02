// A calendar beside each box for a day: the browser's own, whatever its language; the box is written as people do here.

const WRITTEN = /(\d{1,2})\D+(\d{1,2})\D+(\d{4})/;
const CLOCK = /\d{1,2}:\d{2}/;
// Where a time belongs too and none is written yet: the end of the day's work, which can be seen and changed.
const END_OF_WORK = "17:00";

export function listen() {
  if (!("showPicker" in HTMLInputElement.prototype)) return;
  document.documentElement.classList.add("picks-days");
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-picks-day]");
    if (button) open(button.parentElement);
  });
}

function open(box) {
  const [text, known] = box.querySelectorAll("input");
  const calendar = known || made(box, text);
  const [, day, month, year] = WRITTEN.exec(text.value) || [];
  calendar.value = year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : "";
  calendar.showPicker();
}

// It has no name and is never sent; keyboards and screen readers meet the box and the button alone.
function made(box, text) {
  const calendar = Object.assign(document.createElement("input"), { type: "date", tabIndex: -1 });
  calendar.setAttribute("aria-hidden", "true");
  calendar.addEventListener("change", () => {
    const day = calendar.value.split("-").reverse().join("/");
    const time = "withTime" in box.dataset && day ? ` ${CLOCK.exec(text.value) || END_OF_WORK}` : "";
    text.value = day + time;
    for (const kind of ["input", "change"]) text.dispatchEvent(new Event(kind, { bubbles: true }));
    text.focus();
  });
  box.append(calendar);
  return calendar;
}
