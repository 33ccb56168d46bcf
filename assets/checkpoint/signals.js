// What an officer hears and feels of a verdict, who has their eyes on the road: one high note for green, two for
// a look, a long low one for stop.
const NOTES = {
  go: [[880, 0.12]],
  check: [
    [620, 0.12],
    [620, 0.12],
  ],
  stop: [[220, 0.5]],
};
const BUZZES = { go: [80], check: [80, 80, 80], stop: [500] }; // ms on, off, on
const PAUSE = 0.08; // s between two notes
const LOUD = 0.25;
const SILENT = "dancu.silent"; // on this device: the officer wants no sound

let sounds = null;

export const isSilent = () => localStorage.getItem(SILENT) === "1";

export function silence(wanted) {
  if (wanted) localStorage.setItem(SILENT, "1");
  else localStorage.removeItem(SILENT);
}

// A browser makes no sound before the page was touched: it is asked then.
export function prepare() {
  const Context = window.AudioContext ?? window.webkitAudioContext;
  if (!Context || isSilent()) return;
  sounds ??= new Context();
  if (sounds.state === "suspended") sounds.resume().catch(() => {});
}
for (const event of ["pointerdown", "keydown"]) document.addEventListener(event, prepare, { passive: true });

// `answer`: go, check or stop.
export function signal(answer) {
  navigator.vibrate?.(BUZZES[answer]);
  if (sounds?.state !== "running" || isSilent()) return;
  let at = sounds.currentTime;
  for (const [hertz, seconds] of NOTES[answer]) {
    const [note, volume] = [sounds.createOscillator(), sounds.createGain()];
    note.frequency.value = hertz;
    volume.gain.setValueAtTime(LOUD, at);
    volume.gain.linearRampToValueAtTime(0, at + seconds);
    note.connect(volume).connect(sounds.destination);
    note.start(at);
    note.stop(at + seconds);
    at += seconds + PAUSE;
  }
}
