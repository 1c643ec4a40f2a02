// What every page shares: the menu on small screens, the language, requests of htmx.

document.addEventListener("click", (event) => {
  const toggle = event.target.closest("[data-toggles]");
  if (!toggle) return;
  const target = document.getElementById(toggle.dataset.toggles);
  const open = target.classList.toggle("open");
  toggle.setAttribute("aria-expanded", String(open));
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
});

// Pages hold no inline code; the token stands in a meta element.
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = document.querySelector("meta[name=csrf-token]").content;
});
