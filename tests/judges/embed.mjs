// What other sites show of this one in a frame: pages without the site's frame, whose links lead out, described by oEmbed, and
// offered as code on the page that they are of. A real page of another site takes up that code, with the script and without:
// with it the frame is as high as what is in it, at every width, and only messages of that frame count.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressOf, withBrowser } from './browser.mjs';
import { attribute, baseOf, documentOf, elementsOf, filesOf, finding, pagesOf, report, siteFolder } from './site.mjs';

const MOST = 80 * 1024;
const WIDTHS = [300, 1000];
const folder = siteFolder();
const base = baseOf(folder);
const files = new Set(filesOf(folder));
const embeds = pagesOf(folder).map(embedOf).filter(Boolean);
for (const embed of embeds) judge(embed);
if (embeds.length === 0) finding('(whole site)', 'nothing can be shown elsewhere');
await inFrames();
report(`${embeds.length} embeds`);

function embedOf(page) {
  if (!/(^|\/)embed\/(key-moments\/)?index\.html$/.test(page)) return;
  const elements = [...elementsOf(documentOf(folder, page))];
  const description = page.replace(/index\.html$/, 'oembed.json');
  const oembed = files.has(description) ? JSON.parse(readFileSync(join(folder, description), 'utf8')) : undefined;
  const whole = page.replace(/embed\/(key-moments\/)?index\.html$/, 'index.html');
  return { page, elements, description, oembed, whole, kind: attribute(elements.find(one => one.tagName === 'body'), 'class') };
}

function judge({ page, elements, description, oembed, whole }) {
  const fail = what => finding(page, what);
  const all = tag => elements.filter(one => one.tagName === tag);
  const absolute = file => new URL(addressOf(file), base).href;
  if (elements.some(one => /\bsite-(header|footer|menu)\b/.test(attribute(one, 'class') ?? ''))) fail('it has the frame of the site');
  if (all('h1').length !== 1) fail('one heading of the first level is due');
  if (!all('meta').some(one => attribute(one, 'name') === 'robots' && /noindex/.test(attribute(one, 'content')))) fail('search engines would list it');
  const canonical = all('link').find(one => attribute(one, 'rel') === 'canonical');
  if (!canonical || attribute(canonical, 'href') !== absolute(whole)) fail(`the canonical page is ${absolute(whole)}`);
  const out = all('base').some(one => ['_top', '_blank'].includes(attribute(one, 'target')));
  for (const link of all('a')) {
    const [href, target] = [attribute(link, 'href'), attribute(link, 'target')];
    if (href?.startsWith('#')) fail(`this link does not lead out: ${href}`);
    if (!out && !['_top', '_blank'].includes(target)) fail(`this link opens in the frame: ${href}`);
  }
  const size = readFileSync(join(folder, page)).length;
  if (size > MOST) fail(`${size} bytes; ${MOST} are the most`);
  if (!oembed) return fail('there is no oembed.json beside it');

  const wrong = what => finding(description, what);
  for (const [key, type] of [['title', 'string'], ['provider_name', 'string'], ['html', 'string'], ['width', 'number'], ['height', 'number']]) {
    if (typeof oembed[key] !== type) wrong(`${key} is no ${type}`);
  }
  if (oembed.version !== '1.0' || oembed.type !== 'rich') wrong('it is no oEmbed 1.0 of the type rich');
  const thumbnail = ['thumbnail_url', 'thumbnail_width', 'thumbnail_height'].filter(key => key in oembed).length;
  if (![0, 3].includes(thumbnail)) wrong('of a thumbnail, address, width and height belong together');
  if (oembed.thumbnail_url && !files.has(decodeURI(oembed.thumbnail_url.slice(base.href.length)))) wrong(`there is no ${oembed.thumbnail_url}`);
  if (!oembed.html?.includes(`src="${absolute(page)}"`)) wrong(`its code does not show ${absolute(page)}`);
  if (!/<iframe[^>]* title="[^"]+"/.test(oembed.html)) wrong('the frame has no title');

  const own = [...elementsOf(documentOf(folder, whole))];
  const told = own.some(one => one.tagName === 'link' && attribute(one, 'type') === 'application/json+oembed' && attribute(one, 'href') === absolute(description));
  if (!told) finding(whole, `does not name ${description}`);
  const codes = own.filter(one => one.tagName === 'textarea').map(one => one.childNodes.map(text => text.value).join(''));
  if (!codes.includes(oembed.html)) finding(whole, `does not offer the code for ${page}`);
}

