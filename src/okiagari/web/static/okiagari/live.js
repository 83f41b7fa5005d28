/* While a page is open: did somebody else change what it shows, and who else is looking? Asked quietly, never in
   a hidden tab. It shows a line and a link; it never touches what is being typed. */
(() => {
  "use strict";
  const place = document.querySelector("[data-live]");
  if (!place) return;
  const EVERY = 12_000;
  const news = place.querySelector("[data-news]");
  const here = place.querySelector("[data-here]");
  const show = place.querySelector("[data-show]");
  const beside = place.querySelector("[data-beside]");
  let mark = "";
  let timer = 0;
  let isTyping = false;
  document.addEventListener("input", (event) => {
    if (event.target.closest("main form[method=post]")) isTyping = true;
  });

  const tell = (told) => {
    news.textContent = told.news.join(" ");
    here.textContent = told.here;
    const isNews = told.news.length > 0;
    place.hidden = !isNews && !told.here;
    place.classList.toggle("is-news", isNews);
    show.hidden = !isNews || isTyping;
    beside.hidden = !isNews || !isTyping;
  };
  const ask = async () => {
    const query = new URLSearchParams({ opened: place.dataset.opened });
    const headers = mark ? { "If-None-Match": mark } : {};
    const answer = await fetch(`${place.dataset.live}?${query}`, { headers, cache: "no-store" });
    if (answer.status === 304) return;
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    mark = answer.headers.get("ETag") || "";
    tell(await answer.json());
  };
  const again = () => {
    clearTimeout(timer);
    if (document.hidden) return;
    ask().then(
      () => (timer = setTimeout(again, EVERY)),
      () => (timer = setTimeout(again, EVERY * 10)),
    );
  };
  document.addEventListener("visibilitychange", again);
  again();
})();
