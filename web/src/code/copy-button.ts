import { button } from "../dom/element";
import { keyFor } from "../keys/keymap";

/** A button that copies the code of a figure; it says for a moment that it did. */
export function copyButton(code: () => string): HTMLButtonElement {
  const made = button("copy", "Copy", async () => {
    made.textContent = (await copied(code())) ? "Copied" : "Not allowed here";
    setTimeout(() => (made.textContent = "Copy"), 1500);
  });
  made.title = `Copy the code (${keyFor("copy")})`;
  return made;
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // A page from a file or without permission has no clipboard.
    return false;
  }
}
