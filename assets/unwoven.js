// Makes WASM modules of what `xtask/weave` made of them, which says how: what is alike stands side by side there, each kind
// in a stream of its own. `unwoven(bytes)` gives a list of modules. Throws where the bytes are no such file. Written for old
// engines (ES5).
window.unwoven = function (pack) {
  var view = new DataView(pack.buffer, pack.byteOffset, pack.length);
  // where each stream is
  var at = [];
  var sum = 60;
  for (var i = 0; i < 15; i++) {
    at[i] = sum;
    sum += view.getUint32(4 * i, true);
  }
  if (sum !== pack.length) {
    throw sum;
  }
  var ends = at[1];
  var modules = [];
  var out;
  var to;

  function word() {
    at[0] += 4;
    return view.getUint32(at[0] - 4, true);
  }

  function copy(stream, n) {
    out.set(pack.subarray(at[stream], at[stream] + n), to);
    at[stream] += n;
    to += n;
  }

  function put(stream) {
    var number = 0;
    var places = 0;
    var byte;
    do {
      if (out.length <= to) {
        throw to;
      }
      byte = out[to++] = pack[at[stream]++];
      number |= (byte & 127) << places;
      places += 7;
    } while (127 < byte);
    return number;
  }

  function instruction() {
    var code = pack[at[6]++];
    // constants of two bytes and of more
    var long = 239 < code && code < 242 ? code - 239 : 0;
    out[to++] = long ? 65 : code;
    if (long || code === 65) {
      put(12 + long);
    } else if (code === 32) {
      put(8);
    } else if (code === 33 || code === 34) {
      put(9);
    } else if (39 < code && code < 63) {
      put(6);
      put(code < 54 ? 10 : 11);
    } else if (code === 16) {
      put(7);
    } else if (code === 12 || code === 13) {
      put(5);
    } else if ((1 < code && code < 5) || code === 35 || code === 36 || code === 63 || code === 64) {
      put(6);
    } else if (code === 14) {
      for (var n = put(5); 0 <= n; n--) {
        put(5);
      }
    } else if (code === 17) {
      put(3);
      put(3);
    } else if (code === 66) {
      put(4);
    } else if (code === 67 || code === 68) {
      copy(3, code < 68 ? 4 : 8);
    } else if (code === 252) {
      var kind = put(6);
      if (7 < kind) {
        put(6);
        if (!(kind & 1)) {
          put(6);
        }
      }
    }
  }

  while (at[0] < ends) {
    out = new Uint8Array(word());
    to = 0;
    modules.push(out);
    var before = word();
    var functions = word();
    copy(0, before);
    while (functions--) {
      var end = put(1);
      end += to;
      for (var kinds = put(2); kinds; kinds--) {
        put(2);
        copy(2, 1);
      }
      while (to < end) {
        instruction();
      }
    }
    copy(0, out.length - to);
  }
  return modules;
};
