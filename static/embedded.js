// Inside of a frame on another site: tells the page around it how high the content is, whenever that changes or it is asked.
// What it tells is a number and no secret, so that any page may hear it; it listens to nobody else.
(() => {
  'use strict';
  if (parent === window) return;
  const content = document.documentElement;
  const tell = () => parent.postMessage({ dateline: 'height', height: Math.ceil(content.getBoundingClientRect().height) }, '*');
  new ResizeObserver(tell).observe(content);
  addEventListener('message', event => {
    if (event.source === parent && event.data?.dateline === 'ask') tell();
  });
})();
