// The problem page: editor, drafts, run, samples, submit, and the verdict without leaving the page.
import { Bench } from "./bench";
import { find, findAll } from "./dom";
import { Drafts } from "./drafts";
import { editInPlaceOf } from "./editor";
import { followPanel } from "./live";
import { ask, Refusal, run } from "./runs";
import { Samples } from "./samples";
import { connectSplitter } from "./splitter";
import { recall, remember } from "./storage";

const form = find<HTMLFormElement>("#solution");
const problem = form.dataset["problem"] ?? "";
const languages = find<HTMLSelectElement>("[name=language]", form);
const textarea = find<HTMLTextAreaElement>("[name=source]", form);
const refused = find("[data-refused]", form);
const draftNote = find("[data-draft]", form);
const submitButton = find<HTMLButtonElement>("[data-submit]", form);
const runButton = find<HTMLButtonElement>("[data-run]", form);
const samplesButton = form.querySelector<HTMLButtonElement>("[data-run-samples]");
const place = find("[data-result]");
const bench = new Bench();
const samples = new Samples();
let stopFollowing = (): void => undefined;
let running: AbortController | undefined;

const drafts = new Drafts(problem, (saved) => (draftNote.textContent = saved ? "Draft saved" : ""));

// What the server put into the form wins: a source that comes back with a refusal, or one that is to be edited again.
const given = textarea.value;
const remembered = recall("language");
if (given === "" && remembered !== null && [...languages.options].some((option) => option.value === remembered)) languages.value = remembered;
if (given === "") textarea.value = drafts.read(languages.value) ?? "";

const editor = await editInPlaceOf(
  textarea,
  languages.value,
  { "Mod-Enter": () => void submit(), "Mod-'": () => void runOnce() },
  (text) => drafts.write(languages.value, text),
);

let language = languages.value;
languages.addEventListener("change", () => {
  drafts.flush();
  const next = drafts.read(languages.value);
  const before = drafts.read(language);
  language = languages.value;
  remember("language", language);
  // Another language has its own draft. Without one the text stays: C++17 to C++20 should not cost anybody their work.
  if (next !== null && next !== editor.text() && before === editor.text()) editor.setText(next);
  void editor.setLanguage(language);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void submit();
});
runButton.addEventListener("click", () => void runOnce());
samplesButton?.addEventListener("click", () => void runSamples());
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || !(event.ctrlKey || event.metaKey)) return;
  const act = event.key === "Enter" ? submit : event.key === "'" ? runOnce : undefined;
  if (!act) return;
  event.preventDefault();
  void act();
});
for (const button of findAll<HTMLButtonElement>("[data-use-sample]"))
  button.addEventListener("click", () => {
    const sample = button.closest<HTMLElement>("[data-sample]");
    if (!sample) return;
    bench.input.value = samples.input(sample);
    bench.input.focus();
  });
connectSplitter(find("[data-splitter]"), find("[data-workbench]"));
const shortcuts = find<HTMLDialogElement>("#shortcuts");
find("[data-shortcuts]").addEventListener("click", () => shortcuts.showModal());

function refuse(words: string): void {
  refused.textContent = words;
  refused.hidden = words === "";
}

function ready(): boolean {
  refuse("");
  if (editor.text().trim() !== "") return true;
  refuse("There is no source code yet.");
  editor.focus();
  return false;
}

async function submit(): Promise<void> {
  if (submitButton.disabled || !ready()) return;
  drafts.flush();
  submitButton.disabled = true;
  try {
    const { panel } = await ask<{ panel: string }>(form.action, { method: "POST", body: new FormData(form) });
    stopFollowing();
    const response = await fetch(panel, { headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector<HTMLElement>("[data-panel]");
    if (!fresh) throw new Refusal("The submission was stored; open it under My submissions.");
    place.replaceChildren(document.adoptNode(fresh));
    place.hidden = false;
    place.scrollIntoView({ block: "nearest", behavior: "smooth" });
    stopFollowing = followPanel(fresh);
  } catch (error) {
    refuse(error instanceof Refusal ? error.message : "That did not work. Try again.");
  } finally {
    submitButton.disabled = false;
  }
}

async function whileRunning(act: (signal: AbortSignal) => Promise<void>): Promise<void> {
  if (!ready()) return;
  running?.abort();
  const mine = (running = new AbortController());
  try {
    await act(mine.signal);
  } catch (error) {
    if (!mine.signal.aborted) bench.say(error instanceof Refusal ? error.message : "That did not work. Try again.");
  }
}

function runOnce(): Promise<void> {
  return whileRunning(async (signal) => {
    bench.busy("Sending");
    find("[data-bench]").scrollIntoView({ block: "nearest", behavior: "smooth" });
    bench.show(await run(languages.value, editor.text(), bench.input.value, (words) => bench.busy(words), signal));
  });
}

function runSamples(): Promise<void> {
  return whileRunning((signal) => samples.runAll(languages.value, editor.text(), (words) => bench.say(words), signal));
}
