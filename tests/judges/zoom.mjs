// At 200 % nothing is lost (WCAG 1.4.4): neither where the whole page is enlarged, nor where its text alone is. No text is
// cut off, nothing scrolls sideways, and the head of the page does not lie on its content.
import { addressOf, withBrowser } from './browser.mjs';
import { finding, pagesByKind, report, siteFolder } from './site.mjs';

const folder = siteFolder();
const pages = pagesByKind(folder);

await withBrowser(folder, async ({ open }) => {
  // A window of 1280 pixels, enlarged twice, has room for 640.
  const enlarged = await open({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
  const large = await open({ viewport: { width: 1280, height: 800 }, bypassCSP: true });
  for (const { kind, page } of pages) {
    await enlarged.goto(addressOf(page));
    await judge(enlarged, page, `(${kind}) page at 200 %`);
    await large.goto(addressOf(page));
    await large.addStyleTag({ content: 'html { font-size: 200% !important }' });
    await judge(large, page, `(${kind}) text at 200 %`);
  }
});
report(`${pages.length} pages`);

async function judge(tab, page, how) {
  for (const what of await tab.evaluate(losses)) finding(page, `${how}: ${what}`);
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
