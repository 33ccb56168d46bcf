// The code as large as the screen: hides the browser's own bars when asked to, and keeps the screen awake in
// the queue.
const button = document.querySelector("[data-fullscreen]");
const root = document.documentElement;
const enter = root.requestFullscreen || root.webkitRequestFullscreen;

if (button && enter) {
  button.hidden = false;
  button.addEventListener("click", () => enter.call(root));
  document.addEventListener("fullscreenchange", () => {
    button.hidden = Boolean(document.fullscreenElement);
  });
}

async function stayAwake() {
  if (document.hidden || !navigator.wakeLock) return;
  await navigator.wakeLock.request("screen").catch(() => {}); // refused where the battery is low
}
document.addEventListener("visibilitychange", stayAwake);
stayAwake();