// One embed of each kind, on a page of another site.
async function inFrames() {
  const kinds = new Map();
  for (const embed of embeds) if (embed.oembed && !kinds.has(embed.kind)) kinds.set(embed.kind, embed);
  await withBrowser(folder, async ({ open, origin }) => {
    let body = '';
    const other = createServer((request, response) => {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(`<!doctype html><html lang="en"><title>Another site</title><body style="margin:0">${request.url === '/inside' ? '' : body}`);
    }).listen(0, '127.0.0.1');
    await new Promise(resolve => other.once('listening', resolve));
    const site = `http://127.0.0.1:${other.address().port}`;
    for (const { page, oembed, whole } of kinds.values()) {
      const code = oembed.html.replaceAll(base.href, origin + base.pathname);
      const place = { fail: what => finding(page, what), site, origin, oembed, whole, show: html => (body = html) };
      await withScript(open, code, place);
      await withoutScript(open, code, place);
      await offered(open, place);
    }
    other.close();
    other.closeAllConnections();
  });
}

function heights(tab) {
  return tab.evaluate(() => document.querySelector('iframe').getBoundingClientRect().height);
}

function inner(tab) {
  return tab.frames()[1].evaluate(() => document.documentElement.getBoundingClientRect().height);
}

// Whether the frame comes to be as high as what is in it, at a width of which both have heard.
async function settles(tab) {
  const fits = async () => Math.abs(await heights(tab) - await inner(tab)) <= 1;
  let held = 0;
  for (let tries = 0; tries < 100 && held < 4; tries += 1) {
    await tab.waitForTimeout(50);
    held = await fits() ? held + 1 : 0;
  }
  return held >= 4;
}

async function withScript(open, code, { fail, site, show }) {
  const tab = await open();
  const said = [];
  tab.on('console', message => ['error', 'warning'].includes(message.type()) && !message.location().url.endsWith('favicon.ico') && said.push(message.text()));
  show(`${code}<iframe id="stranger" src="/inside" title="Another frame" height="50"></iframe>`);
  for (const width of WIDTHS) {
    await tab.setViewportSize({ width, height: 800 });
    await tab.goto(site);
    await tab.waitForLoadState('load');
    if (!await settles(tab)) fail(`at ${width} pixels the frame is ${await heights(tab)} high, what is in it ${await inner(tab)}`);
  }
  // Narrower: the words take more lines, and the frame follows.
  await tab.setViewportSize({ width: 280, height: 800 });
  if (!await settles(tab)) fail('the frame does not follow when it becomes narrower');
  const before = await heights(tab);
  await tab.evaluate(() => postMessage({ dateline: 'height', height: 77 }, '*'));
  await tab.frames()[2].evaluate(() => parent.postMessage({ dateline: 'height', height: 77 }, '*'));
  await tab.waitForTimeout(100);
  if (await heights(tab) !== before) fail('a message of a stranger changes the height');
  for (const text of said) fail(`console: ${text}`);
  await tab.context().close();
}

async function withoutScript(open, code, { fail, site, origin, oembed, whole, show }) {
  const tab = await open({ javaScriptEnabled: false, viewport: { width: 500, height: 800 } });
  show(code.replace(/<script.*<\/script>/s, ''));
  await tab.goto(site);
  const frame = tab.locator('iframe');
  const box = await frame.boundingBox();
  if (box.height !== oembed.height) fail(`without the script the frame is ${box.height} high, not ${oembed.height}`);
  if (!await frame.getAttribute('title')) fail('the frame has no title');
  const head = tab.frameLocator('iframe').locator('h1 a');
  if (await head.count() === 0) return fail('the heading leads nowhere');
  await tab.frameLocator('iframe').locator('a').last().scrollIntoViewIfNeeded();
  if (!await tab.frameLocator('iframe').locator('a').last().isVisible()) fail('without the script its end can not be reached');
  await head.click();
  const wanted = `${origin}${base.pathname}${addressOf(whole) === './' ? '' : addressOf(whole)}`;
  await tab.waitForURL(wanted, { timeout: 3000 }).catch(() => fail(`the heading leads to ${tab.url()}, not to ${wanted}`));
  await tab.context().close();
}

// The code on the page that it shows something of: to be selected by hand, and copied by a button.
async function offered(open, { fail, whole, oembed }) {
  const tab = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
  await tab.goto(addressOf(whole));
  const text = tab.locator('.embed-code textarea').first();
  if (await text.count() === 0) return fail(`${whole} offers no code`);
  await tab.locator('.embed-codes > summary').click();
  await text.focus();
  await tab.keyboard.press('ControlOrMeta+A');
  const code = await text.inputValue();
  const selected = await text.evaluate(one => one.selectionEnd - one.selectionStart);
  if (selected !== code.length) fail(`of the code on ${whole}, ${selected} of ${code.length} letters are selected`);
  await tab.locator('.embed-code button').first().click();
  if (await tab.evaluate(() => navigator.clipboard.readText()) !== code) fail(`the button on ${whole} copies something else`);
  if (!await tab.locator('.embed-code [role=status]').first().textContent()) fail(`nothing says that the code of ${whole} was copied`);
  if (!oembed.html.includes('<script')) fail('the code has no script');
  await tab.context().close();
}
