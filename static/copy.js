// A button beside each code that copies it. The code can be selected without this script.
(() => {
  'use strict';
  if (!navigator.clipboard) return;
  for (const codes of document.querySelectorAll('.embed-codes')) {
    for (const code of codes.querySelectorAll('.embed-code')) {
      const text = code.querySelector('textarea');
      const button = document.createElement('button');
      const told = document.createElement('span');
      button.type = 'button';
      button.textContent = codes.dataset.copy;
      button.setAttribute('aria-label', `${codes.dataset.copy}: ${code.querySelector('label').textContent}`);
      told.setAttribute('role', 'status');
      button.addEventListener('click', async () => {
        await navigator.clipboard.writeText(text.value);
        told.textContent = codes.dataset.copied;
        setTimeout(() => (told.textContent = ''), 4000);
      });
      text.after(button, ' ', told);
    }
  }
})();
