/** Takes the focus away from what has it within `root`, so that keys go to the deck again; says whether something had it. */
export function leaveFocus(root: Node = document): boolean {
  const { activeElement } = document;
  const hasFocus = activeElement instanceof HTMLElement && root.contains(activeElement);
  if (hasFocus) activeElement.blur();
  return hasFocus;
}
