// Hands out everything that this site has stored in the browser, even when the app does not start: it needs no module
// and no data files, only this script. Written for the oldest browsers (ES5). It reads and never writes.
(function () {
  'use strict';

  var DOSSIER = /^zp1\/(?:mirror\/)?doc\/([^/]+)(?:\/[ab])?$/;

  var kept = document.getElementById('kept');
  var text = document.getElementById('text');
  var button = document.getElementById('save');

  // said first where the browser refuses the storage; the mirror may be there all the same
  var refused = '';
  var all = everything();
  show();
  mirror();

  function show() {
    var file = backup(all);
    if (file.count || file.others) {
      kept.textContent = (refused && refused + '只') + '找到 ' + file.count + ' 份自评' + (file.others ? '，另有 ' + file.others + ' 份读不出来的数据' : '') + '。';
    } else if (refused) {
      kept.textContent = refused + '这里取不到任何数据。';
      return;
    } else {
      kept.textContent = '这个浏览器里没有本网站的自评。';
    }
    text.value = file.text;
    button.disabled = false;
    button.onclick = function () { save('自评数据救援-' + today() + '.json', file.text); };
    text.onfocus = function () { text.select(); };
  }

  // What only the second store has (src/app/browser/mirror.rs), under names of its own: a name, what came before, the text.
  function mirror() {
    try {
      var opening = indexedDB.open('zp1', 1);
      // there is none, and none is made
      opening.onupgradeneeded = function () { opening.transaction.abort(); };
      opening.onsuccess = function () {
        var found = opening.result.transaction('kept').objectStore('kept').getAll();
        found.onsuccess = function () {
          opening.result.close();
          var known = Object.keys(all).map(function (key) { return all[key]; });
          found.result.forEach(function (it) {
            // what is no text is not ours
            var parts = typeof it === 'string' ? it.split('\n') : [];
            if (parts[2] && known.indexOf(parts[2]) < 0) {
              all['zp1/mirror/' + parts[0]] = parts[2];
            }
          });
          show();
        };
      };
    } catch (error) {
      // there is none
    }
  }

  // All texts of this site by name, as many as the browser gives.
  function everything() {
    var found = {};
    try {
      for (var i = 0; i < localStorage.length; i++) {
        var key = localStorage.key(i);
        if (key.slice(0, 4) === 'zp1/') {
          found[key] = localStorage.getItem(key);
        }
      }
    } catch (error) {
      refused = '浏览器禁止读取保存的数据（可能是无痕窗口或“阻止网站数据”的设置），';
    }
    // where the browser keeps nothing, the window does until it is closed (src/app/browser/stores.rs): a text per line
    if (/^zp1\n/.test(name)) {
      name.replace(/^(zp1\/.+?)\t(.*)$/gm, function (line, key, text) { found[key] = found[key] || text; });
    }
    return found;
  }

  // A file that the site opens like any backup, record by record: it has the latest undamaged record of every dossier. Below
  // follows everything else as it is stored, with the letters ZP, with which a record begins, escaped as JSON allows, so that
  // no record is read twice. No record stands in it twice: all that a browser keeps fits into a file that the site opens.
  function backup(all) {
    var latest = {};
    var others = {};
    Object.keys(all).forEach(function (key) {
      var id = (DOSSIER.exec(key) || [])[1];
      if (!id) {
        return;
      }
      var revision = whole(all[key]);
      if (revision < 0) {
        others[id] = true;
      } else if (!latest[id] || latest[id].revision < revision) {
        latest[id] = { revision: revision, text: all[key], key: key };
      }
    });
    var ids = Object.keys(latest);
    var lost = Object.keys(others).filter(function (id) { return !latest[id]; });
    var rest = {};
    Object.keys(all).forEach(function (key) { rest[key] = all[key]; });
    ids.forEach(function (id) { delete rest[latest[id].key]; });
    var content = {
      说明: '从浏览器里取出的全部自评数据。在本网站“我的自评”里选择“打开备份文件”即可恢复；较早的和读不出来的数据原样附在后面。',
      日期: today(),
      份数: ids.length,
      档案: ids.map(function (id) { return latest[id].text; }),
      原始数据: rest
    };
    var text = JSON.stringify(content, null, 2);
    var below = text.indexOf('"原始数据"');
    text = text.slice(0, below) + text.slice(below).replace(/ZP/g, '\\u005aP');
    return { text: text, count: ids.length, others: lost.length };
  }

  // The revision of a record whose length and checksum are right, or -1. The checksum of version 1 covers only the
  // payload.
  function whole(record) {
    var parts = record.split('.');
    var payload = parts[parts.length - 1];
    // one of a later version too: the program that wrote it opens the file
    var version = parts[0] === 'ZP1' && parts.length === 6 ? 1 : /^ZP[1-9]\d*$/.test(parts[0]) && parts.length === 8 ? 2 : 0;
    if (!version || Number(parts[parts.length - 3]) !== payload.length) {
      return -1;
    }
    var checked = version === 1 ? payload : parts.slice(1, 6).concat(payload).join('.');
    return crc32(checked) === Number(parts[parts.length - 2]) ? Number(parts[1]) : -1;
  }

  function crc32(ascii) {
    var crc = -1;
    for (var i = 0; i < ascii.length; i++) {
      crc ^= ascii.charCodeAt(i) & 255;
      for (var bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
      }
    }
    return (crc ^ -1) >>> 0;
  }

  function save(name, content) {
    var blob = new Blob([content], { type: 'application/json' });
    if (navigator.msSaveBlob) {
      navigator.msSaveBlob(blob, name);
      return;
    }
    var link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.appendChild(link);
    link.click();
    document.body.removeChild(link);
  }

  function today() {
    var now = new Date();
    var two = function (n) { return (n < 10 ? '0' : '') + n; };
    return '' + now.getFullYear() + two(now.getMonth() + 1) + two(now.getDate());
  }
})();
