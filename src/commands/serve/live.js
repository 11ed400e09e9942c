// Added to a page while «dateline serve» answers, never by a build: asks for news, loads the page again where it has
// changed, puts it back where it was, and shows what is wrong.
(() => {
  const own = document.currentScript;
  const state = { page: own.dataset.page, exact: own.dataset.exact, generation: own.dataset.generation };
  const KEPT = 'dateline-preview';
  let heard = false;

  // Where the reader is: the named elements next to the top of the window, the folds, the field with the cursor.
  const topOf = one => one.getBoundingClientRect().top;
  const stays = one => one !== null && (/fixed|sticky/.test(getComputedStyle(one).position) || stays(one.parentElement));
  const anchors = () =>
    [...document.querySelectorAll('main [id]')]
      .filter(one => one.getClientRects().length && topOf(one) > -innerHeight && topOf(one) < innerHeight && !stays(one))
      .sort((one, other) => Math.abs(topOf(one)) - Math.abs(topOf(other)))
      .slice(0, 8)
      .map(one => [one.id, topOf(one)]);
  const folds = () => {
    const counts = new Map();
    return [...document.querySelectorAll('details')].map(fold => {
      const near = fold.id || fold.parentElement.closest('[id]')?.id || '';
      const count = counts.get(near) ?? 0;
      counts.set(near, count + 1);
      return [`${near}/${count}`, fold];
    });
  };

  function keep() {
    const place = {
      address: location.pathname,
      x: scrollX,
      y: scrollY,
      anchors: anchors(),
      folds: folds().map(([name, fold]) => [name, fold.open]),
      focus: document.activeElement?.id,
    };
    sessionStorage.setItem(KEPT, JSON.stringify(place));
  }

  function restore() {
    const text = sessionStorage.getItem(KEPT);
    sessionStorage.removeItem(KEPT);
    const place = text && JSON.parse(text);
    if (!place || place.address !== location.pathname) return;
    const open = new Map(place.folds);
    for (const [name, fold] of folds()) if (open.has(name)) fold.open = open.get(name);
    document.getElementById(place.focus)?.focus({ preventScroll: true });
    const scroll = () => {
      const [id, offset] = place.anchors.find(([id]) => document.getElementById(id)) ?? [];
      const y = place.y > 0 && id ? scrollY + topOf(document.getElementById(id)) - offset : place.y;
      scrollTo({ left: place.x, top: y, behavior: 'instant' });
    };
    scroll();
    addEventListener('load', () => {
      scroll();
      // Not before the browser has given up restoring by itself.
      setTimeout(() => (history.scrollRestoration = 'auto'), 500);
    });
  }

  function reload() {
    keep();
    history.scrollRestoration = 'manual';
    location.reload();
  }

  const pathOf = address => new URL(address, location.href).pathname;

  function swap(link, href) {
    const next = link.cloneNode();
    next.href = href;
    next.addEventListener('load', () => link.remove());
    next.addEventListener('error', () => link.remove());
    link.after(next);
  }

  // The page is the same but for the names of its stylesheets.
  async function swapAll() {
    const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
    const links = document => [...document.querySelectorAll('link[rel~="stylesheet"]')];
    const [before, after] = [links(document), links(fresh)];
    if (before.length !== after.length) return reload();
    before.forEach((link, at) => {
      const href = after[at].getAttribute('href');
      if (link.getAttribute('href') !== href) swap(link, href);
    });
  }

  // Files that have other bytes under the same address. Gives whether the page has to be loaded again for one.
  function renew(files, generation) {
    let used = false;
    for (const file of files) {
      const fresh = `${file}?${generation}`;
      for (const link of document.querySelectorAll('link[rel~="stylesheet"]')) if (pathOf(link.href) === file) swap(link, fresh);
      let shown = false;
      for (const image of document.images) {
        if (pathOf(image.currentSrc || image.src) !== file) continue;
        image.src = fresh;
        shown = true;
      }
      const asked = performance.getEntriesByType('resource').filter(one => !/^(link|css|img)$/.test(one.initiatorType));
      used ||= !shown && asked.some(one => pathOf(one.name) === file);
    }
    return used;
  }

  async function hear(news) {
    const { page, exact } = state;
    heard = true;
    state.generation = String(news.generation);
    show(news);
    if (news.page === '') return;
    if (news.page !== page) return reload();
    const used = renew(news.files, news.generation);
    if (news.exact !== exact) {
      state.exact = news.exact;
      await swapAll();
    }
    if (used) reload();
  }

  // What is wrong: errors over the lower part of the page, warnings as a number in the corner.
  const STYLE = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    .mistakes, button.badge { position: fixed; z-index: 2147483647; inset-block-end: 0; font: 14px/1.45 system-ui, sans-serif;
      color: #f4f1ea; background: #1d1b19; }
    .mistakes { inset-inline: 0; max-block-size: 60vh; overflow: auto; border-block-start: 4px solid #b3261e; padding: 12px 20px 20px;
      box-shadow: 0 -6px 24px rgb(0 0 0 / .35); }
    .mistakes.warnings { border-color: #8a6d00; }
    header { display: flex; gap: 16px; align-items: baseline; justify-content: space-between; }
    h2 { margin: 0; font-size: 16px; }
    pre { margin: 12px 0 0; font: 13px/1.4 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
    button { font: inherit; color: inherit; background: #3a3632; border: 1px solid #7d766c; border-radius: 4px; padding: 4px 10px; cursor: pointer; }
    button.badge { inset-inline-end: 12px; inset-block-end: 12px; opacity: .85; }
    @media print { :host { display: none; } }`;
  let host;
  let hidden = '';
  let opened = false;

  function show(news) {
    const key = JSON.stringify(news.diagnostics);
    if (host?.dataset.key === key) return;
    const [count, noun] = news.errors ? [news.errors, 'error'] : [news.warnings, 'warning'];
    host?.remove();
    host = undefined;
    if (!count) return;
    host = document.createElement('dateline-preview');
    host.dataset.key = key;
    const root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const title = `${count} ${noun}${count === 1 ? '' : 's'}`;
    const badge = element('button', title, { className: 'badge', type: 'button' });
    const panel = element('section', '', { className: news.errors ? 'mistakes' : 'mistakes warnings', role: 'region', ariaLabel: title });
    const header = element('header', '');
    const close = element('button', 'Hide', { type: 'button' });
    header.append(element('h2', title), close);
    panel.append(header, ...news.diagnostics.filter(one => one.is_error || !news.errors).map(one => element('pre', one.text)));
    const open = is => {
      panel.hidden = !is;
      badge.hidden = is;
    };
    const hide = () => {
      hidden = key;
      opened = false;
      open(false);
    };
    close.addEventListener('click', hide);
    badge.addEventListener('click', () => {
      opened = true;
      open(true);
    });
    panel.addEventListener('keydown', event => event.key === 'Escape' && hide());
    open((news.errors > 0 && hidden !== key) || (news.errors === 0 && opened));
    root.append(panel, badge);
    document.documentElement.append(host);
  }

  function element(name, text, properties = {}) {
    const made = Object.assign(document.createElement(name), properties);
    made.textContent = text;
    return made;
  }

  // A page that nobody sees asks nothing: browsers allow few connections at once.
  let asking;
  async function ask() {
    if (asking || document.hidden) return;
    asking = new AbortController();
    try {
      while (!document.hidden) {
        const since = heard ? state.generation : 0;
        const query = new URLSearchParams({ since, known: state.generation, page: decodeURIComponent(location.pathname) });
        const answer = await fetch(`/.dateline-preview/news?${query}`, { signal: asking.signal, cache: 'no-store' });
        if (!answer.ok) throw new Error(answer.statusText);
        if (answer.status === 200) await hear(await answer.json());
      }
    } catch {
      if (!asking.signal.aborted) setTimeout(ask, 1000);
    }
    asking = undefined;
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) return ask();
    asking?.abort();
  });
  addEventListener('pagehide', () => asking?.abort());
  addEventListener('pageshow', ask);
  restore();
  ask();
})();
