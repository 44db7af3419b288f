/** A style sheet that the page's security policy allows: it is no element of the page. */
export function styleSheet(css: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
}

/** Gives the page a part of its style that came with a lazy bundle. */
export function adopt(css: string): void {
  document.adoptedStyleSheets.push(styleSheet(css));
}
