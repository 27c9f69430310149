import { followJudging } from "./follow";
import { stageWords } from "./verdicts";

/** A run as `GET /api/v1/runs/{id}` tells it. */
export interface RunReport {
  id: string;
  status: string;
  outcome?: string;
  compilerOutput?: string;
  stdout?: string;
  stderr?: string;
  stdoutTruncated?: boolean;
  stderrTruncated?: boolean;
  exitCode?: number;
  signal?: number;
  cpuTimeMs?: number;
  peakMemoryBytes?: number;
  message?: string;
}

/** What the server said no to, in its own words. */
export class Refusal extends Error {}

/** Runs a program on an input and waits for the outcome. */
export async function run(language: string, source: string, stdin: string, said: (words: string) => void, signal: AbortSignal): Promise<RunReport> {
  const created = await ask<RunReport>("/api/v1/runs", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ language, source, stdin }),
    signal,
  });
  const address = `/api/v1/runs/${encodeURIComponent(created.id)}`;
  if (created.status !== "done") await finished(`${address}/events`, said, signal);
  return ask<RunReport>(address, { signal });
}

function finished(events: string, said: (words: string) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = followJudging(events, {
      stage: (stage) => said(stageWords(stage)),
      total: () => undefined,
      testcase: () => undefined,
      interrupted: (broken) => broken && said("Connecting again"),
      done: () => resolve(),
    });
    signal.addEventListener("abort", () => {
      stop();
      reject(signal.reason as Error);
    });
  });
}

/** Asks the server for JSON; what it refuses becomes a Refusal. */
export async function ask<T>(address: string, request: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(address, { ...request, headers: { Accept: "application/json", ...request.headers } });
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw new Refusal("The server can't be reached. Your draft is safe in this browser.");
  }
  if (response.ok) return (await response.json()) as T;
  throw new Refusal(await reason(response));
}

async function reason(response: Response): Promise<string> {
  try {
    const problem = (await response.json()) as { title?: string; detail?: string };
    return problem.detail ?? problem.title ?? `The server answered ${response.status}.`;
  } catch {
    return response.status === 429 ? "Too many requests. Wait a moment." : `The server answered ${response.status}.`;
  }
}
