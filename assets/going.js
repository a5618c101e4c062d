// 接着填 on the home page: the way to the dossier saved last. The app leaves its address and its name in one line at each
// save (src/dossier/shelf/last.rs). What lies there may be anything: only the address of a dossier is followed, and a name
// is only ever text. Written for the oldest engines (ES5).
(function () {
  'use strict';

  var place = document.getElementById('going');
  var shown;

  function show() {
    var kept = everything();
    var last = kept['zp1/last'];
    var found = /^(dossier\/\?of=([\w-]{1,40})) (.{1,100})/.exec(last);
    var records = Object.keys(kept).filter(function (key) { return /^zp1\/doc\//.test(key); });
    var its = records.filter(function (key) { return found && key.split('/')[2] === found[2]; });
    // a record that is damaged or that a newer version wrote: the list of all dossiers says so
    var whole = its.length && its.every(function (key) { return /^ZP[12]\./.test(kept[key]); });
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
      link('mine/', '接着填', 'btn small');
    }
  }

  // By name. Where the browser keeps nothing, which is said, it is in the window's name, a text a line.
  function everything() {
    try {
      if (localStorage) {
        return localStorage;
      }
    } catch (refused) {
      // blocked
    }
    document.querySelector('.band').hidden = false;
    return window.name.split('\n').reduce(function (found, line) {
      var at = line.indexOf('\t');
      found[line.slice(0, at)] = line.slice(at + 1);
      return found;
    }, {});
  }

  function link(address, words, look) {
    var it = document.createElement('a');
    it.href = address;
    it.textContent = words;
    it.className = look;
    place.appendChild(it);
  }

  show();
  window.addEventListener('pageshow', show);
  window.addEventListener('storage', show);
})();
