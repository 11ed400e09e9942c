// Pages in several languages know of each other: each lists itself, all others and one for everybody else, they list each
// other, a reader has a link to each, and all are marked as search engines and browsers ask for it.
import { attribute, baseOf, documentOf, elementsOf, filesOf, finding, pagesOf, redirectOf, report, siteFolder } from './site.mjs';

const folder = siteFolder();
const base = baseOf(folder);
const files = new Set(filesOf(folder));
const pages = new Map(pagesOf(folder).map(page => [page, factsOf(page)]));
const translated = [...pages].filter(([, facts]) => facts.alternates.length > 0 || facts.links.length > 0);

for (const [page, facts] of translated) judge(page, facts);
for (const [page, { language }] of pages) {
  if (!language) finding(page, 'has no language');
}
if (translated.length === 0) finding('(whole site)', 'no page has a translation: nothing was judged');
report(`${translated.length} pages with translations, of ${pages.size}`);

// What a page says of its languages: [language, address] of its head, [language, lang, address] of its links.
function factsOf(page) {
  const document = documentOf(folder, page);
  const facts = { page, alternates: [], links: [], redirect: redirectOf(document) !== undefined };
  for (const element of elementsOf(document)) {
    const [tag, hreflang, href] = [element.tagName, attribute(element, 'hreflang'), attribute(element, 'href')];
    if (tag === 'html') facts.language = attribute(element, 'lang');
    if (tag === 'link' && attribute(element, 'rel') === 'canonical') facts.canonical = href;
    if (attribute(element, 'rel') !== 'alternate' || !hreflang) continue;
    if (tag === 'link') facts.alternates.push([hreflang, href]);
    if (tag === 'a') facts.links.push([hreflang, attribute(element, 'lang'), new URL(href, new URL(page, base)).href]);
  }
  return facts;
}

function judge(page, { alternates, links, language, canonical, redirect }) {
  const fail = what => finding(page, what);
  if (redirect) fail('leads on to another page, and has translations of its own');
  const languages = alternates.map(([of]) => of);
  for (const of of new Set(languages)) {
    if (languages.filter(other => other === of).length > 1) fail(`lists «${of}» more than once`);
  }
  const byLanguage = new Map(alternates);
  if (byLanguage.get(language) !== canonical) fail(`does not list itself: «${language}» is ${byLanguage.get(language)}`);
  if (!byLanguage.has('x-default')) fail('lists nothing for readers of any other language (x-default)');
  for (const [of, address] of alternates) {
    const other = pageAt(address);
    if (!other) {
      fail(`«${of}» leads to ${address}, where no page is`);
      continue;
    }
    if (of !== 'x-default' && other.language !== of) fail(`${address} is said to be in «${of}», and is in «${other.language}»`);
    const same = JSON.stringify(other.alternates) === JSON.stringify(alternates);
    if (!same) fail(`${address} does not list the same pages`);
    const link = links.find(([to, , where]) => to === of && where === address);
    if (of !== 'x-default' && of !== language && !link) fail(`has no link for readers to ${address}`);
  }
  for (const [to, lang, address] of links) {
    if (lang !== to) fail(`the link to «${to}» is written in «${lang}»`);
    if (byLanguage.get(to) !== address) fail(`the link to «${to}» leads to ${address}`);
  }
}

// The page at an absolute address of the site.
function pageAt(address) {
  if (!address?.startsWith(base.href)) return undefined;
  const path = decodeURIComponent(address.slice(base.href.length));
  const page = path === '' || path.endsWith('/') ? `${path}index.html` : path;
  return files.has(page) ? pages.get(page) : undefined;
}
