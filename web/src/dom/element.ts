/** A new element with its class and its children; text becomes text, never markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = "",
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** A button. A click by mouse gives the focus back to the deck, so that Space goes on instead of pressing it again. */
export function button(className: string, label: string, action: () => void): HTMLButtonElement {
  const made = element("button", className, label);
  made.type = "button";
  made.addEventListener("click", (event) => {
    if (event.detail > 0) made.blur();
    action();
  });
  return made;
}
