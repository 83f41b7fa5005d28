/* What the browser adds. Every page works without it, except for keyboard shortcuts and live times. */
(() => {
  "use strict";
  const root = document.documentElement;
  const language = root.lang || "en";
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

  /* a form that came back begins at the first field with a word about it */
  document.querySelector('main [aria-invalid="true"]:not([type="hidden"])')?.focus();

  /* light, dark: remembered in a cookie, so that the server writes it into the page */
  for (const button of document.querySelectorAll("[data-theme-toggle]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const isDark = root.dataset.theme
        ? root.dataset.theme === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = isDark ? "light" : "dark";
      document.cookie = `okiagari_theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
    });
  }

  /* keys: ⌘K or Ctrl K goes to the search; data-shortcut="x" elsewhere answers to the plain key */
  for (const hint of document.querySelectorAll("[data-mod-key]")) {
    hint.textContent = isMac ? "⌘K" : "Ctrl K";
  }
  const isWriting = (element) =>
    element instanceof HTMLElement && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const key = event.key.toLowerCase();
    if ((event.metaKey || event.ctrlKey) && key === "k") {
      const search = document.querySelector('input[data-shortcut="k"]');
      if (!search) return;
      event.preventDefault();
      search.focus();
      search.select();
      return;
    }
    if (event.key === "Escape") {
      for (const menu of document.querySelectorAll("details.o-menu[open]")) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
      return;
    }
    if (event.metaKey || event.ctrlKey || event.altKey || isWriting(event.target)) return;
    const wanted = document.querySelector(`[data-shortcut="${CSS.escape(key)}"]:not(input)`);
    if (wanted) {
      event.preventDefault();
      wanted.click();
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.o-menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  /* "in 3 hours" stays true while the page is open */
  const words = new Intl.RelativeTimeFormat(language, { numeric: "always" });
  const units = [
    [3600, 60, "minute"],
    [2 * 86400, 3600, "hour"],
    [60 * 86400, 86400, "day"],
    [730 * 86400, 30 * 86400, "month"],
    [Infinity, 365 * 86400, "year"],
  ];
  const relative = (seconds) => {
    const size = Math.abs(seconds);
    if (size < 60) return language.startsWith("ja") ? "今" : "now";
    const [, unit, name] = units.find(([limit]) => size < limit);
    const text = words.format(Math.sign(seconds) * Math.floor(size / unit), name);
    return language.startsWith("ja") ? text.replaceAll(" ", "") : text;
  };
  const refresh = () => {
    for (const place of document.querySelectorAll("time[datetime] > [data-relative]")) {
      const time = place.parentElement;
      const left = (Date.parse(time.dateTime) - Date.now()) / 1000;
      if (Number.isNaN(left)) continue;
      place.textContent = relative(left);
      if (left < 0 && time.classList.contains("is-soon")) time.classList.replace("is-soon", "is-late");
    }
  };
  setInterval(refresh, 60_000);

  /* a form with data-guard asks before what was typed is lost */
  const touched = new WeakSet();
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-guard]");
    if (form) touched.add(form);
  });
  document.addEventListener("submit", (event) => touched.delete(event.target));
  addEventListener("beforeunload", (event) => {
    if ([...document.querySelectorAll("form[data-guard]")].some((form) => touched.has(form))) event.preventDefault();
  });

  /* data-copy="#id" copies the words of that element */
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button || !navigator.clipboard) return;
    const source = document.querySelector(button.dataset.copy);
    if (source) navigator.clipboard.writeText(source.textContent.trim());
  });
})();
