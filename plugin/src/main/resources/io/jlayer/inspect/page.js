'use strict';
(() => {
const D = JSON.parse(document.getElementById('data').textContent);
const PARENT = 0, NAME = 1, KIND = 2, SIZE = 3, META = 4, FATE = 5, LINK = 6;
const STEP = 300;
const HUES = { base: 215, dependencies: 168, snapshots: 40, modules: 275, files: 100, resources: 330, launch: 20, classes: 4 };
const KINDS = { d: 'd', f: '-', h: 'h', l: 'l', c: 'c', b: 'b', p: 'p' };
let bySize = true;

const $ = id => document.getElementById(id);
const el = (tag, className, text) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = visible(text);
  return made;
};
/* What cannot be seen, or turns other text around, is spelt out. Names are shown, never read as HTML. */
const visible = text => String(text).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
  c => '\\u{' + c.codePointAt(0).toString(16) + '}');
const size = n => {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  while (n >= 999.95 && unit < units.length - 1) { n /= 1000; unit++; }
  return (unit ? (Math.round(n * 10) / 10).toFixed(1) : n) + ' ' + units[unit];
};
const count = (n, one, many) => n.toLocaleString('en') + ' ' + (n === 1 ? one : many);
const hue = layer => HUES[layer.origin] ?? (205 + layer.number * 47) % 360;
const paint = (element, layer) => { element.style.setProperty('--h', hue(layer)); return element; };
const share = (element, part, whole) => { element.style.width = whole ? 100 * part / whole + '%' : '0'; return element; };

/* Trees: each layer's, and the one that a container sees. A node has name, kind, size, count, kids and what is said of it. */
const mode = (kind, bits) => {
  const letters = [...'rwxrwxrwx'].map((c, i) => bits & (256 >> i) ? c : '-');
  [[2048, 2, 's'], [1024, 5, 's'], [512, 8, 't']].forEach(([bit, at, c]) => {
    if (bits & bit) letters[at] = letters[at] === 'x' ? c : c.toUpperCase();
  });
  return (KINDS[kind] || '-') + letters.join('');
};
const nodeOf = (entry, layer) => ({
  name: entry[NAME], kind: entry[KIND], own: entry[SIZE], size: entry[KIND] === 'f' ? entry[SIZE] : 0,
  count: 'dwo'.includes(entry[KIND]) ? 0 : 1, meta: entry[META], fate: entry[FATE], link: entry[LINK], layer, kids: []
});
const sum = node => {
  node.kids.forEach(kid => { sum(kid); node.size += kid.size; node.count += kid.count; });
  return node;
};
const tree = layer => {
  if (!layer.root) {
    layer.root = { name: '', kind: 'd', size: 0, count: 0, kids: [] };
    layer.nodes = [];
    layer.files.forEach((entry, i) => {
      const node = layer.nodes[i] = nodeOf(entry, layer);
      node.parent = entry[PARENT] < 0 ? layer.root : layer.nodes[entry[PARENT]];
      node.parent.kids.push(node);
    });
    sum(layer.root);
  }
  return layer.root;
};
const seenTree = () => {
  const root = { name: '', kind: 'd', size: 0, count: 0, kids: [], at: new Map() };
  D.layers.forEach(layer => {
    const nodes = [];
    layer.files.forEach((entry, i) => {
      if (entry[FATE] || 'wo'.includes(entry[KIND])) return;
      const parent = entry[PARENT] < 0 ? root : nodes[entry[PARENT]];
      let node = parent.at.get(entry[NAME]);
      if (!node) {
        node = { at: new Map() };
        parent.at.set(entry[NAME], node);
      }
      const kids = node.kids;
      /* A directory that a layer only has since something is in it is as the layers below made it. */
      if (!kids || node.kind !== 'd' || entry[META] >= 0) Object.assign(node, nodeOf(entry, layer));
      node.kids = kids || node.kids;
      if (!kids) parent.kids.push(node);
      nodes[i] = node;
    });
  });
  return sum(root);
};

