// A real Chromium beside a preview: files are edited, and what it shows is read, as a person would.
// usage: node browser.mjs FOLDER PORT   (FOLDER is a copy of the sample story that «dateline serve» previews at PORT)
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../judges/browser.mjs', import.meta.url));
const { chromium } = require('playwright-core');
const [folder, port] = process.argv.slice(2);
const origin = `http://127.0.0.1:${port}`;
const TIMELINE = `${origin}/kim-putin/`;
const EVENT = '2023-09-15-chegada';

const path = name => join(folder, name);
const read = name => readFileSync(path(name), 'utf8');
// As editors save: a new file takes the place of the old one.
const save = (name, text) => {
  writeFileSync(path(`${name}.new`), text);
  renameSync(path(`${name}.new`), path(name));
};

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});
const failures = [];
const check = (is, what) => is || failures.push(what);
const step = async (what, work) => {
  try {
    await work();
  } catch (error) {
    failures.push(`${what}: ${String(error.message).split('\n')[0]}`);
  }
};

const tab = await browser.newPage({ viewport: { width: 1000, height: 700 } });
tab.setDefaultTimeout(10_000);
tab.on('pageerror', error => failures.push(`script: ${error.message}`));
const overlay = tab.locator('dateline-preview .mistakes');
// A mark on the window lives as long as the page is not loaded again.
const mark = () => tab.evaluate(() => (window.seen = true));
const isSamePage = () => tab.evaluate(() => window.seen === true);
const shows = text => tab.waitForFunction(text => document.body.innerText.includes(text), text);
const news = () => tab.waitForResponse(response => response.url().includes('/news?') && response.status() === 200);

const files = {
  event: `content/kim-putin/${EVENT}.md`,
  other: 'content/kim-putin/2023-09-10-partida.md',
  page: 'content/sobre.md',
};
const event = read(files.event);

await step('a text is seen', async () => {
  await tab.goto(`${origin}/kim-putin/${EVENT}/`);
  await mark();
  save(files.event, `${event}\nUma frase que acaba de ser escrita.\n`);
  await shows('Uma frase que acaba de ser escrita.');
});

await step('a change elsewhere does not load the page again', async () => {
  await mark();
  const heard = news();
  save(files.page, `${read(files.page)}\nOutra frase.\n`);
  await heard;
  await tab.waitForTimeout(300);
  check(await isSamePage(), 'a page was loaded again for a change that does not touch it');
});

await step('a date moves the event on the timeline, and the reader stays', async () => {
  await tab.goto(TIMELINE);
  await tab.evaluate(() => document.querySelectorAll('details').forEach((fold, at) => (fold.open = at % 2 === 0)));
  const target = tab.locator('article[id]').last();
  await target.evaluate(one => scrollTo({ top: one.getBoundingClientRect().top + scrollY - 40, behavior: 'instant' }));
  const place = () =>
    tab.evaluate(() => {
      const all = [...document.querySelectorAll('article[id]')];
      return { top: Math.round(all.at(-1).getBoundingClientRect().top), folds: [...document.querySelectorAll('details')].map(one => one.open).join() };
    });
  const before = await place();
  await mark();
  const other = read(files.other);
  save(files.other, other.replace(/^date = .*$/m, 'date = 1999-05-04'));
  await tab.waitForFunction(() => window.seen !== true && document.body.innerText.includes('1999'));
  await tab.waitForLoadState('load');
  await tab.waitForTimeout(300);
  const after = await place();
  check(Math.abs(after.top - before.top) < 60, `the place was not kept: ${before.top} became ${after.top}`);
  check(after.folds === before.folds, `the folds were not kept: ${before.folds} became ${after.folds}`);
  save(files.other, other);
  await tab.waitForFunction(() => !document.body.innerText.includes('4 de maio de 1999'));
});

await step('a stylesheet is changed in place', async () => {
  await tab.goto(TIMELINE);
  await mark();
  save('static/style.css', `${read('static/style.css')}\nbody { outline: 7px solid rgb(1, 2, 3); }\n`);
  await tab.waitForFunction(() => getComputedStyle(document.body).outlineWidth === '7px');
  check(await isSamePage(), 'a stylesheet loaded the page again');
  await tab.waitForTimeout(200);
  check((await tab.locator('link[rel=stylesheet]').evaluateAll(all => all.filter(one => one.href.includes('/style.')).length)) === 1, 'the old stylesheet is still there');
});

await step('a broken template is told over the last good page, and its mending', async () => {
  await tab.goto(TIMELINE);
  const template = read('templates/timeline.html');
  save('templates/timeline.html', template.replace('{% endblock content %}', '{% if %}{% endblock content %}'));
  await overlay.waitFor({ state: 'visible' });
  const text = await overlay.innerText();
  check(/templates\/timeline\.html:\d+:\d+/.test(text) && text.includes('^') && text.includes('help'), `the overlay says only ${text}`);
  check((await tab.locator('article[id]').count()) > 5, 'the last good page is gone');
  await tab.goto(`${origin}/`);
  await overlay.waitFor({ state: 'visible' });
  await tab.goto(TIMELINE);
  check((await tab.locator('article[id]').count()) > 5, 'a page that is loaded while there is a mistake is not the last good one');
  save('templates/timeline.html', template.replace('{% block content %}', '{% block content %}<p>Remendado.</p>'));
  await shows('Remendado.');
  await overlay.waitFor({ state: 'hidden' });
});

await step('a new event is seen', async () => {
  save('content/kim-putin/novo.md', '+++\ntitle = "Um acontecimento novo"\ndate = 2023-09-14\n+++\n\nAcabou de acontecer.\n');
  await shows('Um acontecimento novo');
  await overlay.waitFor({ state: 'hidden' });
  const badge = tab.locator('dateline-preview .badge');
  await badge.waitFor({ state: 'visible' });
  await badge.click();
  check((await overlay.innerText()).includes('missing-published'), 'the warnings are not listed');
  rmSync(path('content/kim-putin/novo.md'));
  await tab.waitForFunction(() => !document.body.innerText.includes('Um acontecimento novo'));
});

await step('a dead link is told on whatever page one is', async () => {
  await tab.goto(`${origin}/`);
  await mark();
  save(files.event, `${event}\n[morto](nao-ha.md)\n`);
  await overlay.waitFor({ state: 'visible' });
  check((await overlay.innerText()).includes('nao-ha.md'), 'the overlay does not name the link');
  check(await isSamePage(), 'the page was loaded again for a mistake elsewhere');
  save(files.event, event);
  await overlay.waitFor({ state: 'hidden' });
});

await browser.close();
for (const failure of failures) console.log(failure);
process.exit(failures.length ? 1 : 0);
