/** `work` done once for each object and kept as long as the object: a step of a long trace must not count it anew. */
export function memoized<Subject extends object, Result>(work: (subject: Subject) => Result): (subject: Subject) => Result {
  const known = new WeakMap<Subject, { result: Result }>();
  return (subject) => {
    let kept = known.get(subject);
    if (!kept) known.set(subject, (kept = { result: work(subject) }));
    return kept.result;
  };
}
