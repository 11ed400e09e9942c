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

// The kinds of page, as the sample story has them. Each must be there, but for those marked with «?», which are judged where they exist.
const KINDS = {
  front: /^index\.html$/,
  timeline: /^kim-putin\/index\.html$/,
  event: /^kim-putin\/(?!by\/|reported\/|embed\/)(?!.*\/embed\/).+\/index\.html$/,
  entities: /^people\/index\.html$/,
  person: /^people\/[^/]+\/index\.html$/,
  place: /^places\/[^/]+\/index\.html$/,
  page: /^sobre\/index\.html$/,
  'not found': /^404\.html$/,
  'front page in English?': /^en\/index\.html$/,
  'timeline in English?': /^en\/kim-putin\/index\.html$/,
  'event in English?': /^en\/kim-putin\/(?!by\/|reported\/|embed\/)(?!.*\/embed\/).+\/index\.html$/,
  'person in English?': /^en\/people\/[^/]+\/index\.html$/,
  'organization?': /^organizations\/[^/]+\/index\.html$/,
  'topic?': /^topics\/[^/]+\/index\.html$/,
  'part of a timeline?': /^kim-putin\/by\/.+\/index\.html$/,
  'by publication?': /^kim-putin\/reported\/index\.html$/,
  'corrections?': /^corrections\/index\.html$/,
  'search?': /^search\/index\.html$/,
  'one file?': /^kim-putin\/archive\.html$/,
  'embedded timeline?': /^kim-putin\/embed\/index\.html$/,
  'embedded event?': /^kim-putin\/.+\/embed\/index\.html$/,
};

// One page of each kind, the longest, since it has the most to judge: [{ kind, page }].
export function pagesByKind(folder) {
  const pages = pagesOf(folder).filter(page => redirectOf(documentOf(folder, page)) === undefined);
  const size = page => statSync(join(folder, page)).size;
  return Object.entries(KINDS).flatMap(([kind, pattern]) => {
    const [longest] = pages.filter(page => pattern.test(page)).sort((a, b) => size(b) - size(a) || (a < b ? -1 : 1));
    if (longest) return [{ kind: kind.replace('?', ''), page: longest }];
    if (!kind.endsWith('?')) finding('(whole site)', `there is no page of the kind «${kind}» to judge`);
    return [];
  });
}

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
