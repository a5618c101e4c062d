// Decides before the first paint how the page looks: whether in large print, and that parts which need a script are
// shown. It stands in the page itself. Pages for reading get their boot script from here, when all else is there: nothing that
// is seen waits for it.
(function () {
  'use strict';

  var KEY = 'zp1/large';
  var SLASH = 'zp1/slash';
  var root = document.documentElement;
  var icon = document.querySelector('link[rel="icon"]');
  // given by the host without its last slash, or under the name of no file: all addresses in the page lead elsewhere
  if (icon && /^(\.\.|assets)/.test(icon.getAttribute('href')) && !/\/([^/]*\.html?)?$/.test(location.pathname)) {
    mend();
    return;
  }
  root.className = 'js';

  // Goes there with the slash, once: a host may take it away again. Then the page is as it is without scripts, and says so.
  function mend() {
    try {
      if (sessionStorage.getItem(SLASH) !== location.pathname) {
        sessionStorage.setItem(SLASH, location.pathname);
        location.replace(location.pathname + '/' + location.search + location.hash);
      }
    } catch (refused) {
      // who cannot note that it was tried does not try
    }
  }

  function kept(value) {
    try {
      if (value === undefined) {
        return localStorage.getItem(KEY);
      }
      localStorage.setItem(KEY, value);
    } catch (refused) {
      // nothing can be stored: the switch is valid for this page only
    }
  }

  function set(large) {
    root.className = large ? 'js large' : 'js';
    var button = document.getElementById('large');
    if (button) {
      button.setAttribute('aria-pressed', large);
    }
  }

  function again() {
    set(kept() === '1');
  }

  again();
  document.addEventListener('DOMContentLoaded', again);
  // the app replaces the button by a new one
  new MutationObserver(again).observe(root, { attributes: true, attributeFilter: ['data-app'] });
  window.addEventListener('load', function () {
    var asked = document.querySelector('script[data-src]');
    if (asked) {
      var script = document.createElement('script');
      [].forEach.call(asked.attributes, function (it) {
        if (it.name !== 'type') {
          script.setAttribute(it.name.replace('data-src', 'src'), it.value);
        }
      });
      // without it there is no search and nothing to cite with
      script.onerror = function () { root.setAttribute('data-reader', 'none'); };
      asked.parentNode.replaceChild(script, asked);
    }
  });
  document.addEventListener('click', function (event) {
    if (event.target.id === 'large') {
      // the text being read stays at the same place on the screen
      var read = document.elementFromPoint(window.innerWidth / 2, 140);
      var top = read && read.getBoundingClientRect().top;
      kept(root.className === 'js' ? '1' : '0');
      set(root.className === 'js');
      if (read && window.scrollY) {
        window.scrollBy(0, read.getBoundingClientRect().top - top);
      }
    }
  });
})();
