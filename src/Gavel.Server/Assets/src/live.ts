import { announce, find, findAll } from "./dom";
import { followJudging } from "./follow";
import { TestcaseStrip } from "./strip";
import { showLocalTimes } from "./times";
import { stageWords, verdictWords } from "./verdicts";

/**
 * Brings a submission's panel to life: the strip fills test by test, the headline says where it stands, and once the judging is done the
 * panel is fetched again from the server, whose word is the record. Returns what stops it.
 */
export function followPanel(panel: HTMLElement, done?: (verdict: string) => void): () => void {
  const { events, panel: address } = panel.dataset;
  if (!events || !address) return () => undefined; // it was done when the page was made

  const strip = new TestcaseStrip(find("[data-strip]", panel));
  const headline = find("[data-headline]", panel);
  const facts = find("[data-facts]", panel);
  let total = 0;

  return followJudging(events, {
    stage: (stage) => {
      headline.textContent = stageWords(stage);
      if (stage !== "running") {
        // Queued again: its worker was lost, and what was seen so far does not count.
        strip.clear();
        total = 0;
        facts.textContent = "";
      }
    },
    total: (count) => {
      if (count === total) return;
      total = count;
      strip.prepare(count);
    },
    testcase: (outcome) => {
      headline.textContent = "Running";
      strip.show(outcome);
      facts.textContent = `${strip.arrived} of ${total} tests`;
    },
    interrupted: (broken) => {
      for (const note of findAll("[data-interrupted]", panel)) note.hidden = !broken;
    },
    done: (verdict) => {
      find("[data-outcome]", panel).dataset["verdict"] = verdict;
      headline.textContent = verdictWords(verdict);
      announce(`Verdict: ${verdictWords(verdict)}. ${facts.textContent ?? ""}`);
      void refresh(panel, address).then(() => done?.(verdict));
    },
  });
}

async function refresh(panel: HTMLElement, address: string): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      const response = await fetch(address, { headers: { Accept: "text/html" } });
      if (response.ok) {
        const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-panel]");
        if (fresh) {
          panel.replaceChildren(...fresh.childNodes);
          delete panel.dataset["events"];
          showLocalTimes();
          return;
        }
      }
    } catch {
      // the network is away; the verdict is on the page already, the details follow
    }
    await new Promise((resolve) => setTimeout(resolve, 300 * 2 ** attempt));
  }
}
