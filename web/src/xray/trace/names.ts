/** A function's name as it fits on the drawing: no folders of modules, no type arguments, but whose trait it is. */
export function shortName(name: string): string {
  const qualified = /^<(.+?) as (.+?)>(?:::(.+))?$/.exec(withoutArguments(name));
  if (qualified) {
    const [, type = "", trait = "", rest] = qualified;
    return `<${last(type)} as ${last(trait)}>${rest ? `::${rest}` : ""}`;
  }
  const parts = split(withoutArguments(name));
  const own = parts.at(-1) ?? name;
  const before = parts.at(-2) ?? "";
  // A closure, and a method of a type, are nothing without what they belong to.
  return own.startsWith("{") || /^[A-Z]/.test(before) ? `${before}::${own}` : own;
}

/** A still shorter one, for the drawing's narrow bands: a trait's method as a method of its type. */
export function bandName(name: string): string {
  return shortName(name).replace(/^<(.+) as .+>::/, "$1::");
}

/** `a::b<C>::d::<E>` becomes `a::b::d`, while `<T as Trait>::f` keeps its brackets. */
function withoutArguments(name: string): string {
  let text = "";
  let depth = 0;
  let kept = 0;
  for (const [index, sign] of [...name].entries()) {
    const opensPath = sign === "<" && depth === kept && (index === 0 || /[\s(&]/.test(name[index - 1] ?? ""));
    if (opensPath) kept += 1;
    if (sign === "<") depth += 1;
    if (depth <= kept) text += sign;
    if (sign === ">" && name[index - 1] !== "-") {
      depth -= 1;
      kept = Math.min(kept, depth);
    }
  }
  return text.replace(/::(?=::|$)/g, "");
}

function split(path: string): string[] {
  return path.split("::").filter(Boolean);
}

function last(path: string): string {
  return split(path).at(-1) ?? path;
}
