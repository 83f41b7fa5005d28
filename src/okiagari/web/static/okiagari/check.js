// "Is my device affected?" of the published site. It reads answers that were worked out before and works
// none out itself: versions are looked up, never compared. Words come from the page, so it has no language.
(() => {
  "use strict";
  const ask = document.getElementById("ask");
  if (!ask || !window.fetch) return;
  const words = ask.dataset;
  const language = document.documentElement.lang;
  const answer = document.getElementById("answer");
  const [modelField, versionField] = [document.getElementById("model"), document.getElementById("version")];
  const gravity = ["affected", "maybe", "unknown", "checking", "clear", "not_affected"];
  const labels = {
    affected: words.affected,
    maybe: words.maybe,
    unknown: words.unknown,
    checking: words.checking,
    clear: words.clear,
    not_affected: words.notAffected,
  };
  const sums = {
    affected: words.sumAffected,
    maybe: words.sumMaybe,
    unknown: words.sumUnknown,
    checking: words.sumChecking,
    clear: words.sumClear,
    not_affected: words.sumClear,
  };
  const loaded = new Map();
  let models = [];
  let asked = 0;

  // what makes two texts the same, as the pages were made: NFKC, white space trimmed, case folded
  const key = (text) => text.normalize("NFKC").trim().toLowerCase().normalize("NFKC").trim();

  // what devices and people put before a number: "Ver.1.10", "v1.10", "ファームウェアバージョン 1.10"
  const before = /^(firmware|ファームウェア|ファームウエア|version|バージョン|ver|v|fw)[\s.:_-]*(?=\S)/;
  const bare = (text) => {
    const less = text.replace(before, "");
    return less === text ? text : bare(less);
  };

  // a model without its hyphens, as people type it
  const folded = (text) => key(text).replace(/[\s\-_/.・]/g, "");

  // a pattern of CSAF: * for any characters, ? for one, \ before one that stands for itself
  const fits = (pattern, text) => {
    const parts = key(pattern).match(/\\.|[^]/gu) || [];
    const plain = (part) => part.replace(/^\\(?=.)/, "").replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
    const made = parts.map((part) => (part === "*" ? ".*" : part === "?" ? "." : plain(part)));
    return new RegExp(`^${made.join("")}$`, "u").test(text);
  };

  const load = (address) => {
    if (!loaded.has(address)) {
      const found = fetch(address).then((response) => {
        if (!response.ok) throw new Error(String(response.status));
        return response.json();
      });
      found.catch(() => loaded.delete(address));
      loaded.set(address, found);
    }
    return loaded.get(address);
  };

  const node = (name, text, look) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (look) made.className = look;
    return made;
  };

  const link = (address, text) => {
    const made = node("a", text);
    made.href = address;
    return made;
  };

  const told = (advisory, verdict) => {
    const said = advisory.words[language];
    const item = node("li");
    const head = node("p");
    head.append(node("strong", labels[verdict], `is-${verdict}`));
    if (said.severity && ["affected", "maybe", "unknown"].includes(verdict)) head.append(` · ${said.severity}`);
    const title = node("p");
    title.append(link(words.pages + said.page, said.title), " ", node("span", advisory.at, "note"));
    item.append(head, title);
    if (["affected", "maybe", "unknown"].includes(verdict)) {
      item.append(node("p", said.todo, advisory.is_stop ? "stop" : "todo"));
      const versions = said.versions.join(words.comma);
      if (versions) item.append(node("p", `${words.versions}: ${versions}`, "note"));
      for (const each of said.conditions) item.append(node("p", `${words.if}: ${each}`, "note"));
    }
    return item;
  };

  // the release that is meant: as it is written, else without what stands before the number, if that is one
  const release = (target, text) => {
    const written = target.versions.find((each) => each.keys.includes(key(text)));
    if (written) return written;
    const number = bare(key(text));
    const meant = target.versions.filter((each) => each.keys.some((known) => bare(known) === number));
    return meant.length === 1 ? meant[0] : undefined;
  };

  const about = (target, text, isOnly) => {
    const part = node("section");
    if (!isOnly) part.append(node("h3", target.name));
    const known = release(target, text);
    const verdicts = known ? known.answers : target.other;
    const gravest = gravity.find((each) => verdicts.includes(each));
    if (!known && text && target.versions.length) {
      part.append(node("p", words.unknownVersion.replace("{version}", () => text), "unknown"));
      part.append(node("p", target.versions.map((each) => each.text).join(words.comma), "id"));
    } else if (!known && target.versions.length) {
      part.append(node("p", words.noVersion, "note"));
    }
    part.append(node("p", gravest ? sums[gravest] : words.sumNone, `sum is-${gravest || "clear"}`));
    const note = known && known.note && (known.note[language] || Object.values(known.note)[0]);
    if (note) part.append(node("p", note, "note"));
    const order = verdicts
      .map((verdict, place) => [gravity.indexOf(verdict), place])
      .sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    const list = node("ul", "", "answers");
    for (const [grave, place] of order) list.append(told(target.advisories[place], gravity[grave]));
    part.append(list);
    return part;
  };

  const candidates = (text) => {
    const wanted = key(text);
    const ways = [
      (each) => key(each.model) === wanted,
      (each) => each.numbers.some((pattern) => fits(pattern, wanted)),
      (each) => each.names.some((name) => key(name) === wanted),
      (each) => folded(each.model) === folded(text),
      (each) => each.names.some((name) => key(name).includes(wanted)),
    ];
    for (const way of ways) {
      const found = models.filter(way);
      if (found.length) return found;
    }
    return [];
  };

  // what a model is called in the language of the page
  const called = (each) => each.called[language] || Object.values(each.called)[0] || "";
  const whole = (each) => (called(each).includes(each.model) ? called(each) : [each.model, called(each)].filter(Boolean).join(" · "));

  const which = (found) => {
    const list = node("ul");
    for (const each of found.slice(0, 20)) {
      const button = node("button", whole(each), "choice");
      button.type = "button";
      button.addEventListener("click", () => {
        modelField.value = each.model;
        show();
        versionField.focus();
      });
      const item = node("li");
      item.append(button);
      list.append(item);
    }
    return [node("p", words.which), list];
  };

  const show = async () => {
    const number = ++asked;
    const [model, version] = [modelField.value.trim(), versionField.value.trim()];
    if (!model) return;
    try {
      const found = candidates(model);
      if (found.length !== 1) {
        const parts = found.length ? which(found) : [node("p", words.noModel.replace("{model}", () => model))];
        answer.replaceChildren(...parts);
        return;
      }
      const facts = await load(words.models + found[0].file);
      if (number !== asked) return;
      const parts = key(model) === key(facts.model) ? [] : [node("p", whole(found[0]), "note")];
      parts.push(...facts.targets.map((target) => about(target, version, facts.targets.length === 1)));
      if (facts.support) parts.push(life(facts.support));
      const more = node("p");
      const page = found[0].file.replace(/json$/, "html");
      more.append(link(words.modelPages + page, words.more.replace("{model}", () => facts.model)));
      answer.replaceChildren(...parts, more);
    } catch {
      answer.replaceChildren(node("p", words.broken));
    }
  };

  // how long the product gets fixes: the answer that counts where no advisory names it
  const life = (support) => {
    const isOver = support.last < new Date().toLocaleDateString("sv");
    const text = isOver ? words.supportOver : words.supportUntil;
    const date = support.words[language] || Object.values(support.words)[0];
    return node("p", text.replace("{date}", () => date), isOver ? "stop" : "note");
  };

  const offerVersions = async () => {
    const found = candidates(modelField.value.trim() || "\u0000");
    const offered = document.getElementById("known-versions");
    offered.replaceChildren();
    if (found.length !== 1) return;
    try {
      const facts = await load(words.models + found[0].file);
      const texts = facts.targets.flatMap((target) => target.versions.map((each) => each.text));
      for (const text of new Set(texts)) offered.append(new Option(text, text));
    } catch {
      // without hints the question still works
    }
  };

  const begin = (index) => {
    models = index;
    const offered = document.getElementById("known-models");
    for (const each of models) offered.append(new Option(called(each), each.model));
    const form = document.createElement("form");
    form.append(...ask.childNodes);
    ask.append(form, answer);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      show();
    });
    modelField.addEventListener("change", offerVersions);
    ask.hidden = false;
    const given = new URLSearchParams(window.location.search);
    if (!given.get("model")) return;
    modelField.value = given.get("model");
    versionField.value = given.get("version") || "";
    offerVersions();
    show();
  };

  load(words.index).then(begin, () => {
    // the list of models below answers without it
  });
})();
