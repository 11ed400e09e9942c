// Without JavaScript a page says all that it says with it: it has its heading, its articles, and every line of its text.
import { addressOf, withBrowser } from './browser.mjs';
import { finding, pagesByKind, report, siteFolder } from './site.mjs';

const folder = siteFolder();
const pages = pagesByKind(folder);

await withBrowser(folder, async ({ open }) => {
  const without = await open({ javaScriptEnabled: false });
  const running = await open();
  for (const { kind, page } of pages) {
    await without.goto(addressOf(page));
    await running.goto(addressOf(page));
    const [off, on] = [await textOf(without), await textOf(running)];
    const fail = what => finding(page, `(${kind}) without JavaScript: ${what}`);
    if (!off.heading) fail('no visible heading of the first level');
    if (off.lines.length === 0) fail('no text in main');
    for (const id of off.empty) fail(`the article «${id}» shows nothing`);
    const said = new Set(off.lines);
    for (const line of new Set(on.lines)) if (!said.has(line)) fail(`this line is missing: ${line}`);
  }
});
report(`${pages.length} pages`);

// Controls that only a script can serve, what it reports, and the reader's own time may stand there with the script alone.
function textOf(tab) {
  return tab.evaluate(() => {
    for (const control of document.querySelectorAll('button, [role=status], [role=search], .your-time')) control.remove();
    for (const fold of document.querySelectorAll('details')) fold.open = true; // a fold opens without a script
    const shown = one => one.checkVisibility() && one.innerText.trim() !== '';
    const main = document.querySelector('main') ?? document.body;
    return {
      heading: [...document.querySelectorAll('h1')].some(shown),
      lines: main.innerText.split('\n').map(line => line.trim()).filter(Boolean),
      empty: [...document.querySelectorAll('article')].filter(one => !shown(one)).map(one => one.id),
    };
  });
}
