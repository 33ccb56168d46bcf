// <input data-commune-source="/api/…" data-commune-target="origin_id"> suggests communes while one types. The
// chosen commune's id goes into the hidden input with that name. Without this script the typed name is sent
// and the server finds the commune.
import accessibleAutocomplete from "accessible-autocomplete";

import { words } from "./words.js";

const PAUSE = 200; // ms after the last key before the server is asked
const LETTERS = 2;

function enhanceAll(root) {
  root.querySelectorAll("input[data-commune-source]").forEach(enhance);
}

function enhance(plain) {
  const { communeSource, communeTarget } = plain.dataset;
  const form = plain.form;
  const described = (plain.getAttribute("aria-describedby") || "").split(/\s+/).filter(Boolean);
  const explained = described.map((id) => document.getElementById(id)?.textContent.trim()).filter(Boolean);
  const place = document.createElement("div");
  plain.replaceWith(place);
  let state = "none"; // what an empty list means: "waiting" for the server, "none" found, or "trouble"
  const nothing = () => words.autocomplete[state];

  accessibleAutocomplete({
    element: place,
    id: plain.id,
    name: plain.name,
    defaultValue: plain.value,
    required: plain.required,
    inputClasses: plain.className,
    displayMenu: "overlay",
    minLength: LETTERS,
    confirmOnBlur: false,
    source: suggestions(
      communeSource,
      (now) => (state = now),
      () => place.contains(document.activeElement),
    ),
    templates: { inputValue: labelOf, suggestion: lines },
    onConfirm: (area) => area && setChosen(form, communeTarget, area.id),
    tNoResults: nothing,
    tStatusNoResults: nothing,
    tStatusQueryTooShort: words.autocomplete.tooShort,
    tStatusResults: (count, selected) => `${words.autocomplete.results(count)}. ${selected}`,
    tStatusSelectedOption: words.autocomplete.selected,
    tAssistiveHint: () => [...explained, words.autocomplete.hint].join(" "),
  });
  // Another name typed is no longer the commune chosen before, nor one of those offered for the name before.
  place.addEventListener("input", () => {
    setChosen(form, communeTarget, "");
    place.parentElement.querySelector("[data-commune-choices]")?.remove();
  });
}

// An answer that comes when the person has gone on to another field would open a list over that field, for
// good.
function suggestions(source, tell, isHere) {
  let waiting, request;
  return (query, show) => {
    clearTimeout(waiting);
    request?.abort();
    tell("waiting");
    waiting = setTimeout(async () => {
      request = new AbortController();
      const address = new URL(source, window.location.href);
      address.searchParams.set("q", query);
      try {
        const answer = await fetch(address, {
          signal: request.signal,
          headers: { Accept: "application/json" },
        });
        if (!answer.ok) throw new Error(answer.status);
        const areas = await answer.json();
        tell("none");
        if (isHere()) show(areas);
      } catch (error) {
        if (error.name === "AbortError") return;
        tell("trouble");
        if (isHere()) show([]);
      }
    }, PAUSE);
  };
}

function setChosen(form, name, id) {
  const hidden = [...(form || document).querySelectorAll("input[type=hidden]")].find(
    (input) => input.name === name,
  );
  if (hidden) hidden.value = id;
}

// The component also hands in the text that stood in the input, and nothing at all.
function labelOf(area) {
  return typeof area === "string" ? area : area?.label || "";
}

function lines(area) {
  const line = document.createElement("div");
  line.textContent = labelOf(area);
  if (area?.note) {
    const note = document.createElement("span");
    note.className = "dancu-commune__note";
    note.textContent = area.note;
    line.append(note);
  }
  return line.innerHTML;
}

document.addEventListener("htmx:load", ({ target }) => enhanceAll(target));
enhanceAll(document);
