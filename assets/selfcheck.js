// 自检: asks the host for what the site has, as browsers do, and says what it does wrong. It reads and changes nothing. The list
// of files with lengths and hashes stands in the page; the words, and the lines that mend it, are in mends.js.
// Written in ES5, so that an old browser gets as far as saying that it is too old.
(function () {
  'use strict';

  var script = document.querySelector('script[data-address]');
  var root = script.src.replace(/assets\/[^/]*$/, '');
  var path = root.replace(/^\w+:\/\/[^/]*/, '');
  var local = /^(localhost|127\.[\d.]+|\[::1\])$/.test(location.hostname);
  var TYPES = window.selfcheck_types;
  var CHECKS = window.selfcheck_checks(root, path);
  var files = {};
  document.getElementById('files').textContent.split('\n').forEach(function (line) {
    var parts = line.split(' ');
    var named = /-([0-9a-f]{16})\.\w+$/.exec(parts[0]);
    if (parts[0]) {
      files[parts[0]] = { length: +parts[1], hash: parts[2] || (named && named[1]) };
    }
  });
  var assets = Object.keys(files).filter(function (name) { return /^assets\//.test(name); });

  var faults;
  var asked;
  // it is `ziping serve`, which packs nothing: it is for looking at the site on one machine
  var serving = false;

  function fault(check, words) {
    faults[check] = faults[check] || [];
    if (faults[check].indexOf(words) < 0) {
      faults[check].push(words);
    }
  }

  function by(id) {
    return document.getElementById(id);
  }

  // What the host answers, past the browser's own store: never rejected, as whatever goes wrong is a finding.
  function get(name, how) {
    asked += 1;
    by('state').textContent = '正在检查（' + asked + '）：' + (name || '首页');
    var options = how || {};
    options.cache = 'no-store';
    var late = new Promise(function (resolve) { setTimeout(function () { resolve({ status: '没有回答' }); }, 60000); });
    var answer = fetch(root + name, options).then(function (response) {
      return response.arrayBuffer().then(function (bytes) {
        return {
          status: response.status, url: response.url, bytes: new Uint8Array(bytes),
          header: function (it) { return response.headers.get(it) || ''; }
        };
      }, function () { return { status: '传输出错，可能是压缩标记与内容不符' }; });
    }, function () { return { status: '取不到' }; });
    return Promise.race([answer, late]);
  }

  // Which hash these bytes have, as in the names of assets; nothing where the browser does not say it.
  function hashed(bytes) {
    if (!window.crypto || !crypto.subtle) {
      return Promise.resolve('');
    }
    return crypto.subtle.digest('SHA-256', bytes).then(function (whole) {
      return [].map.call(new Uint8Array(whole).subarray(0, 8), function (it) { return (it < 16 ? '0' : '') + it.toString(16); }).join('');
    });
  }

  // What gzip would make of it, where the browser can say that.
  function smaller(bytes) {
    if (!window.CompressionStream) {
      return Promise.resolve('');
    }
    var stream = new Response(bytes).body.pipeThrough(new window.CompressionStream('gzip'));
    return new Response(stream).arrayBuffer().then(function (it) { return '，压缩后约 ' + size(it.byteLength); });
  }

  function size(bytes) {
    return Math.ceil(bytes / 1024) + ' KB';
  }

  // `ziping serve` puts a script of its own into pages.
  function asBuilt(bytes, name) {
    if (!/\.html$/.test(name) || !window.TextDecoder) {
      return bytes;
    }
    var text = new TextDecoder().decode(bytes);
    serving = serving || /\/-\/reload\.js/.test(text);
    var without = text.replace(/<script src="\/-\/reload\.js" data-version="\d+"><\/script>\n/, '');
    return without === text ? bytes : new TextEncoder().encode(without);
  }

  // The bytes of a file that is in the list.
  function same(name, bytes) {
    var wanted = files[name];
    var built = asBuilt(bytes, name);
    return hashed(built).then(function (hash) {
      if (built.length === wanted.length && (!hash || hash === wanted.hash)) {
        return;
      }
      var text = window.TextDecoder ? new TextDecoder().decode(built) : '';
      var lost = wanted.length - built.length;
      if (bytes[0] === 31 && bytes[1] === 139 || (/\.(html|js|css)$/.test(name) && /\ufffd/.test(text) && lost > 0)) {
        fault('packed', name);
      } else if (/\.html$/.test(name) && foreign(text)) {
        fault('changed', name + '（被加进了 ' + foreign(text) + '）');
      } else if (/\.html$/.test(name) && text.indexOf(boot()) < 0) {
        fault('release', name);
      } else if (/\.(html|js|css)$/.test(name) && /\r\n/.test(text)) {
        fault('changed', name + '（换行被改了，像是用文本方式上传的）');
      } else {
        fault('changed', name + (lost > 0 ? '（少了 ' + lost + ' 字节，没有传完，或压缩过却没有标明）' : lost < 0 ? '（多了 ' + -lost + ' 字节）' : ''));
      }
    });
  }

  function boot() {
    return assets.filter(function (it) { return /\/boot-/.test(it); })[0].slice(7);
  }

  // A script that is none of ours, by its tag; what stands in the page itself is told by the length.
  function foreign(text) {
    var found = (text.match(/<script\b[^>]*>/gi) || []).filter(function (it) {
      return it !== '<script>' && !/ (data-)?src="[^":]*assets\/[\w-]+\.js"/.test(it);
    });
    return found.length && found[0].slice(0, 100);
  }

  // What holds for any file, and for its kind.
  function judged(name, it) {
    var file = /(^|\/)$/.test(name) ? name + 'index.html' : name;
    var ending = file.split('.').pop();
    var type = TYPES[ending];
    var page = ending === 'html';
    if (it.status !== 200) {
      fault('missing', (name || '首页') + '（' + it.status + '）');
      return Promise.resolve(it);
    }
    var is = it.header('content-type');
    var cache = it.header('cache-control').toLowerCase();
    var age = +(/(?:^|[ ,])max-age=(\d+)/.exec(cache) || ['', -1])[1];
    if (!page && /^text\/html/.test(is)) {
      fault('missing', name + '（回答的是网页）');
      return Promise.resolve(it);
    }
    if (type && !type[0].test(is)) {
      fault(/wasm|bin/.test(ending) ? 'kind' : 'type', file + '（' + (is || '没有') + '）');
    }
    if (/charset=/i.test(is) && !/charset="?utf-?8/i.test(is)) {
      fault('charset', file + '（' + is + '）');
    }
    if (page ? !/no-cache|no-store/.test(cache) && age !== 0 : age < 2592000 || /no-cache|no-store/.test(cache)) {
      fault(page ? 'pages' : 'kept', file + '（' + (cache || '没有') + '）');
    }
    if (page) {
      policies(it);
    }
    if (it.header('x-content-type-options').toLowerCase() !== 'nosniff') {
      fault('sniff', file);
    }
    if (!/no-referrer|same-origin|strict-origin/.test(it.header('referrer-policy'))) {
      fault('referrer', file);
    }
    if (!it.header('permissions-policy')) {
      fault('permissions', file);
    }
    return (files[file] ? same(file, it.bytes) : Promise.resolve()).then(function () {
      var heavy = !serving && !it.header('content-encoding') && it.bytes.length > 2000 && it.bytes[0] !== 31;
      return heavy && smaller(it.bytes).then(function (then) { fault('plain', file + '（' + size(it.bytes.length) + then + '）'); });
    }).then(function () { return it; });
  }

  // Two policies hold together: what the header does not allow, the page cannot do, whatever its own policy says.
  function policies(it) {
    var given = it.header('content-security-policy');
    var own = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(new TextDecoder().decode(it.bytes));
    var needs = parsed(own ? own[1].replace(/&#(x27|39);/g, "'") : '');
    if (!/frame-ancestors/.test(given) && !it.header('x-frame-options')) {
      fault('framed', '');
    }
    given.split(',').map(parsed).forEach(function (policy) {
      Object.keys(needs).forEach(function (what) {
        var allowed = policy[what] || (/-src$/.test(what) && policy['default-src']);
        needs[what].forEach(function (source) {
          var fits = source === "'none'" || !allowed || allowed.indexOf(source) >= 0 || allowed.indexOf('*') >= 0 ||
            (source === "'self'" && allowed.indexOf(location.origin) >= 0) ||
            (source === "'wasm-unsafe-eval'" && allowed.indexOf("'unsafe-eval'") >= 0) ||
            (/^'sha/.test(source) && allowed.indexOf("'unsafe-inline'") >= 0);
          if (!fits) {
            fault('strict', what + ' 缺 ' + source);
          }
        });
      });
    });
  }

  function parsed(policy) {
    var found = {};
    policy.split(';').forEach(function (part) {
      var words = part.trim().split(/\s+/);
      if (words[0] && !found[words[0]]) {
        found[words[0]] = words.slice(1);
      }
    });
    return found;
  }

  // One after another, a few at a time.
  function each(names, work) {
    var left = names.slice();
    function next() {
      var name = left.shift();
      return name === undefined ? Promise.resolve() : work(name).then(next);
    }
    return Promise.all([next(), next(), next(), next(), next(), next()]);
  }

  // One of each kind, the smallest: what the host does to one it does to all.
  function samples() {
    return ['js', 'css', 'wasm', 'bin', 'svg'].map(function (ending) {
      var its = assets.filter(function (it) { return it.slice(-ending.length - 1) === '.' + ending && files[it].length > 2000; });
      return its.sort(function (a, b) { return files[a].length - files[b].length; })[0];
    }).concat(assets.filter(function (it) { return /\/icon-/.test(it); })).filter(Boolean);
  }

  function nowhere(name) {
    return get(name).then(function (it) {
      if (it.status !== 404) {
        fault('nowhere', '回答的是 ' + it.status + '：' + name);
      } else if (it.bytes.length && new TextDecoder().decode(it.bytes).indexOf(boot()) < 0) {
        fault('nowhere', '回答了 404，但给出的不是 404.html：' + name);
      } else if (/max-age=[1-9]/.test(it.header('cache-control'))) {
        fault('kept', '不存在的文件也叫浏览器缓存（' + it.header('cache-control') + '）');
      }
    });
  }

  function slash(name) {
    return get(name).then(function (it) {
      if (it.status === 200 && it.url.slice(-name.length - 1) !== name + '/') {
        fault('slash', name + ' 没有转到 ' + name + '/，而是直接给出网页');
      } else if (it.status !== 200) {
        fault('slash', name + '（' + (it.status === '取不到' ? '转到了别处，多半是 http 或别的端口' : it.status) + '）');
      }
    });
  }

  function again(it) {
    var tag = it.header && it.header('etag');
    var time = it.header && it.header('last-modified');
    var headers = tag ? { 'If-None-Match': tag } : { 'If-Modified-Since': time };
    return !tag && !time ? Promise.resolve(it.status === 200 && fault('again', '没有 ETag 和 Last-Modified'))
      : get('about/', { headers: headers }).then(function (it) {
        if (it.status !== 304) {
          fault('again', '回答的是 ' + it.status);
        }
      });
  }

  function addresses() {
    var stands = script.getAttribute('data-address');
    var top = stands.replace(/^\w+:\/\/[^/]*/, '');
    if (!local && stands !== root) {
      fault('place', 'site.toml 写的是 ' + stands + '，现在打开的是 ' + root);
    }
    if (!local && location.protocol !== 'https:') {
      fault('https', '');
    }
    if (top === path) {
      return Promise.resolve();
    }
    return fetch(top + boot().replace(/^/, 'assets/'), { cache: 'no-store' }).then(function (it) { return it.ok; }, function () {
      return false;
    }).then(function (there) {
      if (!there) {
        fault('top', '它们以 ' + top + ' 开头，网站却在 ' + path);
      }
    });
  }

  function run(whole) {
    faults = {};
    asked = 0;
    ['again', 'all', 'copy'].forEach(function (it) { by(it).disabled = true; });
    var release = '';
    get('about/').then(function (about) {
      return judged('about/', about).then(again);
    }).then(function () {
      return each(['', 'rescue.html', 'sheet/1/'].concat(samples()), function (name) {
        return get(name).then(function (it) { return judged(name, it); });
      });
    }).then(function () {
      return each(['rubric/1/blank.xlsx', 'sitemap.xml'], function (name) {
        return get(name).then(function (it) {
          if (it.status !== 200) {
            fault('missing', name + '（' + it.status + '）');
          }
        });
      });
    }).then(function () {
      return get('release.json').then(function (it) {
        try {
          var its = it.status === 200 && !/html/.test(it.header('content-type')) && JSON.parse(new TextDecoder().decode(it.bytes));
          release = its ? '版本 ' + its.version + ' · ' + String(its.hash).slice(0, 12) : '';
        } catch (broken) {
          fault('missing', 'release.json（不是 JSON）');
        }
      });
    }).then(function () {
      return each(['no-such-page-' + Date.now() + '/', 'assets/no-such-file-0123456789abcdef.js'], nowhere);
    }).then(function () {
      return each(['about', 'sheet/1'], slash);
    }).then(addresses).then(function () {
      return each(whole ? Object.keys(files) : assets, function (name) {
        return get(name, whole ? {} : { method: 'HEAD' }).then(function (it) {
          if (it.status === 405 || it.status === 501) {
            return;
          }
          if (it.status !== 200 || (/^assets/.test(name) && /^text\/html/.test(it.header('content-type')))) {
            fault('all', name + '（' + it.status + '）');
            return;
          }
          return whole && same(name, it.bytes);
        });
      });
    }).then(function () { show(release); }, function (error) { by('state').textContent = '没有检查完：' + error; });
  }

  function add(parent, kind, text) {
    var element = document.createElement(kind);
    element.textContent = text;
    parent.appendChild(element);
    return element;
  }

  function show(release) {
    var list = by('found');
    var text = ['自评网站自检：' + root, new Date().toLocaleString() + (release && '，' + release), navigator.userAgent, ''];
    var counts = [0, 0];
    list.textContent = '';
    CHECKS.slice().sort(function (a, b) { return rank(a) - rank(b); }).forEach(function (check) {
      var names = faults[check[0]];
      var says = names ? (check[1] ? '必须改：' : '建议改：') + check[3] : '正常：' + check[2];
      var shown = names && names.filter(Boolean).slice(0, 6).join('、') + (names.length > 6 ? ' 等 ' + names.length + ' 个' : '');
      var item = add(list, 'li', '');
      var line = add(item, 'b', says + (shown ? '：' + shown : ''));
      // addresses and lines of settings are longer than a telephone is wide
      item.style.overflowWrap = 'anywhere';
      item.setAttribute('data-check', check[0]);
      item.setAttribute('data-level', names ? (check[1] ? 'bad' : 'warn') : 'ok');
      line.style.color = names ? (check[1] ? '#b42318' : '#855600') : '#1a7f37';
      text.push(line.textContent);
      if (names) {
        counts[check[1] ? 0 : 1] += 1;
        check[4](shown).forEach(function (mend) {
          add(item, 'br', '');
          add(item, 'span', mend[0] + '：');
          add(item, 'code', mend[1]);
          text.push('    ' + mend[0] + '：' + mend[1]);
        });
      }
    });
    by('state').textContent = (counts[0] || counts[1] ? '检查完了：' + counts[0] + ' 项必须改，' + counts[1] + ' 项建议改。'
      : '检查完了：全部正常。') + (release && '（' + release + '）') +
      (window.crypto && crypto.subtle ? '' : '不是 https，文件只核对了长度。');
    by('text').value = text.join('\n') + '\n';
    document.documentElement.setAttribute('data-checked', counts.join(' '));
    ['again', 'all', 'copy'].forEach(function (it) { by(it).disabled = false; });
  }

  // What must be mended comes first.
  function rank(check) {
    return (faults[check[0]] ? (check[1] ? 0 : 1) : 2) * 100 + CHECKS.indexOf(check);
  }

  if (!window.fetch || !window.Promise || !window.TextDecoder) {
    by('state').textContent = '这个浏览器太旧，不能自检。请用 Edge、Chrome 或 360 极速模式打开本页。';
    return;
  }
  by('again').onclick = function () { run(false); };
  by('all').onclick = function () { run(true); };
  by('copy').onclick = function () {
    by('text').select();
    document.execCommand('copy');
    by('copy').textContent = '已复制';
  };
  run(false);
})();
