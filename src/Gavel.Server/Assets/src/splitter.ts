import { recall, remember } from "./storage";

/** The handle between statement and editor: drag it, or use the arrow keys; a double click puts it back. */
export function connectSplitter(handle: HTMLElement, container: HTMLElement): void {
  const place = (percent: number): void => {
    const share = Math.min(70, Math.max(25, percent));
    container.style.setProperty("--split", `${share}%`);
    handle.setAttribute("aria-valuenow", String(Math.round(share)));
    remember("split", String(share));
  };

  const remembered = Number(recall("split"));
  if (remembered > 0) place(remembered);

  handle.addEventListener("pointerdown", (event) => {
    handle.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  handle.addEventListener("pointermove", (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const frame = container.getBoundingClientRect();
    place(((event.clientX - frame.left) / frame.width) * 100);
  });
  handle.addEventListener("dblclick", () => place(46));
  handle.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowLeft" ? -3 : event.key === "ArrowRight" ? 3 : 0;
    if (step === 0) return;
    event.preventDefault();
    place(Number(handle.getAttribute("aria-valuenow") ?? 46) + step);
  });
}
