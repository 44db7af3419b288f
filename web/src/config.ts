import type { RevealConfig } from "reveal.js";

/** How reveal runs this deck. Keys are ours (see keys/), and so are footer, progress and help. */
export const config: RevealConfig = {
  width: 1280,
  height: 720,
  margin: 0,
  maxScale: 3,
  center: false,
  display: "flex",
  keyboard: false,
  controls: false,
  progress: false,
  help: false,
  hash: true,
  fragmentInURL: true,
  transition: "fade",
  transitionSpeed: "fast",
  backgroundTransition: "none",
  // A phone gets a narrower slide (phone.ts) and a page to read (reading.ts) instead of reveal's scroll view.
  scrollActivationWidth: 0,
  pdfSeparateFragments: false,
  pdfMaxPagesPerSlide: 1,
  pdfPageHeightOffset: 0,
};
