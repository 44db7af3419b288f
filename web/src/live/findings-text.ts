import type { Finding, Level } from "../protocol";

const order: readonly Level[] = ["error", "warning", "note", "help"];

/** What the compiler says, for those who do not see its marks: `1 error, 2 warnings: unused variable: x`. */
export function findingsText(findings: readonly Finding[]): string {
  const counts = order.flatMap((level) => {
    const count = findings.filter((finding) => finding.level === level).length;
    return count ? [`${count} ${level}${count > 1 ? "s" : ""}`] : [];
  });
  return findings[0] ? `${counts.join(", ")}: ${findings[0].message}` : "The compiler finds nothing wrong.";
}
