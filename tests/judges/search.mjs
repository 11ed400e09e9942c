// The search of each language: every event and every entity can be found by its title without accents and case, by the
// beginnings of its words, and by each filter; what is found is marked, counted in words, and stands in the address; a year
// loads that year's file alone; keys alone are enough; and without JavaScript the page says so and leads to the indexes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { addressIsBare, addressOf, standsInAddress, withBrowser } from './browser.mjs';
import { attribute, baseOf, documentOf, elementsOf, filesOf, finding, pagesOf, report, siteFolder } from './site.mjs';

const AXE = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const MOST = 8 * 1024;
const folder = siteFolder();
const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '');
const words = text => text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
const leadsTo = (tab, page) => href => new URL(href).pathname === new URL(page.href, new URL(tab.url())).pathname;
const files = filesOf(folder);
const pages = pagesOf(folder).map(page => [page, factsOf(page)]);
const searches = pages.filter(([, facts]) => facts.kind === 'search');
let asked = 0;

if (searches.length === 0) finding('(whole site)', 'there is no page to search on');
for (const script of files.filter(file => /^search\.[0-9a-f]{10}\.js$/.test(file))) {
  const size = gzipSync(readFileSync(join(folder, script)), { level: 9 }).length;
  if (size > MOST) finding(script, `${size} bytes when gzipped; ${MOST} are the most`);
}
for (const [page, { kind, search, language }] of pages) {
  const due = searches.find(([, facts]) => facts.language === language) !== undefined && !/embed$|redirect|not-found/.test(kind);
  if (due && !search) finding(page, 'has no link to the search');
}
await withBrowser(folder, async ({ open, origin, host }) => {
  for (const [page, facts] of searches) {
    const fail = what => finding(page, what);
    const index = indexOf(page, fail);
    whole(page, facts, index, fail);
    await withoutScript(open, page, fail);
    const tab = await open({ reducedMotion: 'reduce' });
    tab.on('request', request => request.url().startsWith(origin) || fail(`asks another host: ${request.url()}`));
    await tab.goto(addressOf(page));
    if (!await tab.locator('.search-form').isVisible()) {
      fail('with JavaScript there is no form');
      continue;
    }
    for (const event of some(index.events)) await event_(tab, event, fail);
    for (const name of some(index.names)) await name_(tab, name, fail);
    await filters(tab, page, index, host, fail);
    await accessible(tab, index, fail);
    await nothing(tab, fail);
    await keys(tab, page, index, fail);
    await missing(open, page, host, fail);
    await tab.context().close();
  }
});
report(`${searches.length} pages, ${asked} searches`);

function factsOf(page) {
  const elements = [...elementsOf(documentOf(folder, page))];
  const of = tag => elements.find(one => one.tagName === tag);
  const refresh = elements.some(one => attribute(one, 'http-equiv') === 'refresh');
  return {
    kind: refresh ? 'redirect' : (attribute(of('body'), 'class') ?? '').match(/(\S+)-page/)?.[1] ?? '',
    language: attribute(of('html'), 'lang'),
    search: elements.some(one => attribute(one, 'class') === 'site-search'),
    files: elements.filter(one => one.tagName === 'a' && attribute(one, 'href')?.endsWith('.json')).map(one => attribute(one, 'href')),
    names: elements.map(one => attribute(one, 'data-names')).find(Boolean),
  };
}

// The files that a page loads, with the addresses of what they hold as files of the site.
function indexOf(page, fail) {
  const { names, files: parts } = pages.find(([one]) => one === page)[1];
  const read = href => {
    const file = join(page, '..', href);
    if (!files.includes(file)) fail(`there is no ${file}`);
    const list = files.includes(file) ? JSON.parse(readFileSync(join(folder, file), 'utf8')) : [];
    return list.map(one => ({ ...one, file: fileOf(page, one.href), part: file }));
  };
  return { names: names ? read(names) : [], events: parts.flatMap(read) };
}

function fileOf(page, href) {
  const base = baseOf(folder);
  return decodeURIComponent(new URL(href, new URL(page, base)).pathname.slice(base.pathname.length)).replace(/(^|\/)$/, '$1index.html');
}

