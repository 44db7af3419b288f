import { getDocumentProxy } from "unpdf";

/** A PDF as its readers get it. */
export interface Pdf {
  readonly title: string;
  readonly language: string;
  readonly isTagged: boolean;
  readonly pages: readonly PdfPage[];
  readonly outline: readonly OutlineEntry[];
  readonly fonts: readonly Font[];
  /** Size of the file. */
  readonly bytes: number;
}

export interface PdfPage {
  /** In points. */
  readonly width: number;
  readonly height: number;
  readonly text: string;
  /** Addresses that its links lead to. */
  readonly links: readonly string[];
  /** Numbers of the pages that its links lead to, from 0; null for a place that is not in the document. */
  readonly jumps: readonly (number | null)[];
  /** What its tags say it consists of, e.g. `H2`. */
  readonly roles: ReadonlySet<string>;
}

/** A line of the table of contents. */
export interface OutlineEntry {
  /** 1 at the top. */
  readonly level: number;
  readonly title: string;
  /** Number of its page, from 0; null if it leads nowhere. */
  readonly page: number | null;
}

export interface Font {
  readonly name: string;
  readonly isEmbedded: boolean;
  /** Letters as drawings: slow, and rough on screen. */
  readonly isType3: boolean;
}

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;
type Page = Awaited<ReturnType<Document["getPage"]>>;
type Destination = string | readonly unknown[] | null;

export async function readPdf(bytes: Uint8Array): Promise<Pdf> {
  // Reading takes the bytes away from whoever has them.
  const document = await getDocumentProxy(new Uint8Array(bytes), { fontExtraProperties: true, verbosity: 0 });
  const info = (await document.getMetadata()).info as { Title?: string; Language?: string | null };
  const fonts = new Map<string, Font>();
  const pages: PdfPage[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    pages.push(await readPage(document, page));
    for (const font of await fontsOf(page)) fonts.set(font.name, font);
  }
  const outline = await entries(document, (await document.getOutline()) ?? [], 1);
  const isTagged = (await document.getMarkInfo())?.Marked === true;
  return { title: info.Title ?? "", language: info.Language ?? "", isTagged, pages, outline, fonts: [...fonts.values()], bytes: bytes.length };
}

async function readPage(document: Document, page: Page): Promise<PdfPage> {
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
  const { items } = await page.getTextContent();
  const links = (await page.getAnnotations()).filter(({ subtype }) => subtype === "Link");
  const inside = links.filter(({ url, unsafeUrl }) => (url ?? unsafeUrl) === undefined);
  return {
    width: right - left,
    height: top - bottom,
    text: items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join(""),
    links: links.map(({ url, unsafeUrl }) => url ?? unsafeUrl).filter((url) => url !== undefined),
    jumps: await Promise.all(inside.map(({ dest }) => pageOf(document, dest))),
    roles: rolesIn(await page.getStructTree()),
  };
}

async function pageOf(document: Document, destination: Destination): Promise<number | null> {
  const place = typeof destination === "string" ? await document.getDestination(destination) : destination;
  const [page] = place ?? [];
  return page ? document.getPageIndex(page as Parameters<Document["getPageIndex"]>[0]) : null;
}

type Node = { readonly role?: string; readonly children?: readonly object[] };

function rolesIn(tree: object | null): Set<string> {
  const { role, children = [] }: Node = tree ?? {};
  return new Set([...(role ? [role] : []), ...children.flatMap((child) => [...rolesIn(child)])]);
}

type Items = Awaited<ReturnType<Document["getOutline"]>>;

async function entries(document: Document, items: Items, level: number): Promise<OutlineEntry[]> {
  const all = await Promise.all(
    items.map(async ({ title, dest, items }) => [{ level, title, page: await pageOf(document, dest) }, ...(await entries(document, items, level + 1))]),
  );
  return all.flat();
}

async function fontsOf(page: Page): Promise<Font[]> {
  // Fonts are read with what is drawn in them.
  await page.getOperatorList();
  const objects = [...page.commonObjs] as [string, { name?: string; missingFile?: boolean; isType3Font?: boolean } | null][];
  return objects.flatMap(([, font]) => {
    const { name, missingFile, isType3Font } = font ?? {};
    return name === undefined ? [] : [{ name, isEmbedded: missingFile === false, isType3: isType3Font === true }];
  });
}
