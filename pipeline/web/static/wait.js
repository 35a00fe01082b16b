// Follows a batch without loading the page anew, which readers of screens would have to hear again and again.
"use strict";
(() => {
  const look = async () => {
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const progress = page.querySelector("progress");
      if (!answer.ok || !progress) { location.reload(); return; }
      document.querySelector("progress").value = progress.value;
      const told = document.querySelector("[role=status]");
      const now = page.querySelector("[role=status]").textContent;
      if (told.textContent !== now) told.textContent = now;
    } catch { /* the program was ended: the page says what it last knew */ }
    setTimeout(look, 700);
  };
  setTimeout(look, 300);
})();
