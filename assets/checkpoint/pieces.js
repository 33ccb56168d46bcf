// Pieces of the desk that are made on the device: from templates of the page, filled in, and put where the
// server's pieces are put, so that keys, focus and readers find them alike.
export const desk = () => document.getElementById("desk");

// A copy of a template: what is there only `when` something else is so is left out (`when`: what is so), what
// is to be filled in is.
export function piece(name, when, texts = {}) {
  const made = document.getElementById(`offline-${name}`).content.cloneNode(true);
  for (const part of made.querySelectorAll("[data-when]"))
    if (!part.dataset.when.split(" ").some((each) => when.includes(each))) part.remove();
  for (const place of made.querySelectorAll("[data-fill]")) fill(place, texts[place.dataset.fill]);
  return made;
}

function fill(place, text) {
  if (text) place.textContent = text;
  else place.closest("[data-unless-empty]")?.remove();
}

// Puts it on the desk; what stood there is given back.
export function put(made) {
  const place = desk();
  const before = [...place.childNodes];
  for (const node of before) node.remove();
  place.append(...(made instanceof DocumentFragment ? [made] : made));
  window.htmx?.process(place);
  tell("htmx:load", place, { elt: place }); // whereupon a new camera is begun
  tell("htmx:afterSettle", place, { target: place }); // whereupon checkpoint.js moves the focus
  window.scrollTo(0, 0);
  document.getElementById("connection-trouble")?.setAttribute("hidden", "");
  return before;
}

function tell(name, where, detail) {
  where.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
}

// The verdict's sign and words, as the template has them for each answer.
export function tellVerdict(made, { answer, words, reasons }) {
  for (const other of ["go", "check", "stop"])
    if (other !== answer) made.querySelector(`.dancu-decision--${other}`).remove();
  made.querySelector(".dancu-decision__words").textContent = words;
  const list = document.createElement("ul");
  list.className = "dancu-decision__reasons";
  for (const reason of reasons.filter(Boolean)) {
    const line = document.createElement("li");
    line.textContent = reason;
    list.append(line);
  }
  made.querySelector(".dancu-decision").append(list);
}
