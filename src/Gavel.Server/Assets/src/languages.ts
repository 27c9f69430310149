import type { Extension } from "@codemirror/state";

/**
 * Colours for a language of the judge, loaded when first needed. Matched by what the id starts with (`cpp20`, `python3`), so a language that
 * the operator adds is coloured too if its name says what it is; one we don't know is edited as plain text.
 */
const loaders: readonly (readonly [RegExp, () => Promise<Extension>])[] = [
  [/^(csharp|cs|dotnet)/, () => streamed("csharp")],
  [/^kotlin/, () => streamed("kotlin")],
  [/^(cpp|c\+\+|c$|c\d|gcc|clang)/, async () => (await import("@codemirror/lang-cpp")).cpp()],
  [/^(py|pypy)/, async () => (await import("@codemirror/lang-python")).python()],
  [/^(javascript|js|node)/, async () => (await import("@codemirror/lang-javascript")).javascript()],
  [/^(typescript|ts)/, async () => (await import("@codemirror/lang-javascript")).javascript({ typescript: true })],
  [/^java/, async () => (await import("@codemirror/lang-java")).java()],
  [/^go/, async () => (await import("@codemirror/lang-go")).go()],
  [/^rust/, async () => (await import("@codemirror/lang-rust")).rust()],
];

export async function coloursFor(language: string): Promise<Extension> {
  const known = loaders.find(([pattern]) => pattern.test(language));
  return known ? known[1]() : [];
}

async function streamed(mode: "csharp" | "kotlin"): Promise<Extension> {
  const [{ StreamLanguage }, clike] = await Promise.all([import("@codemirror/language"), import("@codemirror/legacy-modes/mode/clike")]);
  return StreamLanguage.define(clike[mode]);
}
