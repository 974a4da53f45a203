// Filters the failed cases. Without it they are a plain list, each opened on its own.
"use strict";
(() => {
  const form = document.getElementById("filter");
  const cases = [...document.querySelectorAll("[data-case]")];
  const opened = (hash) => {
    const target = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    const details = target && target.querySelector(":scope > details");
    if (!details) return;
    if (target.hidden) { form.reset(); show(); }
    details.open = true;
    target.scrollIntoView();
    details.querySelector("summary").focus({ preventScroll: true });
  };

  const all = [...document.querySelectorAll("details:not([data-long])")];
  const closed = [];
  addEventListener("beforeprint", () => {
    closed.splice(0, Infinity, ...all.filter((one) => !one.open));
    closed.forEach((one) => { one.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((one) => { one.open = false; }));

  if (!form) return;
  const fields = [...form.querySelectorAll("[data-field]")];
  const count = document.getElementById("count");
  const none = document.getElementById("none");
  const sealed = document.getElementById("sealed-cases");
  const open = document.getElementById("open-all");
  const words = new Map(cases.map((one) => [one, one.textContent.toLowerCase()]));

  const fits = (one, field, wanted) => {
    if (!wanted) return true;
    if (field === "words") {
      return wanted.toLowerCase().split(/\s+/).every((word) => words.get(one).includes(word));
    }
    if (field === "reason") return (one.dataset.reasons || "").split("\n").includes(wanted);
    return one.dataset[field] === wanted;
  };
  const shown = () => cases.filter((one) => !one.hidden);
  const named = () => {
    const details = shown().map((one) => one.querySelector("details")).filter(Boolean);
    const closing = details.length > 0 && details.every((one) => one.open);
    open.textContent = closing ? "Close all" : "Open all";
    open.disabled = details.length === 0;
    return { details, closing };
  };
  const show = () => {
    for (const one of cases) {
      one.hidden = !fields.every((field) => fits(one, field.dataset.field, field.value.trim()));
    }
    const left = shown();
    count.textContent = left.length === cases.length
      ? `${cases.length} failed cases` : `${left.length} of ${cases.length} failed cases`;
    none.hidden = left.length > 0;
    if (sealed) sealed.hidden = !left.some((one) => sealed.contains(one));
    named();
  };

  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(show)); // the fields are emptied after this
  open.addEventListener("click", () => {
    const { details, closing } = named();
    details.forEach((one) => { one.open = !closing; });
    named();
  });
  document.getElementById("failed").parentElement
    .addEventListener("toggle", named, { capture: true });
  addEventListener("hashchange", () => opened(location.hash));
  show();
  opened(location.hash);
})();
