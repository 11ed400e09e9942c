// While coverage goes on, and the page is in sight, asks every half minute or so whether there is something new, and says so
// in a line with a link. Nothing is put into the page. When the coverage has ended, it asks no more.
(() => {
  'use strict';
  const known = document.getElementById('page:coverage');
  const news = document.querySelector('.latest-news .news');
  if (!known || !news) return;
  const { latest, build, newest, all } = known.dataset;
  const language = document.documentElement.lang;
  const ids = new Set(newest.split(' '));
  let timer, asked = Date.now(), said = build, ended = false;

  // Between 30 and 60 seconds, so that readers do not all ask at once.
  const wait = () => {
    clearTimeout(timer);
    if (!ended && !document.hidden) timer = setTimeout(ask, 30_000 + Math.random() * 30_000);
  };

  // The browser's cache asks with the ETag that it was given, and a page that has not changed comes as «not modified».
  async function ask() {
    asked = Date.now();
    try {
      const answer = await fetch(latest, { cache: 'no-cache' });
      if (answer.status === 404 || answer.status === 410) end();
      else if (answer.ok) compare(await answer.json());
    } catch {
      // No network: the next time may have one.
    }
    wait();
  }

  // New is what stands before anything that was known; what stands after all of it has only moved up.
  function compare(now) {
    if (now.build === said) return;
    said = now.build;
    const last = all === 'true' ? now.newest.length : now.newest.findLastIndex(id => ids.has(id));
    const fresh = now.newest.slice(0, last < 0 ? now.newest.length : last).filter(id => !ids.has(id)).length;
    if (now.build === build) news.replaceChildren();
    else say(fresh > 0 ? count(fresh) : text('[data-news=changed]'));
  }

  function end() {
    ended = true;
    say(text('[data-news=ended]'));
  }

  const text = selector => known.content.querySelector(selector)?.textContent;

  function count(number) {
    const form = new Intl.PluralRules(language).select(number);
    const words = text(`[data-form=${form}]`) ?? text('[data-form=other]');
    return words.replace('{count}', new Intl.NumberFormat(`${language}-u-nu-latn`).format(number));
  }

  function say(what) {
    news.replaceChildren(what, ' ', known.content.querySelector('a').cloneNode(true));
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && !ended && Date.now() - asked > 30_000) ask();
    else wait();
  });
  wait();
})();
