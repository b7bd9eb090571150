"use strict";
(() => {
  const wordsOf = (form) => form.words.value.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (element, words) => {
    element.words ??= element.textContent.toLowerCase();
    return words.every((word) => element.words.includes(word));
  };
  const filters = {
    "campaign-list": (form, list) => {
      const words = wordsOf(form);
      let shown = 0;
      const rows = list.tBodies[0].rows;
      for (const row of rows) {
        row.hidden = !(has(row, words) && (!form.open.checked || row.dataset.n !== "0"));
        shown += !row.hidden;
      }
      return `${shown} of ${rows.length} campaigns`;
    },
    "finding-list": (form, list) => {
      const words = wordsOf(form);
      const asks = words.length > 0 || form.sort.value;
      let shown = 0;
      let all = 0;
      for (const card of list.querySelectorAll("details.card")) {
        const isNamed = words.length > 0 && has(card.querySelector("h3"), words);
        let own = 0;
        for (const item of card.querySelectorAll("li")) {
          const fits = (!form.sort.value || item.dataset.sort === form.sort.value) && (isNamed || has(item, words));
          item.hidden = !fits;
          own += fits;
          all += 1;
        }
        card.hidden = asks && own === 0;
        shown += own;
      }
      return `${shown} of ${all} listed findings`;
    },
  };
  for (const form of document.querySelectorAll("form[data-for]")) {
    const list = document.getElementById(form.dataset.for);
    const filter = () => { form.querySelector("output").textContent = filters[form.dataset.for](form, list); };
    form.hidden = false;
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(filter));
    filter();
  }
  const sort = (table, at, down) => {
    const value = (row) => row.cells[at].textContent.trim();
    const isNumber = table.tHead.rows[0].cells[at].classList.contains("n");
    const order = isNumber ? (a, b) => Number(a) - Number(b) : (a, b) => (a < b ? -1 : a > b ? 1 : 0);
    const rows = [...table.tBodies[0].rows].map((row) => [value(row), row]);
    rows.sort(([a], [b]) => (down ? order(b, a) : order(a, b)));
    table.tBodies[0].append(...rows.map(([, row]) => row));
  };
  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending" || (!head.hasAttribute("aria-sort") && head.classList.contains("n"));
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        sort(table, at, down);
      });
    });
  }
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target instanceof HTMLDetailsElement) {
      if (target.hidden) for (const form of document.querySelectorAll("form[data-for=finding-list]")) form.reset();
      target.hidden = false;
      target.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", open);
  addEventListener("beforeprint", () => document.querySelectorAll("details.card").forEach((it) => { it.open = true; }));
  open();
})();
