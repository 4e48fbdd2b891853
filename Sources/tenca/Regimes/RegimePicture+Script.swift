/// What makes a page of HTML out of the picture: its looks, and its reading of the row under the pointer.
extension RegimePicture {
  /// In the dark, lightness is turned round, so that calm is near the page and storm stands out.
  static let styleSheet = """
    :root { color-scheme: light dark; --page: #ffffff; --ink: #1f2328; --line: #d0d7de; }
    body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 sans-serif; }
    main { max-width: 1100px; margin: 0 auto; padding: 16px; }
    h1 { font-size: 20px; margin: 8px 12px; overflow-wrap: anywhere; }
    #picture { position: relative; outline-offset: 4px; touch-action: pan-y; }
    #picture svg { display: block; width: 100%; height: auto; pointer-events: none; }
    #cursor, #dot { position: absolute; pointer-events: none; }
    #cursor { width: 1px; background: var(--ink); }
    #dot { width: 8px; height: 8px; margin: -4px; border-radius: 50%; background: var(--ink);
      box-shadow: 0 0 0 2px var(--page); }
    #readout { min-height: 3em; margin: 8px 12px; font-variant-numeric: tabular-nums; }
    table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
    caption { text-align: left; padding: 8px 12px; }
    th, td { padding: 3px 12px; border-top: 1px solid var(--line); text-align: right; }
    th:first-child, td:first-child { text-align: left; }
    thead th { position: sticky; top: 0; background: var(--page); }
    .swatch { display: inline-block; width: 11px; height: 11px; border: 1px solid #8c959f; }
    @media (prefers-color-scheme: dark) {
      :root { --page: #141414; --ink: #e6e6e6; --line: #3a3f45; }
      #picture svg, .swatch { filter: invert(0.92) hue-rotate(180deg); }
    }
    @media print {
      :root { --page: #ffffff; --ink: #000000; --line: #999999; }
      main { padding: 0; max-width: none; }
      body { font-size: 10pt; }
      #cursor, #dot { display: none; }
      #picture svg, .swatch { filter: none; print-color-adjust: exact;
        -webkit-print-color-adjust: exact; }
      #picture, tr { break-inside: avoid; }
      thead th { position: static; }
    }
    """

  /// Plain JavaScript. It only adds: without it, the page is the picture and the table.
  static let script = """
    "use strict";
    (() => {
      const data = JSON.parse(document.getElementById("data").textContent);
      const [picture, readout, cursor, dot] =
        ["picture", "readout", "cursor", "dot"].map(id => document.getElementById(id));
      const svg = picture.querySelector("svg");
      const box = svg.viewBox.baseVal;
      const summary = readout.innerHTML;
      const count = data.rows.length;
      const [u0, u1, x0, x1] = data.x, [v0, v1, y0, y1] = data.y;
      const share = (v, a, b) => (a === b ? 0 : (v - a) / (b - a));
      const toX = u => x0 + (x1 - x0) * share(u, u0, u1);
      const grow = data.log ? Math.log : v => v;
      const toY = v => y0 + (y1 - y0) * share(grow(v), grow(v0), grow(v1));
      let shown = -1;

      // The row nearest to a place along x, by halving.
      function nearest(u) {
        let low = 0, high = count - 1;
        while (high - low > 1) {
          const middle = (low + high) >> 1;
          if (data.rows[middle] <= u) low = middle; else high = middle;
        }
        return u - data.rows[low] <= data.rows[high] - u ? low : high;
      }

      function name(row) {
        if (!data.dated) return "row " + data.rows[row];
        const text = new Date(Math.round(data.rows[row] * 86400) * 1000).toISOString();
        return text.slice(11, 19) === "00:00:00" ? text.slice(0, 10) : text.slice(0, 19);
      }

      // Hundredths of each regime; the last has what is left.
      function probabilities(row) {
        const known = data.probabilities.map(column => column[row]);
        if (known.includes(null)) return "";
        known.push(Math.max(0, 100 - known.reduce((sum, value) => sum + value, 0)));
        return known.map((value, k) => `${data.regimes[k]} ${value} %`).join(", ");
      }

      function show(row) {
        shown = row;
        const scale = svg.getBoundingClientRect().width / box.width;
        const x = toX(data.rows[row]) * scale, value = data.values[row];
        cursor.hidden = false;
        cursor.style.cssText = `left:${x}px;top:${data.top * scale}px;` +
          `height:${(data.bottom - data.top) * scale}px`;
        dot.hidden = value === null;
        if (value !== null) dot.style.cssText = `left:${x}px;top:${toY(value) * scale}px`;
        readout.textContent = `${name(row)}: ${data.value} ${value === null ? "unknown" : value}, ` +
          `${data.regimes[data.path[row]]}. Probabilities: ${probabilities(row)}.`;
      }

      function hide() {
        shown = -1;
        cursor.hidden = dot.hidden = true;
        readout.innerHTML = summary;
      }

      picture.addEventListener("pointermove", event => {
        const frame = svg.getBoundingClientRect();
        const x = (event.clientX - frame.left) * box.width / frame.width;
        show(nearest(u0 + (u1 - u0) * share(x, x0, x1)));
      });
      picture.addEventListener("pointerleave", hide);
      window.addEventListener("resize", hide);
      // Arrow keys go from row to row, with Shift from spell to spell.
      picture.tabIndex = 0;
      picture.addEventListener("keydown", event => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (event.key === "Escape") hide();
        if (!step) return;
        event.preventDefault();
        let row = shown < 0 ? count - 1 : Math.min(count - 1, Math.max(0, shown + step));
        if (event.shiftKey && shown >= 0) {
          const regime = data.path[row];
          while (row + step >= 0 && row + step < count && data.path[row] === regime) row += step;
        }
        show(row);
      });
    })();
    """
}
