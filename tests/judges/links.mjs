// Every link inside the site leads to a file that exists, and every fragment to an element of that page.
// An absolute address that begins with the site's own (canonical, Open Graph) counts as inside. Nothing is asked of the network.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attribute, baseOf, documentOf, elementsOf, filesOf, finding, pagesOf, redirectOf, report, siteFolder } from './site.mjs';

const folder = siteFolder();
const files = new Set(filesOf(folder));
const base = baseOf(folder);
const documents = new Map(pagesOf(folder).map(page => [page, documentOf(folder, page)]));
const anchors = new Map([...documents].map(([page, document]) => [page, anchorsOf(document)]));
let judged = 0;

for (const [page, document] of documents) {
  for (const { link, line } of linksOf(document)) judge(page, addressOf(page), link, line);
}
for (const file of files) {
  if (file.endsWith('.css')) {
    const css = readFileSync(join(folder, file), 'utf8');
    for (const [, , link] of css.matchAll(/url\(\s*(['"]?)([^'")]+)\1\s*\)/g)) judge(file, new URL(file, base), link, 1);
  }
}
if (files.has('_redirects')) {
  const lines = readFileSync(join(folder, '_redirects'), 'utf8').split('\n');
  for (const [index, line] of lines.entries()) {
    const target = line.replace(/#.*/, '').trim().split(/\s+/)[1];
    if (target) judge('_redirects', base, target, index + 1);
  }
}
report(`${judged} links of ${documents.size} pages`);

// 404.html is served at any depth, so it is read from a deep one.
function addressOf(page) {
  return page === '404.html' ? new URL('no/such/page/', base) : new URL(page, base);
}

function judge(page, from, link, line) {
  judged += 1;
  const fail = why => finding(page, `line ${line}: ${link}: ${why}`);
  if (link.startsWith('#')) return judgeFragment(page, link, fail);
  let target;
  try {
    target = new URL(link.trim(), from);
  } catch {
    return fail('is no address');
  }
  if (['mailto:', 'tel:', 'data:'].includes(target.protocol)) return;
  if (!['http:', 'https:'].includes(target.protocol)) return fail(`«${target.protocol}» has no place in a page`);
  if (target.origin !== base.origin) return;
  if (!target.pathname.startsWith(base.pathname)) return fail(`leads out of ${base.pathname}, where the site stands`);

  const path = decodeURIComponent(target.pathname.slice(base.pathname.length));
  const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
  if (!files.has(file)) return fail(files.has(`${path}/index.html`) ? 'wants a «/» at its end' : `there is no ${file}`);

  judgeFragment(file, target.hash, fail);
}

function judgeFragment(file, hash, fail) {
  const fragment = decodeURIComponent(hash.slice(1).split(':~:')[0]);
  if (fragment === '' || fragment === 'top' || !anchors.has(file)) return;
  if (!anchors.get(file).has(fragment)) fail(`${file} has no element with the id «${fragment}»`);
}

function anchorsOf(document) {
  const ids = new Set();
  for (const element of elementsOf(document)) {
    for (const name of element.tagName === 'a' ? ['id', 'name'] : ['id']) {
      const value = attribute(element, name);
      if (value) ids.add(value);
    }
  }
  return ids;
}

function* linksOf(document) {
  for (const element of elementsOf(document)) {
    const line = element.sourceCodeLocation?.startLine ?? 0;
    for (const { name, value } of element.attrs) {
      if (['href', 'src', 'poster', 'action', 'formaction', 'cite'].includes(name)) yield { link: value, line };
      if (name === 'data' && element.tagName === 'object') yield { link: value, line };
      if (name === 'srcset' || name === 'imagesrcset') {
        for (const candidate of value.split(/,\s+/)) yield { link: candidate.trim().split(/\s+/)[0], line };
      }
      if (name === 'content' && /^(og:(url|image|video|audio)|twitter:image)$/.test(attribute(element, 'property') ?? attribute(element, 'name'))) {
        yield { link: value, line };
      }
    }
  }
  const redirect = redirectOf(document);
  if (redirect !== undefined) yield { link: redirect, line: 0 };
}
