/* The command palette: the field at the top with a list under it (combobox pattern). Ctrl K or ⌘K goes there,
   arrows choose, Enter goes, Escape leaves. Without this script the field is a plain search. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-palette]");
  if (!form) {
    sessionStorage.removeItem("okiagari-seen");
    return;
  }
  const field = form.querySelector("input");
  const list = form.querySelector("[role=listbox]");
  const status = form.querySelector("[role=status]");
  const MOST_SEEN = 7;
  let chosen = null;
  let asked = 0;
  let timer = 0;

  /* what this tab has seen: forgotten with the tab, and at the first page without a person */
  const seen = () => JSON.parse(sessionStorage.getItem("okiagari-seen") || "[]");
  const remember = () => {
    const isThing = /\/(cases|reports|advisories|products|lines)\/[^/]+\//.test(location.pathname);
    const heading = document.querySelector("main h1");
    if (!isThing || !heading || /\/(new|import)\/$/.test(location.pathname)) return;
    const here = { href: location.pathname, name: heading.textContent.trim().slice(0, 90) };
    const others = seen().filter((each) => each.href !== here.href);
    sessionStorage.setItem("okiagari-seen", JSON.stringify([here, ...others].slice(0, MOST_SEEN)));
  };

  field.setAttribute("role", "combobox");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-autocomplete", "list");

  const all = () => [...list.querySelectorAll("[role=option]")];
  const choose = (option) => {
    chosen?.setAttribute("aria-selected", "false");
    chosen = option;
    if (!option) {
      field.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    choose(null);
  };
  const open = () => {
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
  };

  /* what the page itself offers: its buttons, its tabs, the language, the light */
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const add = (group, entries, text) => {
    const words = fold(text).split(/\s+/).filter(Boolean);
    const fitting = entries.filter((each) => words.every((word) => fold(each.name).includes(word)));
    if (!fitting.length) return;
    const head = document.createElement("li");
    head.setAttribute("role", "presentation");
    head.className = "is-group";
    head.textContent = group;
    list.append(head);
    for (const each of fitting) {
      const option = document.createElement("li");
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.id = `o-own-${list.children.length}`;
      option.append(document.createElement("i"), Object.assign(document.createElement("span"), { textContent: each.name }));
      if (each.href) option.dataset.href = each.href;
      else option.act = each.act;
      list.append(option);
    }
  };
  const here = () => {
    const links = document.querySelectorAll("main .o-head .o-buttons a, main .o-next a.o-button, main .o-tabs a");
    return [...links].map((link) => ({ name: link.textContent.trim(), href: link.getAttribute("href") }));
  };
  const switches = () => {
    const other = document.querySelector(".o-lang button:not([aria-current])");
    const light = document.querySelector("[data-theme-toggle]");
    return [
      other && { name: `${list.dataset.switch}: ${other.textContent.trim()}`, act: () => other.click() },
      light && { name: list.dataset.theme, act: () => light.click() },
    ].filter(Boolean);
  };

  const ask = async () => {
    const text = field.value.trim();
    const number = ++asked;
    const query = new URLSearchParams({ q: text, at: location.pathname });
    const answer = await fetch(`${form.dataset.palette}?${query}`, { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok || answer.redirected || number !== asked || document.activeElement !== field) return;
    list.innerHTML = await answer.text();
    add(list.dataset.here, here(), text);
    add(list.dataset.recent, seen().filter((each) => each.href !== location.pathname), text);
    add("", switches(), text);
    choose(null);
    open();
    status.textContent = status.dataset.said.replace("{n}", all().length);
  };
  const soon = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(() => ask().catch(() => {}), delay);
  };
  const go = (option) => {
    close();
    if (option.act) option.act();
    else location.assign(option.dataset.href);
  };

  field.addEventListener("focus", () => soon(0));
  field.addEventListener("input", () => soon(120));
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const options = all();
    const at = options.indexOf(chosen);
    if (event.key === "ArrowDown" && list.hidden) soon(0);
    else if (event.key === "ArrowDown") choose(options[(at + 1) % options.length]);
    else if (event.key === "ArrowUp") choose(options[at <= 0 ? options.length - 1 : at - 1]);
    else if (event.key === "Enter" && chosen) go(chosen);
    else if (event.key === "Escape") {
      if (list.hidden) field.blur();
      close();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go(option);
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
  remember();
})();
