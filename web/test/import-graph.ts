import { dirname, join, relative, resolve } from "node:path";
import { isCallExpression, isExportDeclaration, isImportDeclaration, isStringLiteralLikeNode, type Node, SyntaxKind } from "typescript/unstable/ast";
import type { FileSystem } from "typescript/unstable/fs";
import { API } from "typescript/unstable/sync";

/** An import of one file of a project by another; both paths begin at the project's folder. */
export interface Import {
  readonly from: string;
  readonly to: string;
  /** Nothing but types is imported: it is gone when the code runs. */
  readonly isType: boolean;
}

/** The imports between the TypeScript files of the project in `folder`, in the compiler's reading. Packages, style sheets and
 *  data are left out. */
export function importsIn(folder: string, fs?: FileSystem): Import[] {
  const root = resolve(folder);
  const compiler = new API({ cwd: root, ...(fs && { fs }) });
  try {
    const { rootFiles, program } = compiler.updateSnapshot({ openProject: join(root, "tsconfig.json") }).getProjects()[0]!;
    const files = new Set(rootFiles);
    return rootFiles.flatMap((file) =>
      program.getSourceFile(file)!.imports.flatMap((specifier) => {
        if (!isStringLiteralLikeNode(specifier) || !specifier.text.startsWith(".")) return [];
        const target = `${join(dirname(file), specifier.text)}.ts`;
        return files.has(target) ? [{ from: relative(root, file), to: relative(root, target), isType: isType(specifier) }] : [];
      }),
    );
  } finally {
    compiler.close();
  }
}

/** What each point of a graph leads to. */
export type Graph = ReadonlyMap<string, Iterable<string>>;

export function graphOf(edges: readonly Pick<Import, "from" | "to">[]): Graph {
  const graph = new Map<string, Set<string>>();
  for (const { from, to } of edges) graph.set(from, (graph.get(from) ?? new Set()).add(to));
  return graph;
}

/** The circles in a graph, each with its first point once more at its end. A graph without a circle has none, any other one at
 *  least one. */
export function circlesIn(graph: Graph): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (point: string) => {
    if (path.includes(point)) circles.push([...path.slice(path.indexOf(point)), point]);
    if (path.includes(point) || done.has(point)) return;
    path.push(point);
    for (const next of graph.get(point) ?? []) visit(next);
    path.pop();
    done.add(point);
  };
  for (const point of graph.keys()) visit(point);
  return circles;
}

/** Besides statements and `import(…)` there is only the type `typeof import(…)`. */
function isType({ parent }: Node): boolean {
  if (isImportDeclaration(parent)) return parent.importClause?.phaseModifier === SyntaxKind.TypeKeyword;
  return isExportDeclaration(parent) ? parent.isTypeOnly : !isCallExpression(parent);
}
