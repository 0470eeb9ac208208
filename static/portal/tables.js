// On a narrow screen tables.css sets the cells of a row below each other. Each cell then needs the
// name of its column, and its role, because some browsers forget roles when the layout changes.
// Without this script a wide table scrolls sideways in its frame.
"use strict";

(() => {
  const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TFOOT: "rowgroup", TR: "row", TD: "cell" };

  const roleOf = (part) =>
    roles[part.tagName] ?? (part.scope === "col" ? "columnheader" : "rowheader");

  const stack = (table) => {
    const names = [...table.tHead.rows[0].cells].map((head) => head.textContent.trim());
    for (const part of [table, ...table.querySelectorAll("thead, tbody, tfoot, tr, th, td")]) {
      part.setAttribute("role", roleOf(part));
    }
    for (const cell of table.querySelectorAll("tbody td, tfoot td")) {
      if (cell.colSpan === 1 && !cell.querySelector("input")) cell.dataset.label = names[cell.cellIndex];
    }
    table.classList.add("stacked");
  };

  const stackAll = () => {
    for (const table of document.querySelectorAll(".table-scroll > table:not(.stacked)")) {
      if (table.tHead) stack(table);
    }
  };

  stackAll();
  document.addEventListener("htmx:load", stackAll);
})();
