// Loads the page anew when the site was built anew. `ziping serve` puts it into the pages that it shows; it is no part
// of the finished site.
(function () {
  'use strict';

  if (!window.fetch || !window.AbortController) {
    return;
  }
  var version = document.currentScript.getAttribute('data-version');
  var asking = null;

  // A request that is answered when there is another version. Only pages that somebody sees ask: a browser has six
  // connections to a host, and a seventh page would wait for ever.
  function ask() {
    stop();
    if (document.visibilityState === 'hidden') {
      return;
    }
    var mine = new AbortController();
    asking = mine;
    fetch('/-/reload?' + version, { signal: mine.signal, cache: 'no-store' })
      .then(function (answer) { return answer.text(); })
      .then(function (now) {
        if (asking === mine && now !== version) {
          location.reload();
        }
      })
      .catch(function () {
        // the program was ended, and may be started again
        if (asking === mine) {
          setTimeout(function () { if (asking === mine) { ask(); } }, 1000);
        }
      });
  }

  function stop() {
    if (asking) {
      var mine = asking;
      asking = null;
      mine.abort();
    }
  }

  // a page that waits for an answer cannot be kept for going back to it
  window.addEventListener('pagehide', stop);
  window.addEventListener('pageshow', ask);
  document.addEventListener('visibilitychange', ask);
}());
