// Words and moments as the server would say them: the words stand in templates of the page, in its language.
const MINUTE = 60_000; // ms

// The words of this name, with what stands in braces in them filled in.
export function says(name, values = {}) {
  const words = document.querySelector(`template[data-says="${name}"]`)?.content.textContent.trim() ?? "";
  return words.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

const zone = () => document.querySelector("[data-zone]")?.dataset.zone;

function parts(at) {
  const two = { hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", year: "numeric" };
  const format = new Intl.DateTimeFormat("en-GB", { ...two, hourCycle: "h23", timeZone: zone() });
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}

// "14:05"
export function time(at) {
  const { hour, minute } = parts(at);
  return `${hour}:${minute}`;
}

// "14:05 30/11/2026"
export function moment(at) {
  const { day, month, year } = parts(at);
  return `${time(at)} ${day}/${month}/${year}`;
}

// "3 minutes ago"
export function ago(at, now) {
  const minutes = Math.floor((now - at) / MINUTE);
  if (minutes < 1) return says("just-now");
  const relative = new Intl.RelativeTimeFormat(document.documentElement.lang || "vi");
  return minutes < 120
    ? relative.format(-minutes, "minute")
    : relative.format(-Math.floor(minutes / 60), "hour");
}
