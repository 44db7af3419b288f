import type { Font, Pdf, PdfPage } from "./read";
import type { Wanted, WantedSlide } from "./wanted";

/** The most that a page may take on average. */
const mostPerPage = 150_000;

/** In what a PDF differs from the deck: one line each, with the page. That Chromium ended well says none of this. */
export function faultsOf(pdf: Pdf, wanted: Wanted, byStep: boolean): string[] {
  const count = wanted.slides.reduce((sum, { pages }) => sum + pages, 0);
  if (pdf.pages.length !== count) {
    return [`It has ${pdf.pages.length} pages; ${wanted.slides.length} slides${byStep ? " with their steps" : ""} need ${count}.`];
  }
  return [
    ...differs("title", pdf.title, wanted.title),
    ...differs("language", pdf.language, wanted.language),
    ...(pdf.isTagged ? [] : ["It has no tags, so that nothing in it can be read aloud in order."]),
    ...pdf.pages.flatMap((page, index) => pageFaults(page, index + 1, wanted.secrets)),
    ...placed(wanted.slides).flatMap(([slide, first]) => slideFaults(slide, first, pdf.pages.slice(first, first + slide.pages))),
    ...outlineFaults(pdf, wanted),
    ...fontFaults(pdf.fonts),
    ...(pdf.bytes > mostPerPage * count ? [`It has ${pdf.bytes} bytes; ${count} pages should have less than ${mostPerPage * count}.`] : []),
  ];
}

/** Each slide with the number of its first page, from 0. */
function placed(slides: readonly WantedSlide[]): [WantedSlide, number][] {
  let next = 0;
  return slides.map((slide) => [slide, (next += slide.pages) - slide.pages]);
}

function differs(what: string, found: string, wanted: string): string[] {
  return found === wanted ? [] : [`Its ${what} is “${found}”; the deck's is “${wanted}”.`];
}

function pageFaults({ width, height, text, links, jumps, roles }: PdfPage, number: number, secrets: readonly string[]): string[] {
  const shown = bare(`${text} ${links.join(" ")}`);
  return [
    ...(Math.abs(width * 9 - height * 16) < 1 ? [] : [`Page ${number} is ${width} by ${height} points, which is not 16:9.`]),
    ...(roles.size > 1 ? [] : [`Page ${number} has no tags.`]),
    ...(jumps.includes(null) ? [`Page ${number} has a link that leads nowhere.`] : []),
    ...secrets.filter((secret) => shown.includes(bare(secret))).map((secret) => `Page ${number} shows what is not for its readers: “${secret}”.`),
  ];
}

function slideFaults({ title, texts, links }: WantedSlide, first: number, pages: readonly PdfPage[]): string[] {
  const untitled = pages.flatMap(({ text }, step) => (bare(text).includes(bare(title)) ? [] : [`Page ${first + step + 1} lacks its title, “${title}”.`]));
  const last = pages.at(-1);
  const shown = bare(last?.text ?? "");
  const where = `Page ${first + pages.length}, “${title}”,`;
  return [
    ...untitled,
    ...texts.filter((text) => !shown.includes(bare(text))).map((text) => `${where} lacks the text: ${text.trim()}`),
    ...links.filter((link) => !last?.links.includes(link)).map((link) => `${where} lacks the link to ${link}`),
  ];
}

function outlineFaults({ outline }: Pdf, { slides }: Wanted): string[] {
  // Headings within a slide may follow below it.
  const found = outline.filter(({ level }) => level <= 2).map(({ title, level, page }) => entry(title, level, page));
  const wanted = placed(slides).map(([{ title, level }, first]) => entry(title, level, first));
  return [
    ...wanted.filter((line) => !found.includes(line)).map((line) => `Its outline lacks ${line}.`),
    ...found.filter((line) => !wanted.includes(line)).map((line) => `Its outline has what is no slide: ${line}.`),
  ];
}

function entry(title: string, level: number, page: number | null): string {
  return `“${title}” at level ${level} for page ${page === null ? "none" : page + 1}`;
}

function fontFaults(fonts: readonly Font[]): string[] {
  return [
    ...(fonts.length ? [] : ["It has no fonts: its text is a picture."]),
    ...fonts.filter(({ isEmbedded }) => !isEmbedded).map(({ name }) => `The font ${name} is not embedded.`),
    ...fonts.filter(({ isType3 }) => isType3).map(({ name }) => `The font ${name} is of Type 3: letters as drawings.`),
  ];
}

/** Text without spaces and line ends, which a page breaks as it needs to. */
function bare(text: string): string {
  return text.normalize("NFKC").replace(/\s+/gu, "");
}
