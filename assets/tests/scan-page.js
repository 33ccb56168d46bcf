// A page with a scanner, for tests.
import { open } from "./page.js";
import { Phone } from "./phone.js";

const SAYS =
  "starting hold again found reading sending unsent unread none refused insecure busy failed".split(" ");

const scanner = (options) => `
  <div data-scan data-scan-target="#code" ${options}>
    <p data-scan-part="message"></p>
    <div data-scan-part="view" hidden><video data-scan-part="video"></video></div>
    <button data-scan-part="retry" hidden type="button">Try again</button>
    <button data-scan-part="start" hidden type="button">Scan</button>
    <button data-scan-part="light" hidden type="button" aria-pressed="false">Light</button>
    <button data-scan-part="stop" hidden type="button">Close</button>
    <input type="file" data-scan-part="picture">
    ${SAYS.map((what) => `<template data-scan-says="${what}"> ${what} </template>`).join("")}
  </div>`;
const form = (options) => `<form id="form"><input id="code" name="text">${scanner(options)}</form>`;

// A page with a scanner, on a phone that is as told.
export async function opened({ options = "data-scan-submit", ...about } = {}) {
  const phone = Object.assign(new Phone(), about);
  const page = await open("scan", `<div id="desk">${form(options)}</div>`, { prepare: phone.fit });
  page.phone = phone;
  page.part = (name) => page.find(`[data-scan-part="${name}"]`);
  page.message = () => page.part("message").textContent;
  page.shown = () =>
    ["view", "start", "stop", "light", "retry"].filter((name) => !page.part(name).hidden).join(" ");
  page.press = async (name) => {
    page.part(name).click();
    await page.wait(0.25);
  };
  // The desk is ready for the next traveller: htmx has put a new form in place of the one that was sent.
  page.next = async () => {
    page.find("#desk").innerHTML = form(options);
    const fresh = page.find("#form");
    page.tell("htmx:load", {}, fresh);
    await page.wait(0.25);
  };
  await page.wait(0.25);
  return page;
}

export const ALL_DAY = { options: "data-scan-submit data-scan-auto", allowed: true };
