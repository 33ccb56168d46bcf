import assert from "node:assert/strict";
import { test } from "node:test";

import { open } from "./page.js";

const FORM = `
  <form><input id="id_who" name="who" data-person><button type="button" id="id_who_find">Find</button>
    <div id="id_who_people" data-people></div></form>`;
const PEOPLE = `<label><input type="radio" id="an" name="who_choice" value="7"> An</label>
  <label><input type="radio" id="binh" name="who_choice" value="8"> Bình</label>`;

async function opened() {
  const page = await open("person", FORM);
  page.asks = 0;
  page.find("#id_who_find").addEventListener("click", () => (page.asks += 1));
  page.find("#id_who").focus();
  page.answers = (people = PEOPLE) => {
    const piece = page.find("#id_who_people");
    piece.innerHTML = people;
    page.tell("htmx:load", {}, piece);
  };
  return page;
}

test("Enter asks who is meant, and whoever is found can be chosen at once", async () => {
  const page = await opened();
  assert.equal(page.key("Enter"), false, "nothing is asked of an empty field");
  page.type("#id_who", "an 1985");
  page.key("Enter");
  assert.equal(page.asks, 1);
  page.answers();
  assert.equal(page.focus, "an");
});

test("once somebody is chosen Enter sends the form", async () => {
  const page = await opened();
  page.type("#id_who", "an");
  page.answers(PEOPLE.replace('id="binh"', 'id="binh" checked'));
  assert.equal(page.focus, "binh");
  page.find("#id_who").focus();
  page.key("Enter");
  assert.equal(page.asks, 0);
});

test("other letters are another question", async () => {
  const page = await opened();
  page.answers();
  page.type("#id_who", "bình");
  assert.equal(page.all("[name=who_choice]").length, 0);
});

test("a card that the camera reads is looked up by itself, a name that was left is not", async () => {
  const page = await opened();
  page.type("#id_who", "An 1985");
  assert.equal(page.asks, 0);
  page.type("#id_who", "001085000123||Nguyễn Văn An|12031985|Nam||");
  assert.equal(page.asks, 1);
});
