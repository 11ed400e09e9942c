// What the script of a timeline's page adds: the choices stand in the address, the page's events can be searched, map and
// list point at each other, links can be copied, the reader's own time stands beside the place's, keys are off until they are
// chosen, and an anchor that is no longer on the page leads to its event. One file, 12 KB at the most, nothing from elsewhere.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { addressIsBare, addressOf, comesTrue, standsInAddress, withBrowser } from './browser.mjs';
import { attribute, documentOf, elementsOf, filesOf, finding, pagesOf, report, siteFolder, timelinesOf } from './site.mjs';

const MOST = 12 * 1024;
const folder = siteFolder();
const timelines = timelinesOf(folder);

const scripts = filesOf(folder).filter(file => /^timeline\.[0-9a-f]{10}\.js$/.test(file));
if (scripts.length !== 1) finding('(whole site)', `one script is due, there are ${scripts.length}`);
for (const script of scripts) {
  const size = gzipSync(readFileSync(join(folder, script)), { level: 9 }).length;
  if (size > MOST) finding(script, `${size} bytes when gzipped; ${MOST} are the most`);
}
for (const page of pagesOf(folder)) {
  const elements = [...elementsOf(documentOf(folder, page))];
  const own = elements.filter(one => one.tagName === 'script' && attribute(one, 'type') !== 'application/ld+json');
  const names = own.map(one => attribute(one, 'src')?.match(/([^/]*)\.[0-9a-f]{10}\.js$/)?.[1] ?? '(without a name)');
  const due = page.endsWith('archive.html') ? ['(without a name)'] : dueOn(page, elements);
  if (names.join() !== due.join()) finding(page, `scripts: ${names.join(', ') || 'none'}; due: ${due.join(', ') || 'none'}`);
}

await withBrowser(folder, async ({ open, origin }) => {
  const tab = await open({ reducedMotion: 'reduce', timezoneId: 'Pacific/Kiritimati', permissions: ['clipboard-read', 'clipboard-write'] });
  const foreign = new Set();
  tab.on('request', request => {
    if (!request.url().startsWith(origin)) foreign.add(request.url());
  });
  for (const page of scripts.length === 1 ? timelines : []) {
    const fail = what => finding(page, what);
    for (const judge of [choices, search, map, copy, ownTime, keys, oldAnchor]) {
      await tab.goto('about:blank');
      await tab.goto(addressOf(page));
      await judge(tab, fail, page);
    }
  }
  for (const url of foreign) finding('(whole site)', `asks another host: ${url}`);
});
report(`${timelines.length} timelines, ${scripts.length} script`);

// The scripts of a page by what it has for them to do.
function dueOn(page, elements) {
  const has = (name, value) => elements.some(one => attribute(one, name)?.split(' ').includes(value));
  return [
    [timelines.includes(page), 'timeline'],
    [has('class', 'embed-codes'), 'copy'],
    [has('id', 'page:coverage'), 'latest'],
    [has('class', 'embed'), 'embedded'],
    [has('class', 'search-page'), 'search'],
  ].filter(([due]) => due).map(([, name]) => name);
}

function shown(tab) {
  return tab.evaluate(() =>
    [...document.querySelectorAll('.entry')].filter(entry => entry.checkVisibility()).map(entry => entry.querySelector('article').id));
}

async function choices(tab, fail) {
  if (await tab.locator('.controls').count() === 0) return;
  const before = await shown(tab);
  await tab.locator('.controls > summary').click();
  await tab.locator('.filters input').last().check();
  const chosen = await shown(tab);
  if (!await comesTrue(tab, () => location.search !== '')) fail('a choice does not stand in the address');
  const status = await tab.locator('.shown').textContent();
  if (!status.includes(String(chosen.length)) || !status.includes(String(before.length))) fail(`after a choice the page says «${status}»`);
  await tab.reload();
  if ((await shown(tab)).join() !== chosen.join()) fail('the address of a choice, opened anew, does not show the same');
  await tab.locator('.filters button').click();
  if (!await addressIsBare(tab)) fail('after clearing, the choice still stands in the address');
  if ((await shown(tab)).join() !== before.join()) fail('clearing does not bring everything back');
}

