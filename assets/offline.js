// The whole site in one file that is opened from a disk: unpacks what the file holds, shows the page that stands behind
// its name (`offline.html#/notice/`), and starts the programs, which are one here. What boot.js does for a site of many files.
//
// The file holds two packed blocks as text of windows-1252: pages, styles, data and glue; and the module. Before anything
// is unpacked both are compared with their SHA-256, as a file may have been cut off or saved anew by an editor.
// Written for the oldest engines (ES5): they must get to the message that they are too old.
(function () {
  'use strict';

  var ROOT = '#/';
  var TOO_OLD = '此浏览器太旧，不能在离线版里填报。请换用 360 极速模式、Edge 或 Chrome。';
  var CRASHED = '程序出错，已保存的数据没有丢失。请刷新页面。';
  var DAMAGED = '文件不完整，或被别的程序改动过。请重新复制，或重新下载离线版：';
  var LOADING = '正在载入填报功能…';
  var KEPT = '填写的内容保存在这台电脑的这个浏览器里，不在本文件里。移动或改名文件、换浏览器、清理数据后可能看不到，每次离开前请下载备份。';
  var NOT_KEPT = '这个浏览器不保存离线版里填写的内容，关闭页面即丢失。离开前务必下载备份。';
  var FULL = '这个浏览器的空间已满，新填的内容存不下，关闭页面即丢失。离开前务必下载备份，再清理空间。';
  // the pages that the app shows, by the first word of their addresses: as it is called in style sheets
  var PARTS = {
    start: 'start', mine: 'mine', dossier: 'dossier', scope: 'scope', sheet: 'sheet', print: 'form', share: 'send',
    open: 'open', compare: 'compare', panel: 'panel', desk: 'desk', plan: 'plan', roster: 'roster', evidence: 'evidence',
    packet: 'packet', workbook: 'workbook', versions: 'versions'
  };

  var root = document.documentElement;
  var script = document.querySelector('script[data-address]');
  var published = script.getAttribute('data-address');
  // the bytes in the file that begin in the second row of the code page, by what they are as text
  var high = {};
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178'
    .split('').forEach(function (it, at) { high[it.charCodeAt(0)] = 128 + at; });
  // NUL is read as this
  high[0xfffd] = 0;

  // texts and bytes of the file by name
  var files = {};
  // the module while it is being unpacked, and the promise of the program
  var module = null;
  var program = null;
  // 'page' or 'app', once something of either is shown; the path and query that are shown
  var shows = '';
  var shown = null;
  var reading = false;
  // the page for whom nothing starts
  var rescue = '';
  // how far each page was scrolled
  var places = {};
  var followed = false;

  window.app_root = ROOT;
  // every part is there
  window.app_part = function (name, there) { setTimeout(there, 0); };
  window.app_wear = wear;
  document.addEventListener('DOMContentLoaded', begin);

  function begin() {
    kept();
    window.addEventListener('hashchange', function () { turn(); });
    document.addEventListener('focusin', function (event) {
      if (event.target.id === 'q') {
        read();
      }
    });
    document.addEventListener('keydown', slash);
    document.addEventListener('submit', search);
    window.addEventListener('click', click);
    window.addEventListener('scroll', function () { places[shown] = window.pageYOffset; });
    window.addEventListener('beforeunload', leave);
    if (here().path === 'rescue.html') {
      turn();
      return;
    }
    if (!window.Promise || !window.Uint8Array || !window.TextDecoder || !window.URL || !window.WebAssembly) {
      fail(TOO_OLD);
      return;
    }
    var blocks;
    try {
      blocks = [block('content'), block('program')];
    } catch (error) {
      damaged(error);
      return;
    }
    whole(blocks).then(function () {
      contents(unpacked(blocks[0]));
      module = window.unlzma(blocks[1]);
      sheets();
      turn();
    }).catch(damaged);
  }

  // The bytes of a block. What its text cannot say stands beside it: which ends of lines are carriage returns, a bit each,
  // and where a letter would have ended the block.
  function block(id) {
    var element = document.getElementById(id);
    var text = element.textContent;
    var returns = atob(element.getAttribute('data-returns').replace(/-/g, '+').replace(/_/g, '/'));
    var bytes = new Uint8Array(text.length);
    var n = 0;
    for (var i = 0; i < text.length; i++) {
      var code = text.charCodeAt(i);
      if (code === 10) {
        code = returns.charCodeAt(n >> 3) >> (n & 7) & 1 ? 13 : 10;
        n++;
      }
      bytes[i] = code < 256 && (code < 128 || 159 < code) ? code : high[code];
    }
    element.getAttribute('data-ends').split(' ').forEach(function (at) {
      if (at) {
        bytes[at] = 60;
      }
    });
    return bytes;
  }

  function whole(blocks) {
    var all = new Uint8Array(blocks[0].length + blocks[1].length);
    all.set(blocks[0]);
    all.set(blocks[1], blocks[0].length);
    var subtle = window.crypto && window.crypto.subtle;
    if (!subtle) {
      // the unpacking finds most of what may have happened
      return Promise.resolve();
    }
    return subtle.digest('SHA-256', all).then(function (digest) {
      var hex = [].map.call(new Uint8Array(digest), function (it) { return (it + 256).toString(16).slice(1); }).join('');
      if (hex !== script.getAttribute('data-sha256')) {
        throw new Error('SHA-256 is ' + hex);
      }
    });
  }

  function unpacked(bytes) {
    var it = window.unlzma(bytes);
    it.run(it.out.length);
    return it.out;
  }

  // A line of names and lengths, and then one file after the other.
  function contents(bytes) {
    var at = 0;
    while (bytes[at] !== 10) {
      at++;
    }
    var utf8 = new TextDecoder();
    var list = JSON.parse(utf8.decode(bytes.subarray(0, at++)));
    list.forEach(function (it) {
      var its = bytes.subarray(at, at + it[1]);
      at += it[1];
      files[it[0]] = /\.bin$/.test(it[0]) ? its : utf8.decode(its);
    });
  }

  // Style sheets of parts rest until a page of theirs is shown.
  function sheets() {
    Object.keys(files).forEach(function (name) {
      if (/\.css$/.test(name)) {
        var sheet = document.createElement('style');
        sheet.setAttribute('data-of', name);
        sheet.media = name === 'style.css' ? 'all' : 'not all';
        sheet.textContent = files[name];
        document.head.appendChild(sheet);
      }
    });
    var plain = document.getElementById('plain');
    plain.parentNode.removeChild(plain);
  }

  // The app calls this with the part that it shows; '' stands for pages for reading.
  function wear(part) {
    [].forEach.call(document.querySelectorAll('style[data-of]'), function (it) {
      var name = it.getAttribute('data-of');
      var its = name === 'style.css' || name.split(/[-.]/).indexOf(part || 'reading') !== -1;
      // searching looks on every page as on those for reading; the picture of who files where as in a case
      it.media = its || (name === 'reading.css' && reading) || (part === 'filing' && /-dossier-/.test(name)) ? 'all' : 'not all';
    });
  }

  // What stands behind the name of the file.
  function here() {
    var hash = decoded(location.hash);
    var shared = /^#(?:\/.*#)?s[.=]([\w-]+)$/.exec(hash.replace(/\s/g, ''));
    if (shared && !/^#\/(open|compare|panel)\/#s\./.test(hash)) {
      hash = ROOT + 'open/#s.' + shared[1];
      history.replaceState(null, '', hash);
    }
    var found = /^#\/([^?#]*)(\?[^#]*)?(#.*)?$/.exec(hash) || ['', '', '', ''];
    return {
      path: found[1].replace(/(^|\/)index\.html$/, '$1'),
      query: found[2] || '',
      row: (found[3] || '').slice(1)
    };
  }

  function decoded(hash) {
    try {
      return /%(23|2f|3f)/i.test(hash) ? decodeURIComponent(hash) : hash;
    } catch (odd) {
      return hash;
    }
  }

  function turn() {
    var to = here();
    var address = to.path + to.query;
    var came = followed;
    followed = false;
    if (shows === 'app') {
      // the app goes its own ways, and loads the file anew for a page that it does not show
      row(to.row);
      return;
    }
    if (address === shown) {
      row(to.row);
      return;
    }
    var part = PARTS[to.path.split('/')[0]] || (/^rubric\/\d/.test(to.path) && /[?&]of=/.test(to.query) ? 'form' : '');
    if (part) {
      live(part);
      return;
    }
    if (reading && to.path === 'filing/') {
      // the reader looks for the form of this page when it starts
      location.reload();
      return;
    }
    if (!files['page 404.html'] && to.path !== 'rescue.html') {
      // nothing was unpacked, for the rescue page does not need it
      location.reload();
      return;
    }
    // where the file was loaded anew for another page, the browser would scroll as far as that one was
    history.scrollRestoration = shown === null && was(address) ? 'auto' : 'manual';
    shown = address;
    page(to);
    var before = places[address];
    if (to.row) {
      row(to.row);
    } else if (history.scrollRestoration === 'manual') {
      window.scrollTo(0, came ? 0 : before || 0);
      if (came) {
        focus(document.querySelector('h1'));
      }
    }
  }

  function page(to) {
    var body = document.getElementById('page');
    if (to.path === 'rescue.html') {
      body.innerHTML = rescue = rescue || taken('rescue');
      document.title = '数据救援 · 自评';
      root.setAttribute('data-app', 'rescue');
      run('rescue.js');
      return;
    }
    var found = files['page ' + to.path] || files['page ' + to.path + '/'] || files['page 404.html'];
    var end = found.indexOf('\n');
    document.title = found.slice(0, end);
    body.innerHTML = found.slice(end + 1);
    shows = 'page';
    wear(to.path === 'filing/' ? 'filing' : '');
    touch();
    if (to.path === '') {
      run('going.js');
    }
    var query = /[?&]q=([^&]*)/.exec(to.query);
    if (query && reading) {
      ask(decodeURIComponent(query[1].replace(/\+/g, ' ')));
    }
    setTimeout(read, 200);
  }

  // The markup of an element, which is taken away: there is one of each name.
  function taken(id) {
    var element = document.getElementById(id);
    element.parentNode.removeChild(element);
    return element.innerHTML;
  }

  // A script of the file once more: what it looks for has only now come.
  function run(id) {
    var again = document.createElement('script');
    again.textContent = document.getElementById(id) ? document.getElementById(id).textContent : files[id];
    document.body.appendChild(again);
    document.body.removeChild(again);
  }

  function live(part) {
    var frame = files['page 404.html'];
    var body = document.getElementById('page');
    body.innerHTML = frame.slice(frame.indexOf('\n') + 1);
    document.getElementById('main').textContent = '';
    document.getElementById('main').appendChild(place());
    document.getElementById('boot').textContent = LOADING;
    shows = 'app';
    history.scrollRestoration = 'auto';
    wear(part);
    root.setAttribute('data-app', 'loading');
    watchForCrashes();
    ready(true).then(function (whole) {
      try {
        whole.start(files['data.bin'], ROOT);
      } catch (error) {
        error.told = CRASHED;
        throw error;
      }
      root.setAttribute('data-app', 'ready');
    }).catch(function (error) {
      console.error(error);
      fail(error.told || TOO_OLD);
    });
  }

  // Searching and citing; without it the search leads to the contents.
  function read() {
    if (reading) {
      return;
    }
    reading = true;
    root.setAttribute('data-reader', 'loading');
    ready(shows === 'app').then(function (whole) {
      if (shows === 'app') {
        [].forEach.call(document.querySelectorAll('style[data-of="reading.css"]'), function (it) { it.media = 'all'; });
      }
      whole.read(files['search.bin'], ROOT);
      root.setAttribute('data-reader', 'ready');
    }).catch(function (error) {
      console.info('no search: ' + error);
      root.setAttribute('data-reader', 'failed');
    });
  }

  // The program; it is unpacked in one go where somebody waits for it, else bit by bit.
  function ready(now) {
    if (now && module && !module.done) {
      module.run(module.out.length);
    }
    program = program || new Promise(function (resolve, reject) {
      (function more() {
        try {
          if (!module.done) {
            module.run(40000);
            setTimeout(more, 0);
            return;
          }
          run('whole.js');
          window.whole_bindgen({ module_or_path: window.unwoven(module.out)[0] }).then(function () { resolve(window.whole_bindgen); }, reject);
        } catch (error) {
          reject(error);
        }
      })();
    });
    return program;
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

  // Heard after the page's own buttons, and before the app.
  function click(event) {
    var link = event.target.closest && event.target.closest('a[href]');
    var href = link && link.getAttribute('href');
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
      return;
    }
    if (href === 'blank.xlsx') {
      event.preventDefault();
      blank(Number(here().path.split('/')[1]), link.getAttribute('download'));
    } else if (/^#/.test(href) && href.slice(0, 2) !== ROOT) {
      // a row of this page: its address stands behind that of the page
      event.preventDefault();
      var to = here();
      var address = ROOT + to.path + to.query + href;
      if (location.hash === address) {
        row(href.slice(1));
      } else {
        location.hash = address;
      }
    } else {
      followed = href.slice(0, 2) === ROOT;
    }
  }

  // The empty table of a rubric as a workbook, which the site has as a file.
  function blank(annex, name) {
    ready(true).then(function (whole) {
      var link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([whole.blank(files['data.bin'], annex, document.querySelector('.release').textContent)]));
      link.download = name;
      document.body.appendChild(link);
      link.click();
      document.body.removeChild(link);
    });
  }

  function slash(event) {
    var field = document.getElementById('q');
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && !/^(radio|checkbox)$/.test(event.target.type);
    if (event.key === '/' && !event.ctrlKey && !event.altKey && !event.metaKey && field && !typing) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  }

  function search(event) {
    var field = event.target.querySelector && event.target.querySelector('#q');
    if (field) {
      event.preventDefault();
      location.hash = ROOT + 'contents/?q=' + encodeURIComponent(field.value);
    }
  }

  function ask(words) {
    var field = document.getElementById('q');
    field.value = words;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  // What `:target` is where an address is a file.
  function row(id) {
    var before = document.querySelector('[data-here]');
    var found = id && document.getElementById(id);
    if (before) {
      before.removeAttribute('data-here');
    }
    if (found) {
      found.setAttribute('data-here', '');
      found.scrollIntoView();
      focus(found);
    }
  }

  function focus(element) {
    if (element && element.hasAttribute('tabindex')) {
      element.focus({ preventScroll: true });
    }
  }

  // Was this page for reading the last one in this window?
  function was(address) {
    try {
      return sessionStorage.getItem('zp-page') === address;
    } catch (refused) {
      return false;
    }
  }

  // Where the browser keeps nothing, dossiers lie in the window's name; whoever would lose them is asked. The app does this
  // itself.
  function leave(event) {
    try {
      sessionStorage.setItem('zp-page', shows === 'app' ? '-' : shown);
    } catch (refused) {
      // a reload begins at the top
    }
    if (shows !== 'app' && /^zp1\n/.test(window.name)) {
      window.name = '';
      event.preventDefault();
      event.returnValue = '';
    }
  }

  function kept() {
    var keeps = false;
    var full = false;
    try {
      localStorage.setItem('zp1/probe', '1');
      localStorage.removeItem('zp1/probe');
      keeps = true;
    } catch (refused) {
      // nothing can be stored; or it is full, of what other files and programs keep
      full = isFull();
    }
    document.getElementById('offline-kept').textContent = keeps ? KEPT : full ? FULL : NOT_KEPT;
  }

  function isFull() {
    try {
      return 0 < localStorage.length;
    } catch (refused) {
      return false;
    }
  }

  // look.js sees the new button for large print.
  function touch() {
    root.removeAttribute('data-app');
  }

  function damaged(error) {
    console.error(error);
    fail(DAMAGED, published + 'offline.html');
  }

  function fail(message, where) {
    var its = document.getElementById('boot');
    if (!its) {
      its = place();
      document.body.insertBefore(its, document.body.firstChild);
    }
    its.textContent = message;
    link(its, where, where);
    link(its, ROOT + 'rescue.html', '取出已保存的数据');
    root.setAttribute('data-app', 'failed');
  }

  function place() {
    var it = document.createElement('p');
    it.id = 'boot';
    it.className = 'boot wrap';
    it.setAttribute('role', 'status');
    return it;
  }

  function link(place, href, words) {
    if (href) {
      var it = document.createElement('a');
      it.href = href;
      it.textContent = words;
      place.appendChild(document.createTextNode(' '));
      place.appendChild(it);
    }
  }
})();
