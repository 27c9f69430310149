import { forget, recall, remember } from "./storage";

/** Unsent sources, one per problem and language, kept in this browser. */
export class Drafts {
  private pending: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly problem: string, private readonly told: (saved: boolean) => void) {
    // A draft typed in the last moment before the page goes is saved too.
    addEventListener("pagehide", () => this.flush());
  }

  private unsaved: { language: string; text: string } | undefined;

  read(language: string): string | null {
    return recall(this.key(language));
  }

  write(language: string, text: string): void {
    this.unsaved = { language, text };
    clearTimeout(this.pending);
    this.pending = setTimeout(() => this.flush(), 300);
  }

  flush(): void {
    if (!this.unsaved) return;
    const { language, text } = this.unsaved;
    this.unsaved = undefined;
    if (text === "") forget(this.key(language));
    else this.told(remember(this.key(language), text));
  }

  private key(language: string): string {
    return `draft.${this.problem}.${language}`;
  }
}
