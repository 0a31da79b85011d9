// Every text that can be seen against what is behind it: those whose contrast is below WCAG 2.2 AA.
(() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const light = ([r, g, b]) => [r, g, b].map(one => one / 255).map(one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
    .reduce((sum, one, i) => sum + one * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = element => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) layers.unshift(rgba(getComputedStyle(one).backgroundColor));
    return layers.reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const found = new Map();
  let looked = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement, text = walker.currentNode.data.trim();
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    if (!text || !box.width || style.visibility === 'hidden' || element.closest('.unseen, .skip, script, style, :disabled')) continue;
    const inSvg = element instanceof SVGElement;
    if (inSvg && element.tagName !== 'text') continue;
    const below = inSvg ? rgba(getComputedStyle(element.parentElement.querySelector('.shape') || document.body).fill) : behind(element);
    const colour = over(rgba(inSvg ? style.fill : style.color), below);
    const [a, b] = [light(colour), light(below)].sort((x, y) => y - x), ratio = (a + 0.05) / (b + 0.05);
    const size = parseFloat(style.fontSize), least = size >= 24 || size >= 18.66 && +style.fontWeight >= 700 ? 3 : 4.5;
    looked++;
    if (ratio < least) found.set(`${element.tagName}.${element.getAttribute('class')} ${style.color} on ${below.map(Math.round)}`, `${ratio.toFixed(2)} “${text.slice(0, 30)}”`);
  }
  return {looked, found: [...found].map(pair => pair.join(': '))};
})()
