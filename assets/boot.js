// Starts the programs of the page. The app, on pages that have something to fill in, with the part of it that shows the
// page, and fetches the other parts when the app asks. The reader, which searches and cites, when
// somebody is about to.
//
// The page is complete without either: it reads and prints. Whatever fails here costs only the filling in. That it fails is
// said here in a sentence; which of many causes it is, and what to do, is found out by why.js, which is fetched only then.
// Written for the oldest engines (ES5): 360's compatibility mode is IE 11, and must get to the last message.
(function () {
  'use strict';

  var SLOW = '载入较慢，请稍候。表格仍可阅读、打印。';
  var TOO_OLD = '填报功能无法在此浏览器运行。表格仍可阅读、打印；如需填报，请换用 360 极速模式、Edge 或 Chrome。';
  var CRASHED = '程序出错，已保存的数据没有丢失。请刷新页面。';

  var script = document.querySelector('script[data-reader]');
  // taken once: the app changes the address of the page, and with it what a relative address means
  var here = script.src;
  // the part of the app that shows this page
  var own = script.getAttribute('data-part');
  // what the other parts are linked to: the exports of the app, none where it runs as JavaScript
  var exported = null;
  // files, by address: those that came with the first load or ahead; and the modules that were asked for
  var came = {};
  // a button of the reader that was pressed before it was there
  var pressed;
  var linked = {};
  if (forward()) {
    return;
  }
  window.addEventListener('hashchange', function () {
    if (/^#s/.test(location.hash)) {
      forward(true);
    }
  });
  // a blank rubric becomes a filled form
  var live = script.hasAttribute('data-live') || (own && /[?&]of=/.test(location.search));
  if (live) {
    boot();
  } else {
    carry();
  }
  // who was sent here to search, who may check a code, and who was in the field before this script came
  if (!live && (/[?&]q=/.test(location.search) || document.getElementById('code')) || (document.activeElement || 0).id === 'q') {
    read();
  }
  ['focusin', 'pointerover', 'click'].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      var target = event.target;
      var button = /(^| )(cite|print)( |$)/.test(target.className);
      if (target.id === 'q' || button) {
        read();
        // pressed before the reader is there to hear it
        pressed = kind === 'click' && button ? target : pressed;
      }
    });
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
        fail(error.told ? error.message : TOO_OLD, error);
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
      state('reader', 'failed');
      return;
    }
    state('reader', 'loading');
    files('reader').slice(4).forEach(function (url) { styled(url); });
    program('reader')
      .then(function (reader) {
        window.reader_bindgen.start(reader.data, home());
        tell('');
        state('reader', reader.reached);
        if (pressed) {
          pressed.click();
        }
      })
      .catch(function (error) {
        console.info('no search: ' + (error.cause || error));
        tell(error.told ? error.message : TOO_OLD);
        state('reader', 'failed');
      });
  }

  // Resolves to the data the program works on, and the state that is reached once it has started.
  function program(name) {
    var its = files(name);
    function run(bytes) {
      return window[name + '_bindgen']({ module_or_path: bytes });
    }
    // on pages made to be filled in, the glue came before this script, unless it could not be fetched or read
    var reached = Promise.all([fetched(its[0]), window[name + '_bindgen'] || loaded(its[1])])
      .then(function (got) { return run(name === 'app' ? unpacked(got[0]) : got[0]); })
      .then(function (exports) {
        if (name === 'app') {
          exported = exports;
          return Promise.all(filesOf(own).map(link));
        }
      })
      .then(
        function () { return 'ready'; },
        // Its JavaScript build has all of this in it. Chromium before 97 refuses any WASM under our content security policy,
        // and a file may be missing, damaged or too large for the memory.
        function (refused) {
          console.info('no WebAssembly: ' + (refused.cause || refused));
          exported = name === 'app' ? null : exported;
          return loaded(its[2]).then(function () { return run(null); }).then(
            function () { return 'fallback'; },
            // what could not be had first is what is missing
            function (error) { throw refused.told ? refused : error; }
          );
        }
      );
    return Promise.all([fetched(its[3]), reached]).then(function (got) {
      return { data: got[0], reached: got[1] };
    });
  }

  // The app asks for a part of it. With the part comes all of the data, where a sheet began with its one rubric. Where it
  // does not say what to do without it, nobody waits and nothing is said.
  window.app_part = function (name, there, not) {
    var slow = not && setTimeout(function () { say(SLOW); }, 1000);
    function over(then) {
      clearTimeout(slow);
      if (not) {
        say('');
      }
      if (then) {
        then();
      }
    }
    // its JavaScript build has the parts that its name says
    var had = exported || isOf(name, script.getAttribute('data-app').split(' ')[2]);
    var files = had ? Promise.all([whole()].concat(filesOf(name).map(link))) : Promise.reject(name);
    files.then(
      function () { over(there); },
      function (error) {
        console.info('no part: ' + (error.cause || error));
        // without a network there is no page to load either
        (not && error.told && window.app_lost || over)(not, over);
      }
    );
  };

  function whole() {
    var name = script.getAttribute('data-whole');
    if (!name) {
      return Promise.resolve();
    }
    var url = beside(name);
    return Promise.resolve(came[url] || fetched(url)).then(function (model) {
      if (script.hasAttribute('data-whole')) {
        script.removeAttribute('data-whole');
        window.app_bindgen.learn(model);
      }
    });
  }

  // What was filled in on a sheet can be shared, printed and left without a network too: what these pages need is fetched
  // once the sheet has stood for a while. As JavaScript another group of parts is another page.
  function ahead(part) {
    if (part !== 'sheet' || !exported) {
      return;
    }
    setTimeout(function () {
      var model = script.getAttribute('data-whole');
      var urls = model ? [beside(model)] : [];
      ['dossier', 'form', 'send', 'open'].forEach(function (other) { urls = urls.concat(filesOf(other)); });
      urls.forEach(function (url) {
        if (/\.css$/.test(url)) {
          styled(url, 'not all');
        } else if (!linked[url] && !came[url]) {
          came[url] = fetched(url);
          came[url].catch(function () { delete came[url]; });
        }
      });
    }, 2000);
  }

  // A page of this part is shown now: the style sheets that only others need rest meanwhile.
  window.app_wear = function (part) {
    ahead(part);
    [].forEach.call(document.querySelectorAll('link[rel="stylesheet"][href*="/app-"],style[data-of]'), function (it) {
      it.media = isOf(part, it.getAttribute('data-of') || it.href.split('/').pop()) ? 'all' : 'not all';
    });
  };

  // The style sheets and modules of a part.
  function filesOf(part) {
    return script.getAttribute('data-parts').split(' ').filter(function (it) { return isOf(part, it); }).map(beside);
  }

  // A file may be needed by several parts; the words of its name say by which: app-case-meet-0123abcd.wasm.
  function isOf(part, file) {
    return file.split('-').slice(1, -1).indexOf(part) !== -1;
  }

  function isModule(url) {
    return /wasm$/.test(url);
  }

  // What a first load fetches is one file, which compresses better than many: the module of the app and then those of the
  // part. Gives the first. What takes it apart stands in the script of the app.
  function unpacked(pack) {
    var modules = window.unwoven(pack);
    filesOf(own).filter(isModule).forEach(function (url, i) { came[url] = modules[i + 1]; });
    return modules[0];
  }

  function link(url) {
    if (!isModule(url)) {
      // it rests until its part is shown
      return styled(url, 'not all');
    }
    if (exported && !linked[url]) {
      linked[url] = Promise.resolve(came[url] || fetched(url)).then(function (bytes) {
        return WebAssembly.instantiate(bytes, { __wasm_split: exported });
      });
      linked[url].catch(function () { delete linked[url]; });
    }
    return linked[url];
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
    ahead(own);
    // before a new release of the site takes it away
    setTimeout(explain, 2000);
  }

  // A panic traps and leaves the app standing half-way. What it had stored is stored.
  function watchForCrashes() {
    function look(error) {
      if (error && error.name === 'RuntimeError') {
        fail(CRASHED, told(CRASHED, error));
      }
    }
    window.addEventListener('error', function (event) { look(event.error); });
    window.addEventListener('unhandledrejection', function (event) { look(event.reason); });
  }

  // A shared record opens on one page; a link to it that was rewritten on the way leads to another one or to none, and one
  // that is pasted into the address of an open page loads nothing: `heard`.
  function forward(heard) {
    var hash = location.hash.replace(/%(20|0a|0d)|\s/gi, '');
    var found = /^#s[.=]([\w-]+)/.exec(hash) ||
      /[?&]s[.=]([\w-]+)/.exec(location.search) ||
      /%(?:25)?23s[.=]([\w-]+)/i.exec(location.pathname);
    // these pages take a record out of the address themselves
    var takes = heard ? /\/open\/$/ : /\/(open|compare|panel)\/$/;
    if (!found || (/^#s\./.test(hash) && hash === location.hash && takes.test(location.pathname) && !location.search)) {
      return false;
    }
    if (heard) {
      // going back leads to the page as it was
      history.replaceState(history.state, '', location.pathname + location.search);
      location.assign(home() + 'open/#s.' + found[1]);
    } else {
      location.replace(home() + 'open/#s.' + found[1]);
    }
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
    return here.replace(/assets\/[^/]*$/, '');
  }

  // Module, glue, the same as JavaScript, data, and the reader's style, beside this script.
  function files(name) {
    return script.getAttribute('data-' + name).split(' ').map(beside);
  }

  function beside(name) {
    return home() + 'assets/' + name;
  }

  // Once the sheet is there. Without it the page can still be used.
  function styled(url, media) {
    var name = url.split('/').pop() + '"]';
    if (document.querySelector('link[href$="' + name + ',style[data-of="' + name)) {
      return Promise.resolve();
    }
    var sheet = document.createElement('link');
    sheet.rel = 'stylesheet';
    sheet.href = url;
    sheet.media = media || 'all';
    return new Promise(function (resolve) {
      sheet.onload = sheet.onerror = resolve;
      document.head.appendChild(sheet);
    });
  }

  // Bytes and not a stream: any MIME type will do.
  function fetched(url) {
    return fetch(url)
      .then(function (response) {
        if (!response.ok) {
          throw response;
        }
        return response.arrayBuffer();
      })
      .then(function (buffer) { return checked(url, new Uint8Array(buffer)); })
      .catch(function (error) { throw lacking(url, error.status || '网络不通或内容不对', error); });
  }

  // Data end with how many bytes they are. Cut off, packed, or a page to log in, they would be taken for other rules.
  function checked(url, bytes) {
    if (!/\/(data|search)-/.test(url)) {
      // modules of the app are woven as first loads are; the reader's is not
      return /\/app-[^/]*$/.test(url) ? window.unwoven(bytes)[0] : bytes;
    }
    if (new DataView(bytes.buffer).getUint32(bytes.length - 4, true) !== bytes.length) {
      throw url;
    }
    return bytes.subarray(0, -4);
  }

  function loaded(url) {
    return new Promise(function (resolve, reject) {
      // a script element does not tell why
      insert(url, resolve, function () { reject(lacking(url, '缺少或被拦截')); });
    });
  }

  function insert(url, then, otherwise) {
    var element = document.createElement('script');
    element.src = url;
    element.onload = then;
    element.onerror = otherwise;
    document.head.appendChild(element);
  }

  function lacking(url, why, cause) {
    return told('填报功能没有载入：取不到文件 ' + url.split('/').pop() + '（' + why + '）。表格仍可阅读、打印；请刷新页面。', cause);
  }

  // An error whose message is for the reader of the page.
  function told(message, cause) {
    var error = new Error(message);
    error.cause = cause;
    error.told = true;
    return error;
  }

  function fail(message, error) {
    say(message);
    state('app', 'failed');
    explain(error || {});
  }

  // Lets why.js say which of the causes it is, where that can be had; without an error it is only there from then on.
  function explain(error) {
    function then() {
      if (error) {
        window.app_why(error);
      }
    }
    if (window.app_why) {
      then();
    } else {
      insert(beside(script.getAttribute('data-why')), then);
    }
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
