// Runs in a page before any other script: tells the console what on it does not fit a phone, whenever it
// shows something new.
(() => {
  const SMALLEST = 44; // CSS pixels: WCAG 2.2, 2.5.5 “Target Size (Enhanced)”
  const targets =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=option]";

  const shown = (element) => {
    const box = element.getBoundingClientRect();
    const seen = box.width > 1 && box.height > 1 && element.checkVisibility({ visibilityProperty: true });
    // A circle of a map is as large as its number; the line beside it is the same link (2.5.5, “Equivalent”).
    return seen && !element.closest(".govuk-skip-link, [data-map]");
  };
  // A link inside a sentence is as high as its line, and WCAG leaves it so.
  const inSentence = (element) => {
    if (element.tagName !== "A" || getComputedStyle(element).display !== "inline") return false;
    const around = element.parentElement.cloneNode(true);
    for (const link of around.querySelectorAll("a, .govuk-visually-hidden")) link.remove();
    return /[\p{L}\p{N}]/u.test(around.textContent);
  };
  // What a finger may hit for it: the thing itself, its label around or beside it.
  const box = (element) => {
    const boxes = [element, ...(element.labels || [])].map((part) => part.getBoundingClientRect());
    return {
      width: Math.max(...boxes.map(({ right }) => right)) - Math.min(...boxes.map(({ left }) => left)),
      height: Math.max(...boxes.map(({ height }) => height)),
    };
  };
  const named = (element) => {
    // biome-ignore lint/performance/useDomNodeTextContent: what is hidden in it is not what it is called
    const text = element.innerText || element.name || "";
    return `${element.tagName.toLowerCase()} “${text.trim().slice(0, 40)}”`;
  };

  function measure() {
    const faults = [];
    // A phone makes its window wider rather than scroll, never its screen.
    const { scrollWidth } = document.documentElement;
    if (scrollWidth > screen.width) faults.push(`is ${scrollWidth} px wide on a screen of ${screen.width}`);
    for (const element of document.querySelectorAll(targets)) {
      if (!shown(element) || inSentence(element)) continue;
      const { width, height } = box(element);
      if (Math.min(width, height) < SMALLEST - 0.5)
        faults.push(`${named(element)} is ${Math.round(width)} × ${Math.round(height)} px`);
    }
    const title = document.querySelector("h1")?.textContent.trim() || "";
    console.debug(`measured ${JSON.stringify({ page: location.pathname, title, faults })}`);
  }
  document.addEventListener("DOMContentLoaded", measure);
  document.addEventListener("htmx:afterSettle", measure);
  document.addEventListener("toggle", measure, true); // what was folded away
})();
