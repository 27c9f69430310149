import { element } from "./dom";
import { duration, memory } from "./format";
import { verdictWords } from "./verdicts";

/** One testcase as the live stream tells it; the verdict by its short name. */
export interface TestcaseOutcome {
  ordinal: number;
  verdict: string;
  cpuTimeMs: number;
  peakMemoryBytes: number;
}

/** The row of testcases. Cells are made once the number is known and filled in whatever order results arrive; a result seen twice changes nothing. */
export class TestcaseStrip {
  constructor(private readonly list: HTMLElement) {}

  get arrived(): number {
    return this.list.querySelectorAll("[data-verdict]").length;
  }

  prepare(total: number): void {
    const count = Math.min(total, 5000); // a package says how many there are; a page with more cells than this is no use to anybody
    this.list.classList.toggle("dense", count > 60);
    while (this.list.children.length > count) this.list.lastElementChild?.remove();
    while (this.list.children.length < count) this.list.append(element("li", {}, String(this.list.children.length + 1)));
  }

  clear(): void {
    this.list.replaceChildren();
  }

  show(outcome: TestcaseOutcome): void {
    const cell = this.list.children[outcome.ordinal - 1];
    if (!(cell instanceof HTMLElement)) return;
    const short = outcome.verdict;
    const words = verdictWords(short);
    if (cell.dataset["verdict"] === short) return;
    const facts = short === "SKIP" ? words : `${words}, ${duration(outcome.cpuTimeMs)}, ${memory(outcome.peakMemoryBytes)}`;
    cell.dataset["verdict"] = short;
    cell.title = `Test ${outcome.ordinal}: ${facts}`;
    cell.classList.add("arrived");
    cell.replaceChildren(
      element("span", { "aria-hidden": "true" }, short === "AC" ? "✓" : short === "SKIP" ? "–" : short),
      element("span", { class: "visually-hidden" }, cell.title),
    );
  }
}
