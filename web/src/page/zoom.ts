/** Sizes of code and output as factors of the planned ones, for a room that is larger than planned. */
const properties = { code: "--zoom-code", output: "--zoom-output" };
const step = 1.1;
const bounds = { least: 0.6, most: 2.4 };

export type Zoomed = keyof typeof properties;

/** The factor after `presses` presses on top of `factor`, within bounds. */
export function zoomed(factor: number, presses: number): number {
  const next = factor * step ** presses;
  return Math.min(bounds.most, Math.max(bounds.least, Math.round(next * 1000) / 1000));
}

export function zoom(what: Zoomed, presses: number): void {
  const { style } = document.documentElement;
  const current = Number(style.getPropertyValue(properties[what])) || 1;
  style.setProperty(properties[what], String(zoomed(current, presses)));
}

export function resetZoom(): void {
  for (const property of Object.values(properties)) document.documentElement.style.removeProperty(property);
}
