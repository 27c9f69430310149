/** For one request. */
export type RequestOptions = {
  /** Ends the request, or the stream. */
  signal?: AbortSignal;
  /** Makes a repeated request find what the first one made. */
  idempotencyKey?: string;
};

/** The server refused: `kind` says which refusal, the message what is wrong and how to mend it. */
export class GavelError extends Error {
  constructor(readonly status: number, readonly kind: string, message: string, readonly problem: Record<string, unknown>) {
    super(message);
    this.name = 'GavelError';
  }
}

/** Something that a live stream told. */
export type LiveEvent =
  | { id: string; event: 'status'; data: { status: 'queued' | 'compiling' | 'running'; testcases?: number } }
  | {
      id: string; event: 'testcase';
      data: {
        ordinal: number; total: number; name: string; sample: boolean; verdict: string; cpuTimeMs: number; wallTimeMs: number; peakMemoryBytes: number;
        message?: string; score?: number;
      };
    }
  | { id: string; event: 'verdict'; data: { verdict: string; score?: number } };

const mostReconnects = 10;

/** Where the server is and how requests are made; GavelClient has a method for each of them. */
export class GavelConnection {
  readonly #server: URL;
  readonly #headers: Record<string, string>;

  /** @param server The server's address. @param key An API key; left out where none is needed. */
  constructor(server: string | URL, key?: string) {
    this.#server = new URL(server);
    this.#headers = key === undefined ? {} : { Authorization: `Bearer ${key}` };
  }

  /** Follows a submission until its verdict. A broken connection is taken up again where it broke. */
  followSubmission(id: string, options: RequestOptions = {}): AsyncGenerator<LiveEvent> {
    return this.#follow(`api/v1/submissions/${encodeURIComponent(id)}/events`, options);
  }

  /** Follows a run until it is done. A broken connection is taken up again where it broke. */
  followRun(id: string, options: RequestOptions = {}): AsyncGenerator<LiveEvent> {
    return this.#follow(`api/v1/runs/${encodeURIComponent(id)}/events`, options);
  }

  /** Makes a request and reads its answer. */
  protected async send(
    method: string, path: string, query: Record<string, unknown> | undefined, body: unknown, mediaType: string | undefined, options: RequestOptions,
  ): Promise<unknown> {
    const url = new URL(path, this.#server);
    for (const [name, value] of Object.entries(query ?? {}))
      if (value !== undefined && value !== null) url.searchParams.set(name, String(value));

    const headers: Record<string, string> = { ...this.#headers };
    if (mediaType !== undefined) headers['Content-Type'] = mediaType;
    if (options.idempotencyKey !== undefined) headers['Idempotency-Key'] = options.idempotencyKey;
    const init: RequestInit = { method, headers };
    if (options.signal) init.signal = options.signal;
    if (body !== undefined) init.body = mediaType === 'application/json' ? JSON.stringify(body) : body as BodyInit;
    const response = await fetch(url, init);
    await refuse(response);
    const text = await response.text();
    return response.headers.get('Content-Type')?.includes('json') && text ? JSON.parse(text) : text || undefined;
  }

  async *#follow(path: string, options: RequestOptions): AsyncGenerator<LiveEvent> {
    let last: string | undefined;
    for (let failures = 0; failures <= mostReconnects; failures++) {
      try {
        for await (const event of this.#stream(path, last, options)) {
          failures = 0;
          last = event.id;
          yield event;
          if (event.event === 'verdict') return;
        }
      } catch (error) {
        if (error instanceof GavelError || options.signal?.aborted || last === undefined) throw error;
      }
      await new Promise(resolve => setTimeout(resolve, 100 * (failures + 1)));
    }
    throw new Error('The live stream broke too often.');
  }

  async *#stream(path: string, last: string | undefined, options: RequestOptions): AsyncGenerator<LiveEvent> {
    const headers: Record<string, string> = { ...this.#headers, Accept: 'text/event-stream' };
    if (last !== undefined) headers['Last-Event-ID'] = last;
    const init: RequestInit = { headers };
    if (options.signal) init.signal = options.signal;
    const response = await fetch(new URL(path, this.#server), init);
    await refuse(response);
    if (!response.body) return;

    let rest = '';
    const decoder = new TextDecoder();
    const reader = response.body.getReader();
    try {
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        rest += decoder.decode(part.value, { stream: true });
        for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
          const fields = new Map(rest.slice(0, end).split('\n').map(line => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]));
          rest = rest.slice(end + 2);
          if (fields.has('event')) yield { id: fields.get('id') ?? '', event: fields.get('event'), data: JSON.parse(fields.get('data') ?? 'null') } as LiveEvent;
        }
      }
    } finally {
      await reader.cancel();
    }
  }
}

async function refuse(response: Response): Promise<void> {
  if (response.ok) return;
  const text = await response.text();
  let problem: Record<string, unknown> = {};
  try {
    problem = JSON.parse(text) as Record<string, unknown>;
  } catch {
    // Not a problem document: a proxy answered.
  }
  const kind = String(problem['type'] ?? '').split(':').at(-1) ?? '';
  throw new GavelError(response.status, kind, String(problem['detail'] ?? problem['title'] ?? `The server answered ${response.status}.`), problem);
}
