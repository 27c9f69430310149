import { find } from "./dom";

/** Buttons with `data-copy` put the text of the element they name on the clipboard. */
export function connectCopyButtons(): void {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>("button[data-copy]") : null;
    if (!button) return;
    void copy(find(`#${CSS.escape(button.dataset["copy"] ?? "")}`).textContent ?? "", button);
  });
}

async function copy(text: string, button: HTMLButtonElement): Promise<void> {
  const label = button.textContent ?? "";
  let answer = "Copied";
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    answer = "Select it by hand";
  }
  button.textContent = answer;
  setTimeout(() => (button.textContent = label), 1600);
}
