/** The field's short names of verdicts, as the API writes them, with the words a person reads. */
const words: Readonly<Record<string, string>> = {
  AC: "Accepted",
  WA: "Wrong answer",
  TLE: "Time limit exceeded",
  MLE: "Memory limit exceeded",
  RTE: "Run-time error",
  OLE: "Output limit exceeded",
  CE: "Compile error",
  SV: "Security violation",
  SKIP: "Not run",
  JE: "Judge error",
};

export function verdictWords(short: string): string {
  return words[short] ?? short;
}

/** How a run ended, in the colours and words of the verdict that it resembles. */
const runs: Readonly<Record<string, readonly [short: string, words: string]>> = {
  ok: ["OK", "Finished"],
  compileError: ["CE", "Compile error"],
  runTimeError: ["RTE", "Run-time error"],
  timeLimitExceeded: ["TLE", "Time limit exceeded"],
  memoryLimitExceeded: ["MLE", "Memory limit exceeded"],
  outputLimitExceeded: ["OLE", "Output limit exceeded"],
  securityViolation: ["SV", "Security violation"],
  judgeError: ["JE", "Judge error"],
};

export function runOutcome(outcome: string): readonly [short: string, words: string] {
  return runs[outcome] ?? ["JE", outcome];
}

/** Where a judging or run stands. */
const stages: Readonly<Record<string, string>> = { queued: "Waiting for a judge", compiling: "Compiling", running: "Running" };

export function stageWords(stage: string): string {
  return stages[stage] ?? stage;
}
