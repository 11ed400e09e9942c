// Who asks for less motion gets none: no smooth scrolling, no transition, no animation is in effect anywhere.
import { addressOf, withBrowser } from './browser.mjs';
import { finding, pagesByKind, report, siteFolder } from './site.mjs';

const folder = siteFolder();
const pages = pagesByKind(folder);

await withBrowser(folder, async ({ open }) => {
  const tab = await open({ reducedMotion: 'reduce' });
  for (const { kind, page } of pages) {
    await tab.goto(addressOf(page));
    for (const what of new Set(await tab.evaluate(movements))) finding(page, `(${kind}) moves against the reader's wish: ${what}`);
  }
});
report(`${pages.length} pages`);

function movements() {
  const name = one => one.tagName.toLowerCase() + (one.id ? `#${one.id}` : '') + [...one.classList].map(it => `.${it}`).join('');
  const lasts = times => times.split(',').some(time => parseFloat(time) > 0);
  return [...document.querySelectorAll('*')].flatMap(one =>
    ['', '::before', '::after'].flatMap(part => {
      const style = getComputedStyle(one, part || null);
      const at = name(one) + part;
      return [
        style.scrollBehavior === 'smooth' && `${at} scrolls smoothly`,
        lasts(style.transitionDuration) && `${at} has a transition of ${style.transitionDuration}`,
        style.animationName !== 'none' && lasts(style.animationDuration) && `${at} has the animation ${style.animationName}`,
      ].filter(Boolean);
    }),
  );
}
