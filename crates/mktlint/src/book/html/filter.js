"use strict";
(() => {
  const form = document.querySelector("form");
  const count = form.querySelector("output");
  const rules = [...document.querySelectorAll("article")].map((article) => ({
    article,
    level: article.dataset.level,
    pack: article.closest("section").id,
    force: article.dataset.force,
    words: null,
  }));
  const sections = [...document.querySelectorAll("main > section")];
  const wordsOf = (rule) => (rule.words ??= (rule.article.id + " " + rule.article.textContent).toLowerCase());
  const isIn = (pack, wanted) => !wanted || pack === wanted || pack.startsWith(wanted + ".");
  const filter = () => {
    const words = form.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const rule of rules) {
      const fits = (!form.level.value || rule.level === form.level.value) && isIn(rule.pack, form.pack.value) &&
        (!form.force.value || rule.force === form.force.value) && words.every((word) => wordsOf(rule).includes(word));
      rule.article.hidden = !fits;
      shown += fits;
    }
    for (const section of sections) {
      section.hidden = shown < rules.length && !section.querySelector("article:not([hidden])");
      const link = document.querySelector(`nav a[href="#${CSS.escape(section.id)}"]`);
      if (link) link.parentElement.hidden = section.hidden;
    }
    count.textContent = `${shown} of ${rules.length} rules`;
  };
  const open = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    if (target.closest("[hidden]")) { form.reset(); filter(); }
    const box = target.matches("article") ? target.querySelector("details") : target.closest("details");
    if (box) box.open = true;
    target.scrollIntoView();
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  addEventListener("hashchange", open);
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((it) => { it.open = true; }));
  filter();
  open();
})();