const ordered = kids => [...kids].sort((a, b) =>
  (bySize && b.size - a.size) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
const fateTag = fate => fate > 0 ? el('span', 'tag swapped', 'replaced by ' + fate)
  : fate < 0 ? el('span', 'tag gone', 'deleted by ' + -fate) : null;
const layerTag = layer => paint(el('span', 'tag of', layer.number), layer);

/* A row that opens, if there is something in it. */
const row = (node, depth, tagged) => {
  const line = el('button', 'row');
  line.type = 'button';
  const what = el('span', 'what');
  what.style.paddingLeft = depth * 1.1 + 'em';
  const caret = el('span', 'caret', node.kids.length ? '▸' : '');
  const name = el('span', (node.kind === 'd' ? 'dir' : '') + (node.fate || node.kind === 'w' ? ' struck' : ''),
    node.name + (node.kind === 'd' ? '/' : ''));
  what.append(caret, name);
  if (node.link) what.append(el('span', 'link', node.kind === 'h' ? '  = ' + node.link : '  → ' + node.link));
  line.append(what);
  what.title = visible(node.name);
  if (node.kind === 'w') line.append(el('span', 'tag gone', 'deletes what is below'));
  if (node.kind === 'o') line.append(el('span', 'tag gone', 'hides all that is below'));
  const fate = fateTag(node.fate);
  if (fate) line.append(fate);
  if (tagged && node.kind !== 'd') line.append(layerTag(node.layer));
  const m = D.metas[node.meta];
  line.append(el('span', 'meta', m && node.kind !== 'w' && node.kind !== 'o' ? mode(node.kind, m[0]) + ' ' + m[1] + ':' + m[2] + '  ' + date(m[3]) : ''));
  line.append(el('span', 'size', node.kind === 'd' ? size(node.size) : 'fh'.includes(node.kind) ? size(node.own) : ''));
  line.depth = depth;
  if (node.kids.length) {
    line.setAttribute('aria-expanded', 'false');
    let box = null;
    line.toggle = open => {
      if (open === !!box) return;
      if (box) { box.remove(); box = null; } else {
        box = el('div');
        grow(box, ordered(node.kids), depth + 1, tagged);
        line.after(box);
      }
      caret.textContent = box ? '▾' : '▸';
      line.setAttribute('aria-expanded', String(!!box));
    };
    line.opened = () => !!box;
    line.addEventListener('click', () => line.toggle(!box));
  }
  node.row = line;
  return line;
};
const grow = (box, kids, depth, tagged, from = 0, upTo = STEP) => {
  kids.slice(from, upTo).forEach(kid => box.append(row(kid, depth, tagged)));
  if (kids.length > upTo) {
    const more = el('button', 'more row', (kids.length - upTo).toLocaleString('en') + ' more');
    more.type = 'button';
    more.addEventListener('click', () => {
      more.remove();
      grow(box, kids, depth, tagged, upTo, upTo + 10 * STEP);
    });
    box.append(more);
  }
};
const date = seconds => {
  const time = new Date(seconds * 1000);
  return isNaN(time) ? String(seconds) : time.toISOString().slice(0, 16).replace('T', ' ');
};
const treeBox = (root, tagged) => {
  const all = el('div');
  const tools = el('div', 'tools');
  const order = el('button', '', bySize ? 'sort by name' : 'sort by size');
  order.type = 'button';
  const box = el('div');
  const draw = () => { box.replaceChildren(); grow(box, ordered(root.kids), 0, tagged); };
  order.addEventListener('click', () => {
    bySize = !bySize;
    order.textContent = bySize ? 'sort by name' : 'sort by size';
    draw();
  });
  tools.append(el('span', '', count(root.count, 'file', 'files') + ', ' + size(root.size)), order);
  draw();
  all.append(tools, box);
  return all;
};
const facts = (list, pairs) => pairs.forEach(([name, values, words]) => {
  const dd = el('dd', words ? 'words' : '');
  [].concat(values).forEach((value, i) => dd.append(el('span', '', (words && i ? ' ' : '') + value)));
  list.append(el('dt', '', name), dd);
});

/* The picture. */
const widest = Math.max(1, ...D.layers.map(layer => Math.max(layer.packed, layer.unpacked)));
const stack = $('stack');
stack.append(el('li', 'top', 'on top, one for each container: what it writes'));
[...D.layers].reverse().forEach(layer => {
  const item = paint(el('li'), layer);
  const head = el('button', 'layer');
  head.type = 'button';
  head.setAttribute('aria-expanded', 'false');
  const bar = el('span', 'bar');
  bar.append(share(el('i'), layer.unpacked, widest), share(el('i'), layer.packed, widest));
  const called = el('span', 'called', layer.name || 'layer ' + layer.number);
  called.title = visible(layer.by || layer.name);
  head.append(el('span', 'num', layer.number), called, bar, el('span', 'num main', size(layer.packed)),
    el('span', 'num', size(layer.unpacked)), el('span', 'num count', count(layer.count, 'file', 'files')),
    el('span', 'origin', layer.origin));
  let inside = null;
  head.toggle = open => {
    if (open === !!inside) return;
    if (inside) { inside.remove(); inside = null; } else {
      inside = el('div', 'inside');
      const list = el('dl');
      facts(list, [['digest', layer.digest], ['diffID', layer.diffId], ['media type', layer.mediaType]]
        .concat(layer.by ? [['made by', layer.by]] : [])
        .concat(layer.hidden ? [['never seen', size(layer.hidden) + ' of it']] : []));
      inside.append(list, treeBox(tree(layer), false));
      item.append(inside);
    }
    head.setAttribute('aria-expanded', String(!!inside));
  };
  head.opened = () => !!inside;
  head.addEventListener('click', () => head.toggle(!inside));
  layer.head = head;
  item.append(head);
  stack.append(item);
});
D.layers.forEach(layer => {
  const part = paint(el('i'), layer);
  part.style.flexGrow = layer.packed;
  part.title = visible(layer.number + '  ' + layer.name + '  ' + size(layer.packed));
  part.addEventListener('click', () => { layer.head.toggle(true); layer.head.focus(); layer.head.scrollIntoView({ block: 'center' }); });
  $('strip').append(part);
});

/* Shows a file in the tree of its layer. */
const reveal = (layer, index) => {
  tree(layer);
  layer.head.toggle(true);
  const way = [];
  for (let node = layer.nodes[index]; node !== layer.root; node = node.parent) way.unshift(node);
  way.forEach((node, i) => {
    if (!node.row || !node.row.isConnected) {
      const before = ordered(node.parent.kids);
      const box = i ? way[i - 1].row.nextElementSibling : before[0].row.parentElement;
      box.replaceChildren();
      grow(box, before, i, false, 0, Infinity);
    }
    if (i < way.length - 1) node.row.toggle(true);
  });
  const line = way[way.length - 1].row;
  line.focus();
  line.scrollIntoView({ block: 'center' });
};
const pathOf = (layer, i) => {
  const cached = layer.paths || (layer.paths = []);
  if (cached[i] === undefined) {
    const entry = layer.files[i];
    cached[i] = (entry[PARENT] < 0 ? '' : pathOf(layer, entry[PARENT])) + '/' + entry[NAME];
  }
  return cached[i];
};
const fileRow = (path, bytes, tags, go) => {
  const line = el('button', 'row');
  line.type = 'button';
  const what = el('span', 'what path');
  const cut = path.lastIndexOf('/') + 1;
  what.append(el('span', '', path.slice(0, cut)), el('span', '', path.slice(cut)));
  what.title = visible(path);
  line.append(what, ...tags.filter(tag => tag), el('span', 'size', bytes));
  if (go) line.addEventListener('click', go);
  return line;
};
const search = text => {
  const words = text.toLowerCase().split(/\s+/).filter(word => word);
  const box = $('results');
  box.replaceChildren();
  box.hidden = !words.length;
  box.className = 'box';
  if (!words.length) return;
  let found = 0;
  const note = el('p', 'note');
  box.append(note);
  D.layers.forEach(layer => layer.files.forEach((entry, i) => {
    if (entry[KIND] === 'd') return;
    const path = pathOf(layer, i);
    const lower = path.toLowerCase();
    if (!words.every(word => lower.includes(word))) return;
    if (++found <= STEP) {
      box.append(fileRow(path, 'fh'.includes(entry[KIND]) ? size(entry[SIZE]) : '',
        [fateTag(entry[FATE]), 'wo'.includes(entry[KIND]) ? el('span', 'tag gone', 'deletes') : null, layerTag(layer)],
        () => reveal(layer, i)));
    }
  }));
  note.textContent = found ? count(found, 'file', 'files') + (found > STEP ? ', the first ' + STEP + ' of them' : '')
    : 'no file of any layer has that in its path';
};
let waiting = 0;
$('search').addEventListener('input', event => {
  clearTimeout(waiting);
  waiting = setTimeout(() => search(event.target.value), 120);
});

/* The keyboard. */
document.addEventListener('keydown', event => {
  const at = document.activeElement;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === '/' && at !== $('search')) {
    event.preventDefault();
    $('search').focus();
  } else if (event.key === 'Escape' && at === $('search')) {
    $('search').value = '';
    search('');
  } else if ((event.key === 'ArrowRight' || event.key === 'ArrowLeft') && at.toggle) {
    event.preventDefault();
    const open = event.key === 'ArrowRight';
    if (!open && !at.opened()) up(at); else at.toggle(open);
  } else if (event.key === 'ArrowLeft' && at.depth) {
    event.preventDefault();
    up(at);
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    if (!at.matches('.layer, .row, #search')) return;
    event.preventDefault();
    const all = [...document.querySelectorAll('.layer, .row')];
    const next = at === $('search') ? all[0] : all[all.indexOf(at) + (event.key === 'ArrowDown' ? 1 : -1)];
    if (next) next.focus();
  }
});
const up = line => {
  const box = line.parentElement;
  const parent = line.depth ? box.previousElementSibling : box.closest('.inside')?.previousElementSibling;
  if (parent && parent.focus) parent.focus();
};

