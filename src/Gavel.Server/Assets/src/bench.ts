import { announce, element, find } from "./dom";
import { duration, memory } from "./format";
import type { RunReport } from "./runs";
import { runOutcome } from "./verdicts";

/** The bench below the editor: custom input on one side, what the program made of it on the other. Output is text, whatever it holds. */
export class Bench {
  private readonly facts = find("[data-run-facts]");
  private readonly output = find("[data-run-output]");
  private readonly errors = find("[data-run-errors]");
  readonly input = find<HTMLTextAreaElement>("#run-input");

  busy(words: string): void {
    this.facts.replaceChildren(element("span", { class: "verdict", "data-verdict": "BUSY" }, words));
  }

  say(words: string): void {
    this.facts.replaceChildren(words);
    announce(words);
  }

  show(report: RunReport): void {
    const outcome = report.outcome ?? "judgeError";
    const compileError = outcome === "compileError";
    const [short, words] = runOutcome(outcome);
    const facts = [element("span", { class: "verdict", "data-verdict": short }, words)];
    if (!compileError) facts.push(element("span", {}, duration(report.cpuTimeMs ?? 0)), element("span", {}, memory(report.peakMemoryBytes ?? 0)));
    if (report.exitCode) facts.push(element("span", {}, `exit code ${report.exitCode}`));
    if (report.signal) facts.push(element("span", {}, `signal ${report.signal}`));
    if (report.message) facts.push(element("span", {}, report.message));
    this.facts.replaceChildren(...facts);
    announce(`Run: ${words}`);

    this.output.textContent = compileError ? (report.compilerOutput ?? "") : (report.stdout ?? "") + (report.stdoutTruncated ? "\n[cut here: too much output]" : "");
    const errors = compileError ? "" : (report.stderr ?? "");
    this.errors.hidden = errors === "";
    find("pre", this.errors).textContent = errors + (report.stderrTruncated ? "\n[cut here]" : "");
  }
}
