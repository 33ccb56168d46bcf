// <input data-person> of kit/person.html: Enter in it, or a card that a scanner or the camera reads, asks who is
// meant; whoever is found can be chosen at once. Other letters are another question.
const peopleOf = (input) => document.getElementById(`${input.id}_people`);
const ask = (input) => document.getElementById(`${input.id}_find`).click();
const isPersons = (element) => element.matches?.("input[data-person]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !isPersons(event.target)) return;
  if (!event.target.value.trim() || peopleOf(event.target).querySelector(":checked")) return;
  event.preventDefault();
  ask(event.target);
});

document.addEventListener("input", ({ target }) => isPersons(target) && peopleOf(target).replaceChildren());

// The camera writes a card's text all at once.
document.addEventListener("change", ({ target }) => {
  if (isPersons(target) && target.value.includes("|") && !peopleOf(target).children.length) ask(target);
});

document.addEventListener("htmx:load", ({ target }) => {
  if (!target.matches?.("[data-people]")) return;
  (target.querySelector(":checked") ?? target.querySelector("input"))?.focus();
});
