// 接着填 on the home page: a link to the dossier saved last. At each save the app stores its address and its name in
// one line (src/dossier/shelf/last.rs). That line may hold anything: only the address of a dossier becomes a link, and
// a name is only ever shown as text. Written for the oldest browsers (ES5).
(function () {
  'use strict';

  var place = document.getElementById('going');
  var shown;

  function show() {
    var kept = everything();
    var last = kept['zp1/last'];
    var found = /^(dossier\/\?of=([\w-]{1,40})) (.{1,100})/.exec(last);
    var records = Object.keys(kept).filter(function (key) { return /^zp1\/doc\//.test(key); });
    // for a record that is damaged, or that a newer version wrote, the link leads to the list of all dossiers, which
    // says so
    var whole;
    records.forEach(function (key) {
      if (found && key.split('/')[2] === found[2]) {
        whole = whole !== false && /^ZP[123]\./.test(kept[key]);
      }
    });
    var now = [last, records.length, whole].join('\n');
    if (now === shown) {
      return;
    }
    shown = now;
    place.textContent = '';
    if (whole) {
      link(found[1], '接着填：' + found[3], 'btn small');
      link('mine/', '全部自评', '');
    } else if (last !== '' && records.length) {
      all();
    } else if (last == null && (window.indexedDB || 0).databases) {
      // the browser has lost what it kept, and may have the mirror of it, which the app brings back
      indexedDB.databases().then(function (found) { /"zp1"/.test(JSON.stringify(found)) && all(); }, show);
    }
  }

  function all() {
    link('mine/', '接着填', 'btn small');
  }

  // The stored texts by name. Where the browser stores nothing, the page says so, and the texts are in the window's
  // name, one per line.
  function everything() {
    try {
      if (localStorage) {
        return localStorage;
      }
    } catch (refused) {
      // storage is blocked
    }
    var found = {};
    document.querySelector('.band').hidden = false;
    name.replace(/^(.*?)\t(.*)$/gm, function (line, key, text) { found[key] = text; });
    return found;
  }

  function link(address, words, look) {
    var it = document.createElement('a');
    it.href = (window.app_root || '') + address;
    it.textContent = words;
    it.className = look;
    place.appendChild(it);
  }

  show();
  addEventListener('pageshow', show);
  addEventListener('storage', show);
})();
