import type { RevealApi } from "reveal.js";
import { Reading } from "./reading";

const narrow = "(max-width: 700px) and (orientation: portrait)";
const stage = { width: 1280, height: 720 };
/** Width of a slide on a phone, in the same pixels as text sizes: prose of 24 appears as 17 on a screen of 390. */
const phoneWidth = 560;

/** The size of a slide in a window: the stage's own, or on a phone held upright a narrow one that fills it. */
export function slideSize(isPhone: boolean, window: { innerWidth: number; innerHeight: number }) {
  if (!isPhone) return stage;
  return { width: phoneWidth, height: Math.floor((phoneWidth * window.innerHeight) / window.innerWidth) };
}

/** Keeps that size when the window changes. `onReading` is called when the deck becomes a page to read. */
export function fitWindow(deck: RevealApi, onReading: () => void): void {
  const query = matchMedia(narrow);
  // On stage a phone follows the talk, slide by slide.
  const reading = document.documentElement.dataset["live"] === undefined ? new Reading(deck, onReading) : null;
  const fit = () => {
    const size = slideSize(query.matches, window);
    const { style, classList } = document.documentElement;
    classList.toggle("phone", query.matches);
    style.setProperty("--slide-width", `${size.width}px`);
    style.setProperty("--slide-height", `${size.height}px`);
    deck.configure(size);
    reading?.set(query.matches);
  };
  fit();
  addEventListener("resize", fit);
}
