/** The page's script for browsers: it makes content easier to find, but the page is complete without it. */
export const SCRIPT = `
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const stacks = all(".stack");
  const tabs = all("[data-tab]");

  /* One stack at a time. */
  function show(id) {
    for (const stack of stacks) stack.hidden = stack.id !== id;
    for (const tab of tabs) {
      if (tab.dataset.tab === id) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    }
  }

  /* Opens the target of a link, and shows its stack. */
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const stack = target && target.closest(".stack");
    if (!stack) return;
    show(stack.id);
    for (let one = target; one; one = one.parentElement) if (one.localName === "details") one.open = true;
    if (target.matches("details, .about")) (target.querySelector("summary") || target).focus({ preventScroll: true });
    target.scrollIntoView({ block: target === stack ? "start" : "nearest" });
  }
  if (stacks.length > 1) {
    document.body.classList.add("tabbed");
    show(stacks[0].id);
  }
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();

  /* Selects a box of the drawing, and shows its details beside it. */
  for (const figure of all(".drawing")) {
    const id = figure.dataset.stack;
    const boxes = all("[data-urns]", figure);
    const panel = document.createElement("div");
    panel.className = "panel";
    panel.setAttribute("role", "status");
    panel.hidden = true;
    figure.append(panel);
    function choose(box) {
      const about = document.getElementById(id + "-about-" + box.id.slice(id.length + 1));
      if (!about) return;
      for (const one of all(".chosen", figure)) one.classList.remove("chosen");
      box.classList.add("chosen");
      panel.replaceChildren(...[...about.cloneNode(true).childNodes]);
      const close = document.createElement("button");
      close.type = "button";
      close.textContent = "Close";
      close.addEventListener("click", () => { panel.hidden = true; box.classList.remove("chosen"); box.focus(); });
      panel.append(close);
      panel.hidden = false;
    }
    for (const box of boxes) {
      box.addEventListener("click", (event) => { event.stopPropagation(); choose(box); });
      box.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); event.stopPropagation(); choose(box); }
        if (event.key === "Escape") panel.hidden = true;
      });
    }
    for (const one of all("g[tabindex]", figure))
      one.setAttribute("role", one.querySelector("[tabindex]") ? "group" : one.dataset.urns ? "button" : "img");
    /* From a finding to the box of its resource. */
    for (const item of all(".finding [data-urn]", document.getElementById(id))) {
      const box = boxes.filter((one) => JSON.parse(one.dataset.urns).includes(item.dataset.urn)).pop();
      if (!box) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Show in the drawing";
      button.addEventListener("click", () => { choose(box); figure.scrollIntoView({ block: "start" }); box.focus({ preventScroll: true }); });
      item.querySelector(".type").after(" ", button);
    }
  }

  /* Filters resources by a word. */
  for (const input of all("[data-filter]")) {
    const form = input.closest(".filter");
    const section = form.parentElement;
    const rows = all(".resource", section).map((row) => [row, row.querySelector("summary").textContent.toLowerCase()]);
    form.hidden = false;
    input.addEventListener("input", () => {
      const word = input.value.trim().toLowerCase();
      let left = 0;
      for (const [row, text] of rows) {
        row.hidden = !text.includes(word);
        if (!row.hidden) left += 1;
      }
      for (const group of all(".group", section)) {
        group.hidden = !group.querySelector(".resource:not([hidden])");
        if (word) group.open = true;
      }
      form.querySelector("[role=status]").textContent = word ? left + " of " + rows.length : "";
    });
  }

  /* Prints everything except the properties of resources. */
  let opened = [];
  addEventListener("beforeprint", () => {
    for (const stack of stacks) stack.hidden = false;
    opened = all("details:not([open]):not(.group):not(.resource)");
    for (const one of opened) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
    const tab = tabs.find((one) => one.hasAttribute("aria-current"));
    if (tab) show(tab.dataset.tab);
  });
})();
`;
