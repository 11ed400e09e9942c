// Coverage that goes on: latest.json says what there is, and an open page tells politely when there is more. It asks every half
// minute or so, while it is in sight, with the ETag that it was given; it puts nothing into the page, and when the coverage has
// ended it asks no more. Without JavaScript the page says how old it is and can be loaded again.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressOf, withBrowser } from './browser.mjs';
import { attribute, documentOf, elementsOf, filesOf, finding, pagesOf, report, siteFolder } from './site.mjs';

const MINUTE = 60_000;
const folder = siteFolder();
const files = filesOf(folder);
const timelines = pagesOf(folder).map(factsOf).filter(({ isTimeline }) => isTimeline);
const ongoing = timelines.filter(({ goesOn }) => goesOn);

for (const { page, goesOn } of timelines) {
  const file = page.replace(/index\.html$/, 'latest.json');
  if (goesOn && !files.includes(file)) finding(page, `there is no ${file}`);
  if (!goesOn && files.includes(file)) finding(page, `its coverage does not go on, and there is a ${file}`);
  if (goesOn && files.includes(file)) judge(page, file, JSON.parse(readFileSync(join(folder, file), 'utf8')));
}
if (ongoing.length > 0) await withBrowser(folder, async ({ open, host }) => {
  for (const { page } of ongoing) {
    const file = page.replace(/index\.html$/, 'latest.json');
    const fail = what => finding(page, what);
    await withoutScript(open, page, fail);
    if (files.includes(file)) await withScript(open, page, file, host, fail);
  }
});
report(`${ongoing.length} timelines that go on, of ${timelines.length}`);

// The timelines' own pages; the further pages of a long one tell nothing.
function factsOf(page) {
  const elements = [...elementsOf(documentOf(folder, page))];
  const classes = elements.flatMap(one => (attribute(one, 'class') ?? '').split(' '));
  return { page, isTimeline: classes.includes('timeline-page') && !/(^|\/)by\//.test(page) && !page.endsWith('archive.html'), goesOn: classes.includes('ongoing') };
}

function judge(page, file, latest) {
  const fail = what => finding(file, what);
  const events = pagesOf(folder).filter(one => one.startsWith(page.replace(/index\.html$/, '')))
    .filter(one => [...elementsOf(documentOf(folder, one))].some(element => /\bevent-page\b/.test(attribute(element, 'class') ?? '')));
  if (!/^[0-9a-f]{16}$/.test(latest.build)) fail(`«${latest.build}» is no digest`);
  if (latest.count !== events.length) fail(`it counts ${latest.count} events, there are ${events.length}`);
  for (const id of latest.newest) if (!files.includes(page.replace(/index\.html$/, `${id}/index.html`))) fail(`there is no event ${id}`);
  const unknown = Object.keys(latest).filter(key => !['build', 'count', 'newest'].includes(key));
  if (unknown.length > 0) fail(`nobody knows its ${unknown.join(', ')}`);
}

async function withoutScript(open, page, fail) {
  const tab = await open({ javaScriptEnabled: false });
  await tab.goto(addressOf(page));
  if (!await tab.locator('.last-update time').isVisible()) fail('without JavaScript the page does not say how old it is');
  const reload = tab.locator('.follow a').first();
  if (await reload.count() === 0) return fail('without JavaScript the page can not be loaded again');
  const answer = tab.waitForResponse(response => response.request().isNavigationRequest(), { timeout: 3000 }).catch(() => undefined);
  await reload.click();
  if (!await answer) fail('the link to load the page again does not load it');
  await tab.context().close();
}

async function withScript(open, page, file, host, fail) {
  const tab = await open({ reducedMotion: 'reduce' });
  await tab.clock.install();
  await tab.goto(addressOf(page));
  const news = tab.locator('.news');
  const asked = () => host.asked.filter(([name]) => name === file);
  const pass = async minutes => {
    for (let half = 0; half < minutes * 2; half += 1) {
      await tab.clock.runFor(MINUTE / 2);
      await tab.waitForTimeout(60);
    }
  };
  const text = () => tab.evaluate(() => {
    const rest = document.body.cloneNode(true);
    rest.querySelector('.news').remove();
    return rest.textContent;
  });

  if (await news.getAttribute('role') !== 'status') fail('the line for news is no status');
  const before = await text();
  host.asked.length = 0;
  await pass(4);
  if (asked().length < 3 || asked().length > 8) fail(`in four minutes it asks ${asked().length} times`);
  const whole = asked().filter(([, status], at) => at > 0 && status !== 304).length;
  if (whole > 0) fail(`it asks ${whole} times without the ETag that it was given`);
  if (await news.textContent() !== '') fail('it tells of news that there are not');

  const latest = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const put = (build, newest) => host.files.set(file, JSON.stringify({ build, newest, count: newest.length }));
  put('0123456789abcdef', ['um-novo', 'dois-novo', ...latest.newest.slice(0, 1), 'tres-novo', ...latest.newest.slice(1)]);
  await tab.evaluate(() => scrollTo(0, 700));
  const place = await tab.evaluate(() => scrollY);
  await pass(1.5);
  const said = await news.textContent();
  const words = await tab.evaluate(() => document.querySelector('[data-newest]').content.querySelector(`[data-form=${new Intl.PluralRules(document.documentElement.lang).select(3)}]`).textContent);
  if (!said.includes(words.replace('{count}', '3').trim())) fail(`of three new events it says «${said}»`);
  if (await news.locator('a').count() !== 1) fail('the news have no link');
  if (await text() !== before) fail('something was put into the page');
  if (await tab.evaluate(() => scrollY) !== place) fail('the page moves when there are news');
  put('fedcba9876543210', latest.newest);
  await pass(1.5);
  if (await news.textContent() === said || await news.textContent() === '') fail(`of a change without a new event it says «${await news.textContent()}»`);

  const hide = hidden => tab.evaluate(value => {
    Object.defineProperty(document, 'hidden', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
  await hide(true);
  host.asked.length = 0;
  await pass(3);
  if (asked().length > 0) fail(`out of sight it asks ${asked().length} times`);
  await hide(false);
  for (let tries = 0; tries < 50 && asked().length === 0; tries += 1) await tab.waitForTimeout(50);
  if (asked().length !== 1) fail(`back in sight it asks ${asked().length} times`);

  host.files.set(file, undefined);
  await pass(1.5);
  host.asked.length = 0;
  await pass(3);
  if (asked().length > 0) fail(`after the end of the coverage it asks ${asked().length} times`);
  if (!await news.textContent()) fail('it does not tell of the end of the coverage');
  host.files.clear();
  await tab.context().close();
}
