// On paper: each timeline and one page of each kind as a PDF by the browser, its text read by pdftotext. It holds the title
// of every event, the legend, and every source with its address; no card is cut by the end of a page that one page has room
// for; nothing sticks.
import { spawnSync } from 'node:child_process';
import { addressOf, withBrowser } from './browser.mjs';
import { finding, pagesByKind, report, siteFolder, timelinesOf } from './site.mjs';

// A4 in CSS pixels, without the margins of the paper.
const MARGIN = 57;
const PAPER = { width: 794 - 2 * MARGIN, height: 1123 - 2 * MARGIN };

// A script whose letters are joined: a PDF keeps its words in their order, but may swap two letters that became one sign, and
// put a mark beside another letter.
const JOINED = /\p{Script=Arabic}/u;

const folder = siteFolder();
const timelines = timelinesOf(folder);
const kinds = pagesByKind(folder).map(one => one.page).filter(page => !timelines.includes(page));
let sheets = 0;

await withBrowser(folder, async ({ open }) => {
  const tab = await open({ viewport: PAPER, bypassCSP: true });
  await tab.emulateMedia({ media: 'print' });
  for (const page of [...timelines, ...kinds]) {
    await tab.goto(addressOf(page));
    const expected = await tab.evaluate(prepare, PAPER.height);
    const margin = `${MARGIN}px`;
    const pdf = await tab.pdf({ format: 'A4', margin: { top: margin, bottom: margin, left: margin, right: margin } });
    judge(page, expected, textOf(pdf));
  }
});
report(`${timelines.length + kinds.length} pages, ${sheets} sheets`);

function judge(page, { titles, legend, sources, cards, stuck }, printed) {
  sheets += printed.length;
  const all = [plain(printed.join('')), words(printed.join('\n'))];
  const isThere = text => (JOINED.test(text) ? all[1].includes(words(text)) : all[0].includes(plain(text)));
  const missing = (what, texts) => {
    for (const text of texts) if (!isThere(text)) finding(page, `${what} is not on paper: ${text}`);
  };
  missing('the title of an event', titles);
  missing('a line of the legend', legend);
  missing('a source, or its address,', sources.flat());
  for (const what of stuck) finding(page, `sticks on paper: ${what}`);
  for (const { begins, ends, title } of cards) {
    const [first, last] = [begins, ends].map(mark => printed.findIndex(sheet => sheet.includes(mark)));
    if (first === -1 || last === -1) finding(page, `the card «${title}» is not whole on paper`);
    // A card with its whole article may be longer than a sheet.
    else if (first !== last && !page.endsWith('archive.html')) finding(page, `the card «${title}» begins on sheet ${first + 1} and ends on sheet ${last + 1}`);
  }
}

// The text of each sheet.
function textOf(pdf) {
  const reader = spawnSync('pdftotext', ['-', '-'], { input: pdf, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (reader.error || reader.status !== 0) {
    console.error(`pdftotext did not run (${reader.error?.message ?? reader.stderr}); tests/tools/install brings it`);
    process.exit(2);
  }
  return reader.stdout.split('\f').slice(0, -1);
}

// Paper breaks lines where it wants.
function plain(text) {
  return text.normalize('NFKC').replace(/[\s\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}

// The words of a text, without what a PDF may change in them.
function words(text) {
  const letters = word => (JOINED.test(word) ? [...word].sort().join('') : word);
  return ` ${(text.normalize('NFKC').replace(/\p{M}/gu, '').match(/[\p{L}\p{N}]+/gu) ?? []).map(letters).join(' ')} `;
}

// What must be printed. Each card that has room on one sheet is marked at its beginning and at its end.
function prepare(height) {
  const shown = one => one.checkVisibility();
  const textsOf = selector => [...document.querySelectorAll(selector)].map(one => one.textContent.trim());
  const cards = [...document.querySelectorAll('.card')].filter(one => one.getBoundingClientRect().height < height * 0.9);
  const mark = text => {
    const element = document.createElement('span');
    element.textContent = text;
    element.style.cssText = 'position: absolute; font: 4px monospace; direction: ltr; color: #777';
    return element;
  };
  const marked = cards.map((card, at) => {
    const [begins, ends] = [`B${at}q`, `E${at}q`];
    const title = (card.closest('.entry') ?? card).querySelector('.card-title').textContent;
    card.prepend(mark(begins));
    card.append(mark(ends));
    return { begins, ends, title };
  });
  const stuck = [...document.body.querySelectorAll('*')].filter(one => shown(one) && ['sticky', 'fixed'].includes(getComputedStyle(one).position));
  return {
    titles: textsOf('.card-title, article.event h1'),
    legend: textsOf('.legend li'),
    sources: [...document.querySelectorAll('.sources li')].map(one => {
      const [title] = one.children;
      return [title.textContent, ...(title.href ? [title.getAttribute('href')] : [])];
    }),
    cards: marked,
    stuck: stuck.map(one => `${one.tagName.toLowerCase()} «${one.textContent.trim().slice(0, 40)}»`),
  };
}
