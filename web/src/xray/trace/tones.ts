import type { Language } from "../../trace";

/** What the drawing tells apart. Each tone has a colour in the theme, and a letter and a pattern, so that colour never speaks
 *  alone. */
export type Tone = "python" | "c" | "pyo3" | "rust" | "neutral";

export interface ToneInfo {
  readonly tone: Tone;
  readonly letter: string;
  readonly name: string;
}

/** In the order in which a call meets them. */
export const tones: readonly ToneInfo[] = [
  { tone: "c", letter: "C", name: "CPython" },
  { tone: "pyo3", letter: "P3", name: "PyO3 glue" },
  { tone: "rust", letter: "Rs", name: "your Rust" },
  { tone: "neutral", letter: "·", name: "libraries" },
];

const languages: Record<Language, { tone: Tone; name: string; isPlumbing: boolean }> = {
  user: { tone: "rust", name: "your Rust", isPlumbing: false },
  macro: { tone: "pyo3", name: "written by PyO3's macro", isPlumbing: false },
  pyo3: { tone: "pyo3", name: "PyO3", isPlumbing: false },
  crate: { tone: "neutral", name: "another crate", isPlumbing: false },
  std: { tone: "neutral", name: "Rust's standard library", isPlumbing: true },
  cpython: { tone: "c", name: "CPython", isPlumbing: false },
  native: { tone: "neutral", name: "another extension", isPlumbing: false },
  libc: { tone: "neutral", name: "C library", isPlumbing: true },
  loader: { tone: "neutral", name: "loader", isPlumbing: true },
  plt: { tone: "neutral", name: "linkage table", isPlumbing: true },
  unknown: { tone: "neutral", name: "unknown", isPlumbing: false },
};

export function toneOf(language: Language): Tone {
  return languages[language].tone;
}

export function languageName(language: Language): string {
  return languages[language].name;
}

/** Code that carries the call and has nothing to say about it; the key P folds it into its callers. */
export function isPlumbing(language: Language): boolean {
  return languages[language].isPlumbing;
}

export function letterOf(tone: Tone): string {
  return tones.find((candidate) => candidate.tone === tone)?.letter ?? "Py";
}
