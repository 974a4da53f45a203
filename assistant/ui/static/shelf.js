/* What the page about the documents can do only with JavaScript: files that are dropped, a look at
   their size before they are sent, and progress without loading the page anew. */
(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const MB = 1024 * 1024;

  function complaint(files, input) {
    const { file, all, most } = input.dataset;
    const long = files.filter((one) => one.size > Number(file)).map((one) => one.name);
    const total = files.reduce((sum, one) => sum + one.size, 0);
    if (files.length > Number(most)) return `That is more than ${most} files. Choose fewer.`;
    if (total > Number(all) - MB / 4) return `That is more than ${all / MB} MB together. Choose fewer.`;
    return long.length ? `Longer than ${file / MB} MB, will be left out: ${long.join(", ")}` : "";
  }

  function drop(area) {
    const input = byId("files");
    const said = byId("files-said");
    const hint = said.textContent;
    const look = () => {
      const files = [...input.files];
      const wrong = complaint(files, input);
      said.textContent = wrong || hint;
      said.className = wrong ? "field__wrong" : "field__hint";
      input.setCustomValidity(wrong.includes("Choose fewer") ? wrong : "");
    };
    input.addEventListener("change", look);
    for (const name of ["dragover", "dragleave", "drop"]) {
      // Anywhere on the page: a file that misses the box must not replace the page.
      document.addEventListener(name, (event) => {
        if (![...event.dataTransfer.types].includes("Files")) return;
        event.preventDefault();
        area.classList.toggle("drop--over", name === "dragover");
        if (name !== "drop" || !event.dataTransfer.files.length) return;
        input.files = event.dataTransfer.files;
        look();
        input.focus();
      });
    }
    input.form.addEventListener("submit", () => {
      said.className = "field__hint";
      said.textContent = "Sending…";
    });
  }

  function follow() {
    const bar = byId("work-bar");
    const line = byId("work-line");
    const count = byId("work-count");
    const ask = async () => {
      let now = null;
      try {
        const answer = await fetch("./shelf/status", { cache: "no-store" });
        if (!answer.ok) return location.reload(); // signed out: the page says so
        now = await answer.json();
      } catch {
        return setTimeout(ask, 2000); // the server may be busy, or starting anew
      }
      if (!now.running) return location.reload();
      if (line.textContent !== now.line) line.textContent = now.line;
      if (now.total) {
        bar.max = now.total;
        bar.value = now.done;
        count.textContent = `${now.done.toLocaleString("en")} of ${now.total.toLocaleString("en")}`;
      } else {
        bar.removeAttribute("value");
        count.textContent = "";
      }
      return setTimeout(ask, 500);
    };
    setTimeout(ask, 300);
  }

  const area = byId("drop");
  if (area) drop(area);
  if (byId("work")) follow();
})();