// Every event and every entity of the language stands in the index once.
function whole(page, { language }, { names, events }, fail) {
  const top = page.replace(/search\/index\.html$/, '');
  const inLanguage = ([one, facts]) => facts.language === language && one.startsWith(top);
  for (const [kind, list] of [['event', events], ['entity', names]]) {
    const due = pages.filter(one => one[1].kind === kind && inLanguage(one)).map(([one]) => one);
    const known = list.map(one => one.file);
    for (const one of due) if (known.filter(file => file === one).length !== 1) fail(`${one} stands ${known.filter(file => file === one).length} times in the index`);
    for (const one of known) if (!files.includes(one)) fail(`the index leads to ${one}, which is not there`);
  }
}

async function withoutScript(open, page, fail) {
  const tab = await open({ javaScriptEnabled: false });
  await tab.goto(addressOf(page));
  if (await tab.locator('.search-form').isVisible()) fail('without JavaScript the form is shown, and does nothing');
  if (await tab.locator('.no-script').count() === 0 || !await tab.locator('.no-script').isVisible()) fail('without JavaScript the page does not say why it does nothing');
  if (await tab.locator('.indexes a').count() === 0) fail('without JavaScript the page leads nowhere');
  await tab.context().close();
}

// The first two, and some of the rest.
function some(list) {
  return list.filter((one, at) => at < 2 || at % Math.ceil(list.length / 4) === 0);
}

async function ask(tab, text) {
  asked += 1;
  await tab.locator('[type=search]').fill('');
  await tab.locator('[type=search]').fill(text);
  return settled(tab);
}

// What is shown once an answer is there, and two looks at it are the same.
async function settled(tab) {
  let [before, now] = ['', ''];
  for (let tries = 0; tries < 150; tries += 1) {
    await tab.waitForTimeout(15);
    [before, now] = [now, JSON.stringify(await shown(tab))];
    if (before === now && JSON.parse(now).answered) break;
  }
  return JSON.parse(now);
}

function shown(tab) {
  return tab.evaluate(() => {
    const list = selector => [...document.querySelectorAll(selector)].filter(one => one.checkVisibility());
    return {
      events: list('.found-events h3 a').map(one => one.href),
      names: list('.found-names li a').map(one => one.href),
      marks: list('.found-events mark, .found-names mark').map(one => one.textContent),
      more: list('.search-more').length > 0,
      status: document.querySelector('[role=status]').textContent,
      answered: location.search === '' || !['', document.querySelector('template').dataset.loading].includes(document.querySelector('[role=status]').textContent),
    };
  });
}

async function event_(tab, event, fail) {
  if (words(event.title).length === 0) return;
  const found = await ask(tab, plain(event.title).toUpperCase());
  if (!found.events.some(leadsTo(tab, event))) return fail(`«${event.title}» does not find its event`);
  if (!found.events.slice(0, 3).some(leadsTo(tab, event))) fail(`«${event.title}» finds its event only far down`);
  if (found.marks.length === 0) fail(`for «${event.title}» nothing is marked`);
  if (!found.more && !found.status.includes(String(found.events.length)) && found.events.length > 2) fail(`«${event.title}» finds ${found.events.length} events, and the page says «${found.status}»`);
  if (found.status === '') fail(`for «${event.title}» the page does not say how much was found`);
  const beginnings = words(plain(event.title)).slice(0, 4).map(word => word.slice(0, 4)).join(' ');
  const byBeginnings = await ask(tab, beginnings);
  if (!byBeginnings.more && !byBeginnings.events.some(leadsTo(tab, event))) fail(`«${beginnings}» does not find «${event.title}»`);
  const article = words(event.title).find(word => /^ال../.test(word));
  if (article && !(await ask(tab, article.slice(2))).events.some(leadsTo(tab, event))) fail(`«${article.slice(2)}» does not find «${event.title}»`);
}

async function name_(tab, name, fail) {
  for (const text of [name.name, ...(name.also ?? [])].filter(one => words(one).length > 0)) {
    const found = await ask(tab, plain(text).toLowerCase());
    if (!found.names.some(leadsTo(tab, name))) fail(`«${text}» does not find ${name.id}`);
  }
}

