// Answers that exclude each other, and the keyboard that fits: the page works without either.

// "None of these" clears the others, and any of the others clears it.
for (const none of document.querySelectorAll('input[type="checkbox"][value="none"]')) {
  const group = [...document.getElementsByName(none.name)];
  for (const box of group) {
    box.addEventListener("change", () => {
      if (!box.checked) return;
      for (const other of group) {
        if (other !== box && (box === none || other === none)) other.checked = false;
      }
    });
  }
}

// A personal number and an old card's have digits only; a passport's has letters too.
const number = document.getElementById("id_number");
const kinds = document.getElementsByName("number_kind");
function fit() {
  const chosen = [...kinds].find((kind) => kind.checked);
  if (chosen && chosen.value !== "passport") number.inputMode = "numeric";
  else number.removeAttribute("inputmode");
}
if (number && kinds.length) {
  for (const kind of kinds) kind.addEventListener("change", fit);
  fit();
}
