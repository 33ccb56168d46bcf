// The commune's list as its officer Chi has it open, for tests.
import { open } from "./page.js";

export const row = (id, { focus = "-1", key = "m" } = {}) => `
  <tr id="arrival-${id}" tabindex="${focus}" data-row>
    <td><input type="checkbox" name="declaration" value="${id}" data-tick></td>
    <td><a class="dancu-arrival__name" href="/commune/journey/${id}/">${id}</a></td>
    <td><details id="more-${id}"><summary>+1</summary></details></td>
    <td><button id="button-${id}" data-key="${key}">Met</button></td>
    <td><a href="/commune/journey/${id}/#declared" data-key="d"
      data-open="/commune/declared/${id}/" data-fold="fold-${id}">▾</a></td>
  </tr>`;

const list = (...ids) => `
  <section id="arrivals-list" data-list>
    <table>
      <thead><tr><th><label data-tick-all hidden><input type="checkbox"></label></th></tr></thead>
      <tbody>${ids.map((id, place) => row(id, place ? {} : { focus: "0" })).join("")}</tbody>
    </table>
    <div data-bulk hidden><button data-bulk-send="m" data-one="Mark 1" data-many="Mark {count}"></button>
      <button data-bulk-clear hidden>Untick all</button></div>
  </section>`;

const AROUND = `
  <details id="filters-more" open><summary>More filters</summary><input name="q"></details>
  <a data-follows href="/commune/files/list.csv?page=9">CSV</a><button data-print hidden>Print</button>`;

// The list of the commune officer Chi: An, Bình and Hà are expected.
export async function opened({ ids = ["an", "binh", "ha"], path = "/commune/", prepare } = {}) {
  const page = await open("arrivals", AROUND + list(...ids), { path, prepare });
  page.asks = [];
  page.document.addEventListener("refresh", () => page.asks.push("refresh"), true);
  page.clicks = [];
  page.document.addEventListener(
    "click",
    ({ target }) => page.clicks.push(target.id || target.className),
    true,
  );
  page.on = (id) => page.find(`#arrival-${id}`).focus();
  page.ticked = () => page.all("[data-tick]:checked").map(({ value }) => value);
  page.bulk = () => (page.find("[data-bulk]").hidden ? null : page.find("[data-bulk-send]").textContent);
  return page;
}

// What htmx does with the server's answer to a refresh.
export function swapped(page, ...ids) {
  const old = page.find("[data-list]");
  page.tell("htmx:beforeSwap", { target: old }, old);
  old.outerHTML = list(...ids);
  const fresh = page.find("[data-list]");
  page.tell("htmx:afterSwap", { target: fresh, elt: fresh }, fresh);
}

// The server answers with what this person declared.
export function answersWithFold(page, id) {
  const fold = `<tr id="fold-${id}" data-fold-of="arrival-${id}"><td>Declared: fever</td></tr>`;
  page.answer = () => ({ ok: true, text: async () => fold });
}
