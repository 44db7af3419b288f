/** A count as it is written on slides. */
export function spelled(count: number): string {
  return count.toLocaleString("en");
}
