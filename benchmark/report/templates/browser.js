"use strict";
(() => {
  const list = document.getElementById("cards");
  const detector = document.getElementById("by-detector");
  const outcome = document.getElementById("by-outcome");
  const count = document.getElementById("count");
  const cards = Array.from(list.children);
  const views = new Map(cards.map((card) => [card, Array.from(card.querySelectorAll("[data-detector]"))]));

  const loss = (card) => {
    const losses = views.get(card).filter(matches).map((view) => Number(view.dataset.loss));
    return losses.length ? losses.reduce((sum, one) => sum + one, 0) / losses.length : -1;
  };
  const matches = (view) =>
    (!detector.value || view.dataset.detector === detector.value) &&
    (!outcome.value || view.dataset.outcome === outcome.value);

  const apply = () => {
    let shown = 0;
    for (const card of cards) {
      let any = false;
      for (const view of views.get(card)) {
        const fits = matches(view);
        view.hidden = !fits;
        any = any || fits;
      }
      card.hidden = !any;
      shown += any ? 1 : 0;
    }
    const order = new Map(cards.map((card) => [card, loss(card)]));
    list.append(...cards.slice().sort((a, b) => order.get(b) - order.get(a)));
    count.textContent = `${shown} of ${cards.length} articles`;
  };

  detector.addEventListener("change", apply);
  outcome.addEventListener("change", apply);
  document.body.classList.remove("no-script");
  apply();
})();
