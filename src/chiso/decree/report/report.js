"use strict";
// Keeps which rows were checked, on this machine only, and shows or hides rows.
(function () {
  var key = "chiso-report-" + document.body.dataset.report;
  var done = {};
  try { done = JSON.parse(localStorage.getItem(key) || "{}"); } catch (error) { done = {}; }
  var boxes = Array.prototype.slice.call(document.querySelectorAll("input[data-row]"));
  function show() {
    var count = 0;
    boxes.forEach(function (box) {
      var checked = Boolean(done[box.dataset.row]);
      box.checked = checked;
      box.closest("tr").classList.toggle("done", checked);
      if (checked) { count += 1; }
    });
    document.getElementById("progress").textContent = count + "/" + boxes.length;
  }
  boxes.forEach(function (box) {
    box.addEventListener("change", function () {
      if (box.checked) { done[box.dataset.row] = 1; } else { delete done[box.dataset.row]; }
      try { localStorage.setItem(key, JSON.stringify(done)); } catch (error) { /* private windows keep nothing */ }
      show();
    });
  });
  document.querySelectorAll("button[data-filter]").forEach(function (button) {
    button.addEventListener("click", function () {
      document.body.classList.remove("doubtful", "open");
      if (button.dataset.filter !== "all") { document.body.classList.add(button.dataset.filter); }
      document.querySelectorAll("button[data-filter]").forEach(function (other) {
        other.setAttribute("aria-pressed", String(other === button));
      });
    });
  });
  show();
}());