async function filters(tab, page, { names, events }, host, fail) {
  for (const kind of ['people', 'organizations', 'places', 'topics']) {
    const name = names.find(one => one.id.startsWith(`${kind}/`) && one.events > 0);
    const choice = tab.locator(`.search-form select[name="${kind}"]`);
    if (!name) continue;
    if (await choice.count() === 0) return fail(`${kind} can not be chosen`);
    await ask(tab, '');
    await choice.selectOption(name.id.slice(kind.length + 1));
    const found = await settled(tab);
    const due = events.filter(event => event.names?.includes(name.id));
    if (!found.more && found.events.length !== due.length) fail(`${name.id} shows ${found.events.length} events of ${due.length}`);
    if (!await standsInAddress(tab, kind, name.id.slice(kind.length + 1))) fail(`the choice of ${name.id} does not stand in the address`);
    await tab.reload();
    const again = await settled(tab);
    if (again.events.join() !== found.events.join()) fail(`the address of ${name.id}, opened anew, does not show the same`);
    await tab.locator('.search-form [type=reset]').click();
    if (!await addressIsBare(tab)) fail('after clearing, a choice still stands in the address');
  }
  const year = events.find(event => event.years)?.years[0];
  if (year === undefined) return;
  await tab.goto(`${addressOf(page)}?year=${year}`);
  host.asked.length = 0;
  await tab.reload();
  const found = await settled(tab);
  const inYear = ({ years }) => years && years[0] <= year && year <= (years[1] ?? Infinity);
  const due = events.filter(inYear);
  if (!found.more && found.events.length !== due.length) fail(`the year ${year} shows ${found.events.length} events of ${due.length}`);
  const loaded = host.asked.map(([file]) => file).filter(file => events.some(event => event.part === file));
  for (const file of loaded) {
    const years = events.filter(event => event.part === file).map(event => event.years);
    const reaches = years[0] && Math.min(...years.map(([from]) => from)) <= year && years.some(([, until]) => year <= (until ?? Infinity));
    if (!reaches) fail(`the year ${year} loads ${file}`);
  }
}

// What was found, as axe-core judges it; the page before it is judged with all others.
async function accessible(tab, { events }, fail) {
  await ask(tab, words(events[0]?.title ?? 'a')[0] ?? 'a');
  await tab.evaluate(AXE);
  const { violations } = await tab.evaluate(() => axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  for (const { id, nodes } of violations) fail(`what is found is not accessible: ${id}: ${nodes[0].html}`);
}

async function nothing(tab, fail) {
  await tab.goto(tab.url().replace(/\?.*$/, ''));
  const found = await ask(tab, 'qqqxyz');
  if (found.events.length + found.names.length > 0) fail('a search for nothing finds something');
  if (found.status === '') fail('a search that finds nothing does not say so');
  if (!await standsInAddress(tab, 'q', 'qqqxyz')) fail('what is searched does not stand in the address');
  const empty = await ask(tab, '');
  if (empty.status !== '' || !await addressIsBare(tab)) fail('an empty search leaves something behind');
}

// From the field by Tab to the first result, and there by Enter.
async function keys(tab, page, { events }, fail) {
  const event = events.find(one => words(one.title).length > 0);
  if (!event) return;
  await ask(tab, event.title);
  await tab.locator('[type=search]').press('Enter');
  if (!await tab.evaluate(() => document.activeElement.matches('[type=search]'))) fail('Enter takes the focus out of the field');
  await settled(tab);
  for (let step = 0; step < 60; step += 1) {
    await tab.keyboard.press('Tab');
    if (await tab.evaluate(() => document.activeElement.matches('.found-events h3 a, .found-names li a'))) break;
  }
  const target = await tab.evaluate(() => document.activeElement.href);
  if (!target) return fail('Tab does not come to what was found');
  await tab.keyboard.press('Enter');
  await tab.waitForURL(target, { timeout: 3000 }).catch(() => fail('Enter does not open what was found'));
  await tab.goBack();
  if ((await settled(tab)).events.length === 0) fail('going back, what was found is gone');
}

// A file of the index that can't be had is told, and the rest of the page stays.
async function missing(open, page, host, fail) {
  for (const file of files.filter(one => one.startsWith(page.replace(/index\.html$/, '')) && one.endsWith('.json'))) host.files.set(file, undefined);
  const tab = await open();
  await tab.goto(`${addressOf(page)}?q=a`);
  const found = await settled(tab);
  if (found.status === '') fail('nothing is said when the index can not be loaded');
  host.files.clear();
  await tab.context().close();
}
