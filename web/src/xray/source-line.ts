/** The text of a source line, if a figure on the page shows it: the figure's link says its file and first line. */
export function sourceLine(page: Document, file: string, line: number): string | undefined {
  for (const link of page.querySelectorAll<HTMLAnchorElement>("figure.code > figcaption a")) {
    const [, path, first] = /^(.*):(\d+)/.exec(link.textContent?.trim() ?? "") ?? [];
    if (path !== file || first === undefined) continue;
    const number = line - Number(first) + 1;
    const shown = link.closest("figure")?.querySelector(`.line[data-line="${number}"]`)?.textContent?.trim();
    if (shown) return shown;
  }
  return undefined;
}
