// A real Chromium, and a small server on this machine that gives a built site as a host would: under its base path, with the
// headers of its _headers file, with an ETag, and with 404.html for what does not exist.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { baseOf } from './site.mjs';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
};

// Calls `work({ open, origin, host })` and tidies up. `open(options)` is a new browser page; its addresses are relative to the
// site. `flags` are what a reader has set in the browser. `host.files` holds texts that stand in the place of files (nothing:
// the file is gone), by their path in the folder; `host.asked` is every answer as [path, status].
export async function withBrowser(folder, work, flags = []) {
  if (!existsSync(CHROMIUM)) {
    console.error(`${CHROMIUM} is missing; tests/tools/install brings it`);
    process.exit(2);
  }
  const host = { files: new Map(), asked: [] };
  const server = createServer(answer(folder, host)).listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, ...flags] });
  // Each page has a context of its own: what one stores or is told, another does not see.
  const open = options => browser.newPage({ baseURL: origin + baseOf(folder).pathname, ...options });
  try {
    return await work({ open, origin, host });
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
  }
}

// The address of a page as a reader has it: without index.html, and what is not found from a depth where nothing is.
export const addressOf = page => (page === '404.html' ? 'no/such/page/' : page.replace(/(^|\/)index\.html$/, '$1') || './');

// Whether something comes true in a page, in the time that a busy machine may need for it.
export const comesTrue = (tab, test, argument) =>
  tab.waitForFunction(test, argument, { timeout: 5000 }).then(() => true, () => false);

// Whether the address of a page comes to have a value in its query; null: none at all.
export const standsInAddress = (tab, key, value) =>
  comesTrue(tab, ([key, value]) => new URLSearchParams(location.search).get(key) === value, [key, value]);

// Whether nothing is left of a choice in the address of a page.
export const addressIsBare = tab => comesTrue(tab, () => location.search === '');

function answer(folder, host) {
  const prefix = baseOf(folder).pathname;
  const rules = headerRules(folder);
  return (request, response) => {
    const { pathname } = new URL(request.url, 'http://127.0.0.1');
    const path = pathname.startsWith(prefix) ? decodeURIComponent(pathname.slice(prefix.length)) : '\0';
    const name = path === '' || path.endsWith('/') ? `${path}index.html` : path;
    let file = join(folder, name);
    const inside = !path.includes('\0') && !path.includes('..');
    const found = host.files.has(name) ? host.files.get(name) !== undefined : inside && existsSync(file) && statSync(file).isFile();
    if (!found) file = join(folder, '404.html');
    for (const { pattern, name, value } of rules) if (pattern.test(pathname)) response.setHeader(name, value);
    response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
    const body = host.files.get(name) ?? (existsSync(file) ? readFileSync(file) : 'not found');
    const tag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
    response.setHeader('ETag', tag);
    const known = found && request.headers['if-none-match'] === tag;
    response.statusCode = known ? 304 : found ? 200 : 404;
    host.asked.push([name, response.statusCode]);
    response.end(known ? undefined : body);
  };
}

// The file that static hosts read: a line with a path («*» stands for anything), then indented lines with headers.
function headerRules(folder) {
  const file = join(folder, '_headers');
  const rules = [];
  let pattern;
  for (const line of existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    if (/^\S/.test(line)) {
      pattern = new RegExp(`^${line.trim().split('*').map(RegExp.escape ?? escape).join('.*')}$`);
    } else {
      const [, name, value] = line.match(/^\s+([^:]+):\s*(.*)$/) ?? [];
      if (name) rules.push({ pattern, name, value });
    }
  }
  return rules;
}

function escape(text) {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}
