import { findAll } from "./dom";
import { remember } from "./storage";

/** The light and dark switch. What the person never chose follows the system. */
export function connectThemeSwitch(): void {
  const root = document.documentElement;
  const buttons = findAll<HTMLButtonElement>("[data-theme-switch]");

  const show = (): void => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(root.dataset["theme"] === "dark"));
  };

  for (const button of buttons)
    button.addEventListener("click", () => {
      root.dataset["theme"] = root.dataset["theme"] === "dark" ? "light" : "dark";
      remember("theme", root.dataset["theme"]);
      show();
    });

  show();
}
