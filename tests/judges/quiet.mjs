// A page loads without a word on the browser's console (a breach of its own content policy is one), asks nothing of other
// hosts, and nothing that it asks for is missing. A redirect arrives.
import { addressOf, withBrowser } from './browser.mjs';
import { baseOf, documentOf, finding, pagesByKind, pagesOf, redirectOf, report, siteFolder } from './site.mjs';

const folder = siteFolder();
const kinds = pagesByKind(folder);
const redirects = pagesOf(folder).filter(page => redirectOf(documentOf(folder, page)) !== undefined).slice(0, 5);

await withBrowser(folder, async ({ open, origin }) => {
  const tab = await open();
  let page;
  const fail = what => finding(page, what);
  // The page that says «not found» is itself not found; and a browser asks for an icon at the root by itself.
  const expected = url =>
    url === `${origin}/favicon.ico` || (page === '404.html' && url.startsWith(origin) && url.endsWith('/no/such/page/'));
  tab.on('console', message => {
    const { url } = message.location();
    if (['error', 'warning'].includes(message.type()) && !expected(url)) fail(`console: ${message.text()} (${url})`);
  });
  tab.on('pageerror', error => fail(`script: ${error.message}`));
  tab.on('request', request => {
    if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith('data:')) fail(`asks another host: ${request.url()}`);
  });
  tab.on('response', response => {
    if (response.status() >= 400 && !expected(response.url())) fail(`${response.status()}: ${response.url().replace(origin, '')}`);
  });

  for (page of kinds.map(one => one.page)) {
    await tab.goto(addressOf(page), { waitUntil: 'networkidle' });
  }
  for (page of redirects) {
    const from = new URL(page, origin + baseOf(folder).pathname).href;
    await tab.goto(page, { waitUntil: 'commit' });
    await tab.waitForURL(url => url.href !== from, { timeout: 10_000 }).catch(() => fail('the redirect leads nowhere'));
    await tab.waitForLoadState();
  }
});
report(`${kinds.length} pages, ${redirects.length} redirects`);
