import "reveal.js";

/** Methods that reveal.js 6.0.2 has and its own type file leaves out. */
declare module "reveal.js" {
  interface RevealApi {
    isPrintView(): boolean;
    toggleJumpToSlide(): void;
  }
}
