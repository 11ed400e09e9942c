// Every archive.html, opened from the disk with the network off: it asks for nothing, shows every event of its timeline with its
// article, every picture in it, the same with and without JavaScript, and its links lead out by whole addresses.
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withBrowser } from './browser.mjs';
import { attribute, documentOf, elementsOf, filesOf, finding, report, siteFolder } from './site.mjs';

const folder = resolve(siteFolder());
const archives = filesOf(folder).filter(file => file.split('/').at(-1) === 'archive.html');
if (archives.length === 0) finding('(whole site)', 'there is no archive to judge');

for (const archive of archives) {
  const ids = new Set();
  for (const element of elementsOf(documentOf(folder, archive))) {
    const id = attribute(element, 'id');
    if (id && ids.has(id)) finding(archive, `two elements have the id «${id}»`);
    if (id) ids.add(id);
  }
  for (const element of elementsOf(documentOf(folder, archive))) {
    for (const name of ['href', 'src', 'action', 'poster']) {
      const value = attribute(element, name);
      if (value === undefined || /^(https?:|mailto:|data:image\/)/.test(value)) continue;
      if (!value.startsWith('#')) finding(archive, `the address «${value}» needs something beside the file`);
      else if (value !== '#' && !ids.has(decodeURIComponent(value.slice(1)))) finding(archive, `«${value}» leads nowhere`);
    }
    if (element.tagName === 'img' && !attribute(element, 'src')?.startsWith('data:')) {
      finding(archive, `a picture is not inside: ${attribute(element, 'src')}`);
    }
  }
}

await withBrowser(folder, async ({ open }) => {
  for (const javaScriptEnabled of [false, true]) {
    for (const archive of archives) {
      const fail = what => finding(archive, `${javaScriptEnabled ? 'with' : 'without'} JavaScript: ${what}`);
      const tab = await open({ javaScriptEnabled, offline: true });
      const own = pathToFileURL(join(folder, archive)).href;
      tab.on('request', request => {
        if (request.url() !== own && !request.url().startsWith('data:')) fail(`asks for ${request.url().slice(0, 200)}`);
      });
      tab.on('pageerror', error => fail(error.message));
      tab.on('console', message => message.type() === 'error' && fail(message.text()));
      await tab.goto(own);
      const { events } = JSON.parse(readFileSync(join(folder, dirname(archive), 'timeline.json'), 'utf8'));
      const shown = await tab.evaluate(() => {
        for (const fold of document.querySelectorAll('details')) fold.open = true;
        const words = element => element.textContent.replace(/\s+/g, ' ').trim();
        return [...document.querySelectorAll('article.card')].map(card => ({ id: card.id, words: words(card.closest('li')) }));
      });
      const plain = text => text.replace(/\s+/g, ' ').trim();
      const cards = new Map(shown.map(card => [card.id, card.words]));
      for (const event of events) {
        if (!cards.get(event.id)?.includes(plain(event.title))) fail(`the event «${event.id}» is not shown`);
        const page = join(folder, dirname(archive), event.id, 'index.html');
        for (const text of paragraphs(page)) {
          if (!cards.get(event.id)?.includes(text)) fail(`«${event.id}» lacks «${text.slice(0, 80)}»`);
        }
      }
      if (shown.length !== events.length) fail(`${shown.length} events are shown, ${events.length} there are`);
      const broken = await tab.evaluate(async () => {
        const images = [...document.images];
        for (const image of images) image.loading = 'eager';
        await Promise.all(images.map(image => image.decode().catch(() => null)));
        return images.filter(image => image.naturalWidth === 0).map(image => image.alt);
      });
      for (const alt of broken) fail(`the picture «${alt}» does not show`);
      const styled = await tab.evaluate(() => [...document.styleSheets].some(sheet => sheet.cssRules.length > 50));
      if (!styled) fail('there is no style in it');
      await tab.context().close();
    }
  }
});
report(`${archives.length} archives`);

// The paragraphs of an article's own page.
function paragraphs(page) {
  const text = [...elementsOf(documentOf('/', page.slice(1)))].find(one => attribute(one, 'class') === 'text');
  if (!text) return [];
  const words = node => node.value ?? (node.childNodes ?? []).map(words).join('');
  return [...elementsOf(text)]
    .filter(one => one.tagName === 'p')
    .map(one => words(one).replace(/\s+/g, ' ').trim())
    .filter(Boolean);
}
