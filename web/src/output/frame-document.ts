// Made from crates/deck/src/render/frame.rs by crates/deck/tests/generated.rs. Do not edit.

/** What the document of a frame begins with, before the cell's own HTML. */
export const beginning =
  "<!doctype html><html lang=\"en\" style=\"color-scheme: light; background: #fff; color: #122430; font: 18px/1.42 system-ui, sans-serif\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src-attr 'unsafe-inline'; form-action 'none'; base-uri 'none'\"><title>HTML made by the cell</title></head><body style=\"margin: 8px 16px\">";
