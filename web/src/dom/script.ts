import { element } from "./element";

/** Adds a classic script to the page, so that a deck from a file can load it too. `failed` is called if it cannot be loaded; the
 *  page is then as before. */
export function addScript(address: string, failed: () => void): void {
  const script = element("script");
  script.src = address;
  script.addEventListener("error", () => {
    script.remove();
    failed();
  });
  document.head.append(script);
}
