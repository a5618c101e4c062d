// The mirror of what the browser keeps: an IndexedDB, which answers later and writes to disk before it does. It goes into
// the script of the app, as the same in Rust is 1.2 KB of brotli more; src/app/browser/mirror.rs calls it.
//
// `askMirror(names, heard)` reads the entries of these names, or all where `names` is null, and calls `heard(entries)`, which
// returns those to write in the same transaction; the first line of each is its name. At the end, and not before it has
// returned, it calls `heard(ok, lost)`: `ok` where all was written, `lost` once after the browser found the files of its
// database damaged and began a new one, which only Chromium says. Where that returns true, the browser is asked not to
// clear what is kept when it needs room. What comes to an earlier question than the last one is no answer any more.
(function () {
  // assets/rescue.js and assets/going.js have these names too
  const DATABASE = 'zp1';
  const KEPT = 'kept';
  let opened;
  let lost = false;
  let last;

  window.askMirror = (names, heard) => {
    last = heard;

    function end(ok) {
      if (!ok) {
        // opened anew next time: the browser closes a database whose files are damaged or were cleared
        opened = null;
      }
      if (last === heard) {
        last = null;
        const was = lost;
        lost = false;
        // missing where the site has no https
        const { storage } = navigator;
        if (heard(ok, was) && storage) {
          storage.persist();
        }
      }
    }

    const fail = () => end(false);

    function read() {
      try {
        if (!opened) {
          const request = indexedDB.open(DATABASE, 1);
          request.onupgradeneeded = (event) => {
            lost = (event.dataLoss || 'none') !== 'none';
            request.result.createObjectStore(KEPT);
          };
          request.onerror = fail;
          request.onsuccess = () => {
            opened = request.result;
            read();
          };
          return;
        }
        // on disk, not only on its way there; browsers that do not know the option write as they always do
        const transaction = opened.transaction(KEPT, 'readwrite', { durability: 'strict' });
        transaction.oncomplete = () => end(true);
        transaction.onabort = fail;
        const store = transaction.objectStore(KEPT);
        const reads = names ? names.map((name) => store.get(name)) : [store.getAll()];
        // what throws in here aborts the transaction
        reads[reads.length - 1].onsuccess = () => {
          if (last === heard) {
            heard(reads.flatMap((it) => it.result)).forEach((it) => store.put(it, it.split('\n')[0]));
          }
        };
      } catch (refused) {
        setTimeout(fail);
      }
    }

    read();
  };
})();
