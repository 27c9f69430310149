import katex from "katex";

/**
 * Sets the formulas of a statement. The server leaves TeX in `.math` elements, with or without its delimiters, so that a page without
 * scripts still reads. What KaTeX can't set stays as TeX.
 */
export function setFormulas(formulas: readonly HTMLElement[]): void {
  for (const formula of formulas) {
    const { tex, display } = undelimited(formula.textContent ?? "", formula);
    const target = document.createElement(display ? "div" : "span");
    try {
      // htmlAndMathml keeps formulas readable to screen readers; trust stays off: statements come from uploaded packages.
      katex.render(tex, target, { displayMode: display, throwOnError: true, strict: "ignore", trust: false, maxExpand: 1000, maxSize: 50 });
      formula.replaceChildren(target);
      formula.classList.add("set");
    } catch {
      formula.classList.add("unset");
    }
  }
}

function undelimited(text: string, formula: HTMLElement): { tex: string; display: boolean } {
  const trimmed = text.trim();
  const display = formula.classList.contains("display") || formula.tagName === "DIV";
  for (const [open, close, shown] of [["\\(", "\\)", false], ["\\[", "\\]", true], ["$$", "$$", true], ["$", "$", false]] as const)
    if (trimmed.length >= open.length + close.length && trimmed.startsWith(open) && trimmed.endsWith(close))
      return { tex: trimmed.slice(open.length, -close.length), display: display || shown };
  return { tex: trimmed, display };
}
