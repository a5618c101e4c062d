// How the page looks to this person, settled before the first paint: large print, and what needs a script.
(function () {
  'use strict';

  var KEY = 'zp1/large';
  var root = document.documentElement;
  root.className = 'js';

  function kept(value) {
    try {
      if (value === undefined) {
        return localStorage.getItem(KEY);
      }
      localStorage.setItem(KEY, value);
    } catch (refused) {
      // nothing is kept here: the switch holds for this page
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
  // the app puts a new button in the place of the old one
  new MutationObserver(again).observe(root, { attributes: true, attributeFilter: ['data-app'] });
  document.addEventListener('click', function (event) {
    if (event.target.id === 'large') {
      // what was being read stays where it was
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
