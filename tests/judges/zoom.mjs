// At 200 % nothing is lost (WCAG 1.4.4): neither where the whole page is enlarged, nor where its text alone is. No text is
// cut off, nothing scrolls sideways, and the head of the page does not lie on its content.
import { addressOf, withBrowser } from './browser.mjs';
import { finding, pagesByKind, report, siteFolder } from './site.mjs';

const folder = siteFolder();
const pages = pagesByKind(folder);

// A window of 1280 pixels, enlarged twice, has room for 640. The size of text is what a reader sets in the browser.
await lookAt('page at 200 %', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
// Either way 40 of the reader's letters have room side by side: a wide layout may not last.
await lookAt('text at 200 %', { viewport: { width: 1280, height: 800 } }, ['--blink-settings=defaultFontSize=32']);
report(`${pages.length} pages`);

async function lookAt(how, options, flags = []) {
  const look = async ({ open }) => {
    const tab = await open(options);
    if (!(await tab.evaluate(() => matchMedia('(width: 40rem)').matches))) finding('(whole site)', `${how}: the browser does not enlarge it`);
    for (const { kind, page } of pages) {
      await tab.goto(addressOf(page));
      for (const what of await tab.evaluate(losses)) finding(page, `(${kind}) ${how}: ${what}`);
    }
  };
  await withBrowser(folder, look, flags);
}

function losses() {
  const name = one => one.tagName.toLowerCase() + (one.id ? `#${one.id}` : '') + [...one.classList].map(it => `.${it}`).join('');
  const cuts = value => value === 'hidden' || value === 'clip';
  const lost = [];
  for (const one of document.body.querySelectorAll('*')) {
    // What is one pixel small is meant for ears.
    if (one.closest('svg') || !one.checkVisibility() || one.clientWidth <= 1 || one.innerText.trim() === '') continue;
    const style = getComputedStyle(one);
    const wide = cuts(style.overflowX) && one.scrollWidth > one.clientWidth + 1;
    const tall = cuts(style.overflowY) && one.scrollHeight > one.clientHeight + 1;
    if (wide || tall) lost.push(`the text of ${name(one)} is cut off: «${one.innerText.trim().slice(0, 60)}»`);
  }
  const root = document.scrollingElement;
  if (root.scrollWidth > root.clientWidth) lost.push(`${root.scrollWidth} px wide in a window of ${root.clientWidth}`);
  const [head, content] = ['body > header', 'main'].map(one => document.querySelector(one)?.getBoundingClientRect());
  if (head && content && head.bottom > content.top + 1) lost.push('the head of the page lies on its content');
  return lost;
}