async function search(tab, fail) {
  const before = await shown(tab);
  const title = await tab.evaluate(() => [...document.querySelectorAll('.entry .card-title')].at(-1).textContent);
  const last = before.at(-1);
  const field = tab.locator('[type=search]');
  await field.fill(title.toUpperCase().normalize('NFD').replace(/\p{M}/gu, ''));
  const found = await shown(tab);
  if (!found.includes(last) || found.length >= before.length && before.length > 1) fail(`the search for «${title}» shows ${found.length} of ${before.length}`);
  await field.fill('qqqxyz');
  if ((await shown(tab)).length > 0) fail('a search for nothing shows events');
  const says = tab.locator('.no-match');
  if (await says.count() > 0 && !await says.isVisible()) fail('a search that finds nothing does not say so');
  if (!await standsInAddress(tab, 'q', 'qqqxyz')) fail('the search does not stand in the address');
  await field.fill('');
  if ((await shown(tab)).join() !== before.join()) fail('an empty search does not bring everything back');
}

async function map(tab, fail) {
  if (await tab.locator('.map [data-place]').count() === 0) return;
  const lit = () => tab.evaluate(() => ({
    pins: [...document.querySelectorAll('.map .lit')].map(pin => pin.dataset.place),
    stops: [...document.querySelectorAll('.stops .lit')].map(stop => stop.id),
    cards: [...document.querySelectorAll('.card.lit')].map(card => card.id),
  }));
  const stop = tab.locator('.stops > li').first();
  const id = await stop.getAttribute('id');
  await stop.locator('a').first().focus();
  const byStop = await lit();
  if (byStop.pins.join() !== id || byStop.cards.length === 0) fail(`the focus on ${id} lights ${JSON.stringify(byStop)}`);
  await tab.locator(`.card[data-places~="${id.slice('place:'.length)}"] a`).first().focus();
  const byCard = await lit();
  if (!byCard.pins.includes(id) || !byCard.stops.includes(id)) fail(`the focus on an event at ${id} lights ${JSON.stringify(byCard)}`);
}

async function copy(tab, fail) {
  const card = tab.locator('.entry:not(:has(details)) .card').first();
  if (await card.count() === 0) return;
  await card.locator('.copy-link').click();
  const copied = await tab.evaluate(() => navigator.clipboard.readText());
  const expected = await card.evaluate(one => one.querySelector('.card-title a').href);
  if (copied !== expected) fail(`«${copied}» is copied, not ${expected}`);
}

async function ownTime(tab, fail) {
  const wrong = await tab.evaluate(() => [...document.querySelectorAll('.entry time.date[datetime*="T"]')]
    .filter(time => /[+-]\d\d:\d\d$/.test(time.dateTime) && !time.dateTime.endsWith('+14:00'))
    .filter(time => !time.nextElementSibling?.matches('.your-time')).map(time => time.dateTime));
  if (wrong.length > 0) fail(`the reader's own time is missing beside ${wrong.join(', ')}`);
}

async function keys(tab, fail) {
  const place = () => tab.evaluate(() => document.activeElement.closest('.entry')?.querySelector('article').id);
  await tab.keyboard.press('j');
  if (await place() !== undefined) fail('the key j works before it was chosen');
  await tab.locator('[id="page:keys"]').check();
  const events = await shown(tab);
  const walk = [];
  for (const key of ['j', 'j', 'k']) {
    await tab.keyboard.press(key);
    walk.push(await place());
  }
  const second = events[Math.min(1, events.length - 1)];
  if (walk.join() !== [events[0], second, events[0]].join()) fail(`j, j, k lead to ${walk.join(', ')}`);
  await tab.locator('[type=search]').fill('');
  await tab.locator('[type=search]').press('j');
  if (await tab.locator('[type=search]').inputValue() !== 'j') fail('the key j can not be typed into the search');
  await tab.locator('[id="page:keys"]').uncheck();
}

// An event of another page of the timeline, or one that is on it no more, by an anchor of the timeline's own page.
async function oldAnchor(tab, fail, page) {
  const root = page.replace(/by\/.*$/, '');
  const other = timelines.filter(one => one !== page && one.startsWith(root.replace(/index\.html$/, '')))
    .flatMap(one => [...elementsOf(documentOf(folder, one))].filter(element => element.tagName === 'article'))
    .map(article => attribute(article, 'id'))[0];
  if (!other || page !== root) return;
  await tab.goto(`${addressOf(page)}#${other}`);
  await tab.waitForURL(url => url.pathname.endsWith(`/${other}/`), { timeout: 5000 }).catch(() => fail(`#${other} does not lead to its event`));
}
