import type { TestcaseOutcome } from "./strip";

/** What a page shows while a judging is under way. Every step may arrive again after the connection was lost. */
export interface JudgingSteps {
  stage(stage: string): void;
  total(count: number): void;
  testcase(outcome: TestcaseOutcome): void;
  done(verdict: string): void;
  /** True while the stream is broken and being made again. */
  interrupted(broken: boolean): void;
}

/**
 * Follows a judging by server-sent events until it is done. The browser reconnects by itself and sends the id of the last event; where it
 * gives up (the server answered with an error, say while it restarts) we try again, ever more slowly.
 */
export function followJudging(address: string, steps: JudgingSteps): () => void {
  let source: EventSource | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let delay = 500;
  let ended = false;

  const end = (): void => {
    ended = true;
    clearTimeout(again);
    source?.close();
  };

  const on = <T>(name: string, act: (data: T) => void): void =>
    source?.addEventListener(name, (event) => {
      if (!ended) act(JSON.parse((event as MessageEvent<string>).data) as T);
    });

  const connect = (): void => {
    source = new EventSource(address);
    source.addEventListener("open", () => {
      delay = 500;
      steps.interrupted(false);
    });
    source.addEventListener("error", () => {
      if (ended) return;
      steps.interrupted(true);
      if (source?.readyState !== EventSource.CLOSED) return;
      again = setTimeout(connect, delay);
      delay = Math.min(delay * 2, 15_000);
    });
    on<{ status: string; testcases?: number }>("status", (data) => {
      steps.stage(data.status);
      if (data.testcases) steps.total(data.testcases);
    });
    on<TestcaseOutcome & { total: number }>("testcase", (data) => {
      steps.total(data.total);
      steps.testcase(data);
    });
    on<{ verdict: string }>("verdict", (data) => {
      end();
      steps.done(data.verdict);
    });
  };

  connect();
  return end;
}
