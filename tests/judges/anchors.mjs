// The anchors of every timeline's page, without JavaScript: each event has one, its page leads back to it, and who opens it
// sees the event, unfolded, below the heading that stays on top.
import { addressOf, withBrowser } from './browser.mjs';
import { attribute, documentOf, elementsOf, filesOf, finding, report, siteFolder, timelinesOf } from './site.mjs';

const folder = siteFolder();
const files = new Set(filesOf(folder));
const pages = timelinesOf(folder);
let anchors = 0;

await withBrowser(folder, async ({ open }) => {
  const tab = await open({ javaScriptEnabled: false, viewport: { width: 390, height: 700 }, reducedMotion: 'reduce' });
  for (const page of pages) {
    const articles = [...elementsOf(documentOf(folder, page))].filter(one => one.tagName === 'article');
    for (const id of articles.map(article => attribute(article, 'id'))) {
      anchors += 1;
      if (!id) {
        finding(page, 'an event has no anchor');
        continue;
      }
      // A page of its own each time, as who follows a link from elsewhere comes.
      await tab.goto('about:blank');
      await tab.goto(`${addressOf(page)}#${encodeURIComponent(id)}`);
      const found = await tab.evaluate(look, id);
      for (const what of found.wrong) finding(page, `#${id}: ${what}`);
      judgePage(page, id, found.href);
    }
  }
});
if (anchors === 0) finding('(whole site)', 'no timeline has an event to judge');
report(`${pages.length} pages, ${anchors} anchors`);

// The event's own page is there, is its own canonical address, and leads back to this anchor.
function judgePage(page, id, href) {
  if (!href) return finding(page, `#${id}: the event has no link to its page`);
  const base = new URL(addressOf(page), 'http://site/');
  const target = new URL(href, base).pathname.slice(1);
  const file = `${target}index.html`;
  if (!files.has(file)) return finding(page, `#${id}: its page ${file} does not exist`);
  const elements = [...elementsOf(documentOf(folder, file))];
  const canonical = elements.find(one => one.tagName === 'link' && attribute(one, 'rel') === 'canonical');
  if (canonical && !attribute(canonical, 'href').endsWith(`/${encodeURI(decodeURI(target))}`)) {
    finding(file, `its canonical address is ${attribute(canonical, 'href')}`);
  }
  const back = elements.filter(one => one.tagName === 'a').map(one => new URL(attribute(one, 'href') ?? '', new URL(target, 'http://site/')).href);
  if (!back.includes(new URL(`#${encodeURIComponent(id)}`, base).href) && !back.includes(new URL(`#${id}`, base).href)) {
    finding(file, `it does not lead back to ${addressOf(page)}#${id}`);
  }
}

function look(id) {
  const article = document.getElementById(id);
  const wrong = [];
  const fold = article.closest('details');
  if (fold && !fold.open) wrong.push('stays folded');
  const { top, bottom } = article.getBoundingClientRect();
  if (bottom <= 0 || top >= innerHeight) wrong.push(`is out of view: from ${Math.round(top)} to ${Math.round(bottom)}`);
  const heading = article.closest('.period')?.querySelector('.period-title')?.getBoundingClientRect();
  if (heading && top < heading.bottom - 1 && heading.bottom > 0) {
    wrong.push(`begins at ${Math.round(top)}, under the heading that ends at ${Math.round(heading.bottom)}`);
  }
  return { wrong, href: article.querySelector('.card-title a, .more a')?.getAttribute('href') };
}
