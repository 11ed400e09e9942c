// At 320 CSS pixels no page scrolls sideways (WCAG 1.4.10), not even with the text spacing of WCAG 1.4.12.
import { addressOf, withBrowser } from './browser.mjs';
import { finding, pagesByKind, report, siteFolder } from './site.mjs';

const SPACING = '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }';

const folder = siteFolder();
const pages = pagesByKind(folder);

await withBrowser(folder, async ({ open }) => {
  const tab = await open({ viewport: { width: 320, height: 640 }, bypassCSP: true });
  for (const { kind, page } of pages) {
    await tab.goto(addressOf(page));
    await judge(tab, kind, page, 'as it is');
    await tab.addStyleTag({ content: SPACING });
    await judge(tab, kind, page, 'with wide text spacing');
  }
});
report(`${pages.length} pages`);

async function judge(tab, kind, page, how) {
  const wide = await tab.evaluate(() => {
    const root = document.scrollingElement;
    if (root.scrollWidth <= root.clientWidth) return null;
    const out = [...document.body.querySelectorAll('*')].filter(one => one.getBoundingClientRect().right > root.clientWidth + 0.5);
    const name = one => one.tagName.toLowerCase() + (one.id ? `#${one.id}` : '') + [...one.classList].map(it => `.${it}`).join('');
    return { width: root.scrollWidth, elements: out.slice(0, 8).map(name) };
  });
  if (wide) finding(page, `(${kind}) ${how}: ${wide.width} px wide on a screen of 320; beyond its edge: ${wide.elements.join(', ')}`);
}
