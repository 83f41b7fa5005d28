/* Lists by keyboard: j and k move, o or Enter opens, x marks, g and a letter goes to a place, ? shows the keys.
   Nothing happens while one types. Boxes and links do the same without this script. */
(() => {
  "use strict";
  const isWriting = (element) =>
    element instanceof HTMLElement &&
    (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)) &&
    element.type !== "checkbox";
  const rows = () => [...document.querySelectorAll("[data-rows] [data-row]")].filter((row) => row.offsetParent);
  const link = (row) => row.querySelector("a.is-title") || row.querySelector("a");
  let current = null;
  let isGoing = 0;

  const stand = (row) => {
    current?.classList.remove("is-current");
    current = row;
    row.classList.add("is-current");
    link(row)?.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  };
  const move = (step) => {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(current);
    stand(all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))]);
  };

  /* marked rows, and the bar that says what can be done with them */
  const bar = document.querySelector("[data-bulk]");
  const boxes = () => [...document.querySelectorAll('[data-rows] input[name="row"]')];
  const deed = bar?.querySelector("[data-deed]");
  const count = () => {
    if (!bar) return;
    const marked = boxes().filter((box) => box.checked).length;
    const everything = bar.querySelector('[name="everything"]')?.checked;
    const words = bar.querySelector("[data-marked]");
    words.textContent = marked || everything ? words.dataset.some.replace("{n}", marked) : words.dataset.none;
    bar.classList.toggle("has-marked", Boolean(marked || everything));
  };
  const fields = () => {
    for (const set of bar?.querySelectorAll("[data-for]") ?? []) {
      set.hidden = set.dataset.for !== deed.value;
      set.disabled = set.hidden;
    }
  };
  if (bar) {
    bar.classList.add("is-live");
    deed.addEventListener("change", fields);
    document.addEventListener("change", (event) => {
      if (event.target.matches("[data-mark-all]")) {
        for (const box of boxes()) box.checked = event.target.checked;
      }
      count();
    });
    fields();
    count();
  }

  const overlay = document.getElementById("o-keys");
  const help = () => overlay?.showModal?.();
  overlay?.addEventListener("click", (event) => {
    if (event.target === overlay) overlay.close();
  });

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.metaKey || event.ctrlKey || event.altKey) return;
    if (isWriting(event.target) || document.querySelector("dialog[open]") || event.target.closest?.(".o-grid-matrix")) return;
    const key = event.key;
    if (isGoing) {
      clearTimeout(isGoing);
      isGoing = 0;
      const place = document.querySelector(`.o-rail [data-go="${CSS.escape(key)}"] a`);
      if (place) {
        event.preventDefault();
        event.stopImmediatePropagation();
        place.click();
      }
      return;
    }
    if (key === "g") isGoing = setTimeout(() => (isGoing = 0), 1500);
    else if (key === "?") help();
    else if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key === "o" && current) link(current)?.click();
    else if (key === "x" && current) {
      const box = current.querySelector('input[name="row"]');
      if (!box) return;
      box.checked = !box.checked;
      count();
    } else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
})();
