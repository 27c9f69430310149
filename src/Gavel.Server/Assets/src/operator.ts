// The operator page: keeps its figures fresh while somebody looks.
import { find } from "./dom";
import { showLocalTimes } from "./times";

const board = find("[data-board]");

async function refresh(): Promise<void> {
  if (document.hidden || board.contains(document.activeElement)) return; // nobody looks, or somebody is about to press a button
  try {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    const fresh = response.ok ? new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-board]") : null;
    if (fresh) board.replaceChildren(...fresh.childNodes);
    showLocalTimes();
  } catch {
    // the next round tries again
  }
}

setInterval(() => void refresh(), 3000);
