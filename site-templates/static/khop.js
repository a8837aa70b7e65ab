/* How well a name answers to what is typed: without accents, by the beginnings of its words, by its
   initials; when nothing answers, with one slip of the finger or as typed with the Telex keys unset.
   Ours, for search libraries know neither initials (bt) nor that syllables are short. */
window.khop = (function () {
  "use strict";

  function fold(text) {
    return text.toLowerCase().replace(/[đðɖ]/g, "d").normalize("NFD").replace(/[\u0300-\u036f]/g, "")
      .replace(/[^a-z0-9]+/g, " ").trim();
  }

  function words(text) { return text ? text.split(" ") : []; }

  /* A name ready to be asked: `also` are other words it is looked for by. */
  function entry(title, also) {
    var plain = fold(title);
    return {
      written: title.toLowerCase().normalize("NFC"),
      plain: plain,
      bare: plain.replace(/^(xa|phuong|dac khu) /, ""),
      words: words(plain),
      also: words(fold(also || "")),
      initials: words(plain).map(function (word) { return word[0]; }).join("")
    };
  }

  /* One letter more, less, other, or two exchanged; `own` may go on. */
  function near(own, word) {
    var at = 0;
    while (at < word.length && own[at] === word[at]) at += 1;
    var rest = word.slice(at + 1);
    return own.slice(at).startsWith(rest) || own.slice(at + 1).startsWith(rest) ||
      own.slice(at + 1).startsWith(word.slice(at)) ||
      (own[at + 1] === word[at] && own[at] === word[at + 1] && own.slice(at + 2).startsWith(word.slice(at + 2)));
  }

  function points(own, word, loose) {
    if (own === word) return 4;
    if (own.startsWith(word)) return 3;
    if (word.length > 2 && own.includes(word)) return 1;
    return loose && word.length > 2 && Math.abs(own.length - word.length) < 3 && near(own, word) ? 1 : 0;
  }

  /* 0 when it does not answer. Every word typed must; words side by side as typed count more. */
  function score(asked, query, loose) {
    var total = 0, last = -2, joined = query.words.join("");
    var all = query.words.every(function (word) {
      var best = 0, place = -2;
      asked.words.forEach(function (own, at) {
        var worth = points(own, word, loose);
        if (worth && at === last + 1) worth += 2;
        if (worth > best) { best = worth; place = at; }
      });
      if (!best) {
        asked.also.forEach(function (own) { best = Math.max(best, points(own, word, loose) / 2); });
      }
      total += best;
      last = place;
      return best > 0;
    });
    if (!all) {
      if (joined.length < 2 || query.words.length > 1) return 0;
      if (asked.words.join("").includes(joined) && joined.length > 3) total = 3;
      else if (asked.initials.includes(joined)) total = 2 + (asked.initials.endsWith(joined) ? 1 : 0);
      else return 0;
    }
    if (asked.written.includes(query.written)) total += 1;
    if (asked.plain.startsWith(query.plain) || asked.bare.startsWith(query.plain)) total += 2;
    if (asked.bare === query.plain || asked.plain === query.plain) total += 2;
    return total - asked.words.length / 20;
  }

  function ask(entries, plain, written, loose) {
    var query = { plain: plain, words: words(plain), written: written };
    return entries
      .map(function (one, at) { return { one: one, at: at, score: score(one, query, loose) }; })
      .filter(function (found) { return found.score > 0; })
      .sort(function (a, b) { return b.score - a.score || a.at - b.at; });
  }

  /* Telex as it comes out when the keyboard is not set to it: `ddoong` for `đông`, `beens` for `bến`. */
  function telex(plain) {
    return words(plain).map(function (word) {
      return word.replace(/dd/g, "d").replace(/([aeo])\1/g, "$1").replace(/w/g, "").replace(/(.)[sfrxj]$/, "$1");
    }).join(" ");
  }

  /* The entries that answer, best first, as places in the list with their scores. */
  function rank(entries, text) {
    var plain = fold(text), written = text.toLowerCase().normalize("NFC").trim();
    if (!plain) return [];
    var tries = [[plain, false], [telex(plain), false], [plain, true], [telex(plain), true]];
    for (var at = 0; at < tries.length; at += 1) {
      var found = ask(entries, tries[at][0], written, tries[at][1]);
      if (found.length) return found;
    }
    return [];
  }

  return { fold: fold, entry: entry, rank: rank };
})();
