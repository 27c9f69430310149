/** CPU or wall time for people: the same wording as the server's pages. */
export function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}

/** Measured memory for people. The kernel counts in batches of pages, so that less than a mebibyte is no figure worth telling. */
export function memory(bytes: number): string {
  const mebibytes = bytes / (1 << 20);
  return mebibytes < 1 ? "< 1 MiB" : `${mebibytes.toFixed(1).replace(/\.0$/, "")} MiB`;
}
