/** A count as it is written on slides. */
export function formatCount(count: number): string {
  return count.toLocaleString("en");
}
