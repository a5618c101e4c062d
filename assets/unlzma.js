// Undoes LZMA, as a file that ends in .lzma has it: a byte of properties, the size of the dictionary, the size of what
// comes out, then the packed bytes. `unlzma(bytes)` gives `{ out, done, run }`: each `run(n)` makes about n bytes more, so
// that a page can do something else in between. Throws where the bytes are no such file. Written for old engines (ES5).
(function () {
  'use strict';

  // where the probabilities of each kind begin
  var REP = 192, G0 = 204, G1 = 216, G2 = 228, LONG = 240, SLOT = 432, SPECIAL = 688, ALIGN = 816, LEN = 832, REP_LEN = 1350, LITERAL = 1868;

  window.unlzma = function (packed) {
    var properties = packed[0];
    var lc = properties % 9;
    var lp = ((properties / 9) | 0) % 5;
    var posMask = (1 << ((properties / 45) | 0)) - 1;
    var lpMask = (1 << lp) - 1;
    var size = packed[5] + packed[6] * 256 + packed[7] * 65536 + packed[8] * 16777216;
    if (225 <= properties || 1 << 28 < size) {
      throw new Error('no LZMA');
    }
    var out = new Uint8Array(size);
    var chance = new Uint16Array(LITERAL + (768 << (lc + lp)));
    for (var i = 0; i < chance.length; i++) {
      chance[i] = 1024;
    }
    var at = 18;
    // range and code: as variables of a closure an engine would box them at each step
    var coder = new Uint32Array(2);
    coder[0] = -1;
    coder[1] = (packed[14] << 24) | (packed[15] << 16) | (packed[16] << 8) | packed[17];
    var made = 0;
    var state = 0;
    var rep0 = 0, rep1 = 0, rep2 = 0, rep3 = 0;

    function bit(which) {
      var its = chance[which];
      var range = coder[0];
      var code = coder[1];
      var bound = (range >>> 11) * its;
      var one = 0;
      if (code < bound) {
        range = bound;
        chance[which] = its + ((2048 - its) >> 5);
      } else {
        range -= bound;
        code -= bound;
        chance[which] = its - (its >> 5);
        one = 1;
      }
      if (range < 16777216) {
        range *= 256;
        code = code * 256 + packed[at++];
      }
      coder[0] = range;
      coder[1] = code;
      return one;
    }

    function tree(from, bits) {
      return grown(from, 1, 1 << bits) - (1 << bits);
    }

    // As many bits as lead to the end: most of all are read here, so this is `bit` once more, with its variables at hand.
    function grown(from, node, end) {
      var range = coder[0];
      var code = coder[1];
      while (node < end) {
        var its = chance[from + node];
        var bound = (range >>> 11) * its;
        if (code < bound) {
          range = bound;
          chance[from + node] = its + ((2048 - its) >> 5);
          node <<= 1;
        } else {
          range -= bound;
          code -= bound;
          chance[from + node] = its - (its >> 5);
          node = (node << 1) | 1;
        }
        if (range < 16777216) {
          range *= 256;
          code = code * 256 + packed[at++];
        }
      }
      coder[0] = range;
      coder[1] = code;
      return node;
    }

    function turned(from, bits) {
      var node = 1;
      var value = 0;
      for (var n = 0; n < bits; n++) {
        var one = bit(from + node);
        node = (node << 1) | one;
        value |= one << n;
      }
      return value;
    }

    function length(from, position) {
      if (!bit(from)) {
        return 2 + tree(from + 2 + (position << 3), 3);
      }
      return bit(from + 1) ? 18 + tree(from + 258, 8) : 10 + tree(from + 130 + (position << 3), 3);
    }

    function direct(bits) {
      var value = 0;
      for (var n = bits; n; n--) {
        var range = coder[0] >>> 1;
        value <<= 1;
        if (range <= coder[1]) {
          coder[1] -= range;
          value |= 1;
        }
        if (range < 16777216) {
          range *= 256;
          coder[1] = coder[1] * 256 + packed[at++];
        }
        coder[0] = range;
      }
      return value;
    }

    function distance(long) {
      var slot = tree(SLOT + (Math.min(long - 2, 3) << 6), 6);
      if (slot < 4) {
        return slot;
      }
      var bits = (slot >> 1) - 1;
      var far = (2 | (slot & 1)) << bits;
      return slot < 14
        ? far + turned(SPECIAL + far - slot, bits)
        : far + (direct(bits - 4) << 4) + turned(ALIGN, 4);
    }

    function literal() {
      var before = made ? out[made - 1] : 0;
      var from = LITERAL + 768 * (((made & lpMask) << lc) + (before >> (8 - lc)));
      var node = 1;
      if (7 <= state) {
        var match = out[made - rep0 - 1];
        do {
          var expected = (match >> 7) & 1;
          match <<= 1;
          var one = bit(from + ((1 + expected) << 8) + node);
          node = (node << 1) | one;
          if (one !== expected) {
            break;
          }
        } while (node < 256);
      }
      out[made++] = grown(from, node, 256) & 255;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
    }

    function match(position) {
      var long;
      var far;
      if (!bit(REP + state)) {
        rep3 = rep2;
        rep2 = rep1;
        rep1 = rep0;
        long = length(LEN, position);
        rep0 = distance(long);
        state = state < 7 ? 7 : 10;
      } else {
        if (!bit(G0 + state)) {
          if (!bit(LONG + (state << 4) + position)) {
            state = state < 7 ? 9 : 11;
            long = 1;
          }
        } else if (!bit(G1 + state)) {
          far = rep1;
          rep1 = rep0;
          rep0 = far;
        } else {
          if (!bit(G2 + state)) {
            far = rep2;
          } else {
            far = rep3;
            rep3 = rep2;
          }
          rep2 = rep1;
          rep1 = rep0;
          rep0 = far;
        }
        if (!long) {
          long = length(REP_LEN, position);
          state = state < 7 ? 8 : 11;
        }
      }
      if (made <= rep0 || rep0 < 0 || size < made + long) {
        throw new Error('damaged');
      }
      for (var from = made - rep0 - 1; long; long--) {
        out[made++] = out[from++];
      }
    }

    var it = { out: out, done: size === 0 };
    it.run = function (more) {
      var until = Math.min(size, made + more);
      while (made < until) {
        var position = made & posMask;
        if (bit((state << 4) + position)) {
          match(position);
        } else {
          literal();
        }
      }
      if (packed.length < at) {
        throw new Error('cut off');
      }
      it.done = made === size;
    };
    return it;
  };
})();
