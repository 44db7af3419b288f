const key = "deck-theme";

/** Light or dark: the system's setting until the speaker chooses, and the choice for the rest of the session. */
export function restoreTheme(): void {
  const chosen = sessionStorage.getItem(key);
  if (chosen) document.documentElement.dataset["theme"] = chosen;
}

export function toggleTheme(): void {
  const root = document.documentElement;
  const current = root.dataset["theme"] ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  root.dataset["theme"] = current === "dark" ? "light" : "dark";
  sessionStorage.setItem(key, root.dataset["theme"]);
}
