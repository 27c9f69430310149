/** What the browser remembers for this person. Every access may fail (private windows, full or switched-off storage); then nothing is remembered. */
export function remember(key: string, value: string): boolean {
  try {
    localStorage.setItem(`gavel.${key}`, value);
    return true;
  } catch {
    return false;
  }
}

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`gavel.${key}`);
  } catch {
    return null;
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(`gavel.${key}`);
  } catch {
    // nothing was remembered then
  }
}
