/** CPU or wall time for people: the same wording as the server's pages. */
export function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}

/** Memory for people, in the units of problem limits. */
export function memory(bytes: number): string {
  if (bytes >= 1 << 20) return `${trim(bytes / (1 << 20))} MiB`;
  return bytes >= 1024 ? `${trim(bytes / 1024)} KiB` : `${bytes} B`;
}

function trim(value: number): string {
  return value.toFixed(1).replace(/\.0$/, "");
}
