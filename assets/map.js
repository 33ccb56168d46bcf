// A map and the table beside it: the circle of the line that one points at or stands on is marked, and the line of
// the circle. Without this script both show the same, and both lead on.
const MARK = "dancu-is-meant";

function mark(element) {
  for (const marked of document.querySelectorAll(`.${MARK}`)) marked.classList.remove(MARK);
  const link = element?.closest("[data-row], [data-map] a");
  const address = (link?.matches("a") ? link : link?.querySelector("a[href]"))?.getAttribute("href");
  if (!address) return;
  for (const map of document.querySelectorAll("[data-map]")) {
    const circle = [...map.querySelectorAll("a")].find((each) => each.getAttribute("href") === address);
    if (!circle) continue;
    circle.classList.add(MARK);
    map.append(circle); // above the others
  }
  for (const row of document.querySelectorAll("[data-row]")) {
    if (row.querySelector("a[href]")?.getAttribute("href") === address) row.classList.add(MARK);
  }
}

for (const sign of ["focusin", "pointerover"]) document.addEventListener(sign, ({ target }) => mark(target));
