"use strict";
(function () {
  const form = document.querySelector(".filters");
  const count = form.querySelector("output");
  const cards = Array.from(document.querySelectorAll(".card"));
  const marks = Array.from(document.querySelectorAll("mark"));
  const marksOf = new Map();
  for (const mark of marks) {
    for (const number of mark.dataset.f.split(" ")) {
      if (!marksOf.has(number)) marksOf.set(number, []);
      marksOf.get(number).push(mark);
    }
  }
  const cardOf = new Map(cards.map((card) => [card.id.slice(2), card]));
  let active = [];

  function activate(number) {
    for (const element of active) element.classList.remove("active");
    active = [cardOf.get(number), ...(marksOf.get(number) || [])].filter(Boolean);
    for (const element of active) element.classList.add("active");
  }

  function show(number, target) {
    activate(number);
    if (target) target.scrollIntoView({ block: "center" });
  }

  function filter() {
    const severities = new Set(Array.from(form.querySelectorAll("input:checked"), (input) => input.value));
    const category = form.elements.category.value;
    const shown = new Set();
    for (const card of cards) {
      const fits = severities.has(card.dataset.severity) && (!category || card.dataset.category === category);
      card.hidden = !fits;
      if (fits) shown.add(card.id.slice(2));
    }
    for (const mark of marks) mark.classList.toggle("off", !mark.dataset.f.split(" ").some((n) => shown.has(n)));
    for (const link of document.querySelectorAll("a.n")) link.classList.toggle("off", !shown.has(link.hash.slice(3)));
    count.textContent = "显示 " + shown.size + " / " + cards.length + " 项";
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest("a.n, .meta a");
    if (link) {
      const number = link.hash.slice(3);
      event.preventDefault();
      history.replaceState(null, "", link.hash);
      const inText = link.classList.contains("n");
      show(number, inText ? cardOf.get(number) : (marksOf.get(number) || [])[0] || document.getElementById("q-" + number));
      return;
    }
    const mark = event.target.closest("mark:not(.off)");
    if (mark) {
      const number = mark.dataset.f.split(" ").find((n) => cardOf.has(n) && !cardOf.get(n).hidden);
      if (number) show(number, cardOf.get(number));
      return;
    }
    const card = event.target.closest(".card");
    if (card && !event.target.closest("summary") && !String(window.getSelection())) {
      const number = card.id.slice(2);
      show(number, (marksOf.get(number) || [])[0] || document.getElementById("q-" + number));
    }
  });
  window.addEventListener("beforeprint", function () {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", filter);
  form.hidden = false;
  filter();
})();