/* The rest. */
$('name').textContent = visible(D.name);
$('digest').textContent = D.root;
[[D.platform, D.others.length ? 'also for ' + D.others.join(', ') : 'platform'], [D.layers.length, D.layers.length === 1 ? 'layer' : 'layers'],
  [size(D.packed), 'packed'], [size(D.unpacked), 'unpacked'],
  [D.layers.reduce((n, layer) => n + layer.count, 0).toLocaleString('en'), 'files'],
  [size(D.hiddenSize), 'never seen' + (D.hiddenSize ? ', ' + (100 * D.hiddenSize / D.content).toFixed(1) + ' %' : '')],
  [D.created.slice(0, 10) || '–', 'created']].forEach(([value, words]) => {
  const tile = el('li');
  tile.append(el('b', '', value), el('span', '', words));
  $('tiles').append(tile);
});
facts($('facts'), D.facts.map(([name, values]) => [name, values, ['entrypoint', 'command', 'shell', 'healthcheck'].includes(name)])
  .concat(D.annotations.length ? [['annotations', D.annotations]] : []));
facts($('digests'), [[D.root === D.manifest ? 'manifest' : 'index', D.root]]
  .concat(D.root === D.manifest ? [] : [['manifest of ' + D.platform, D.manifest]])
  .concat(D.layers.map(layer => ['layer ' + layer.number, layer.digest])));
const listed = (id, rows, none) => {
  if (rows.length) $(id).append(...rows); else $(id).append(el('p', 'note', none));
};
const layerAt = number => D.layers[number - 1];
listed('biggest', D.biggest.map(([path, bytes, number]) => fileRow(path, size(bytes), [layerTag(layerAt(number))])), 'There are no files.');
listed('hidden', D.hidden.map(([path, bytes, number, fate]) => fileRow(path, size(bytes), [fateTag(fate), layerTag(layerAt(number))])),
  'Nothing: no layer replaces or deletes a file of another.');
listed('equal', D.equal.map(([bytes, paths]) => {
  const line = fileRow(paths.length + ' × ' + paths[0], size(bytes), []);
  line.title = visible(paths.join('  '));
  return line;
}), 'None.');
const lazily = el('button', 'row', '▸ /');
lazily.type = 'button';
lazily.addEventListener('click', () => $('seen').replaceChildren(treeBox(seenTree(), true)));
$('seen').className = 'box';
$('seen').append(lazily);
})();
