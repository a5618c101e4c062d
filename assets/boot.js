// Starts the app on pages that have something to fill in, and says in plain words why if it does not start.
//
// The page is complete without the app: it reads and prints. Whatever fails here costs only the filling in.
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

  var script = document.querySelector('script[data-wasm]');
  var asked = script.hasAttribute('data-live') || /[?&]of=/.test(location.search);
  if (asked) {
    boot();
  }

  function boot() {
    // loading, ready, fallback or failed: for the style sheet and the tests
    state('loading');
    if (!window.fetch || !window.Promise || !window.URL) {
      fail(TOO_OLD);
      return;
    }
    var slow = setTimeout(function () { say(SLOW); }, 10000);
    watchForCrashes();
    Promise.all([fetched(file('data-wasm')), fetched(file('data-model')), glue()])
      .then(function (got) {
        return compiled(got[0]).then(function (reached) { start(got[1], reached); });
      })
      .catch(function (error) {
        console.error(error.cause || error);
        fail(error.told ? error.message : TOO_OLD);
      })
      .then(function () { clearTimeout(slow); });
  }

  // Resolves to the state that is reached once the app has started.
  function compiled(wasm) {
    var tried = window.WebAssembly
      ? window.wasm_bindgen({ module_or_path: wasm })
      : Promise.reject(new Error('no WebAssembly'));
    return tried.then(
      function () { return 'ready'; },
      function (refused) {
        // Chromium before 97 refuses any WASM under our content security policy
        console.info('WebAssembly refused, using its JavaScript build: ' + refused);
        return loaded(file('data-fallback'))
          .then(function () { return window.wasm_bindgen({ module_or_path: null }); })
          .then(function () { return 'fallback'; });
      }
    );
  }

  function start(model, reached) {
    var root = new URL(script.getAttribute('data-root') || './', document.baseURI).href;
    // the app changes the address, and the browser asks for the icon again at each: relative, it would be elsewhere
    var icon = document.querySelector('link[rel="icon"]');
    if (icon) {
      icon.href = icon.href;
    }
    try {
      window.wasm_bindgen.start(model, root);
    } catch (error) {
      throw told(CRASHED, error);
    }
    say('');
    state(reached);
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

  function file(attribute) {
    return new URL(script.getAttribute(attribute), script.src).href;
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
  function glue() {
    if (window.wasm_bindgen) {
      return Promise.resolve();
    }
    return loaded(file('data-glue')).then(function () {
      if (!window.wasm_bindgen) {
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
    state('failed');
  }

  // The app may have replaced the place for messages together with the rest of the page.
  function say(message) {
    var place = document.getElementById('boot');
    if (!place && message) {
      place = document.createElement('p');
      place.id = 'boot';
      place.setAttribute('role', 'status');
      document.body.insertBefore(place, document.body.firstChild);
    }
    if (place) {
      place.hidden = !message;
      place.textContent = message;
    }
  }

  function state(name) {
    document.documentElement.setAttribute('data-app', name);
  }
})();
