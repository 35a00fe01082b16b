"use strict";
(function () {
  const groups = Array.from(document.querySelectorAll(".group"));
  const words = groups.map((group) => group.textContent.toLowerCase());
  const search = document.getElementById("search");
  const level = document.getElementById("level");
  const place = document.getElementById("place");
  const shown = document.getElementById("shown");
  const boxes = Array.from(document.querySelectorAll("input[name=relation]"));
  const values = groups.map((group) => ({
    levels: new Set(Array.from(group.querySelectorAll("tr[data-level]"), (row) => row.dataset.level)),
    places: new Set(Array.from(group.querySelectorAll("tr[data-place]"), (row) => row.dataset.place)),
  }));

  function apply() {
    const open = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const parts = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    groups.forEach((group, i) => {
      let lines = 0;
      group.querySelectorAll(".line").forEach((line) => {
        const off = !open.has(line.classList[1]);
        line.classList.toggle("off", off);
        lines += off ? 0 : 1;
      });
      group.querySelectorAll("tr[data-relation]").forEach((row) => { row.hidden = !open.has(row.dataset.relation); });
      group.hidden = !(lines && (!level.value || values[i].levels.has(level.value)) && (!place.value || values[i].places.has(place.value)) &&
        parts.every((part) => words[i].includes(part)));
      count += group.hidden ? 0 : 1;
    });
    shown.textContent = "显示 " + count + " 组，共 " + groups.length + " 组";
  }

  function reveal() {
    const row = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    const list = row && row.closest("details");
    if (!list) return;
    list.open = true;
    row.scrollIntoView({ block: "center" });
    row.focus({ preventScroll: true });
  }

  let waiting = 0;
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 150); });
  [level, place, ...boxes].forEach((control) => control.addEventListener("change", apply));
  document.querySelector(".filters").addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.getAttribute("href") === location.hash) reveal();
  });
  reveal();
})();
