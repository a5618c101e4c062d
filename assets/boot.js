// Starts the programs of the page. The app, on pages that have something to fill in; why it does not start is said in
// plain words. The reader, which searches and cites, on pages for reading once they are there, elsewhere when asked for.
//
// The page is complete without either: it reads and prints. Whatever fails here costs only the filling in.
// Written for the oldest engines (ES5): 360's compatibility mode is IE 11, and must get to the last message.
(function () {
  'use strict';

  var SLOW = '载入较慢，请稍候；表格可以直接阅读和打印。';
  var TOO_OLD = '填报功能无法在此浏览器运行。表格仍可阅读、打印；如需填报，请换用 360 极速模式、Edge 或 Chrome 打开。';
  var CRASHED = '程序出错，已保存的数据没有丢失。请刷新页面。';

  function notFetched(url, why) {
    var name = url.split('/').pop();
    return '填报功能没有载入：取不到文件 ' + name + '（' + why + '）。表格仍可阅读、打印；请刷新页面，仍不行请联系网站管理人员。';
  }

  var script = document.querySelector('script[data-app]');
  if (forward()) {
    return;
  }
  var live = script.hasAttribute('data-live') || /[?&]of=/.test(location.search);
  if (live) {
    boot();
  } else {
    carry();
    window.addEventListener('load', function () { setTimeout(read, 200); });
  }
  document.addEventListener('focusin', function (event) {
    if (event.target.id === 'q') {
      read();
    }
  });
  document.addEventListener('keydown', function (event) {
    var field = document.getElementById('q');
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && !/^(radio|checkbox)$/.test(event.target.type);
    if (event.key === '/' && !event.ctrlKey && !event.altKey && !event.metaKey && field && !typing) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });

  function boot() {
    // loading, ready, fallback or failed: for the style sheet and the tests
    state('app', 'loading');
    if (!window.fetch || !window.Promise || !window.URL) {
      fail(TOO_OLD);
      return;
    }
    var slow = setTimeout(function () { say(SLOW); }, 10000);
    watchForCrashes();
    program('app')
      .then(function (app) { start(app.data, app.reached); })
      .catch(function (error) {
        console.error(error.cause || error);
        fail(error.told ? error.message : TOO_OLD);
      })
      .then(function () { clearTimeout(slow); });
  }

  // Without it the search leads to the contents, as without scripts: nothing to complain about. The form on the page of
  // who files where has a place to say why it stays as it is.
  function read() {
    var root = document.documentElement;
    var tell = !live && document.getElementById('boot') ? say : function () {};
    if (root.getAttribute('data-reader')) {
      return;
    }
    if (!window.fetch || !window.Promise || !window.URL) {
      tell(TOO_OLD);
      return;
    }
    state('reader', 'loading');
    styled(files('reader')[4]);
    program('reader')
      .then(function (reader) {
        window.reader_bindgen.start(reader.data, home());
        tell('');
        state('reader', reader.reached);
      })
      .catch(function (error) {
        console.info('no search: ' + (error.cause || error.message));
        tell(error.told ? error.message : TOO_OLD);
        state('reader', 'failed');
      });
  }

  // Resolves to the data the program works on, and the state that is reached once it has started.
  function program(name) {
    var its = files(name);
    return Promise.all([fetched(its[0]), fetched(its[3]), glue(name, its[1])]).then(function (got) {
      return compiled(name, got[0], its[2]).then(function (reached) {
        return { data: got[1], reached: reached };
      });
    });
  }

  function compiled(name, wasm, fallback) {
    var tried = window.WebAssembly
      ? window[name + '_bindgen']({ module_or_path: wasm })
      : Promise.reject(new Error('no WebAssembly'));
    return tried.then(
      function () { return 'ready'; },
      function (refused) {
        // Chromium before 97 refuses any WASM under our content security policy
        console.info('WebAssembly refused, using its JavaScript build: ' + refused);
        return loaded(fallback)
          .then(function () { return window[name + '_bindgen']({ module_or_path: null }); })
          .then(function () { return 'fallback'; });
      }
    );
  }

  function start(model, reached) {
    // the app changes the address, and the browser asks for the icon again at each: relative, it would be elsewhere
    var icon = document.querySelector('link[rel="icon"]');
    if (icon) {
      icon.href = icon.href;
    }
    try {
      window.app_bindgen.start(model, home());
    } catch (error) {
      throw told(CRASHED, error);
    }
    say('');
    state('app', reached);
  }

  // A panic traps and leaves the app standing half-way. What it had stored is stored.
  function watchForCrashes() {
    function look(error) {
      if (error && error.name === 'RuntimeError') {
        fail(CRASHED);
      }
    }
    window.addEventListener('error', function (event) { look(event.error); });
    window.addEventListener('unhandledrejection', function (event) { look(event.reason); });
  }

  // A shared record opens on one page; a link to it that was rewritten on the way leads to another one or to none.
  function forward() {
    var open = home() + 'open/';
    var found = /^#s[.=]([\w-]+)/.exec(location.hash) ||
      /[?&]s[.=]([\w-]+)/.exec(location.search) ||
      /%(?:25)?23s[.=]([\w-]+)/i.exec(location.pathname);
    // these pages take a record out of the address themselves
    if (!found || (/^#/.test(location.hash) && /\/(open|compare|panel)\/$/.test(location.pathname) && !location.search)) {
      return false;
    }
    location.replace(open + '#s.' + found[1]);
    return true;
  }

  // Where the browser keeps nothing, dossiers lie in the window's name, which goes along from page to page. As the app does
  // on its pages: only to pages of this site that have this script, and whoever would lose something is asked.
  function carry() {
    var held = '';
    var goes = false;
    if (!/^zp1\n/.test(window.name)) {
      return;
    }
    document.addEventListener('click', function (event) {
      var link = event.target.closest('a[href]');
      var here = link && !link.target && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
      goes = here && link.href.indexOf(home()) === 0 && /\/(index\.html)?$/.test(link.pathname) &&
        !(link.hash && link.pathname === location.pathname);
      if (goes && held) {
        window.name = held;
      }
    });
    window.addEventListener('pageshow', function () { goes = false; });
    window.addEventListener('beforeunload', function (event) {
      if (!goes) {
        held = window.name || held;
        window.name = '';
        event.preventDefault();
        event.returnValue = '';
      }
    });
  }

  // The root of the site: this script lies in a folder of it. The page's own address may have changed by now.
  function home() {
    return new URL('../', script.src).href;
  }

  // Module, glue, the same as JavaScript, data, and the reader's style, beside this script.
  function files(name) {
    return script.getAttribute('data-' + name).split(' ').map(function (it) { return new URL(it, script.src).href; });
  }

  function styled(url) {
    if (document.querySelector('link[href$="' + url.split('/').pop() + '"]')) {
      return;
    }
    var link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = url;
    document.head.appendChild(link);
  }

  // Bytes and not a stream: any MIME type will do.
  function fetched(url) {
    return fetch(url).then(
      function (response) {
        if (!response.ok) {
          throw told(notFetched(url, response.status));
        }
        return response.arrayBuffer().then(
          function (buffer) { return new Uint8Array(buffer); },
          function (error) { throw told(notFetched(url, '传输中断'), error); }
        );
      },
      function (error) { throw told(notFetched(url, '网络不通'), error); }
    );
  }

  // On pages made to be filled in, app.js came before this script, unless it could not be fetched or read.
  function glue(name, url) {
    if (window[name + '_bindgen']) {
      return Promise.resolve();
    }
    return loaded(url).then(function () {
      if (!window[name + '_bindgen']) {
        throw told(TOO_OLD);
      }
    });
  }

  function loaded(url) {
    return new Promise(function (resolve, reject) {
      var element = document.createElement('script');
      element.src = url;
      element.onload = resolve;
      // a script element does not tell why; asking once more does
      element.onerror = function () {
        fetched(url).then(function () { throw told(TOO_OLD); }).catch(reject);
      };
      document.head.appendChild(element);
    });
  }

  // An error whose message is for the reader of the page.
  function told(message, cause) {
    var error = new Error(message);
    error.cause = cause;
    error.told = true;
    return error;
  }

  function fail(message) {
    say(message);
    state('app', 'failed');
    // what was saved can be had without the program
    var link = document.createElement('a');
    link.href = script.src.replace(/assets\/[^/]*$/, '') + 'rescue.html';
    link.textContent = '取出已保存的数据';
    var place = document.getElementById('boot');
    place.appendChild(document.createTextNode(' '));
    place.appendChild(link);
  }

  // The app may have replaced the place for messages together with the rest of the page.
  function say(message) {
    var place = document.getElementById('boot');
    if (!place && message) {
      place = document.createElement('p');
      place.id = 'boot';
      place.className = 'boot wrap';
      place.setAttribute('role', 'status');
      document.body.insertBefore(place, document.body.firstChild);
    }
    if (place) {
      place.hidden = !message;
      place.textContent = message;
    }
  }

  function state(program, name) {
    document.documentElement.setAttribute('data-' + program, name);
  }
})();
