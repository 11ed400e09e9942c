// A built site as the judges see it: its files, its pages, one page of each kind, and how findings are reported.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'parse5';

// The folder named on the command line.
export function siteFolder() {
  const folder = process.argv[2];
  if (!folder) {
    console.error(`usage: node ${process.argv[1]} FOLDER   (a site that «dateline build» wrote)`);
    process.exit(2);
  }
  return folder;
}

// Every file, as a sorted list of paths with «/», relative to the folder. The writer's own manifest is no part of the site.
export function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name !== '.dateline-manifest.json')
    .map(entry => join(entry.parentPath, entry.name).slice(folder.replace(/\/$/, '').length + 1))
    .sort();
}

// Every HTML file. A site without one is no site: then nothing was judged, and that is a failure.
export function pagesOf(folder) {
  const pages = filesOf(folder).filter(file => file.endsWith('.html'));
  if (pages.length === 0) {
    console.error(`no page in ${folder}: nothing was judged`);
    process.exit(2);
  }
  return pages;
}

export const documentOf = (folder, page) => parse(readFileSync(join(folder, page), 'utf8'), { sourceCodeLocationInfo: true });

// Every element of a document, those inside templates included.
export function* elementsOf(node) {
  if (node.tagName) yield node;
  for (const child of node.childNodes ?? []) yield* elementsOf(child);
  if (node.content) yield* elementsOf(node.content);
}

export const attribute = (element, name) => element.attrs.find(one => one.name === name)?.value;

// Where a redirect leads; nothing for any other page.
export function redirectOf(document) {
  for (const element of elementsOf(document)) {
    if (element.tagName === 'meta' && attribute(element, 'http-equiv')?.toLowerCase() === 'refresh') {
      return attribute(element, 'content')?.match(/url\s*=\s*['"]?([^'"]*)/i)?.[1] ?? '';
    }
  }
}

// The address that the site is made for, as its front page says; it ends in «/».
export function baseOf(folder) {
  for (const element of elementsOf(documentOf(folder, 'index.html'))) {
    if (element.tagName === 'link' && attribute(element, 'rel') === 'canonical') {
      return new URL('./', attribute(element, 'href'));
    }
  }
  return new URL('http://site.invalid/');
}

// The kinds of page that every site has here; any other is judged where it exists.
const NEEDED = ['front', 'timeline', 'event', 'entities', 'people', 'places', 'page', 'not-found'];

// One page of each kind and language, the longest, since it has the most to judge: [{ kind, page }].
export function pagesByKind(folder) {
  const longest = new Map();
  for (const page of pagesOf(folder)) {
    const document = documentOf(folder, page);
    if (redirectOf(document) !== undefined) continue;
    const kind = kindOf(document, page);
    const size = statSync(join(folder, page)).size;
    if (size > (longest.get(kind)?.size ?? 0)) longest.set(kind, { kind, page, size });
  }
  const found = [...longest.values()];
  for (const kind of NEEDED) {
    if (!found.some(one => one.kind.startsWith(`${kind},`))) finding('(whole site)', `there is no page of the kind «${kind}» to judge`);
  }
  return found;
}

// The kind of a page as its body says it, of a page about somebody or something its folder; where it stands; its language.
function kindOf(document, page) {
  const elements = [...elementsOf(document)];
  const valueOf = (tag, name) => attribute(elements.find(one => one.tagName === tag), name) ?? '';
  const own = valueOf('body', 'class').match(/(\S+)-page/)?.[1] ?? 'other';
  const folders = page.split('/').slice(0, -1);
  const kind = own === 'entity' ? folders.at(-2) : own;
  const where = ['by', 'embed', 'archive.html'].filter(part => [...folders, page.split('/').at(-1)].includes(part));
  return [kind, ...where, valueOf('html', 'lang')].join(', ');
}

// Every page that is a timeline's, the parts of a long one included.
export const timelinesOf = folder =>
  pagesOf(folder).filter(page => /^timeline(, by)?, [^,]*$/.test(kindOf(documentOf(folder, page), page)));

const findings = new Map();

export function finding(page, what) {
  if (!findings.has(page)) findings.set(page, []);
  findings.get(page).push(what);
}

// Prints the findings by page and ends: 0 without any, 1 with some.
export function report(judged) {
  for (const [page, list] of [...findings].sort()) {
    console.log(page);
    for (const what of list) console.log(`    ${what.replaceAll('\n', '\n        ')}`);
  }
  const count = [...findings.values()].flat().length;
  console.log(`${count} findings; judged: ${judged}`);
  process.exit(count === 0 ? 0 : 1);
}
