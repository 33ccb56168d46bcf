// Warns two minutes before a session or a begun declaration ends, and asks the server for more time when told
// to. The dialog and its words are in web/session.html; without this script the footer says until when.
const WARNING = 120; // seconds before the end
const AFTER = -2; // seconds: when the server, which counts whole ones, has surely ended it too
const HELD = 10; // seconds until it is looked at again whether somebody still holds the page
const SPOKEN = [60, 30, 10]; // seconds left that a screen reader is told

// Where the network is gone no page can be loaded in place of this one, and nobody can ask for more time: who
// prevents this event goes on with the page until the network is back.
const isHeld = () => !document.dispatchEvent(new Event("dancu:session-ending", { cancelable: true }));

class SessionEnd {
  #dialog;
  #ends = 0; // by the device's clock
  #closed = false; // the reader saw the warning of an end that cannot be put off
  #said = WARNING;
  #timer;

  constructor(dialog) {
    this.#dialog = dialog;
    this.#part("stay").addEventListener("click", () => this.#stay());
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault(); // Escape means: I am here
      this.#stay();
    });
    document.addEventListener("visibilitychange", () => document.hidden || this.#look());
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.#ask("GET"));
    this.#begin(Number(dialog.dataset.left));
  }

  get #left() {
    return Math.round((this.#ends - Date.now()) / 1000);
  }

  #begin(left) {
    this.#ends = Date.now() + left * 1000;
    this.#said = WARNING;
    if (left > WARNING) this.#close();
    this.#look();
  }

  // Timers stop while a device sleeps: the clock is read anew each time, at least once a minute.
  async #look() {
    clearTimeout(this.#timer);
    const left = this.#left;
    if (left > WARNING) {
      this.#timer = setTimeout(() => this.#look(), Math.min(left - WARNING, 60) * 1000);
      return;
    }
    if (isHeld()) {
      this.#close();
      this.#timer = setTimeout(() => this.#look(), HELD * 1000);
      return;
    }
    if (left <= AFTER) return void this.#over();
    if (!this.#dialog.open && !this.#closed) {
      if (await this.#ask("GET")) return; // another page of ours was used meanwhile
      this.#open();
    }
    this.#tell(Math.max(0, left));
    this.#timer = setTimeout(() => this.#look(), 1000);
  }

  // true where there is more time than this page knew
  async #ask(method) {
    const token = document.querySelector("meta[name=csrf-token]").content;
    try {
      const answer = await fetch(this.#dialog.dataset.address, { method, headers: { "X-CSRFToken": token } });
      const { left } = await answer.json();
      if (left <= Math.max(0, this.#left) + 5) return false;
      this.#begin(left);
      return true;
    } catch {
      return false;
    }
  }

  async #stay() {
    if (!("longer" in this.#dialog.dataset)) {
      this.#closed = true;
      return void this.#close();
    }
    const more = await this.#ask("POST");
    this.#dialog.querySelector(".dancu-dialog__problem").hidden = more;
  }

  // What is asked for next says why everything is gone.
  async #over() {
    if (await this.#ask("GET")) return;
    document.dispatchEvent(new Event("dancu:session-over")); // the last moment to keep what is on the page
    window.location.assign(this.#dialog.dataset.then);
  }

  #open() {
    if (this.#dialog.showModal) this.#dialog.showModal();
    else this.#dialog.setAttribute("open", ""); // browsers before 2022
    this.#part("stay").focus();
  }

  #close() {
    if (this.#dialog.close) this.#dialog.close();
    else this.#dialog.removeAttribute("open");
  }

  #tell(left) {
    this.#part("clock").textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    const due = SPOKEN.find((seconds) => left <= seconds && seconds < this.#said);
    if (!due) return;
    this.#said = due;
    const said = this.#part("said");
    said.textContent = `${said.dataset.words} ${left}`;
  }

  #part(name) {
    return this.#dialog.querySelector(`[data-session-${name}]`);
  }
}

const dialog = document.getElementById("session-ending");
if (dialog) new SessionEnd(dialog);
