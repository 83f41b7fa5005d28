/* The grid by keyboard: arrows move, letters say what holds, Shift selects, Enter opens. The form below it
   does the same without this script. Nothing here decides anything: the form is what is sent. */
(() => {
  "use strict";
  const LETTERS = { a: "affected", n: "not_affected", f: "fixed", i: "investigating", u: "undecided" };
  const FIRST_FIELD = { affected: "range_form", not_affected: "justification", fixed: "fixed_in", undecided: "reason" };
  const MEMORY = `okiagari-grid ${location.pathname}`;

  /* what outlives a new copy of the grid: place, cell, folded families */
  const remembered = () => JSON.parse(sessionStorage.getItem(MEMORY) || "{}");
  const remember = (facts) => sessionStorage.setItem(MEMORY, JSON.stringify({ ...remembered(), ...facts }));

  class Grid {
    constructor(root) {
      this.root = root;
      this.form = root.querySelector("#decide");
      this.wrap = root.querySelector(".o-grid-wrap");
      this.table = root.querySelector(".o-grid-matrix");
      this.anchor = null;
      root.classList.add("is-live");
      this.table.setAttribute("role", "grid");
      this.table.setAttribute("aria-multiselectable", "true");
      for (const row of this.table.rows) row.setAttribute("role", "row");
      for (const head of this.table.querySelectorAll("thead th")) head.setAttribute("role", "columnheader");
      for (const head of this.table.querySelectorAll("tbody th")) head.setAttribute("role", "rowheader");
      this.cells = [...this.table.querySelectorAll("td.is-settable")];
      for (const cell of this.cells) {
        cell.setAttribute("role", "gridcell");
        cell.tabIndex = -1;
        cell.querySelector("a").tabIndex = -1;
        const box = this.box(cell);
        if (box) {
          box.tabIndex = -1;
          box.setAttribute("aria-hidden", "true");
        }
        this.show(cell);
      }
      for (const cell of this.table.querySelectorAll("tr.is-family td")) cell.setAttribute("role", "gridcell");
      this.listen();
      this.restore();
      this.count();
    }

    box(cell) {
      return cell.querySelector("input[name=cells]");
    }

    show(cell) {
      const box = this.box(cell);
      if (box) cell.setAttribute("aria-selected", String(box.checked));
    }

    select(cell, isOn = true) {
      const box = this.box(cell);
      if (!box) return;
      box.checked = isOn;
      this.show(cell);
    }

    clear() {
      for (const cell of this.selected()) this.select(cell, false);
    }

    selected() {
      return this.cells.filter((cell) => this.box(cell)?.checked);
    }

    rows() {
      return [...this.table.querySelectorAll("tbody tr:not(.is-family)")].filter((row) => !row.hidden);
    }

    settable(row) {
      return [...row.querySelectorAll("td.is-settable")];
    }

    isGroup(row) {
      return row.classList.contains("is-group");
    }

    place(cell) {
      const rows = this.rows();
      const row = rows.indexOf(cell.parentElement);
      return { rows, row, column: row < 0 ? 0 : this.settable(rows[row]).indexOf(cell) };
    }

    current() {
      return this.cells.find((cell) => cell.tabIndex === 0);
    }

    focus(cell, { isQuiet = false } = {}) {
      const before = this.current();
      if (before) before.tabIndex = -1;
      cell.tabIndex = 0;
      if (!isQuiet) {
        cell.focus({ preventScroll: true });
        this.reveal(cell);
      }
    }

    /* the head and the first column lie over what scrolls */
    reveal(cell) {
      const top = this.table.tHead.offsetHeight;
      const left = this.table.tHead.rows[0].cells[0].offsetWidth;
      const wrap = this.wrap;
      if (cell.offsetTop - wrap.scrollTop < top) wrap.scrollTop = cell.offsetTop - top;
      const below = cell.offsetTop + cell.offsetHeight - wrap.scrollTop - wrap.clientHeight;
      if (below > 0) wrap.scrollTop += below;
      if (cell.offsetLeft - wrap.scrollLeft < left) wrap.scrollLeft = cell.offsetLeft - left;
      const beyond = cell.offsetLeft + cell.offsetWidth - wrap.scrollLeft - wrap.clientWidth;
      if (beyond > 0) wrap.scrollLeft += beyond;
      cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    }

    move(down, right, isExtending) {
      const from = this.current();
      if (!from) return;
      const { rows, row, column } = this.place(from);
      const target = rows[Math.min(rows.length - 1, Math.max(0, row + down))];
      const cells = this.settable(target);
      const to = cells[Math.min(cells.length - 1, Math.max(0, column + right))];
      if (isExtending) this.extend(to);
      else this.anchor = to;
      this.focus(to);
    }

    /* from the anchor to this cell, as a rectangle */
    extend(to) {
      const anchor = this.anchor && !this.anchor.parentElement.hidden ? this.anchor : this.current();
      this.anchor = anchor;
      const [one, other] = [this.place(anchor), this.place(to)];
      this.clear();
      const [top, bottom] = [Math.min(one.row, other.row), Math.max(one.row, other.row)];
      const [left, right] = [Math.min(one.column, other.column), Math.max(one.column, other.column)];
      for (const row of one.rows.slice(top, bottom + 1)) {
        for (const cell of this.settable(row).slice(left, right + 1)) this.select(cell);
      }
      this.count();
    }

    count() {
      const number = this.selected().length;
      this.root.classList.toggle("has-selection", number > 0);
      const words = this.root.querySelector(".is-count");
      if (!words) return;
      this.root.querySelector("[data-open]").hidden = number !== 1;
      words.textContent = number === 1 ? words.dataset.one : number ? words.dataset.many.replace("{n}", number) : "";
    }

    /* a letter: this holds for what is selected; the next thing to fill in gets the focus */
    say(state) {
      const radio = this.form.querySelector(`input[name=state][value=${state}]`);
      const current = this.current();
      if (!radio || !current) return;
      if (!this.selected().length) this.select(current);
      this.count();
      this.wrap.scrollIntoView({ block: "start" });
      radio.checked = true;
      radio.dispatchEvent(new Event("change", { bubbles: true }));
      const field = FIRST_FIELD[state] && this.form.elements[FIRST_FIELD[state]];
      (field || this.form.querySelector(".o-change button")).focus();
    }

    fold(button, isOpen) {
      button.setAttribute("aria-expanded", String(isOpen));
      for (const row of button.closest("tbody").querySelectorAll("tr.is-child")) row.hidden = !isOpen;
    }

    folded() {
      return [...this.table.querySelectorAll('[data-fold][aria-expanded="false"]')].map((each) => each.textContent);
    }

    remember() {
      const current = this.current();
      const box = current && this.box(current);
      remember({
        cell: box ? box.value : "",
        top: this.wrap.scrollTop,
        left: this.wrap.scrollLeft,
        folded: this.folded(),
      });
    }

    restore() {
      const { cell, top, left, folded = [] } = remembered();
      for (const button of this.table.querySelectorAll("[data-fold]")) {
        if (folded.includes(button.textContent)) this.fold(button, false);
      }
      const found = this.cells.find((each) => this.box(each)?.value === cell) || this.cells[0];
      if (found) {
        this.focus(found, { isQuiet: true });
        this.anchor = found;
      }
      this.wrap.scrollTop = top || 0;
      this.wrap.scrollLeft = left || 0;
    }

    open(cell) {
      const drawer = this.root.querySelector("#drawer");
      const link = cell.querySelector("a");
      this.remember();
      if (!drawer?.showModal || !window.htmx) {
        link.click();
        return;
      }
      const body = drawer.querySelector("[data-body]");
      htmx.ajax("GET", link.getAttribute("href"), { target: body, swap: "innerHTML" }).then(() => {
        if (!drawer.open) drawer.showModal();
      });
    }

    /* a cell as somebody else has set it: the new inside, a mark, and who; what is chosen here stays chosen */
    renew(key, by, fresh) {
      const cell = this.cells.find((each) => this.box(each)?.value === key || each.dataset.key === key);
      if (!cell || !fresh) return;
      cell.querySelector("a").replaceWith(fresh.querySelector("a"));
      cell.querySelector("a").tabIndex = -1;
      cell.classList.add("is-changed");
      cell.title = by;
    }

    listen() {
      this.table.addEventListener("keydown", (event) => this.key(event));
      this.table.addEventListener("click", (event) => this.click(event));
      this.table.addEventListener("dblclick", (event) => {
        const cell = event.target.closest("td.is-settable");
        if (cell) this.open(cell);
      });
      this.root.querySelector("[data-open]")?.addEventListener("click", () => this.open(this.selected()[0]));
      this.form.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && !this.table.contains(event.target)) this.current()?.focus();
      });
      addEventListener("pagehide", () => this.root.isConnected && this.remember());
      const drawer = this.root.querySelector("#drawer");
      drawer?.addEventListener("close", () => this.current()?.focus());
      drawer?.addEventListener("click", (event) => {
        if (event.target === drawer) drawer.close();
      });
    }

    key(event) {
      const cell = event.target.closest("td.is-settable");
      if (!cell || event.isComposing) return;
      const isAll = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a";
      if (!isAll && (event.ctrlKey || event.metaKey || event.altKey)) return;
      const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
      moves.PageUp = [-10, 0];
      moves.PageDown = [10, 0];
      moves.Home = [0, -this.cells.length];
      moves.End = [0, this.cells.length];
      if (moves[event.key]) this.move(...moves[event.key], event.shiftKey);
      else if (isAll) {
        for (const row of this.rows()) if (!this.isGroup(row)) for (const each of this.settable(row)) this.select(each);
      } else if (event.key === " ") this.select(cell, !this.box(cell)?.checked);
      else if (event.key === "Escape") this.clear();
      else if (event.key === "Enter") this.open(cell);
      else if (LETTERS[event.key.toLowerCase()]) this.say(LETTERS[event.key.toLowerCase()]);
      else return;
      event.preventDefault();
      event.stopPropagation();
      this.count();
    }

    click(event) {
      const button = event.target.closest("[data-fold]");
      if (button) {
        this.fold(button, button.getAttribute("aria-expanded") !== "true");
        this.remember();
        return;
      }
      if (event.target.closest("th :is(a, summary)")) return;
      const cell = event.target.closest("td.is-settable");
      const head = event.target.closest("th");
      if (!cell && !head) return;
      if (cell) {
        if (event.target.closest("a") && (event.metaKey || event.ctrlKey) && !this.box(cell)) return;
        event.preventDefault();
        if (event.shiftKey) this.extend(cell);
        else if (event.ctrlKey || event.metaKey) this.select(cell, !this.box(cell)?.checked);
        else {
          this.clear();
          this.select(cell);
        }
        if (!event.shiftKey) this.anchor = cell;
        this.focus(cell);
      } else this.line(head, event.ctrlKey || event.metaKey);
      this.count();
    }

    /* a head selects its row, its family or its column */
    line(head, isAdding) {
      const row = head.parentElement;
      if (!isAdding) this.clear();
      if (head.closest("thead")) {
        const column = head.cellIndex - 1;
        if (column < 0) return;
        for (const each of this.rows()) if (!this.isGroup(each)) this.select(this.settable(each)[column]);
      } else if (row.classList.contains("is-family")) {
        for (const each of row.closest("tbody").querySelectorAll("td.is-settable")) this.select(each);
      } else for (const each of this.settable(row)) this.select(each);
    }
  }

  let live = null;
  const begin = () => {
    const root = document.getElementById("grid");
    if (root && root !== live?.root && root.querySelector(".o-grid-matrix")) live = new Grid(root);
  };
  /* an answer that refuses is shown as well: it holds what was typed */
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (![409, 412, 422].includes(event.detail.xhr.status)) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.id === "decide") live?.remember();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt.id === "live" && live) {
      for (const each of event.detail.elt.querySelectorAll("template[data-cell]")) {
        live.renew(each.dataset.cell, each.dataset.by, each.content.querySelector("td"));
      }
      return;
    }
    const before = live?.root;
    begin();
    if (live && live.root !== before) live.current()?.focus({ preventScroll: true });
  });
  begin();
})();
