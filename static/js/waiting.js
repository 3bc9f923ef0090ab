// A worker holds the file: the page asks every two seconds whether it still does. Without script, the page loads itself again.
const waiting = document.querySelector("[data-waiting]");
const PAUSE = 2000;

async function ask() {
  try {
    const answer = await fetch(waiting.dataset.waiting, { redirect: "follow" });
    const words = await answer.text();
    if (!words.includes("data-waiting=")) {
      location.assign(waiting.dataset.waiting);
      return;
    }
  } catch {
    // The network is away: ask again later.
  }
  setTimeout(ask, PAUSE);
}

if (waiting) setTimeout(ask, PAUSE);
