// Drag and drop, and what was chosen in words. Without it the form works all the same.
"use strict";
(() => {
  const form = document.getElementById("drop");
  const input = document.getElementById("files");
  const chosen = document.getElementById("chosen");
  const tell = () => {
    const files = [...input.files];
    const names = files.map((file) => file.name);
    const size = files.reduce((sum, file) => sum + file.size, 0);
    const most = Number(form.dataset.most);
    const tooMuch = size > most ? `共 ${Math.ceil(size / 1048576)} MB，超过上限 ${most / 1048576} MB，请分批提交` : "";
    input.setCustomValidity(tooMuch);
    const listed = names.length ? `已选择 ${names.length} 个文件：${names.slice(0, 5).join("、")}${names.length > 5 ? " 等" : ""}` : "";
    chosen.textContent = tooMuch ? `${listed}。${tooMuch}` : listed;
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
