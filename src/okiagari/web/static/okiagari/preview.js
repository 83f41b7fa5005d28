/* The preview beside the words follows what is being typed. Nothing is kept by it; without it, a button under each
   column shows the same. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-preview]");
  const frame = document.querySelector(".o-preview iframe");
  if (!form || !frame) return;
  const PAUSE = 500;
  const choices = [...document.querySelectorAll(".o-preview .o-seg > a")];
  let timer = 0;
  let turn = 0;

  const chosen = () => choices.find((each) => each.ariaCurrent === "true") || choices[0];
  const choose = (choice) => {
    for (const each of choices) each.removeAttribute("aria-current");
    choice.ariaCurrent = "true";
  };
  /* the frame may not run scripts; it keeps its place while the words in it change. What came with its own policy
     is of another origin and does not say where it stands. */
  const place = () => {
    try {
      return frame.contentWindow.scrollY;
    } catch {
      return 0;
    }
  };
  const put = (text, isPage) => {
    const at = place();
    frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, at), { once: true });
    if (isPage) {
      frame.srcdoc = text;
      return;
    }
    const plain = document.implementation.createHTMLDocument("");
    const whole = plain.createElement("pre");
    whole.textContent = text;
    plain.body.append(whole);
    frame.srcdoc = `<!doctype html>${plain.documentElement.outerHTML}`;
  };
  const show = async () => {
    const mine = ++turn;
    const answer = await fetch(chosen().href, { method: "POST", body: new FormData(form) });
    if (!answer.ok || answer.redirected) return;
    const text = await answer.text();
    if (mine === turn) put(text, answer.headers.get("Content-Type").startsWith("text/html"));
  };
  const soon = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(() => show().catch(() => {}), pause);
  };

  for (const choice of choices) {
    choice.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey) return;
      event.preventDefault();
      choose(choice);
      soon(0);
    });
  }
  /* who writes the English column wants to see the English page */
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (field.form !== form) return;
    const other = choices.find(
      (each) => each.dataset.format === chosen().dataset.format && each.dataset.language === field.lang,
    );
    if (other) choose(other);
    soon(PAUSE);
  });
  for (const button of document.querySelectorAll("[formtarget=preview]")) button.hidden = true;
})();
