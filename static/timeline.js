// Comfort for a timeline's page. Everything that is to be read, found and filtered is there without this script; with it
// the choices stand in the address, the page's events can be searched, map and list point at each other, links can be
// copied, times are told in the reader's zone as well, and an old anchor of a long timeline finds its event.
(() => {
  'use strict';
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = id => document.getElementById(id);
  const words = byId('page:comfort');
  if (!words) return;
  const say = (name, values) => words.dataset[name].replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
  const form = byId('filter:form');
  const entries = all('.entry');
  const comforts = words.content.querySelector('.comforts').cloneNode(true);
  byId('page:timeline').after(comforts);
  const search = byId('page:search');
  const keys = byId('page:keys');
  const status = comforts.querySelector('.shown');

  // Letters alone, without accents and case: «Járkov» is found as «jarkov».
  const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

  // The choices and the search, as they stand in the address.
  const boxes = form ? all('[type=checkbox]', form) : [];
  const chosen = () => boxes.filter(box => box.checked);

  function remember() {
    const address = new URL(location.href);
    for (const name of new Set(boxes.map(box => box.name))) address.searchParams.delete(name);
    for (const box of chosen()) address.searchParams.append(box.name, box.value);
    if (search.value) address.searchParams.set('q', search.value);
    else address.searchParams.delete('q');
    history.replaceState(history.state, '', address);
  }

  function recall() {
    const asked = new URL(location.href).searchParams;
    for (const box of boxes) box.checked = asked.getAll(box.name).includes(box.value);
    search.value = asked.get('q') ?? '';
    if (chosen().length > 0) form.closest('details').open = true;
    find();
  }

  // The search: what does not match is hidden, with the headings that nothing is left under.
  const texts = new Map();
  const opened = new Set();

  function find() {
    const wanted = plain(search.value).split(/\s+/).filter(Boolean);
    for (const entry of entries) {
      if (wanted.length > 0 && !texts.has(entry)) texts.set(entry, plain(entry.textContent));
      entry.hidden = !wanted.every(word => texts.get(entry).includes(word));
      const fold = entry.querySelector('.fold');
      if (fold && wanted.length > 0 && !entry.hidden && !fold.open) {
        fold.open = true;
        opened.add(fold);
      }
    }
    if (wanted.length === 0) {
      for (const fold of opened) fold.open = false;
      opened.clear();
    }
    for (const group of all('.simultaneous, .period, .section')) group.hidden = !group.querySelector('.entry:not([hidden])');
    for (const mark of all('.timeline .gap, .range-end')) mark.hidden = wanted.length > 0;
    tell();
  }

  function tell() {
    const inUse = chosen().length > 0 || search.value.trim() !== '';
    const shown = entries.filter(entry => entry.checkVisibility()).length;
    status.textContent = inUse ? say('shown', { shown, count: entries.length }) : '';
    document.querySelector('.no-match')?.classList.toggle('empty', inUse && shown === 0);
  }

  function choose() {
    remember();
    tell();
  }

  form?.addEventListener('change', choose);
  form?.addEventListener('submit', event => event.preventDefault());
  form?.addEventListener('reset', () => setTimeout(() => {
    search.value = '';
    find();
    choose();
  }));
  search.addEventListener('input', () => {
    find();
    remember();
  });

  // The map and the list point at each other.
  const places = element => {
    const of = element.closest?.('[data-places], .stops > li, .map [data-place]');
    if (!of) return [];
    if (of.dataset.places) return of.dataset.places.split(' ').map(id => `place:${id}`);
    return [of.dataset.place ?? of.id];
  };

  function light(event) {
    const lit = new Set(places(event.target));
    for (const pin of all('.map [data-place]')) pin.classList.toggle('lit', lit.has(pin.dataset.place));
    for (const stop of all('.stops > li')) stop.classList.toggle('lit', lit.has(stop.id));
    const isEvent = event.target.closest?.('[data-places]');
    for (const card of all('.card[data-places]')) {
      card.classList.toggle('lit', !isEvent && card.dataset.places.split(' ').some(id => lit.has(`place:${id}`)));
    }
  }

  if (document.querySelector('.map')) {
    document.addEventListener('pointerover', light);
    document.addEventListener('focusin', light);
  }

  // A button beside each event that copies the address of its page.
  if (navigator.clipboard) {
    for (const card of all('.card')) {
      const link = card.querySelector('.card-title a, .more a');
      const button = words.content.querySelector('.copy-link').cloneNode(true);
      const label = button.textContent;
      const title = card.getAttribute('aria-label') ?? link.textContent;
      button.setAttribute('aria-label', `${label}: ${title}`);
      button.addEventListener('click', async () => {
        await navigator.clipboard.writeText(link.href);
        status.textContent = button.textContent = words.dataset.copied;
        setTimeout(() => (button.textContent = label), 3000);
      });
      card.append(button);
    }
  }

  // The time in the reader's zone, where that is another one than the place's.
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, {
    weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit',
  });
  for (const time of all('.entry time.date[datetime*="T"]')) {
    const [, sign, hours, minutes] = time.dateTime.match(/([+-])(\d\d):(\d\d)$/) ?? [, '+', '0', '0'];
    const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
    const instant = new Date(time.dateTime);
    if (Number.isNaN(instant.getTime()) || -instant.getTimezoneOffset() === offset) continue;
    const own = document.createElement('span');
    own.className = 'your-time';
    own.textContent = ` · ${say('yourTime', { time: clock.format(instant) })}`;
    time.after(own);
  }

  // The keys j and k, once they are asked for.
  try {
    keys.checked = localStorage.getItem('dateline:keys') === 'on';
    keys.addEventListener('change', () => localStorage.setItem('dateline:keys', keys.checked ? 'on' : 'off'));
  } catch {
    // A browser that keeps nothing: the keys are asked for anew on each page.
  }
  document.addEventListener('keydown', event => {
    const step = { j: 1, k: -1 }[event.key];
    const typing = event.target.closest?.('input:not([type=checkbox]), textarea, select, [contenteditable]');
    if (!keys.checked || !step || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const heads = entries
      .filter(entry => entry.checkVisibility())
      .map(entry => entry.querySelector('.card-title a, summary'));
    const before = heads.findLastIndex(head => head.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING || head === document.activeElement);
    const next = heads[document.activeElement === heads[before] || step > 0 ? before + step : before];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: 'center' });
  });

  // An anchor that has moved to another page of its timeline: the event's own page is where it always was.
  async function follow() {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id || id.includes(':') || byId(id)) return;
    const page = new URL(`${id.split('/').map(encodeURIComponent).join('/')}/`, new URL(words.dataset.timeline, location.href));
    const answer = await fetch(page, { method: 'HEAD' }).catch(() => null);
    if (answer?.ok) location.replace(page);
  }
  addEventListener('hashchange', follow);
  follow();
  recall();
})();
