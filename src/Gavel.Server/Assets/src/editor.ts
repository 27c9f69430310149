import { autocompletion, closeBrackets, closeBracketsKeymap, completeAnyWord, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, foldKeymap, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { coloursFor } from "./languages";

/** A code editor in place of a textarea. The textarea stays in the form and always holds the current text. */
export interface CodeEditor {
  text(): string;
  setText(text: string): void;
  setLanguage(language: string): Promise<void>;
  focus(): void;
}

// Colours come from the page's custom properties, so that dark mode needs no second theme.
const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--surface)" },
  ".cm-content": { caretColor: "var(--ink)", padding: ".6rem 0" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--ink-soft)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 .6rem 0 .9rem", minWidth: "2rem" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--sunken) 45%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--sunken) 45%, transparent)", color: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--accent) 24%, transparent) !important",
  },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "color-mix(in srgb, var(--accent) 22%, transparent)" },
  ".cm-selectionMatch": { backgroundColor: "color-mix(in srgb, var(--tle) 18%, transparent)" },
  ".cm-placeholder": { color: "var(--ink-soft)" },
  ".cm-panels": { backgroundColor: "var(--sunken)", color: "var(--ink)", borderColor: "var(--line)" },
  ".cm-panel input, .cm-panel button": { minHeight: "0" },
  ".cm-tooltip": { backgroundColor: "var(--surface)", border: "1px solid var(--line)", borderRadius: "6px", overflow: "hidden" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--accent-ink)" },
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: "var(--mle)" },
  { tag: [tags.string, tags.special(tags.string), tags.character], color: "var(--ac)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: "var(--rte)" },
  { tag: [tags.comment], color: "var(--ink-soft)", fontStyle: "italic" },
  { tag: [tags.typeName, tags.className, tags.namespace], color: "var(--tle)" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: "var(--accent)" },
  { tag: [tags.meta, tags.processingInstruction], color: "var(--ole)" },
]);

export async function editInPlaceOf(
  textarea: HTMLTextAreaElement,
  language: string,
  shortcuts: Readonly<Record<string, () => void>>,
  changed: (text: string) => void,
): Promise<CodeEditor> {
  const colouring = new Compartment();
  const indentation = new Compartment();
  const nonce = document.querySelector<HTMLElement>("[data-style-nonce]")?.dataset["styleNonce"] ?? "";

  const view = new EditorView({
    state: EditorState.create({
      doc: textarea.value,
      extensions: [
        EditorView.cspNonce.of(nonce),
        // First, so that they win over the editor's own meaning of the keys.
        keymap.of(Object.entries(shortcuts).map(([key, act]) => ({ key, preventDefault: true, run: () => (act(), true) }))),
        lineNumbers(),
        placeholder("Write or paste your solution"),
        highlightActiveLineGutter(),
        highlightActiveLine(),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        EditorState.allowMultipleSelections.of(true),
        EditorState.tabSize.of(4),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ activateOnTyping: false }),
        EditorState.languageData.of(() => [{ autocomplete: completeAnyWord }]),
        highlightSelectionMatches(),
        syntaxHighlighting(colours),
        look,
        colouring.of([]),
        indentation.of(indentUnit.of("    ")),
        // Escape, then Tab leaves the editor: the keyboard is never trapped.
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...completionKeymap, indentWithTab]),
        EditorView.contentAttributes.of({ "aria-label": "Source code. Press Escape, then Tab to leave the editor.", spellcheck: "false", autocapitalize: "off", autocorrect: "off" }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          textarea.value = update.state.doc.toString();
          changed(textarea.value);
        }),
      ],
    }),
  });

  textarea.hidden = true;
  textarea.removeAttribute("required"); // a hidden field that is required can't be filled in; the server checks
  textarea.after(view.dom);

  const editor: CodeEditor = {
    text: () => view.state.doc.toString(),
    setText: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    setLanguage: async (id) => {
      const extension = await coloursFor(id);
      const go = id.startsWith("go");
      view.dispatch({ effects: [colouring.reconfigure(extension), indentation.reconfigure(indentUnit.of(go ? "\t" : "    "))] });
    },
    focus: () => view.focus(),
  };
  await editor.setLanguage(language);
  return editor;
}
