// Why the app does not start, or stopped: boot.js has said that something is wrong, and fetches this to find out what. The
// files are looked at once more, each in turn: their names carry the hash of their bytes, so it is certain which one is not
// what it should be. Every cause has a sentence of its own that says what to do, and below it are the ways on.
//
// It is also fetched once the app has run for a while. Then it looks whether the site has another release, and what to do
// where a part of the app cannot be had. Written for the oldest engines (ES5): their message is here as well.
(function () {
  'use strict';

  if (window.app_why) {
    return;
  }
  var script = document.querySelector('script[data-why]');
  var root = script.src.replace(/assets\/[^/]*$/, '');

  var NOT = '填报功能没有载入：';
  var READS = '表格仍可阅读、打印。';
  var ADMIN = '仍不行请联系网站管理人员';
  var TOO_OLD = '填报功能无法在此浏览器运行。' + READS + '如需填报，请换用 360 极速模式、Edge 或 Chrome 打开。';
  var LOCAL = NOT + '本页是从文件夹里直接打开的，浏览器不允许这样取程序。' + READS + '请打开网址，或改用下面的离线版。';
  var RENEWED = NOT + '网站已更新，本页是旧版。请刷新页面，已填内容不会丢失。';
  var MENDED = NOT + '刚才有文件没有取好，现在取得到了。请刷新页面。';
  var NO_MEMORY = '内存不够，填报功能不能运行。已保存的数据没有丢失。请关闭其他网页和程序，再刷新页面；手机请先清理后台。';
  var CRASHED = '程序出错，已保存的数据没有丢失。请刷新页面。再次出错的，请先取出已保存的数据，再联系网站管理人员。';
  var LOST = '网络不通，暂时打不开那一页。已填内容都在，网络恢复后再点一次。';

  // What is wrong with a file: how it is called, and what to do.
  var FAULTS = {
    missing: ['取不到文件 $（404），网站上没有它', '网站可能正在更新，请过几分钟刷新页面；' + ADMIN + '补传'],
    barred: ['取不到文件 $（#），网站或网络不允许访问', '请联系网站管理人员或单位网管放行'],
    failing: ['取不到文件 $（#），网站暂时出错', '请过几分钟刷新页面；' + ADMIN],
    offline: ['取不到文件 $（网络不通）', '请检查网络后刷新页面'],
    blocked: ['文件 $ 被拦截，网站的其他内容打得开', '可能是安全软件、浏览器扩展或单位网关：请把本站加入信任后刷新页面，或换一个浏览器'],
    policy: ['文件 $ 被服务器或代理另加的安全策略（Content-Security-Policy）禁止', '请网站管理人员或单位网管去掉它'],
    page: ['取到的 $ 是一个网页，不是程序文件', '网络可能要先登录，请登录后刷新页面；' + ADMIN + '：缺少的文件应当答 404'],
    packed: ['取到的 $ 没有解压', '请网站管理人员检查：压缩过的文件要带 Content-Encoding，代理不能去掉它'],
    cut: ['文件 $ 没有传完整', '请刷新页面；' + ADMIN + '重新上传'],
    altered: ['文件 $ 的内容不对：被改动、没有传完整或没有解压', '请换一个网络或浏览器再试；' + ADMIN + '以二进制方式重新上传'],
    type: ['服务器把 $ 标为 #，浏览器不执行', '请网站管理人员把 .js 的类型设为 text/javascript']
  };

  // boot.js could not start the app, or the app stopped.
  window.app_why = function (error) {
    var cause = error.cause || error;
    if (location.protocol === 'file:') {
      tell(LOCAL);
    } else if (/^程序出错/.test(error.message)) {
      tell(isMemory(cause) || !hasMemory() ? NO_MEMORY : CRASHED);
    } else if (!window.fetch || !window.Promise || !window.URL) {
      tell(TOO_OLD);
    } else {
      found().then(function (fault) {
        if (!fault) {
          tell(isMemory(cause) ? NO_MEMORY : /取不到/.test(error.message) ? MENDED : TOO_OLD);
          return;
        }
        var words = FAULTS[fault.what];
        var told = NOT + words[0].replace('$', fault.file).replace('#', fault.as) + '。' + READS + words[1] + '。';
        if (/^(missing|page|altered)$/.test(fault.what)) {
          renewed().then(function (it) { tell(it ? RENEWED : told); });
        } else {
          tell(told);
        }
      });
    }
  };

  // The first file of the app that is not as it should be. Without the data nothing can start; without the modules or their
  // glue its JavaScript build does, so that is looked at last.
  function found() {
    var its = script.getAttribute('data-app').split(' ');
    var left = [its[3], its[0], its[1], its[2]];
    function next() {
      var file = left.shift();
      return file ? looked(file).then(function (fault) { return fault || next(); }) : Promise.resolve();
    }
    return next();
  }

  function looked(file) {
    var forbidden = false;
    function forbid() { forbidden = true; }
    document.addEventListener('securitypolicyviolation', forbid);
    return got(file)
      .then(function (fault) {
        // what a cache keeps may be what is wrong
        return fault && /^(page|packed|cut|altered)$/.test(fault.what) ? got(file, { cache: 'reload' }) : fault;
      })
      .then(function (fault) {
        return fault || !/\.js$/.test(file) ? fault : runs(file);
      })
      .then(function (fault) {
        // the event comes after the refusal
        return fault && fault.what === 'offline' ? soon().then(function () { return refused(forbidden); }) : fault;
      })
      .then(function (fault) {
        document.removeEventListener('securitypolicyviolation', forbid);
        return fault && { what: fault.what, as: fault.as, file: file };
      });
  }

  function got(file, options) {
    return fetch(root + 'assets/' + file, options).then(
      function (response) {
        var status = response.status;
        if (!response.ok) {
          var gone = status === 404 || status === 410;
          return { what: gone ? 'missing' : status === 429 || 499 < status ? 'failing' : 'barred', as: status };
        }
        return response.arrayBuffer().then(
          function (buffer) { return judged(file, new Uint8Array(buffer), response.headers); },
          function () { return { what: 'cut' }; }
        );
      },
      function () { return { what: 'offline' }; }
    );
  }

  function judged(file, bytes, headers) {
    var type = headers.get('content-type') || '';
    if (sha256(bytes).slice(0, 16) === file.replace(/.*-|\..*/g, '')) {
      var sniffs = /nosniff/i.test(headers.get('x-content-type-options'));
      return /\.js$/.test(file) && sniffs && !/(java|ecma)script/i.test(type) ? { what: 'type', as: type.split(';')[0] } : null;
    }
    var begins = '';
    for (var i = 0; i < bytes.length && i < 200; i++) {
      begins += String.fromCharCode(bytes[i]);
    }
    // xtask/weave: how long each of fifteen streams is, three numbers, the first module
    var woven = /^first-/.test(file);
    if (/^(\xef\xbb\xbf)?\s*</.test(begins)) {
      return { what: 'page' };
    }
    // what it begins with is no program: gzip, which says so, or brotli, which does not
    if (begins.slice(0, 2) === '\x1f\x8b' || (/\.js$/.test(file) && /[\0-\b]/.test(begins)) ||
        (woven && 72 < bytes.length && begins.substr(72, 4) !== '\0asm')) {
      return { what: 'packed' };
    }
    return { what: isCut(file, bytes, woven) ? 'cut' : 'altered' };
  }

  // Programs as they are written end with a line, modules where their lengths say.
  function isCut(file, bytes, woven) {
    if (/\.js$/.test(file)) {
      return bytes[bytes.length - 1] !== 10;
    }
    if (!woven) {
      return !bytes.length;
    }
    var view = new DataView(bytes.buffer);
    var at = 60;
    for (var i = 0; i < 60; i += 4) {
      at += bytes.length < 60 || view.getUint32(i, true);
    }
    return at !== bytes.length;
  }

  // A script that is there as it should be, and still did not run.
  function runs(file) {
    return new Promise(function (resolve) {
      var element = document.createElement('script');
      element.src = root + 'assets/' + file;
      element.onload = function () { resolve(null); };
      element.onerror = function () { resolve({ what: 'offline' }); };
      document.head.appendChild(element);
    });
  }

  // Nothing comes at all: is it this file, or is there no network?
  function refused(forbidden) {
    if (forbidden) {
      return { what: 'policy' };
    }
    return reached().then(
      function () { return { what: 'blocked' }; },
      function () { return { what: 'offline' }; }
    );
  }

  function reached() {
    return fetch(root, { method: 'HEAD', cache: 'no-store' });
  }

  function soon() {
    return new Promise(function (resolve) { setTimeout(resolve, 100); });
  }

  function isMemory(error) {
    return /memory/i.test(error.message) || (error.name === 'RangeError' && !/call stack/i.test(error.message));
  }

  // As much as a dossier may need at once.
  function hasMemory() {
    try {
      return !!new ArrayBuffer(1 << 25);
    } catch (refusal) {
      return false;
    }
  }

  // In place of what boot.js said, with the ways on: the app in one file, this page's form on paper, what was saved.
  function tell(words) {
    var place = document.getElementById('boot');
    var annex = /\/(?:sheet|rubric)\/(\d+)\//.exec(location.pathname);
    place.textContent = words;
    // the page has some of its own, seen after a while where this does not come; its form is that of its own edition
    var ways = document.querySelector('.ways');
    var own = ways && ways.querySelector('a[href*="rubric/"]');
    var form = own ? own.href.slice(root.length) : 'rubric/';
    var offline = !ways || ways.querySelector('a[href$="offline.html"]');
    if (ways) {
      ways.style.display = 'none';
    }
    var links = document.createElement('span');
    links.className = 'links';
    if (offline) {
      link('offline.html', '离线版（一个文件，可填写）');
    }
    link(form, '空白表');
    if (annex) {
      link(form + 'blank.xlsx', '空白表（XLSX）');
    }
    link('rescue.html', '取出已保存的数据');
    place.appendChild(links);

    function link(to, name) {
      var it = document.createElement('a');
      it.href = root + to + (location.protocol === 'file:' && /\/$/.test(to) ? 'index.html' : '');
      it.textContent = name;
      links.appendChild(it);
    }
  }

  // ---- while the app runs

  // A part of the app could not be had. Its page is loaded as a file, of whichever release; but without a network there
  // is none, and this one stays with all that is filled in.
  window.app_lost = function (load, over) {
    reached().then(function () { over(load); }, function () {
      over();
      passing(LOST);
    });
  };

  function passing(words) {
    var it = document.createElement('p');
    it.className = 'told lost';
    it.setAttribute('role', 'status');
    it.textContent = words;
    document.body.appendChild(it);
    setTimeout(function () { document.body.removeChild(it); }, 8000);
  }

  // Another release of the site is offered when the page comes back to be seen, never forced on anybody: what is open goes
  // on as it is, with the files that it has.
  var EVERY = 30 * 60 * 1000;
  // pages that keep all that is on them
  var KEEP = /\/(mine|dossier|scope|sheet\/\d+|rubric\/\d+|share|panel|plan|versions|roster|evidence|packet|print)\/(index\.html)?$/;
  var last = -EVERY;

  function look() {
    var now = Date.now();
    if (document.hidden || now - last < EVERY) {
      return;
    }
    last = now;
    renewed().then(function (it) {
      if (it) {
        offer();
      }
    });
  }

  // Is there another release than that of this page? Where that cannot be found out, there is none.
  function renewed() {
    var ours = script.getAttribute('data-release');
    if (!ours) {
      return Promise.resolve(false);
    }
    return fetch(root + 'release.json', { cache: 'no-store' })
      .then(function (response) { return response.ok ? response.json() : {}; })
      .then(
        function (it) { return !!it.hash && it.version + '-' + it.hash.slice(0, 12) !== ours; },
        function () { return false; }
      );
  }

  function offer() {
    var there = document.getElementById('newer');
    if (there || document.documentElement.getAttribute('data-app') === 'failed') {
      return;
    }
    if (unsaved()) {
      // again when the page is next seen
      last = -EVERY;
      return;
    }
    var line = document.createElement('p');
    line.id = 'newer';
    line.className = 'boot wrap';
    line.setAttribute('role', 'status');
    if (KEEP.test(location.pathname)) {
      line.textContent = '网站已更新，刷新后使用新版（已填内容不会丢失）';
      var button = document.createElement('button');
      button.type = 'button';
      button.className = 'btn small';
      button.textContent = '刷新';
      button.onclick = function () {
        if (unsaved() || !KEEP.test(location.pathname)) {
          line.textContent = '网站已更新。本页有还没有保存的内容，保存或下载备份以后再刷新。';
        } else {
          location.reload();
        }
      };
      line.appendChild(button);
    } else {
      line.textContent = '网站已更新，用完本页以后刷新，即可使用新版。';
    }
    document.body.insertBefore(line, document.body.firstChild);
  }

  // The app says so itself, in the banner and beside the button for a backup.
  function unsaved() {
    return !!document.querySelector('.band:not([hidden]), .saved.bad');
  }

  // In a frame of another site a person sees that one's address, and may be shown anything around the form.
  function framed() {
    try {
      return window.top !== window.self && window.top.location.host !== location.host;
    } catch (foreign) {
      return true;
    }
  }

  if (framed()) {
    var warning = document.createElement('p');
    warning.id = 'framed';
    warning.className = 'boot wrap';
    warning.setAttribute('role', 'alert');
    warning.textContent = '本页嵌在别的网站里，地址栏不是本站的网址。填写以前请';
    var alone = document.createElement('a');
    alone.href = location.href;
    alone.target = '_blank';
    alone.rel = 'noopener';
    alone.textContent = '单独打开本页';
    warning.appendChild(alone);
    warning.appendChild(document.createTextNode('，核对网址。'));
    document.body.insertBefore(warning, document.body.firstChild);
  }

  document.addEventListener('visibilitychange', look);
  window.addEventListener('pageshow', look);

  // FIPS 180-4, as hosts without HTTPS have no crypto.subtle.
  function sha256(bytes) {
    var K = [];
    var H = [];
    var W = [];
    for (var n = 2; K.length < 64; n++) {
      if (isPrime(n)) {
        if (H.length < 8) {
          H.push(fraction(Math.pow(n, 1 / 2)));
        }
        K.push(fraction(Math.pow(n, 1 / 3)));
      }
    }
    var padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6);
    var view = new DataView(padded.buffer);
    padded.set(bytes);
    padded[bytes.length] = 128;
    view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x20000000));
    view.setUint32(padded.length - 4, bytes.length << 3);
    for (var at = 0; at < padded.length; at += 64) {
      var s = H.slice();
      for (var i = 0; i < 64; i++) {
        var a = W[i - 15];
        var b = W[i - 2];
        W[i] = i < 16 ? view.getInt32(at + 4 * i)
          : (W[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ a >>> 3) + W[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ b >>> 10)) | 0;
        var e = s[4];
        var x = (s[7] + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & s[5] ^ ~e & s[6]) + K[i] + W[i]) | 0;
        var c = s[0];
        var y = (turn(c, 2) ^ turn(c, 13) ^ turn(c, 22)) + (c & s[1] ^ c & s[2] ^ s[1] & s[2]);
        s.pop();
        s.unshift((x + y) | 0);
        s[4] = (s[4] + x) | 0;
      }
      H = H.map(function (h, j) { return (h + s[j]) | 0; });
    }
    return H.map(function (h) { return ('0000000' + (h >>> 0).toString(16)).slice(-8); }).join('');
  }

  function isPrime(n) {
    for (var i = 2; i * i <= n; i++) {
      if (n % i === 0) {
        return false;
      }
    }
    return true;
  }

  function fraction(x) {
    return (x - Math.floor(x)) * 4294967296 | 0;
  }

  function turn(x, by) {
    return x >>> by | x << 32 - by;
  }
})();
