// The search of a site in one language. The index is cut by time and loaded when it is wanted: the names at once, since they
// fill the choices, and of the events only the files of the years that are asked for. Everything stays in the browser.
(() => {
  'use strict';
  const byId = id => document.getElementById(id);
  const index = byId('search:index');
  const form = byId('search:form');
  if (!index || !form) return;
  const AT_ONCE = 40;
  const language = document.documentElement.lang;
  const status = byId('search:status');
  const [nameList, eventList] = [byId('search:names').parentElement, byId('search:events').parentElement];
  const more = eventList.querySelector('.search-more');
  const field = form.elements.q;
  const choices = [...form.querySelectorAll('select')];

  // Letters without case, accents and vowel signs: «Járkov» is «jarkov», «الإمارة» is «الاماره», «٣» is «3».
  const OTHERS = {
    ß: 'ss', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ħ: 'h', ı: 'i', æ: 'ae', œ: 'oe', ς: 'σ', 'ـ': '', ٱ: 'ا', ى: 'ي', ة: 'ه', ک: 'ك', ی: 'ي',
  };
  // Decimal digits stand in tens, each beginning with its zero.
  function digit(sign) {
    let zero = sign.codePointAt(0);
    while (zero > sign.codePointAt(0) - 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return String((sign.codePointAt(0) - zero) % 10);
  }
  const SPECIAL = new RegExp(`[${Object.keys(OTHERS).join('')}]|(?![0-9])\\p{Nd}`, 'gu');
  const fold = text =>
    text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(SPECIAL, sign => OTHERS[sign] ?? digit(sign));
  const wordsOf = folded => folded.match(/[\p{L}\p{N}]+/gu) ?? [];
  // Scripts that put no space between words are searched anywhere, the others where a word begins; an Arabic word may begin
  // after its article or a particle of one letter.
  const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;
  const ARTICLE = /^[وفبكل]?(?:ال|لل)|^[وفبكل]/;
  const ARABIC = /\p{sc=Arab}/u;
  const begins = wanted => {
    if (UNSPACED.test(wanted)) return word => word.includes(wanted);
    if (ARABIC.test(wanted)) return word => word.startsWith(wanted) || word.replace(ARTICLE, '').startsWith(wanted);
    return word => word.startsWith(wanted);
  };
  const asked = text => wordsOf(fold(text)).map(word => ({ word, begins: begins(word) }));

  // The index: a file is asked for once, and forgotten when it could not be had.
  const files = [...index.content.querySelectorAll('a')].map(link => ({
    href: link.getAttribute('href'),
    from: Number(link.dataset.from ?? NaN),
    until: Number(link.dataset.until ?? Infinity),
  }));
  const loaded = new Map();
  function load(href, prepare) {
    if (!loaded.has(href)) {
      const file = fetch(href).then(answer => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))));
      loaded.set(href, file.then(prepare).catch(error => {
        loaded.delete(href);
        throw error;
      }));
    }
    return loaded.get(href);
  }

  const names = new Map();
  const loadNames = () => load(index.dataset.names, list => {
    for (const name of list) {
      name.own = wordsOf(fold(name.name));
      name.words = [...name.own, ...wordsOf(fold([name.role ?? '', ...(name.also ?? [])].join(' ')))];
      names.set(name.id, name);
    }
    for (const choice of choices) {
      const own = list.filter(name => name.id.startsWith(`${choice.name}/`) && name.events > 0);
      choice.append(...own.map(name => new Option(name.name, name.id.slice(choice.name.length + 1))));
    }
    return list;
  });

  const prepared = list => list.map(event => ({
    ...event,
    fields: [
      [8, wordsOf(fold(event.title))],
      [5, (event.names ?? []).flatMap(id => names.get(id)?.words ?? [])],
      [3, wordsOf(fold(event.date))],
      [2, wordsOf(fold(event.summary ?? ''))],
    ],
  }));

  // How well some fields answer to every word that is wanted: whole words more than beginnings; 0 where one is missing.
  function score(fields, wanted) {
    let sum = 0;
    for (const { word, begins } of wanted) {
      let best = 0;
      for (const [weight, words] of fields) {
        if (weight * 2 <= best) continue;
        if (words.includes(word)) best = Math.max(best, weight * 2);
        else if (words.some(begins)) best = Math.max(best, weight);
      }
      if (best === 0) return 0;
      sum += best;
    }
    return sum;
  }

  const ranked = (list, fieldsOf, wanted) =>
    list.map((one, at) => ({ one, at, score: wanted.length === 0 ? 1 : score(fieldsOf(one), wanted) }))
      .filter(found => found.score > 0)
      .sort((a, b) => b.score - a.score || a.at - b.at)
      .map(found => found.one);

  // A search: what is asked, the files it needs, what is found. A newer one makes an older one fall silent.
  let latest = 0;
  async function search() {
    latest += 1;
    const own = latest;
    const wanted = asked(field.value);
    const chosen = choices.filter(choice => choice.value !== '');
    if (wanted.length === 0 && chosen.length === 0) return show([], [], [], false);
    const slow = setTimeout(() => own === latest && (status.textContent = index.dataset.loading), 300);
    try {
      const all = await loadNames();
      const year = chosen.find(choice => choice.name === 'year')?.value;
      const needed = files.filter(file => year === undefined || file.from <= Number(year) && Number(year) <= file.until);
      const events = (await Promise.all(needed.map(file => load(file.href, prepared)))).flat();
      if (own !== latest) return;
      const found = ranked(events.filter(event => chosen.every(choice => answers(event, choice))), event => event.fields, wanted);
      const people = chosen.length > 0 ? [] : ranked(all, name => [[8, name.own], [4, name.words]], wanted);
      show(people, found, wanted, true);
    } catch {
      if (own === latest) {
        show([], [], [], false);
        status.textContent = index.dataset.failed;
      }
    } finally {
      clearTimeout(slow);
    }
  }

  function answers(event, { name, value }) {
    if (name !== 'year') return event.names?.includes(`${name}/${value}`);
    const [from, until] = event.years ?? [];
    return from <= Number(value) && Number(value) <= (until ?? Infinity);
  }

  // What is shown: both lists with a line that says how much there is.
  let rest = [];
  function show(people, events, wanted, told) {
    nameList.hidden = people.length === 0;
    nameList.querySelector('ul').replaceChildren(...people.slice(0, AT_ONCE).map(name => nameItem(name, wanted)));
    eventList.hidden = events.length === 0;
    eventList.querySelector('ol').replaceChildren();
    rest = events.map(event => () => eventItem(event, wanted));
    showMore();
    const counts = [['events', events.length], ['names', people.length]].filter(([, number]) => number > 0);
    if (!told) status.textContent = '';
    else status.textContent = counts.map(([what, number]) => count(what, number)).join(' · ') || index.dataset.nothing;
  }

  function showMore() {
    const items = rest.splice(0, AT_ONCE).map(item => item());
    eventList.querySelector('ol').append(...items);
    more.hidden = rest.length === 0;
    return items[0];
  }

  function nameItem(name, wanted) {
    const item = make('li', link(name.href, marked(name.name, wanted)));
    if (name.role) item.append(' ', make('span', marked(name.role, wanted), 'role'));
    const also = (name.also ?? []).filter(other => wanted.some(({ begins }) => wordsOf(fold(other)).some(begins)));
    if (also.length > 0) item.append(' ', make('span', [`(${index.dataset.also}: `, ...marked(also.join(', '), wanted), ')'], 'role'));
    if (name.events > 0) item.append(' ', make('span', [count('events', name.events)], 'count'));
    return item;
  }

  function eventItem(event, wanted) {
    const facts = [event.date, ...(event.timeline ? [event.timeline] : [])].join(' · ');
    const item = make('li', [make('h3', [link(event.href, marked(event.title, wanted))]), make('p', marked(facts, wanted), 'facts')]);
    if (event.summary) item.append(make('p', marked(event.summary, wanted), 'summary'));
    if (event.language) item.lang = event.language;
    return item;
  }

  function make(tag, children, name) {
    const element = document.createElement(tag);
    element.append(...[children].flat());
    if (name) element.className = name;
    return element;
  }

  function link(href, children) {
    const element = make('a', children);
    element.href = href;
    return element;
  }

  // A text with what was found marked: the words whose beginning was wanted, as far as it was.
  function marked(text, wanted) {
    const parts = [];
    let done = 0;
    for (const { 0: word, index: at } of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
      const folded = fold(word);
      const found = wanted.filter(one => one.begins(folded)).map(one => one.word).sort((a, b) => b.length - a.length)[0];
      if (!found) continue;
      const [from, until] = within(word, folded.indexOf(found), found.length);
      parts.push(text.slice(done, at + from), make('mark', [word.slice(from, until)]));
      done = at + until;
    }
    return [...parts, text.slice(done)];
  }

  // Where letters of the folded word stand in the word as it is written.
  function within(word, start, length) {
    let [folded, from, until] = [0, 0, 0];
    for (const one of word) {
      if (folded >= start + length && fold(one) !== '') break;
      if (folded === start && fold(one) !== '') from = until;
      folded += fold(one).length;
      until += one.length;
    }
    return [from, until];
  }

  function count(what, number) {
    const text = wanted => index.content.querySelector(`[data-count=${what}][data-form=${wanted}]`)?.textContent;
    const words = text(new Intl.PluralRules(language).select(number)) ?? text('other');
    return words.replace('{count}', new Intl.NumberFormat(`${language}-u-nu-latn`).format(number));
  }

  // The address holds what is asked, so that it can be kept and sent.
  function remember() {
    const address = new URL(location.href);
    for (const { name, value } of [field, ...choices]) {
      if (value === '') address.searchParams.delete(name);
      else address.searchParams.set(name, value);
    }
    history.replaceState(history.state, '', address);
  }

  async function recall() {
    const asked = new URL(location.href).searchParams;
    field.value = asked.get('q') ?? '';
    await loadNames().catch(() => (status.textContent = index.dataset.failed));
    for (const choice of choices) choice.value = asked.get(choice.name) ?? '';
    for (const choice of choices) if (choice.selectedIndex < 0) choice.value = '';
    search();
  }

  const ask = () => {
    remember();
    search();
  };
  form.addEventListener('input', ask);
  form.addEventListener('submit', event => {
    event.preventDefault();
    ask();
  });
  form.addEventListener('reset', () => setTimeout(() => {
    ask();
    field.focus();
  }));
  more.addEventListener('click', () => showMore()?.querySelector('a').focus());
  addEventListener('popstate', recall);
  document.querySelector('.no-script').hidden = true;
  form.hidden = false;
  recall();
})();
