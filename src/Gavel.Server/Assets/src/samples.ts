import { difference, sameText } from "./difference";
import { element, find, findAll } from "./dom";
import { duration, memory } from "./format";
import { Refusal, run } from "./runs";
import { runOutcome } from "./verdicts";

/**
 * Runs the program on the problem's samples and shows each beside what is expected. Where a problem has its own checker, another output may
 * be right too; then nothing is called wrong.
 */
export class Samples {
  private readonly all = findAll("[data-sample]");
  private readonly checked = document.querySelector("[data-own-checker]") === null;

  get count(): number {
    return this.all.length;
  }

  input(sample: HTMLElement): string {
    return find("[data-sample-input]", sample).textContent ?? "";
  }

  async runAll(language: string, source: string, said: (words: string) => void, signal: AbortSignal): Promise<void> {
    let right = 0;
    for (const [index, sample] of this.all.entries()) {
      said(`Sample ${index + 1} of ${this.all.length}`);
      const place = find("[data-sample-outcome]", sample);
      place.hidden = false;
      place.replaceChildren(badge("BUSY", "Running"));
      try {
        if (await this.runOne(sample, place, language, source, signal)) right++;
        else if (place.dataset["stop"] === "true") return said("It does not compile.");
      } catch (error) {
        place.replaceChildren(error instanceof Refusal ? error.message : "Stopped");
        throw error;
      }
    }
    said(this.checked ? `${right} of ${this.all.length} samples right` : `${right} of ${this.all.length} samples ran; the judge's own checker decides`);
  }

  private async runOne(sample: HTMLElement, place: HTMLElement, language: string, source: string, signal: AbortSignal): Promise<boolean> {
    const report = await run(language, source, this.input(sample), () => undefined, signal);
    const outcome = report.outcome ?? "judgeError";
    const [short, words] = runOutcome(outcome);
    const facts = element("span", { class: "soft small" }, `${duration(report.cpuTimeMs ?? 0)}, ${memory(report.peakMemoryBytes ?? 0)}`);
    place.dataset["stop"] = String(outcome === "compileError");
    if (outcome !== "ok") {
      const said = outcome === "compileError" ? report.compilerOutput : report.stderr;
      place.replaceChildren(element("div", { class: "line" }, badge(short, words), " ", facts), element("pre", { class: "listing wrap" }, said ?? ""));
      return false;
    }
    const output = report.stdout ?? "";
    const expected = find("[data-sample-answer]", sample).textContent ?? "";
    const same = sameText(expected, output);
    const word = same ? badge("AC", "Matches") : this.checked ? badge("WA", "Differs") : badge("OK", "Ran");
    place.replaceChildren(element("div", { class: "line" }, word, " ", facts), ...(same ? [] : [difference(expected, output)]));
    return same || !this.checked;
  }
}

function badge(short: string, words: string): HTMLElement {
  return element("span", { class: "verdict", "data-verdict": short }, words);
}
