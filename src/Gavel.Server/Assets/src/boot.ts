// Runs before the first paint: the remembered theme, and the class that shows what only works with scripts.
const remembered = (() => {
  try {
    return localStorage.getItem("gavel.theme");
  } catch {
    return null; // storage may be switched off; the page works without
  }
})();
const dark = matchMedia("(prefers-color-scheme: dark)").matches;
document.documentElement.dataset["theme"] = remembered === "dark" || remembered === "light" ? remembered : dark ? "dark" : "light";
document.documentElement.classList.add("scripted");

export {};
