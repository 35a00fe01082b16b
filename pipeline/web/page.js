// Drag and drop, and what was chosen in words. Without it the form works all the same.
"use strict";
(() => {
  const form = document.getElementById("drop");
  const input = document.getElementById("files");
  const chosen = document.getElementById("chosen");
  const tell = () => {
    const names = [...input.files].map((file) => file.name);
    chosen.textContent = names.length ? `已选择 ${names.length} 个文件：${names.slice(0, 5).join("、")}${names.length > 5 ? " 等" : ""}` : "";
  };
  input.addEventListener("change", tell);
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => { event.preventDefault(); form.classList.add("over"); });
  }
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; tell(); }
  });
  form.addEventListener("submit", () => { chosen.textContent = "正在上传……"; });
})();
