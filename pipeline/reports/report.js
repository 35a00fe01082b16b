"use strict";
(function () {
  const notes = Array.from(document.querySelectorAll(".note"));
  const words = notes.map((note) => (note.textContent + " " + note.closest("article").querySelector("header").textContent).toLowerCase());
  const marks = Array.from(document.querySelectorAll("mark.f"));
  const byNumber = new Map(notes.map((note) => [note.dataset.n, note]));
  const rank = { info: 0, warning: 1, error: 2 };
  const search = document.getElementById("search");
  const rule = document.getElementById("rule");
  const duties = document.getElementById("duties");
  const shown = document.getElementById("shown");
  const boxes = Array.from(document.querySelectorAll("input[name=severity]"));

  function paint(mark) {
    const open = mark.dataset.f.split(" ").map((n) => byNumber.get(n)).filter((note) => note && !note.hidden);
    const worst = open.reduce((best, note) => (rank[note.dataset.severity] > rank[best] ? note.dataset.severity : best), "info");
    mark.className = "f " + (open.length ? worst : "off");
  }

  function apply() {
    const severities = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const parts = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    notes.forEach((note, i) => {
      const fits = severities.has(note.dataset.severity) && (!rule.value || note.dataset.rule === rule.value) &&
        parts.every((part) => words[i].includes(part));
      note.hidden = !fits;
      count += fits ? 1 : 0;
    });
    marks.forEach(paint);
    document.querySelectorAll(".ref").forEach((ref) => {
      ref.classList.toggle("off", byNumber.get(ref.hash.slice(2)).hidden);
    });
    const narrowed = parts.length > 0 || rule.value || severities.size < boxes.length;
    document.querySelectorAll("article.document").forEach((article) => {
      article.hidden = Boolean(narrowed) && !article.querySelector(".note:not([hidden])");
    });
    shown.textContent = "显示 " + count + " 处，共 " + notes.length + " 处";
  }

  let waiting = 0;
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 150); });
  [rule, ...boxes].forEach((control) => control.addEventListener("change", apply));
  duties.addEventListener("change", () => document.body.classList.toggle("no-duties", !duties.checked));
  document.querySelector(".filters").addEventListener("submit", (event) => event.preventDefault());

  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark.f");
    if (!mark || event.target.closest("a")) return;
    const note = mark.dataset.f.split(" ").map((n) => byNumber.get(n)).find((n) => n && !n.hidden);
    if (note) { note.scrollIntoView({ block: "center" }); note.focus({ preventScroll: true }); }
  });
  function light(event) {
    const note = event.target.closest && event.target.closest(".note");
    document.querySelectorAll("mark.lit").forEach((mark) => mark.classList.remove("lit"));
    if (note) marks.filter((mark) => mark.dataset.f.split(" ").includes(note.dataset.n)).forEach((mark) => mark.classList.add("lit"));
  }
  document.addEventListener("focusin", light);
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") { event.preventDefault(); search.focus(); return; }
    if (event.key !== "j" && event.key !== "k") return;
    const open = notes.filter((note) => !note.hidden);
    const at = open.indexOf(document.activeElement);
    const next = open[event.key === "j" ? Math.min(at + 1, open.length - 1) : Math.max(at - 1, 0)];
    if (next) { next.focus({ preventScroll: true }); next.scrollIntoView({ block: "center" }); }
  });
  apply();
})();
