import { element } from "./dom";

/** Lines that two texts are compared by: what the default checker forgives (line ends, trailing blanks) is not shown as a difference. */
function lines(text: string): string[] {
  const all = text.replace(/\r\n?/g, "\n").split("\n").map((line) => line.trimEnd());
  while (all.length > 0 && all[all.length - 1] === "") all.pop();
  return all;
}

export function sameText(expected: string, actual: string): boolean {
  const [a, b] = [lines(expected), lines(actual)];
  return a.length === b.length && a.every((line, i) => line === b[i]);
}

const shownLines = 200;

/** Expected and actual output side by side, differing lines marked, the first differing part of each in bold. */
export function difference(expected: string, actual: string): HTMLElement {
  const [left, right] = [lines(expected), lines(actual)];
  const body = element("tbody");
  const count = Math.max(left.length, right.length);
  for (let i = 0; i < Math.min(count, shownLines); i++) {
    const [a, b] = [left[i], right[i]];
    const row = element("tr", a === b ? {} : { class: "differs" }, cell(a, b), cell(b, a));
    body.append(row);
  }
  if (count > shownLines) body.append(element("tr", {}, element("td", { colspan: "2" }, `… ${count - shownLines} more lines`)));
  const head = element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "Expected"), element("th", { scope: "col" }, "Yours")));
  return element("div", { class: "difference", tabindex: "0", role: "region", "aria-label": "Expected output beside yours" }, element("table", {}, head, body));
}

function cell(text: string | undefined, other: string | undefined): HTMLElement {
  if (text === undefined) return element("td", {}, element("span", { class: "visually-hidden" }, "no line"));
  if (other === undefined || text === other) return element("td", {}, text);
  let start = 0;
  while (start < text.length && text[start] === other[start]) start++;
  let end = text.length;
  for (let o = other.length; end > start && o > start && text[end - 1] === other[o - 1]; o--) end--;
  return element("td", {}, text.slice(0, start), element("mark", {}, text.slice(start, end)), text.slice(end));
}
